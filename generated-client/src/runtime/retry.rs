//! Retries of failed requests.

use std::time::Duration;

use super::Error;
use super::error::RetryClass;
use super::event::{Attempt, Event, Listener};
use super::request_line::RequestLine;
use super::sleeper::Sleeper;

/// Maximum attempts by default.
const MAX_ATTEMPTS: u32 = 4;

/// Maximum time of waiting by default, rate limits included.
const MAX_WAIT: Duration = Duration::from_secs(120);

/// The first wait after a failure; it doubles with each further one.
const FIRST_WAIT: Duration = Duration::from_millis(500);

/// Maximum of a single wait after a failure.
const LONGEST_BACKOFF: Duration = Duration::from_secs(30);

/// The first wait for a rate limit of unknown length; it doubles likewise.
const DEFAULT_LIMIT_WAIT: Duration = Duration::from_secs(60);

/// Requests that wait for the same limit are spread over this time.
const SPREAD: Duration = Duration::from_millis(999);

/// The limits that the caller sets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Policy {
    pub(super) max_attempts: u32,
    pub(super) max_wait: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            max_attempts: MAX_ATTEMPTS,
            max_wait: MAX_WAIT,
        }
    }
}

/// The remaining attempts and waits of one request.
#[derive(Clone)]
pub(super) struct Retries {
    policy: Policy,
    sleeper: Sleeper,
    listener: Listener,
    failures: u32,
    unspecified_limits: u32,
    waited: Duration,
}

impl Retries {
    pub(super) fn new(policy: Policy, sleeper: Sleeper, listener: Listener) -> Self {
        Self {
            policy,
            sleeper,
            listener,
            failures: 0,
            unspecified_limits: 0,
            waited: Duration::ZERO,
        }
    }

    /// Number of the attempt under way, from 1.
    pub(super) fn attempt(&self) -> u32 {
        self.failures + 1
    }

    /// Whether the limit allows another attempt after the current one.
    pub(super) fn allows_another(&self) -> bool {
        self.attempt() < self.policy.max_attempts
    }

    /// Waits until the request may be sent again. Returns the error if a retry would be of no use, could
    /// repeat an effect, or is beyond the limits.
    pub(super) async fn after(
        &mut self,
        error: Error,
        idempotent: bool,
        line: &RequestLine,
    ) -> Result<(), Error> {
        let retry_class = error.retry_class(idempotent);
        self.pause(error, retry_class, line).await
    }

    /// The same after an error that allows another attempt.
    pub(super) async fn after_any(
        &mut self,
        error: Error,
        line: &RequestLine,
    ) -> Result<(), Error> {
        self.pause(error, RetryClass::Backoff(None), line).await
    }

    async fn pause(
        &mut self,
        error: Error,
        retry_class: RetryClass,
        line: &RequestLine,
    ) -> Result<(), Error> {
        let Some(wait) = self.wait(retry_class) else {
            return Err(error);
        };
        let error = error.about(line);
        self.listener.notify(&Event::Retry {
            attempt: Attempt::new(line, self.attempt(), error.is_store()),
            error: &error,
            wait,
        });
        tracing::debug!(attempt = self.attempt(), ?wait, %error, "sending again after a wait");
        self.failures += 1;
        self.waited += wait;
        self.sleeper.sleep(wait).await;
        Ok(())
    }

    /// Waits for the end of a rate limit that another request has met, unless that is too long or retries
    /// are off.
    pub(super) async fn wait_for_limit(&mut self, remaining: Duration, line: &RequestLine) {
        let is_left_to_caller = self.policy.max_attempts <= 1;
        let Some(wait) = self
            .within(remaining, SPREAD)
            .filter(|_| !is_left_to_caller)
        else {
            return;
        };
        tracing::debug!(?wait, "waiting for the end of a rate limit");
        self.listener.notify(&Event::Hold {
            attempt: Attempt::new(line, self.attempt(), false),
            wait,
        });
        self.waited += wait;
        self.sleeper.sleep(wait).await;
    }

    /// Resets the count after progress.
    pub(super) fn progressed(&mut self) {
        self.failures = 0;
        self.unspecified_limits = 0;
        self.waited = Duration::ZERO;
    }

    fn wait(&mut self, retry_class: RetryClass) -> Option<Duration> {
        if !self.allows_another() {
            return None;
        }
        let (wait, spread) = match retry_class {
            RetryClass::Never => return None,
            RetryClass::Backoff(requested) => (
                self.backoff().max(requested.unwrap_or_default()),
                Duration::ZERO,
            ),
            RetryClass::Limit(Some(requested)) => (requested, SPREAD),
            RetryClass::Limit(None) => {
                self.unspecified_limits += 1;
                (
                    doubled(DEFAULT_LIMIT_WAIT, self.unspecified_limits - 1),
                    SPREAD,
                )
            }
        };
        self.within(wait, spread)
    }

    /// The wait and a part of the time that it may be spread over, if it is allowed.
    fn within(&self, wait: Duration, spread: Duration) -> Option<Duration> {
        let in_all = self.waited.checked_add(wait)?;
        let left = self.policy.max_wait.checked_sub(in_all)?;
        Some(wait + spread.min(left).mul_f64(fastrand::f64()))
    }

    /// Between half of the time and all of it, so that clients that failed together do not come
    /// back together.
    fn backoff(&self) -> Duration {
        let most = doubled(FIRST_WAIT, self.failures).min(LONGEST_BACKOFF);
        most.mul_f64(0.5 + fastrand::f64() / 2.0)
    }
}

fn doubled(wait: Duration, times: u32) -> Duration {
    wait.saturating_mul(2_u32.saturating_pow(times))
}
