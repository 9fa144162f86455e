//! HTTP/2, which GitHub prefers: the differences from HTTP/1.1.

mod connections;
mod flow;
mod operations;
mod origins;
mod resets;
mod silence;
mod unprocessed;

use generated_client::types::Artifact;
use generated_client::{Client, ClientBuilder, Error, Response};
use tests::api::Api;
use tests::server::{Answer, Authority, GoAway, Request, Server, script};
use tests::store::{Fault, Store};

use crate::store_faults::Setup;
use crate::{Naps, patient, trusting};

const EMPTY_PAGE: &str = r#"{"total_count": 0, "artifacts": []}"#;
const MISSING: &str = r#"{"message": "Not Found"}"#;

/// Codes of RFC 9113, section 7.
const NO_ERROR: u32 = 0;
const REFUSED_STREAM: u32 = 7;
const CANCEL: u32 = 8;
const ENHANCE_YOUR_CALM: u32 = 11;

/// Every code that has a name, and one that has none.
const CODES: std::ops::RangeInclusive<u32> = 0..=14;

/// A server with a sequence of responses.
struct Scripted {
    authority: Authority,
    server: Server,
    naps: Naps,
}

impl Scripted {
    fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        let authority = Authority::new();
        let server = Server::tls(authority.http2(), script(answers));
        Self {
            authority,
            server,
            naps: Naps::default(),
        }
    }

    /// A client that sends requests again.
    fn builder(&self) -> ClientBuilder<Client> {
        builder(&self.authority, &self.server, &self.naps)
    }

    fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// One that does not.
    fn impatient(&self) -> Client {
        self.builder().max_attempts(1).build().unwrap()
    }

    /// By which connections the requests came.
    fn connections(&self) -> Vec<usize> {
        connections(&self.server.requests())
    }
}

fn builder(authority: &Authority, server: &Server, naps: &Naps) -> ClientBuilder<Client> {
    patient(server, naps).configure_http(trusting(authority))
}

/// A store and an API that leads to it, both over HTTP/2.
fn downloading(
    store: impl Fn(Store) -> Store,
    body: impl Into<tests::server::Body>,
    faults: impl IntoIterator<Item = Fault>,
) -> Setup {
    let authority = Authority::new();
    let store = store(Store::tls(authority.http2(), body)).faults(faults);
    let api = Api::downloading(&store);
    let client = builder(&authority, &api, &Naps::default());
    let client = client.build().unwrap();
    Setup { store, api, client }
}

fn connections(requests: &[Request]) -> Vec<usize> {
    let connections = requests.iter().map(|request| request.connection);
    connections.collect()
}

fn words(code: u32, processed: bool) -> GoAway {
    GoAway {
        code,
        text: "SECRET-TOKEN",
        processed,
    }
}

async fn artifact(client: &Client) -> Result<Response<Artifact>, Error> {
    let request = crate::operations::get(client);
    request.send().await
}

async fn page(client: &Client) -> Result<(), Error> {
    let request = crate::operations::list(client);
    request.send().await.map(drop)
}

async fn deletion(client: &Client) -> Result<Response<()>, Error> {
    let request = crate::operations::delete(client);
    request.send().await
}
