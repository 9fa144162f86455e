//! What can go wrong, as one opaque type.

mod accessors;
mod body;
mod decode;
mod download;
mod error_kind;
mod failure;
mod fields;
mod json_path;
mod kind;
mod lenient;
mod predicates;
mod retry_class;
mod upload;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use reqwest::header::HeaderMap;
use reqwest::{StatusCode, Url};

use super::api::{Api, Operation};
use super::body::Unread;
use super::credentials::Secrets;
use super::head::Head;
use super::request_line::RequestLine;

pub use error_kind::ErrorKind;

pub(super) use body::ErrorBody;
use decode::Undecoded;
use failure::Failure;
use kind::Kind;
pub(super) use retry_class::RetryClass;

/// The failure of a request, or of building a client.
///
/// Predicates such as [`is_not_found`](Self::is_not_found) and
/// [`is_rate_limited`](Self::is_rate_limited) say what happened; a few can be true at once.
/// [`kind`](Self::kind) is one of them, for a `match`. [`status`](Self::status),
/// [`request_id`](Self::request_id) and [`message`](Self::message) are from the server's response.
///
/// `Display` is one line, such as `GET /things/11: 404 Not Found: there is no such thing`. Without a
/// `message`, it shows the beginning of a text body.
///
/// `Debug` and `Display` show no token, query, header or whole body, and nor does the
/// [`source`](std::error::Error::source), which `Display` leaves out as usual. A credential of the client
/// that a server repeats is replaced by `[redacted]` everywhere.
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    operation: Option<&'static str>,
    /// Absent until there was one.
    request: Option<RequestLine>,
    head: Option<Head>,
    /// Whether it was the store that was talked to, rather than the API.
    at_store: bool,
}

/// How the runtime makes errors.
impl Error {
    /// Constructs an error that no server has reported.
    pub(crate) fn constructed(
        api: &'static Api,
        status: StatusCode,
        headers: HeaderMap,
        body: Vec<u8>,
    ) -> Self {
        let head = Head::new(api, status, headers, SystemTime::UNIX_EPOCH);
        let body = ErrorBody::new(body, &head, false);
        Self::reported(status, body).with(head)
    }

    pub(super) fn setting(name: &str, reason: impl fmt::Display) -> Self {
        Self::new(Kind::Setting(format!("setting `{name}` {reason}"), None))
    }

    /// The HTTP client could not be made, as when a root certificate given to it is none.
    pub(super) fn http_client(error: reqwest::Error) -> Self {
        Self::new(Kind::Setting(
            "the HTTP client cannot be built".to_owned(),
            Some(error.without_url()),
        ))
    }

    pub(super) fn argument(name: &str, reason: impl fmt::Display) -> Self {
        Self::new(Kind::Request(format!("argument `{name}` {reason}"), None))
    }

    pub(super) fn option(name: &str, reason: impl fmt::Display) -> Self {
        Self::new(Kind::Request(format!("option `{name}` {reason}"), None))
    }

    /// A request that does not even make a message.
    pub(super) fn unsendable(error: reqwest::Error) -> Self {
        Self::new(Kind::Request(
            "the request cannot be built".to_owned(),
            Some(error.without_url()),
        ))
    }

    /// A request that would have to be sent twice, with a body that is there once.
    pub(super) fn unrepeatable() -> Self {
        let reason = "the request's body cannot be sent again";
        Self::new(Kind::Request(reason.to_owned(), None))
    }

    /// A future that is polled outside of tokio.
    pub(super) fn no_runtime() -> Self {
        let reason = "there is no tokio runtime to send the request";
        Self::new(Kind::Request(reason.to_owned(), None))
    }

    /// A request for another origin than the client's.
    pub(super) fn foreign(url: &Url) -> Self {
        let origin = url.origin().ascii_serialization();
        Self::new(Kind::Request(
            format!("the request is for another origin, `{origin}`"),
            None,
        ))
    }

    /// A failed exchange. Some fail before they begin, as when the HTTP client refuses plain http.
    pub(super) fn transport(error: reqwest::Error) -> Self {
        if error.is_builder() {
            return Self::unsendable(error);
        }
        if let Some(unread) = Unread::of(&error) {
            return Self::unread(unread);
        }
        Self::new(Kind::Transport(Failure::new(error)))
    }

    /// A server that was silent for too long.
    pub(super) fn silence() -> Self {
        Self::new(Kind::Silence)
    }

    /// An attempt that took longer than the caller allows.
    pub(super) fn too_slow(limit: Duration) -> Self {
        Self::new(Kind::Slow(limit))
    }

    /// A truncated body, with its announced length if there is one.
    pub(super) fn truncated(received: u64, total: Option<u64>) -> Self {
        Self::new(Kind::Truncated { received, total })
    }

    /// A redirect that was to be followed.
    pub(super) fn moved(reason: impl fmt::Display) -> Self {
        Self::new(Kind::Redirect(format!(
            "cannot follow the redirect: {reason}"
        )))
    }

    /// A redirect that was to be given to the caller.
    pub(super) fn redirect(reason: impl fmt::Display) -> Self {
        Self::new(Kind::Redirect(format!(
            "the redirect cannot be used: {reason}"
        )))
    }

    /// The next page of a list, of which there is no usable URL.
    pub(super) fn link(reason: impl fmt::Display) -> Self {
        Self::new(Kind::Link(format!("cannot fetch the next page: {reason}")))
    }

    /// The token provider failed.
    pub(super) fn token_provider(error: Arc<dyn StdError + Send + Sync>) -> Self {
        Self::new(Kind::Token(error))
    }

    /// JSON of another type than documented.
    pub(super) fn decode(error: &serde_json::Error, body: &[u8]) -> Self {
        Self::new(Kind::Decode(Undecoded::new(error, body)))
    }

    pub(super) fn too_long(limit: usize) -> Self {
        Self::new(Kind::Decode(Undecoded::too_long(limit)))
    }

    /// An answer that is no documented success: an error, or else something unheard of.
    pub(super) fn reported(status: StatusCode, body: ErrorBody) -> Self {
        Self::new(if status.is_client_error() || status.is_server_error() {
            Kind::Status(body)
        } else {
            Kind::Unexpected(body)
        })
    }

    /// Keeps the beginning of the body that could not be decoded.
    pub(super) fn beginning(mut self, beginning: &[u8], is_cut: bool) -> Self {
        if let Kind::Decode(undecoded) = &mut self.0.kind {
            undecoded.is_cut = is_cut;
            undecoded.body = Some(String::from_utf8_lossy(beginning).into_owned());
        }
        self
    }

    /// Says which operation it was.
    pub(super) fn of(mut self, operation: &Operation) -> Self {
        self.0.operation = operation.name();
        self
    }

    /// Says which request it was.
    pub(super) fn about(mut self, request: &RequestLine) -> Self {
        self.0.operation = request.operation.name();
        self.0.request = Some(request.clone());
        self
    }

    /// Takes secrets out of all that it shows and gives.
    pub(super) fn redacted(mut self, secrets: &Secrets) -> Self {
        if let Some(head) = &mut self.0.head {
            head.redact(secrets);
        }
        self.0.kind.redact(secrets);
        self
    }

    /// Adds the answer that it came from.
    pub(super) fn with(mut self, head: Head) -> Self {
        self.0.head = Some(head);
        self
    }

    fn new(kind: Kind) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: None,
            request: None,
            head: None,
            at_store: false,
        }))
    }
}

/// One line: the request, or else its operation, the status, and what happened.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.0.request, self.operation()) {
            (Some(request), _) => write!(f, "{request}: ")?,
            (None, Some(operation)) => write!(f, "`{operation}`: ")?,
            (None, None) => {}
        }
        let peer = if self.0.at_store { "store" } else { "server" };
        match self.status() {
            Some(status) if self.0.at_store => write!(f, "the store answered {status}: ")?,
            Some(status) => write!(f, "{status}: ")?,
            None => {}
        }
        self.0.kind.describe(peer, f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("operation", &self.operation())
            .field("request", &self.0.request.as_ref().map(ToString::to_string))
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.kind.source()
    }
}
