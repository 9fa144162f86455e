//! Spans of `tracing`: one for each request, and one in it for each attempt. They contain no query, no
//! header and no body.

use reqwest::StatusCode;
use tracing::field::Empty;
use tracing::{Span, debug_span};

use super::request_line::RequestLine;

/// A request, however often it is sent.
pub(super) fn request(line: &RequestLine) -> Span {
    debug_span!(
        "request",
        operation = line.operation.name(),
        method = %line.method,
        path = line.path
    )
}

/// An attempt, counted from 1.
pub(super) fn attempt(number: u32) -> Span {
    debug_span!(
        "attempt",
        attempt = number,
        status = Empty,
        request_id = Empty
    )
}

/// A request to the store.
pub(super) fn store(line: &RequestLine, number: u32) -> Span {
    debug_span!(
        "store",
        operation = line.operation.name(),
        path = line.path,
        attempt = number,
        status = Empty,
        request_id = Empty
    )
}

/// Records the response of an attempt.
pub(super) fn answered(span: &Span, status: StatusCode, request_id: Option<&str>) {
    span.record("status", status.as_u16());
    span.record("request_id", request_id);
}
