//! Accessors of an error: its request, and the response to it.

use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use serde::de::DeserializeOwned;

use super::kind::Kind;
use super::{Error, ErrorBody};
use crate::runtime::RateLimit;

/// How long a server that limits the rate of requests without saying until when wants to be left
/// alone, at least.
const DEFAULT_WAIT: Duration = Duration::from_secs(60);

/// A limit whose end has come by this clock may be a moment away by the server's.
const MIN_WAIT: Duration = Duration::from_secs(1);

/// Nobody waits for longer, and a caller can add it to any time without overflow.
const MAX_WAIT: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// The request, and the response to it.
impl Error {
    /// The `operationId` of the request, if there is one: not before a request is made, nor for one by
    /// method and path.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// The method of the request, once there is one.
    pub fn request_method(&self) -> Option<&Method> {
        Some(&self.0.request.as_ref()?.method)
    }

    /// The path of the request without its query, such as `/things/11`, once there is a request.
    pub fn request_path(&self) -> Option<&str> {
        Some(&self.0.request.as_ref()?.path)
    }

    /// The status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        Some(self.0.head.as_ref()?.status)
    }

    /// The headers of the response, if there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        Some(&self.0.head.as_ref()?.headers)
    }

    /// The id that the server gave the request, to quote in reports to its maintainers.
    pub fn request_id(&self) -> Option<&str> {
        self.0.head.as_ref()?.request_id()
    }

    /// The rate limit as of this response, if the server sends it.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.0.head.as_ref()?.rate_limit()
    }

    /// How long to wait before the request makes sense again, counted from the response's arrival.
    ///
    /// It is the `Retry-After` of an error. For a rate limit without that header, it is the time until
    /// the limit is reset, or else a minute, and at least a second. It is never more than a year.
    pub fn retry_after(&self) -> Option<Duration> {
        let (Kind::Status(_) | Kind::Store(_), Some(head)) = (&self.0.kind, &self.0.head) else {
            return None;
        };
        if self.is_rate_limited() {
            return Some(self.limited_for().unwrap_or(DEFAULT_WAIT));
        }
        Some(head.retry_after()?.min(MAX_WAIT))
    }

    /// The rate limit that the request came up against: its name, unless it is one on all requests,
    /// and for how long it holds.
    pub(in crate::runtime) fn limit(&self) -> Option<(Option<String>, Duration)> {
        if !self.is_rate_limited() {
            return None;
        }
        let used_up = self.rate_limit().filter(|limit| limit.remaining == 0);
        Some((
            used_up.and_then(|limit| limit.resource),
            self.retry_after()?,
        ))
    }

    /// How long the server says that its rate limit holds.
    pub(super) fn limited_for(&self) -> Option<Duration> {
        let head = self.0.head.as_ref()?;
        let wait = head.retry_after().or_else(|| head.until_reset())?;
        Some(wait.clamp(MIN_WAIT, MAX_WAIT))
    }

    /// The message in the JSON body of an error, if the API documents a property for it.
    pub fn message(&self) -> Option<&str> {
        self.error_body()?.fields.message()
    }

    /// The URL of documentation in the JSON body of an error, if the API documents a property for it.
    pub fn documentation_url(&self) -> Option<&str> {
        self.error_body()?.fields.documentation_url()
    }

    /// The body of an error, of any kind, up to 1 MiB; also that of a response that is not as
    /// documented.
    ///
    /// None if there was no response, or if its body broke off.
    pub fn body(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Decode(undecoded) => undecoded.body.as_deref(),
            _ => Some(&self.error_body()?.text),
        }
    }

    /// The path of the value in a body that is missing or has another type than documented, such as
    /// `items[3].updated_at`.
    ///
    /// None if it is the body as a whole, or the body is not JSON.
    pub fn field_path(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Decode(undecoded) => undecoded.path(),
            _ => None,
        }
    }

    /// Decodes the body of an error into the type that the API documents for it.
    ///
    /// # Errors
    ///
    /// Another [`Error`], with [`is_decode`](Self::is_decode), if the body is absent or not of that type.
    pub fn decode_body<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let body = self.body().unwrap_or_default();
        serde_json::from_str(body).map_err(|error| Self::decode(&error, body.as_bytes()))
    }

    fn error_body(&self) -> Option<&ErrorBody> {
        match &self.0.kind {
            Kind::Status(body) | Kind::Unexpected(body) => Some(body),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;
    use crate::runtime::head::Head;
    use crate::runtime::tests::API;

    /// Where something is left of the limit by name, it is another one that is used up.
    #[test]
    fn names_of_limits() {
        for (remaining, expected) in [("0", Some("search")), ("1", None)] {
            let headers = [
                ("retry-after", "7"),
                ("x-ratelimit-limit", "10"),
                ("x-ratelimit-remaining", remaining),
                ("x-ratelimit-reset", "1600000000"),
                ("x-ratelimit-resource", "search"),
            ];
            let headers = headers.map(|(name, value)| {
                let name = HeaderName::from_static(name);
                (name, HeaderValue::from_str(value).unwrap())
            });
            let headers = HeaderMap::from_iter(headers);
            let status = StatusCode::TOO_MANY_REQUESTS;
            let head = Head::new(&API, status, headers, SystemTime::UNIX_EPOCH);
            let body = ErrorBody::new(Vec::new(), &head, false);
            let (name, time) = Error::reported(status, body).with(head).limit().unwrap();
            assert_eq!(name.as_deref(), expected);
            assert_eq!(time, Duration::from_secs(7));
        }
    }
}
