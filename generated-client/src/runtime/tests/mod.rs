//! What no emitted client of this repository has, over real sockets: an operation as a value, security
//! schemes, and servers.

mod bodies;
pub(in crate::runtime) mod exchange;
mod secrets;
mod security;
mod server;
mod servers;
mod settings;

use reqwest::RequestBuilder;

use super::api::{Api, ErrorFields, Operation, Scheme, Security};
use super::request::{Prepared, Request};
use super::{Answer, ClientBuilder, Error, Response, Session};
use server::Server;

/// An API with a scheme of each kind.
pub(super) const API: Api = Api {
    base_url: None,
    version: "1",
    version_header: Some("x-version"),
    accept: "application/json",
    request_id_header: "x-request-id",
    rate_limit_statuses: &[403],
    rate_limit_phrases: &["too fast"],
    error_fields: ErrorFields {
        messages: &["message", "detail"],
        documentation_urls: &["documentation_url"],
        details: &["errors", "detail"],
        locations: &["resource", "field"],
        codes: &["code"],
    },
    operation_servers: &[],
    schemes: &[
        ("account", Scheme::Basic),
        ("cookie_key", Scheme::Cookie("session")),
        ("digest", Scheme::Authorization),
        ("header_key", Scheme::Header("X-Key")),
        ("oauth", Scheme::Bearer),
        ("openid", Scheme::Bearer),
        ("query_key", Scheme::Query("key")),
    ],
};

fn builder(server: &Server) -> ClientBuilder<Session> {
    ClientBuilder::new(&API, |session| session)
        .base_url(server.url())
        .sleeper(|_| std::future::ready(()))
}

/// The simplest of all requests.
struct Get {
    session: Session,
    path: &'static str,
    /// A header of the request's own.
    header: Option<(&'static str, &'static str)>,
}

impl Get {
    fn new(session: &Session, path: &'static str) -> Self {
        Self {
            session: session.clone(),
            path,
            header: None,
        }
    }

    /// The same request of another operation.
    fn of(self, operation: Operation) -> Prepared<()> {
        let mut prepared = Prepared::new(self).unwrap();
        prepared.operation = Box::leak(Box::new(operation));
        prepared
    }
}

impl Request for Get {
    type Output = ();

    const OPERATION: &'static Operation = &Operation {
        id: "test/get",
        security: Security::Unspecified,
        server: None,
    };

    fn session(&self) -> &Session {
        &self.session
    }

    fn request(&self) -> Result<RequestBuilder, Error> {
        let url = format!("{}{}", self.session.base_url(), self.path);
        let mut request = self.session.http().get(url);
        if let Some((name, value)) = self.header {
            request = request.header(name, value);
        }
        Ok(request)
    }

    async fn decode(answer: Answer) -> Result<Response<()>, Error> {
        match answer.status() {
            200 => Ok(answer.empty()),
            _ => Err(answer.into_error().await),
        }
    }
}

/// Runs on one thread.
fn run<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(work)
}
