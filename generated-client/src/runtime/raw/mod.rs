//! Requests by method and path.
//!
//! `target` makes a URL of a path, and `kinds` has the kinds of responses.

mod kinds;
mod target;

use std::fmt;

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::api::{Operation, Security};
use super::options::RequestOptions;
use super::request::send;
use super::{ByteStream, Download, Error, Pages, Redirect, Response, Session};
use kinds::{Ask, Binary, Json, Location, Streamed, Text};
use target::Target;

/// A request by method and path, for operations that have no method in this crate.
///
/// It has the client's credentials, headers, retries and limits, and goes to the client's own origin
/// only. As it has no [operation](Error::operation), all credentials are sent, and any 2xx is a success.
///
/// # Paths
///
/// The path is appended to the base URL, and may have a query. [`path`](Self::path) replaces a name in
/// braces by a value, encoded as one segment. Values that are formatted into the path must be
/// percent-encoded by the caller. A whole URL of the client's own origin is taken too, as the API has
/// them in responses.
///
/// Segments such as `..`, empty segments and characters that no URL may contain are refused,
/// percent-encoded or not, and so is a URL of another origin. The error has
/// [`is_invalid_request`](Error::is_invalid_request).
///
/// # Examples
///
/// ```no_run
#[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::{Client, Error, reqwest::Method};")]
/// # #[derive(serde::Deserialize)]
/// # struct Thing { name: String }
/// # async fn example(client: &Client, tag: &str) -> Result<(), Error> {
/// let request = client.request(Method::GET, "/things/{tag}").path("tag", tag);
/// let thing = request.query("depth", 2).send::<Thing>().await?;
/// println!("{}", thing.name);
///
/// let request = client.request(Method::DELETE, "/things/{tag}").path("tag", tag);
/// request.send::<()>().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct RawRequest {
    session: Session,
    method: Method,
    target: Target,
    body: Option<RawBody>,
}

/// A body that can be sent any number of times.
#[derive(Clone)]
enum RawBody {
    Json(Bytes),
    Any(Bytes),
    /// Why there is none.
    Unencoded(String),
}

/// What the runtime has to know of it: there is no document to say more.
const OPERATION: Operation = Operation {
    id: "",
    security: Security::Unspecified,
    server: None,
};

/// What is sent.
impl RawRequest {
    pub(crate) fn new(session: Session, method: Method, path: String) -> Self {
        Self {
            session,
            method,
            target: Target::new(path),
            body: None,
        }
    }

    /// Replaces `{name}` in the path by a value, encoded as one segment.
    ///
    /// An empty value, `.` and `..` are refused.
    pub fn path(mut self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        self.target.fill(name.into(), value.to_string());
        self
    }

    /// Adds a parameter to the query. A name can be added several times.
    pub fn query(mut self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        self.target.add(name.into(), value.to_string());
        self
    }

    /// Sends a header, as [`RequestOptions::header`] does.
    pub fn header(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.with_options(RequestOptions::new().header(name, value))
    }

    /// Sends a JSON body.
    pub fn json(mut self, body: &impl Serialize) -> Self {
        self.body = Some(match serde_json::to_vec(body) {
            Ok(bytes) => RawBody::Json(bytes.into()),
            Err(error) => RawBody::Unencoded(error.to_string()),
        });
        self
    }

    /// Sends a body of any kind; its `Content-Type` is a [`header`](Self::header).
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = Some(RawBody::Any(body.into()));
        self
    }

    /// Sets options of this request, such as a header or a timeout.
    pub fn with_options(mut self, options: RequestOptions) -> Self {
        self.session = self.session.with_options(options);
        self
    }
}

/// Sending it, by the kind of the response. Each of these fails like any request: see [`Error`].
impl RawRequest {
    /// Sends the request, and decodes the response from JSON. A response without a body is decoded as
    /// `null`, for `()` and `Option`.
    pub async fn send<T: DeserializeOwned + Send + 'static>(self) -> Result<Response<T>, Error> {
        send(Ask::<Json<T>>::new(self)).await
    }

    /// Sends the request, and returns the body as text, up to 64 MiB.
    pub async fn text(self) -> Result<Response<String>, Error> {
        send(Ask::<Text>::new(self)).await
    }

    /// Sends the request, and returns the body as bytes, up to 64 MiB.
    pub async fn bytes(self) -> Result<Response<Bytes>, Error> {
        send(Ask::<Binary>::new(self)).await
    }

    /// Sends the request, and returns the body as a stream.
    pub async fn stream(self) -> Result<Response<ByteStream>, Error> {
        send(Ask::<Streamed>::new(self)).await
    }

    /// Sends the request, and returns the redirect of a 302 or 303.
    pub async fn redirect(self) -> Result<Response<Redirect>, Error> {
        send(Ask::<Location>::new(self)).await
    }

    /// Prepares the download of the content that such a redirect leads to. Nothing is sent yet.
    pub fn download(self) -> Download {
        Download::new(Ask::<Location>::new(self))
    }

    /// Fetches a list page by page, by its `Link` headers, each decoded from JSON.
    pub fn pages<T: DeserializeOwned + Send + 'static>(self) -> Pages<T> {
        Pages::new(Ask::<Json<T>>::new(self))
    }
}

impl RawRequest {
    fn build(&self) -> Result<reqwest::RequestBuilder, Error> {
        let url = self.target.url(&self.session.peer(&OPERATION))?;
        let request = self.session.http().request(self.method.clone(), url);
        Ok(match &self.body {
            None => request,
            Some(RawBody::Any(bytes)) => request.body(bytes.clone()),
            Some(RawBody::Json(bytes)) => {
                let json = HeaderValue::from_static("application/json");
                request.header(CONTENT_TYPE, json).body(bytes.clone())
            }
            Some(RawBody::Unencoded(reason)) => {
                let reason = format_args!("cannot be encoded: {reason}");
                return Err(Error::argument("json", reason));
            }
        })
    }
}

/// The method and the path; a query may be signed.
impl fmt::Debug for RawRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawRequest")
            .field("method", &self.method)
            .field("path", &self.target.path())
            .finish_non_exhaustive()
    }
}
