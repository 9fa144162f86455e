//! The rate limit in a response.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use reqwest::header::HeaderMap;

/// The state of a rate limit as of one response, by its `x-ratelimit-…` headers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// Requests allowed in one window of time.
    pub limit: u64,
    /// Requests left in the current window.
    pub remaining: u64,
    /// Requests made in the current window.
    pub used: u64,
    /// When the current window ends.
    pub reset: DateTime<Utc>,
    /// Name of the limit, such as `core`, if the server sends it.
    pub resource: Option<String>,
}

impl RateLimit {
    pub(super) fn from_headers(headers: &HeaderMap) -> Option<Self> {
        let limit = value(headers, "x-ratelimit-limit")?;
        let remaining = value(headers, "x-ratelimit-remaining")?;
        Some(Self {
            limit,
            remaining,
            used: value(headers, "x-ratelimit-used").unwrap_or(limit.saturating_sub(remaining)),
            reset: Self::reset(headers)?,
            resource: Self::resource(headers),
        })
    }

    /// The name of the limit, even if other headers are missing.
    pub(super) fn resource(headers: &HeaderMap) -> Option<String> {
        value(headers, "x-ratelimit-resource")
    }

    /// Whether nothing is left of the limit, even if other headers are missing.
    pub(super) fn is_used_up(headers: &HeaderMap) -> bool {
        value(headers, "x-ratelimit-remaining") == Some(0_u64)
    }

    /// When the current window ends.
    pub(super) fn reset(headers: &HeaderMap) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp(value(headers, "x-ratelimit-reset")?, 0)
    }
}

fn value<T: FromStr>(headers: &HeaderMap, name: &str) -> Option<T> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}
