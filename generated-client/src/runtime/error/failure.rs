//! Failed exchanges, as the HTTP client reports them.
//!
//! What HTTP/2 has to say of a failure, and whether a request was sent at all, it tells in words alone,
//! which the tests over HTTP/2 hold.

use std::error::Error as StdError;
use std::fmt;
use std::iter;

/// How the words begin when the server has closed the connection; its own follow in parentheses.
const CLOSED: &str = "connection error received: ";

/// How they begin when the server has done nothing about the request (RFC 9113, 8.7).
const UNPROCESSED: [&str; 2] = [
    "stream error received: refused stream",
    "connection error received: not a result of an error",
];

/// What it says when the connection was gone before the request was sent.
const UNSENT: [&str; 2] = ["client error (Canceled)", "client error (ChannelClosed)"];

/// An exchange that failed.
pub(super) struct Failure {
    error: reqwest::Error,
    /// Replaces an error that would repeat the server's own words.
    unquoted: Option<Unquoted>,
    /// Whether the server says that it has done nothing, or has not got the request.
    pub(super) is_unprocessed: bool,
}

impl Failure {
    pub(super) fn new(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let words = innermost(&error).to_string();
        let is_refusal = UNPROCESSED.iter().any(|begun| words.starts_with(begun));
        let is_unsent = sources(&error).any(|source| UNSENT.contains(&&*source.to_string()));
        Self {
            unquoted: words.strip_prefix(CLOSED).map(Unquoted::new),
            // A server that has begun to answer has done something, whatever it says.
            is_unprocessed: error.is_request() && (is_refusal || is_unsent),
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

/// A connection closed by the server, without the server's own words.
#[derive(Debug)]
struct Unquoted(String);

impl Unquoted {
    fn new(message: &str) -> Self {
        let (code, _) = message.split_once(" (").unwrap_or((message, ""));
        Self(code.to_owned())
    }
}

impl fmt::Display for Unquoted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the connection was closed: {}", self.0)
    }
}

impl StdError for Unquoted {}

/// An error and all that is below it.
fn sources<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    iter::successors(Some(error), |&error| error.source())
}

fn innermost<'a>(error: &'a (dyn StdError + 'static)) -> &'a (dyn StdError + 'static) {
    sources(error).last().unwrap_or(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_the_servers_words() {
        for message in ["refused", "refused (b\"SECRET\")"] {
            let message = Unquoted::new(message).to_string();
            assert_eq!(message, "the connection was closed: refused");
        }
    }
}
