//! What an answer tells beside its body, kept by responses and errors alike.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Utc};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, LOCATION, RETRY_AFTER};

use super::RateLimit;

/// Status and headers of an answer, and when it came.
#[derive(Clone)]
pub(super) struct Head {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    received: SystemTime,
}

impl Head {
    /// Takes the head off a response. A `Location` may itself be a credential, so it is marked as
    /// one.
    pub(super) fn take(response: &mut reqwest::Response, received: SystemTime) -> Self {
        let mut headers = std::mem::take(response.headers_mut());
        if let Some(location) = headers.get_mut(LOCATION) {
            location.set_sensitive(true);
        }
        Self {
            status: response.status(),
            headers,
            received,
        }
    }

    pub(super) fn request_id(&self) -> Option<&str> {
        self.headers.get("x-github-request-id")?.to_str().ok()
    }

    pub(super) fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::from_headers(&self.headers)
    }

    /// How long the server asks to wait: `Retry-After` in either of its forms, or else the end of a
    /// used-up rate limit.
    pub(super) fn retry_after(&self) -> Option<Duration> {
        let told = self
            .headers
            .get(RETRY_AFTER)
            .and_then(|value| value.to_str().ok());
        match told.map(str::trim) {
            Some(text) => text
                .parse()
                .map(Duration::from_secs)
                .ok()
                .or_else(|| self.until(http_date(text)?)),
            None => self.until(self.rate_limit().filter(RateLimit::is_used_up)?.reset),
        }
    }

    /// The time from the answer's arrival to a moment; zero when that was before.
    fn until(&self, moment: DateTime<Utc>) -> Option<Duration> {
        let since_epoch = Duration::from_secs(moment.timestamp().try_into().ok()?);
        let moment = UNIX_EPOCH.checked_add(since_epoch)?;
        Some(moment.duration_since(self.received).unwrap_or_default())
    }
}

fn http_date(text: &str) -> Option<DateTime<Utc>> {
    Some(DateTime::parse_from_rfc2822(text).ok()?.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(headers: &[(&'static str, &'static str)], expected: Option<u64>) {
        let headers = headers
            .iter()
            .map(|&(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect();
        let received = UNIX_EPOCH + Duration::from_secs(1_600_000_000);
        let head = Head {
            status: StatusCode::FORBIDDEN,
            headers,
            received,
        };
        assert_eq!(head.retry_after(), expected.map(Duration::from_secs));
    }

    #[test]
    fn retry_after() {
        check(&[], None);
        check(&[("retry-after", "60")], Some(60));
        check(
            &[("retry-after", "Sun, 13 Sep 2020 12:26:50 GMT")],
            Some(10),
        );
        check(&[("retry-after", "Sun, 13 Sep 2020 12:26:30 GMT")], Some(0));
        check(&[("retry-after", "soon")], None);
    }

    #[test]
    fn rate_limit() {
        let limit = |remaining, reset| {
            [
                ("x-ratelimit-limit", "60"),
                ("x-ratelimit-remaining", remaining),
                ("x-ratelimit-reset", reset),
            ]
        };
        check(&limit("0", "1600000090"), Some(90));
        check(&limit("0", "1599999999"), Some(0));
        check(&limit("0", "99999999999999999"), None);
        check(&limit("1", "1600000090"), None);
        check(
            &[&limit("0", "1600000090")[..], &[("retry-after", "5")]].concat(),
            Some(5),
        );
    }
}
