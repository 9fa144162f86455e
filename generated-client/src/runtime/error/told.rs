//! What the server said.

use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use serde::de::DeserializeOwned;

use super::kind::Kind;
use super::{Error, ErrorBody, ErrorReason};
use crate::runtime::RateLimit;

/// How long a server that limits the rate of requests without saying until when wants to be left
/// alone, at least.
const UNTOLD_WAIT: Duration = Duration::from_secs(60);

/// A limit whose end has come by this clock may be a moment away by the server's.
const LEAST_WAIT: Duration = Duration::from_secs(1);

/// Nobody waits for longer, and a caller can add it to any time without overflow.
const MOST_WAIT: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// What the server said.
impl Error {
    /// The `operationId` of the request; absent when there was no request yet, or one by method and
    /// path.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// The method of the request; absent when there was none yet.
    pub fn request_method(&self) -> Option<&Method> {
        Some(&self.0.request.as_ref()?.method)
    }

    /// The path of the request's URL, without the query, as in `/things/11`; absent when there was no
    /// request yet.
    pub fn request_path(&self) -> Option<&str> {
        Some(&self.0.request.as_ref()?.path)
    }

    /// The status of the answer; absent when none came.
    pub fn status(&self) -> Option<StatusCode> {
        Some(self.0.head.as_ref()?.status)
    }

    /// The headers of the answer; absent when none came.
    pub fn headers(&self) -> Option<&HeaderMap> {
        Some(&self.0.head.as_ref()?.headers)
    }

    /// The id that the server gave the request, to quote when asking its maintainers.
    pub fn request_id(&self) -> Option<&str> {
        self.0.head.as_ref()?.request_id()
    }

    /// The rate limit as of this answer, when the server tells it.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.0.head.as_ref()?.rate_limit()
    }

    /// How long to wait before the same request makes sense again, counted from the answer's
    /// arrival.
    ///
    /// It is what the `Retry-After` of an error says. When the rate of requests is limited and that
    /// header is missing or unreadable, it is the time until the used-up limit is reset; when there
    /// is no such time either, a minute; and a second at least. Never is it more than a year,
    /// whatever the server says.
    pub fn retry_after(&self) -> Option<Duration> {
        let (Kind::Status(_) | Kind::Store(_), Some(head)) = (&self.0.kind, &self.0.head) else {
            return None;
        };
        if self.is_rate_limited() {
            return Some(self.limited_for().unwrap_or(UNTOLD_WAIT));
        }
        Some(head.retry_after()?.min(MOST_WAIT))
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
        let told = head.retry_after().or_else(|| head.until_reset())?;
        Some(told.clamp(LEAST_WAIT, MOST_WAIT))
    }

    /// The `message` in the body of an error, where the server sent one in JSON.
    pub fn message(&self) -> Option<&str> {
        self.error_body()?.fields.message.as_deref()
    }

    /// The `documentation_url` in the body of an error: where the server's documentation tells of
    /// it.
    pub fn documentation_url(&self) -> Option<&str> {
        self.error_body()?.fields.documentation_url.as_deref()
    }

    /// The `errors` in the body of an error: what in particular was wrong with the request. Often
    /// there are none, and of more than 100 these are the first ones.
    pub fn errors(&self) -> &[ErrorReason] {
        self.error_body().map_or(&[], |body| &body.fields.errors)
    }

    /// The body of an error, whatever it is: JSON, HTML, or nothing; also that of an answer that is
    /// undocumented, or not what is documented. It ends after 1 MiB.
    ///
    /// Absent when there is no answer, and when its body broke off.
    pub fn body(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Decode(undecoded) => undecoded.body.as_deref(),
            _ => Some(&self.error_body()?.text),
        }
    }

    /// The path of the value in a body that is not as the API documents it, as in
    /// `items[3].updated_at`: it is missing there, or of another type.
    ///
    /// Absent when the body as a whole is not, or is no JSON.
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
    /// Another [`Error`], of which [`is_decode`](Self::is_decode) holds, when the body is not of
    /// that type, which includes that there is none.
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
