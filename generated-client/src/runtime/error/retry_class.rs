//! Classes of errors for retries.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use reqwest::StatusCode;

use super::Error;
use super::kind::Kind;

/// What to do about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::runtime) enum RetryClass {
    /// No retry: the next response would be the same, or the request may have had its effect.
    Never,
    /// Retry after a wait, which is at least what the server asks for.
    Backoff(Option<Duration>),
    /// Retry after the end of the rate limit, which the server may or may not send.
    Limit(Option<Duration>),
}

impl Error {
    /// What to do about the error, for a request that may or may not be sent twice.
    pub(in crate::runtime) fn retry_class(&self, idempotent: bool) -> RetryClass {
        match &self.0.kind {
            Kind::Transport(failure) if failure.is_connect() && is_distrust(failure.source()) => {
                RetryClass::Never
            }
            // Nothing was done.
            Kind::Transport(failure) if failure.is_connect() || failure.is_unprocessed => {
                RetryClass::Backoff(None)
            }
            Kind::Transport(_) | Kind::Silence | Kind::Slow(_) | Kind::Truncated { .. }
                if idempotent =>
            {
                RetryClass::Backoff(None)
            }
            Kind::Status(_) if self.is_rate_limited() => RetryClass::Limit(self.limited_for()),
            Kind::Status(_) | Kind::Store(_) if idempotent && self.is_passing() => {
                RetryClass::Backoff(self.retry_after())
            }
            _ => RetryClass::Never,
        }
    }

    /// Whether the server may have processed the request, and its response was lost.
    pub(in crate::runtime) fn is_lost_answer(&self) -> bool {
        match &self.0.kind {
            Kind::Transport(failure) => !failure.is_connect() && !failure.is_unprocessed,
            Kind::Silence | Kind::Slow(_) | Kind::Truncated { .. } => true,
            Kind::Status(_) => matches!(
                self.status(),
                Some(StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT)
            ),
            _ => false,
        }
    }

    /// Whether the server failed in a way that may pass.
    fn is_passing(&self) -> bool {
        let passing = |status: StatusCode| matches!(status.as_u16(), 429 | 500 | 502 | 503 | 504);
        self.status().is_some_and(passing)
    }
}

/// Whether the TLS handshake failed, such as for an untrusted certificate: rustls reports it as invalid
/// data, somewhere below.
fn is_distrust(error: &(dyn StdError + 'static)) -> bool {
    match error.downcast_ref::<io::Error>() {
        Some(error) if error.kind() == io::ErrorKind::InvalidData => true,
        // An error within one of these is not its source.
        Some(error) => error.get_ref().is_some_and(|inner| is_distrust(inner)),
        None => error.source().is_some_and(is_distrust),
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderMap;

    use super::*;
    use crate::runtime::tests::API;

    fn reported(status: u16) -> Error {
        let status = StatusCode::from_u16(status).unwrap();
        Error::constructed(&API, status, HeaderMap::new(), Vec::new())
    }

    /// What might be done twice is not sent again, unless the server has refused to do it.
    #[test]
    fn once_or_again() {
        for status in [500, 502, 503, 504] {
            let error = reported(status);
            assert_eq!(error.retry_class(true), RetryClass::Backoff(None));
            assert_eq!(error.retry_class(false), RetryClass::Never);
        }
        for idempotent in [true, false] {
            assert_eq!(
                reported(429).retry_class(idempotent),
                RetryClass::Limit(None)
            );
            assert_eq!(reported(501).retry_class(idempotent), RetryClass::Never);
        }
    }
}
