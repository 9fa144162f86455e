//! Options of a single request.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::Error;
use super::api::Scheme;
use super::parameter::header_value;
use super::retry::Policy;

/// Options for a single request: headers, a timeout, attempts.
///
/// Every request has a method `with_options`. So has the client, which returns another client with
/// these options for all requests. A later option replaces an earlier one for the same thing.
///
/// # Examples
///
/// ```no_run
/// # use std::time::Duration;
#[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::{Client, RequestOptions};")]
/// # fn example(client: &Client) {
/// let options = RequestOptions::new()
///     .header("x-correlation-id", "nightly-7")
///     .timeout(Duration::from_secs(5))
///     .max_attempts(2);
/// let hasty = client.with_options(options);
/// # }
/// ```
#[derive(Clone, Default)]
#[must_use = "options do nothing until a request or a client takes them"]
pub struct RequestOptions {
    headers: HeaderMap,
    /// Why a header cannot be sent, for the error of the request.
    refusal: Option<Arc<str>>,
    timeout: Option<Duration>,
    max_attempts: Option<u32>,
    max_wait: Option<Duration>,
}

impl RequestOptions {
    /// No options.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sends a header, in place of any other of its name.
    ///
    /// It is sent to the API only: not to the store of a download, nor to a server that is not
    /// [trusted](crate::ClientBuilder::trust_server). Its value is never printed.
    ///
    /// The value is treated as a secret: where a server repeats it, errors have `[redacted]` in its
    /// place. Exceptions are values of fewer than 8 characters, headers that the client sends itself
    /// (`Accept`), and headers that hold no secrets (`Content-Type`, `X-Request-Id`).
    ///
    /// The client sets credentials, `Host`, `Accept-Encoding`, and the headers about the connection and
    /// the length of the body by itself. Sending a request with one of these, or with an invalid
    /// value, is an [`Error`] with [`is_invalid_request`](Error::is_invalid_request).
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        match header(name.as_ref(), value.as_ref()) {
            Ok((name, value)) => drop(self.headers.insert(name, value)),
            Err(reason) => self.refusal = Some(reason.into()),
        }
        self
    }

    /// Timeout of one attempt, until the whole response is there. There is none by default.
    ///
    /// A slower attempt has failed, and is retried like any other: see
    /// [`max_attempts`](Self::max_attempts). A stream or a download has this timeout up to its first
    /// byte only. `tokio::time::timeout` limits all attempts together.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Maximum number of attempts, in place of
    /// [`ClientBuilder::max_attempts`](crate::ClientBuilder::max_attempts).
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = Some(attempts);
        self
    }

    /// Maximum time that the request waits between its attempts, in place of
    /// [`ClientBuilder::max_wait`](crate::ClientBuilder::max_wait).
    pub fn max_wait(mut self, wait: Duration) -> Self {
        self.max_wait = Some(wait);
        self
    }
}

/// What the runtime makes of them.
impl RequestOptions {
    /// These options, and later ones that hold over them.
    pub(super) fn and(mut self, later: Self) -> Self {
        for (name, value) in &later.headers {
            self.headers.insert(name, value.clone());
        }
        self.refusal = later.refusal.or(self.refusal);
        self.timeout = later.timeout.or(self.timeout);
        self.max_attempts = later.max_attempts.or(self.max_attempts);
        self.max_wait = later.max_wait.or(self.max_wait);
        self
    }

    /// Refuses what no request may have, and the headers that the API's credentials are sent in.
    pub(super) fn check(&self, schemes: &[(&str, Scheme)]) -> Result<(), Error> {
        if let Some(reason) = &self.refusal {
            return Err(Error::option("header", reason));
        }
        for (_, scheme) in schemes {
            if let Scheme::Header(name) = scheme
                && self.headers.contains_key(*name)
            {
                return Err(Error::option("header", credential(name)));
            }
        }
        if self.max_attempts == Some(0) {
            let reason = "is 0: with 1, the request is sent once";
            return Err(Error::option("max_attempts", reason));
        }
        Ok(())
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(super) fn attempt_timeout(&self) -> Option<Duration> {
        self.timeout
    }

    /// What is allowed instead of what the client allows.
    pub(super) fn policy(&self, client: Policy) -> Policy {
        Policy {
            max_attempts: self.max_attempts.unwrap_or(client.max_attempts),
            max_wait: self.max_wait.unwrap_or(client.max_wait),
        }
    }
}

/// The names of the headers alone.
impl fmt::Debug for RequestOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestOptions")
            .field("headers", &Vec::from_iter(self.headers.keys()))
            .field("timeout", &self.timeout)
            .field("max_attempts", &self.max_attempts)
            .field("max_wait", &self.max_wait)
            .finish_non_exhaustive()
    }
}

/// Headers that tell who is asking.
const CREDENTIALS: &[&str] = &["authorization", "cookie", "proxy-authorization"];

/// Headers that the transport answers for: a wrong one makes another message of the request, or of
/// its answer.
const TRANSPORT: &[&str] = &[
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "host",
    "http2-settings",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let name = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| "has a name that no header can have".to_owned())?;
    if CREDENTIALS.contains(&name.as_str()) {
        return Err(credential(name.as_str()));
    }
    if TRANSPORT.contains(&name.as_str()) {
        return Err(format!(
            "cannot set `{name}`, which follows from the request"
        ));
    }
    let mut value =
        header_value(value).map_err(|reason| format!("has a value for `{name}` that {reason}"))?;
    value.set_sensitive(true);
    Ok((name, value))
}

fn credential(name: &str) -> String {
    format!("cannot set `{name}`: credentials are set on the client's builder")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(options: RequestOptions) -> String {
        let schemes = [("key", Scheme::Header("X-Key")), ("token", Scheme::Bearer)];
        let error = options.check(&schemes).unwrap_err();
        assert!(error.is_invalid_request());
        error.to_string()
    }

    #[test]
    fn headers_of_the_client() {
        for name in CREDENTIALS
            .iter()
            .chain(TRANSPORT)
            .chain(&["Host", "x-key"])
        {
            let message = refused(RequestOptions::new().header(name, "SECRET"));
            let name = name.to_ascii_lowercase();
            assert!(
                message.to_lowercase().contains(&format!("`{name}`")),
                "{message}"
            );
            assert!(!message.contains("SECRET"));
        }
    }

    #[test]
    fn no_headers() {
        for (name, value, expected) in [
            ("", "a", "has a name that no header can have"),
            ("a b", "a", "has a name that no header can have"),
            ("a:", "a", "has a name that no header can have"),
            (
                "x-a",
                "SECRET\r\nb: c",
                "has a value for `x-a` that has characters that no header can hold",
            ),
            (
                "x-a",
                "SECRET\u{e9}",
                "has a value for `x-a` that has characters that no header can hold",
            ),
            (
                "X-A",
                " SECRET",
                "has a value for `x-a` that begins or ends with a space",
            ),
        ] {
            let message = refused(RequestOptions::new().header(name, value));
            assert_eq!(message, format!("option `header` {expected}"));
        }
    }

    #[test]
    fn no_attempts() {
        let message = refused(RequestOptions::new().max_attempts(0));
        assert_eq!(
            message,
            "option `max_attempts` is 0: with 1, the request is sent once"
        );
    }

    #[test]
    fn the_last_call_wins() {
        let earlier = RequestOptions::new()
            .header("x-a", "1")
            .header("x-b", "1")
            .max_attempts(1)
            .timeout(Duration::ZERO);
        let later = RequestOptions::new().header("X-A", "2").max_attempts(2);
        let options = earlier.and(later);
        assert_eq!(options.headers.len(), 2);
        assert_eq!(options.headers["x-a"], "2");
        let client = Policy::default();
        assert_eq!(options.policy(client).max_attempts, 2);
        assert_eq!(options.policy(client).max_wait, client.max_wait);
        assert_eq!(options.attempt_timeout(), Some(Duration::ZERO));
        // Later calls do not hide the error.
        let refused = RequestOptions::new().header("", "").and(options);
        assert!(refused.check(&[]).is_err());
    }

    #[test]
    fn prints_no_values() {
        let options = RequestOptions::new().header("x-a", "SECRET");
        let printed = format!("{options:?} {:?}", options.headers);
        assert!(printed.contains("x-a") && !printed.contains("SECRET"));
    }
}
