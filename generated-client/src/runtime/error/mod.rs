//! What can go wrong, as one opaque type.

mod body;
mod kind;
mod predicates;
mod told;

use std::error::Error as StdError;
use std::fmt;

use reqwest::Url;

use super::Operation;
use super::head::Head;

pub use body::ErrorReason;

pub(super) use body::ErrorBody;
use kind::Kind;

/// Why a client could not be built, or a request did not give what it is documented to give.
///
/// The predicates tell what to do about it, such as [`is_not_found`](Self::is_not_found) or
/// [`is_rate_limited`](Self::is_rate_limited); at most a few of them hold at once. When the server
/// answered, [`status`](Self::status), [`request_id`](Self::request_id) and
/// [`message`](Self::message) tell what it said.
///
/// Neither `Debug` nor `Display` shows a token, a query or a header. As usual, `Display` leaves out
/// what [`source`](std::error::Error::source) gives.
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    operation: Option<&'static str>,
    head: Option<Head>,
}

/// How the runtime makes errors.
impl Error {
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

    /// A request that does not even make a message.
    pub(super) fn unsendable(error: reqwest::Error) -> Self {
        Self::new(Kind::Request(
            "the request cannot be built".to_owned(),
            Some(error.without_url()),
        ))
    }

    /// A request for another origin than the client's.
    pub(super) fn foreign(url: &Url) -> Self {
        let origin = url.origin().ascii_serialization();
        Self::new(Kind::Request(
            format!("the request is for another origin, `{origin}`"),
            None,
        ))
    }

    pub(super) fn transport(error: reqwest::Error) -> Self {
        Self::new(Kind::Transport(error.without_url()))
    }

    pub(super) fn redirect(reason: impl Into<String>) -> Self {
        Self::new(Kind::Redirect(reason.into()))
    }

    pub(super) fn decode(error: serde_json::Error) -> Self {
        Self::new(Kind::Decode(
            "the body is not what the API documents".to_owned(),
            Some(error),
        ))
    }

    pub(super) fn too_long(limit: usize) -> Self {
        Self::new(Kind::Decode(
            format!("the body is longer than {limit} bytes"),
            None,
        ))
    }

    pub(super) fn reported(body: ErrorBody) -> Self {
        Self::new(Kind::Status(body))
    }

    /// Says which operation it was.
    pub(super) fn of(mut self, operation: &Operation) -> Self {
        self.0.operation = Some(operation.id);
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
            head: None,
        }))
    }
}

/// One line: the operation, the status, and what happened.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(f, "`{operation}`: ")?;
        }
        if let Some(status) = self.status() {
            write!(f, "{status}: ")?;
        }
        self.0.kind.fmt(f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("operation", &self.operation())
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
