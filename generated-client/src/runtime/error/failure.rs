//! Exchanges that failed, as the HTTP client tells of them.
//!
//! What HTTP/2 has to say of a failure it tells in words alone, which the tests over HTTP/2 hold.

use std::error::Error as StdError;
use std::fmt;

/// How the words begin when the server has closed the connection; its own follow in parentheses.
const CLOSED: &str = "connection error received: ";

/// How they begin when the server has done nothing about the request (RFC 9113, 8.7).
const UNPROCESSED: [&str; 2] = [
    "stream error received: refused stream",
    "connection error received: not a result of an error",
];

/// An exchange that failed.
pub(super) struct Failure {
    error: reqwest::Error,
    /// What is told instead of the error, which would repeat the server's own words.
    unquoted: Option<Unquoted>,
    /// Whether the server says that it has done nothing.
    pub(super) is_unprocessed: bool,
}

impl Failure {
    pub(super) fn new(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let words = innermost(&error).to_string();
        let is_refusal = UNPROCESSED.iter().any(|begun| words.starts_with(begun));
        Self {
            unquoted: words.strip_prefix(CLOSED).map(Unquoted::new),
            // A server that has begun to answer has done something, whatever it says.
            is_unprocessed: error.is_request() && is_refusal,
            error,
        }
    }

    pub(super) fn is_connect(&self) -> bool {
        self.error.is_connect()
    }

    pub(super) fn is_timeout(&self) -> bool {
        self.error.is_timeout()
    }

    pub(super) fn source(&self) -> &(dyn StdError + 'static) {
        match &self.unquoted {
            Some(unquoted) => unquoted,
            None => &self.error,
        }
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.unquoted {
            Some(unquoted) => unquoted.fmt(f),
            None => self.error.fmt(f),
        }
    }
}

/// That the server closed the connection, without what it said to that.
#[derive(Debug)]
struct Unquoted(String);

impl Unquoted {
    fn new(told: &str) -> Self {
        let (code, _) = told.split_once(" (").unwrap_or((told, ""));
        Self(code.to_owned())
    }
}

impl fmt::Display for Unquoted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the connection was closed: {}", self.0)
    }
}

impl StdError for Unquoted {}

fn innermost<'a>(error: &'a (dyn StdError + 'static)) -> &'a (dyn StdError + 'static) {
    match error.source() {
        Some(source) => innermost(source),
        None => error,
    }
}
