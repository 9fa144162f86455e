//! Status and headers of a response, for responses and errors alike.

use std::borrow::Cow;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDateTime, Utc};
use reqwest::header::{DATE, HeaderMap, HeaderValue, LOCATION, RETRY_AFTER};
use reqwest::{StatusCode, Url};

use super::RateLimit;
use super::api::Api;
use super::credentials::Secrets;

/// Status and headers of a response, and when it arrived.
#[derive(Clone)]
pub(super) struct Head {
    pub(super) api: &'static Api,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    received: SystemTime,
    /// The URL of the request, after redirects and before signing; none in tests.
    pub(super) url: Option<Url>,
}

impl Head {
    /// The head of the response to a request for a URL.
    ///
    /// The response has a URL too, which may have been signed with a key.
    pub(super) fn take(
        api: &'static Api,
        response: &mut reqwest::Response,
        url: Url,
        received: SystemTime,
    ) -> Self {
        let headers = std::mem::take(response.headers_mut());
        let mut head = Self::new(api, response.status(), headers, received);
        head.url = Some(url);
        head
    }

    /// A `Location` may itself be a credential, so each of them is marked as one.
    pub(super) fn new(
        api: &'static Api,
        status: StatusCode,
        mut headers: HeaderMap,
        received: SystemTime,
    ) -> Self {
        for (name, value) in &mut headers {
            if name == LOCATION {
                value.set_sensitive(true);
            }
        }
        Self {
            api,
            status,
            headers,
            received,
            url: None,
        }
    }

    /// Takes secrets out of the headers.
    pub(super) fn redact(&mut self, secrets: &Secrets) {
        for value in self.headers.values_mut() {
            redact(value, secrets);
        }
    }

    /// Takes secrets out of the id of the request.
    pub(super) fn redact_request_id(&mut self, secrets: &Secrets) {
        if let Some(id) = self.headers.get_mut(self.api.request_id_header) {
            redact(id, secrets);
        }
    }

    /// The URL of the request, after redirects. Only responses of tests have none.
    pub(super) fn url(&self) -> &Url {
        self.url.as_ref().expect("an answer is one to a URL")
    }

    pub(super) fn request_id(&self) -> Option<&str> {
        let id = self.headers.get(self.api.request_id_header)?;
        id.to_str().ok()
    }

    pub(super) fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::from_headers(&self.headers)
    }

    /// Whether the server asks to wait, or says that a rate limit is used up.
    pub(super) fn reports_rate_limit(&self) -> bool {
        self.headers.contains_key(RETRY_AFTER) || RateLimit::is_used_up(&self.headers)
    }

    /// How long the server asks to wait: `Retry-After` in either of its forms.
    pub(super) fn retry_after(&self) -> Option<Duration> {
        let text = self.headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            // A number that is too large means for ever.
            return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
        }
        self.until(http_date(text)?)
    }

    /// The time until a used-up rate limit is reset.
    pub(super) fn until_reset(&self) -> Option<Duration> {
        if !RateLimit::is_used_up(&self.headers) {
            return None;
        }
        self.until(RateLimit::reset(&self.headers)?)
    }

    /// The time from the response to a moment, by the server's clock if it sends it; zero if that was
    /// before.
    fn until(&self, moment: DateTime<Utc>) -> Option<Duration> {
        let since_epoch = Duration::from_secs(moment.timestamp().try_into().ok()?);
        let moment = UNIX_EPOCH.checked_add(since_epoch)?;
        let sent = self.sent().unwrap_or(self.received);
        Some(moment.duration_since(sent).unwrap_or_default())
    }

    fn sent(&self) -> Option<SystemTime> {
        let date = http_date(self.headers.get(DATE)?.to_str().ok()?)?;
        let since_epoch = Duration::from_secs(date.timestamp().try_into().ok()?);
        UNIX_EPOCH.checked_add(since_epoch)
    }
}

fn redact(value: &mut HeaderValue, secrets: &Secrets) {
    let text = String::from_utf8_lossy(value.as_bytes());
    if let Cow::Owned(redacted) = secrets.redact(&text)
        && let Ok(mut redacted) = HeaderValue::from_bytes(redacted.as_bytes())
    {
        redacted.set_sensitive(value.is_sensitive());
        *value = redacted;
    }
}

/// Reads a date in the form that RFC 9110 prefers, or in one of the two that it calls obsolete.
fn http_date(text: &str) -> Option<DateTime<Utc>> {
    let obsolete = ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];
    if let Ok(date) = DateTime::parse_from_rfc2822(text) {
        return Some(date.to_utc());
    }
    obsolete.iter().find_map(|form| {
        let date = NaiveDateTime::parse_from_str(text, form).ok()?;
        Some(date.and_utc())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::tests::API;

    fn head(headers: &[(&'static str, &'static str)]) -> Head {
        let headers = headers
            .iter()
            .map(|&(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect();
        let received = UNIX_EPOCH + Duration::from_secs(1_600_000_000);
        Head::new(&API, StatusCode::FORBIDDEN, headers, received)
    }

    #[test]
    fn retry_after() {
        for (text, expected) in [
            ("60", Some(60)),
            (" 60 ", Some(60)),
            ("Sun, 13 Sep 2020 12:26:50 GMT", Some(10)),
            ("Sunday, 13-Sep-20 12:26:50 GMT", Some(10)),
            ("Sun Sep 13 12:26:50 2020", Some(10)),
            ("Sun Sep  6 12:26:50 2020", Some(0)),
            ("Sun, 13 Sep 2020 12:26:30 GMT", Some(0)),
            ("99999999999999999999", Some(u64::MAX)),
            ("", None),
            ("soon", None),
            ("-1", None),
            ("+1", None),
            ("1.5", None),
        ] {
            let head = head(&[("retry-after", text)]);
            let expected = expected.map(Duration::from_secs);
            assert_eq!(head.retry_after(), expected, "{text}");
            assert!(head.reports_rate_limit());
        }
        assert_eq!(head(&[]).retry_after(), None);
        assert!(!head(&[]).reports_rate_limit());
    }

    #[test]
    fn reset() {
        for (remaining, reset, expected) in [
            ("0", "1600000090", Some(90)),
            ("0", "1599999999", Some(0)),
            ("0", "99999999999999999", None),
            ("0", "soon", None),
            ("1", "1600000090", None),
        ] {
            let head = head(&[
                ("x-ratelimit-remaining", remaining),
                ("x-ratelimit-reset", reset),
            ]);
            let expected = expected.map(Duration::from_secs);
            assert_eq!(head.until_reset(), expected, "{remaining} {reset}");
            assert_eq!(head.reports_rate_limit(), remaining == "0");
        }
        assert!(head(&[("x-ratelimit-remaining", "0")]).reports_rate_limit());
    }

    /// This clock may be wrong; the difference of two times by the server's is right.
    #[test]
    fn by_the_servers_clock() {
        let head = head(&[
            ("date", "Sun, 13 Sep 2020 12:30:00 GMT"),
            ("retry-after", "Sun, 13 Sep 2020 12:30:07 GMT"),
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", "1600000209"),
        ]);
        assert_eq!(head.retry_after(), Some(Duration::from_secs(7)));
        assert_eq!(head.until_reset(), Some(Duration::from_secs(9)));
    }

    #[test]
    fn prints_no_location() {
        let head = head(&[("location", "SECRET"), ("location", "SECRET")]);
        assert_eq!(head.headers.get_all(LOCATION).iter().count(), 2);
        assert!(!format!("{:?}", head.headers).contains("SECRET"));
    }
}
