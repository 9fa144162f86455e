//! The identity of a request in errors and spans.

use std::fmt;

use reqwest::{Method, Request};

use super::api::Operation;
use super::credentials::Secrets;
use super::text::Beginning;

/// Maximum characters of a path that are shown.
const SHOWN: usize = 500;

/// The operation of a request, its method and its path. The query is left out: keys stand in it, and
/// signatures.
#[derive(Clone)]
pub(super) struct RequestLine {
    pub(super) operation: &'static Operation,
    pub(super) method: Method,
    pub(super) path: String,
}

impl RequestLine {
    pub(super) fn new(operation: &'static Operation, request: &Request, secrets: &Secrets) -> Self {
        Self {
            operation,
            method: request.method().clone(),
            path: secrets.redact(request.url().path()).into_owned(),
        }
    }
}

/// As in `GET /things/1`.
impl fmt::Display for RequestLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, Beginning(&self.path, SHOWN))
    }
}
