//! What the server answers.

use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{
    CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, LOCATION,
};
use serde::Serialize;
use serde_json::json;

use crate::runtime::Redirect;
use crate::runtime::api::Api;

/// An answer of a mock, whatever the API documents.
///
/// # Examples
///
/// ```
#[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::mock::MockResponse;")]
/// let response = MockResponse::new(502).header("content-type", "text/html").body("<h1>Bad gateway</h1>");
/// ```
#[derive(Clone, Debug)]
#[must_use = "an answer does nothing until it is given to an expectation"]
pub struct MockResponse {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) delay: Option<Duration>,
    pub(super) end: End,
}

/// Where the server stops.
#[derive(Clone, Copy, Debug)]
pub(super) enum End {
    /// When all is sent.
    Whole,
    /// After so many bytes of the body.
    Cut(usize),
    /// Before the first byte.
    Unanswered,
}

impl MockResponse {
    /// An answer without a body.
    ///
    /// # Panics
    ///
    /// When the status is none from 200 to 599.
    #[track_caller]
    pub fn new(status: u16) -> Self {
        let known = StatusCode::from_u16(status).ok();
        let known = known.filter(|_| (200..600).contains(&status));
        Self {
            status: known.unwrap_or_else(|| panic!("`{status}` is no status from 200 to 599")),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            delay: None,
            end: End::Whole,
        }
    }

    /// Sets the body to JSON.
    ///
    /// # Panics
    ///
    /// When the value cannot be written as JSON.
    #[track_caller]
    pub fn json(self, value: &impl Serialize) -> Self {
        let body = serde_json::to_vec(value);
        let body =
            body.unwrap_or_else(|error| panic!("the body cannot be written as JSON: {error}"));
        self.content("application/json", body)
    }

    /// Sets the body.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// Sets a header, whatever it was. An answer with an `ETag` is a 304 to a request that has it
    /// already.
    ///
    /// # Panics
    ///
    /// When no header can have this name or this value.
    #[track_caller]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value))
        else {
            panic!("`{name}: {value}` is no header");
        };
        self.headers.insert(name, value);
        self
    }

    /// Waits before the answer is sent.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = Some(delay);
        self
    }

    /// Closes the connection after so many bytes of the body, though all of them were announced.
    pub fn cut_after(mut self, bytes: usize) -> Self {
        self.end = End::Cut(bytes);
        self
    }

    /// Closes the connection in place of an answer.
    pub fn unanswered() -> Self {
        Self {
            end: End::Unanswered,
            ..Self::new(200)
        }
    }
}

/// What emitted code needs.
#[allow(
    dead_code,
    reason = "the document decides which kinds of answers there are"
)]
impl MockResponse {
    /// Sets the body and its media type.
    pub(crate) fn content(mut self, media_type: &'static str, body: impl Into<Bytes>) -> Self {
        let value = HeaderValue::from_static(media_type);
        self.headers.insert(CONTENT_TYPE, value);
        self.body(body)
    }

    /// Leads elsewhere.
    pub(crate) fn redirect(mut self, redirect: &Redirect) -> Self {
        let location = HeaderValue::try_from(redirect.location());
        let location = location.expect("a redirect has been in a header");
        self.headers.insert(LOCATION, location);
        self
    }
}

impl MockResponse {
    /// An error with a message: in JSON, if the API documents a property for it.
    pub(super) fn error(api: &Api, status: u16, message: &str) -> Self {
        let response = Self::new(status);
        match api.error_fields.messages {
            [name, ..] => response.json(&json!({ (*name): message })),
            [] => response.content("text/plain", message.to_owned()),
        }
    }

    /// The answer to a request that may have this version already.
    pub(super) fn unless_known(self, known: Option<&str>) -> Self {
        let etag = self.headers.get(ETAG);
        let is_known = |known: &str| etag.is_some_and(|etag| etag == known);
        if !known.is_some_and(is_known) {
            return self;
        }
        Self {
            status: StatusCode::NOT_MODIFIED,
            body: Bytes::new(),
            ..self
        }
    }

    /// Whether its status allows a body.
    pub(super) fn may_have_body(&self) -> bool {
        !matches!(self.status.as_u16(), 204 | 304)
    }

    /// Status and headers as they are sent, without the body.
    pub(super) fn head(&self) -> Vec<u8> {
        let reason = self.status.canonical_reason().unwrap_or("Unknown");
        let mut head = format!("HTTP/1.1 {} {reason}\r\n", self.status.as_str()).into_bytes();
        for (name, value) in &self.headers {
            head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
        }
        if self.may_have_body() && !self.headers.contains_key(CONTENT_LENGTH) {
            head.extend(format!("content-length: {}\r\n", self.body.len()).into_bytes());
        }
        head.extend(b"\r\n");
        head
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An announced length replaces the one of the body.
    #[test]
    fn lengths() {
        for (response, expected) in [
            (MockResponse::new(200).body("abc"), "content-length: 3\r\n"),
            (
                MockResponse::new(200).header("content-length", "9"),
                "content-length: 9\r\n",
            ),
            (MockResponse::new(204).body("abc"), ""),
        ] {
            let head = String::from_utf8(response.head()).unwrap();
            let (_, headers) = head.split_once("\r\n").unwrap();
            assert_eq!(headers, format!("{expected}\r\n"));
        }
    }
}
