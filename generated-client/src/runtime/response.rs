//! What a successful request gives.

use std::fmt;
use std::ops::Deref;
use std::time::SystemTime;

use reqwest::header::{ETAG, HeaderMap};
use reqwest::{StatusCode, Url};

use super::RateLimit;
use super::credentials::Secrets;
use super::head::Head;

/// A decoded answer, with the status and the headers that it came with.
///
/// It stands for its value wherever a reference to that is enough (`response.name` reads a field of
/// the value); [`into_inner`](Self::into_inner) takes the value out.
///
/// `Debug` shows no headers, since some of them are secrets, but the id of the request. Where a server
/// repeats a credential of the client's in that, `[redacted]` stands in its place.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    head: Head,
}

impl<T> Response<T> {
    /// Makes an answer up, for tests of code that is given one.
    pub fn new(value: T, status: StatusCode, headers: HeaderMap) -> Self {
        Self::from_head(value, Head::new(status, headers, SystemTime::UNIX_EPOCH))
    }

    pub(super) fn from_head(value: T, head: Head) -> Self {
        Self { value, head }
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Whether what was to be deleted was gone when the request got through, which is a success if the
    /// answer to an earlier attempt was lost: that attempt, or somebody else, has deleted it.
    ///
    /// The status is 404 then. It is never so of anything but a `DELETE`.
    pub fn was_already_gone(&self) -> bool {
        self.head.status == StatusCode::NOT_FOUND
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The id that the server gave the request, to quote when asking its maintainers.
    pub fn request_id(&self) -> Option<&str> {
        self.head.request_id()
    }

    /// What the server calls this version of the answer, quotes included, when it has a name for it:
    /// to ask later whether there is another.
    pub fn etag(&self) -> Option<&str> {
        self.head.headers.get(ETAG)?.to_str().ok()
    }

    /// The rate limit as of this answer, when the server tells it.
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

    /// Takes the value out, and lets go of status and headers.
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
