//! The response of a successful request.

use std::fmt;
use std::ops::Deref;
use std::time::SystemTime;

use reqwest::header::{ETAG, HeaderMap};
use reqwest::{StatusCode, Url};

use super::RateLimit;
use super::api::Api;
use super::credentials::Secrets;
use super::head::Head;

/// A decoded response, with its status and headers.
///
/// It derefs to its value: `response.name` is a field of the value. [`into_inner`](Self::into_inner)
/// returns the value.
///
/// `Debug` shows the request id, and no headers, since some of them are secrets. A credential of the
/// client in the id is replaced by `[redacted]`.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    head: Head,
}

impl<T> Response<T> {
    /// Constructs a response that no server has sent.
    pub(crate) fn constructed(
        api: &'static Api,
        value: T,
        status: StatusCode,
        headers: HeaderMap,
    ) -> Self {
        let head = Head::new(api, status, headers, SystemTime::UNIX_EPOCH);
        Self::from_head(value, head)
    }

    pub(super) fn from_head(value: T, head: Head) -> Self {
        Self { value, head }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Whether a `DELETE` found nothing to delete after the response to an earlier attempt was lost. That
    /// is a success, with status 404: the earlier attempt, or somebody else, has deleted it.
    pub fn was_already_gone(&self) -> bool {
        self.head.status == StatusCode::NOT_FOUND
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The id that the server gave the request, to quote in reports to its maintainers.
    pub fn request_id(&self) -> Option<&str> {
        self.head.request_id()
    }

    /// The `ETag` of the response, quotes included, for a later conditional request.
    pub fn etag(&self) -> Option<&str> {
        self.head.headers.get(ETAG)?.to_str().ok()
    }

    /// The rate limit as of this response, if the server sends it.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.head.rate_limit()
    }

    /// Takes secrets out of what is shown of its head.
    pub(super) fn redacted(mut self, secrets: impl FnOnce() -> Secrets) -> Self {
        if self.request_id().is_some() {
            self.head.redact_request_id(&secrets());
        }
        self
    }

    /// Returns the value, without status and headers.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The value, and everything else.
    pub(super) fn split(self) -> (T, Response<()>) {
        let rest = Response {
            value: (),
            head: self.head,
        };
        (self.value, rest)
    }

    /// What was asked in the end, after all redirects and before signing.
    pub(super) fn url(&self) -> Option<&Url> {
        self.head.url.as_ref()
    }

    pub(super) fn value_mut(&mut self) -> &mut T {
        &mut self.value
    }

    /// Makes something else of the value, and keeps status and headers.
    pub fn map_value<U>(self, f: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: f(self.value),
            head: self.head,
        }
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Display> fmt::Display for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}
