//! Conditional requests (`If-None-Match`).

use reqwest::StatusCode;
use reqwest::header::HeaderValue;

use super::answer::Answer;
use super::{Error, Request, Response};

/// The result of a conditional request.
#[derive(Clone, Debug)]
#[must_use]
pub enum Conditional<T> {
    /// The resource has changed, or the server does not compare ETags.
    Modified(Response<T>),
    /// The resource has not changed, and was not sent again. Many servers do not count such a request
    /// against the rate limit.
    NotModified(Response<()>),
}

impl<T> Conditional<T> {
    /// The new response, if there is one.
    pub fn modified(self) -> Option<Response<T>> {
        match self {
            Self::Modified(response) => Some(response),
            Self::NotModified(_) => None,
        }
    }

    /// Whether the resource has not changed.
    pub fn is_not_modified(&self) -> bool {
        matches!(self, Self::NotModified(_))
    }

    pub(super) fn from_response(response: Response<Option<T>>) -> Self {
        let (value, rest) = response.split();
        match value {
            Some(value) => Self::Modified(rest.map_value(|()| value)),
            None => Self::NotModified(rest),
        }
    }
}

/// The value of an `If-None-Match` header.
pub(super) fn header(etag: &str) -> Result<HeaderValue, Error> {
    let opaque = etag.strip_prefix("W/").unwrap_or(etag);
    let quoted = opaque
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    if !quoted.is_some_and(|text| {
        text.bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'"')
    }) {
        let reason = "is not what a server calls an ETag, quotes included";
        return Err(Error::argument("etag", reason));
    }
    Ok(HeaderValue::from_str(etag).expect("visible ASCII makes a header value"))
}

/// Handles status 304, and leaves all others to the operation.
pub(super) async fn decode<R: Request>(
    answer: Answer,
) -> Result<Response<Option<R::Output>>, Error> {
    if answer.status() == StatusCode::NOT_MODIFIED.as_u16() {
        return Ok(answer.empty().map_value(|()| None));
    }
    Ok(R::decode(answer).await?.map_value(Some))
}
