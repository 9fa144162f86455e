//! The idle timeout.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

use super::require_runtime;
use crate::runtime::Error;

/// Whatever is longer is as good as for ever, and can be added to any time without overflow.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// An idle timeout.
#[derive(Clone, Copy, Debug)]
pub(in crate::runtime) struct IdleTimeout(Duration);

impl IdleTimeout {
    pub(in crate::runtime) fn new(limit: Duration) -> Self {
        Self(limit.min(LONGEST))
    }
}

/// The timer of an idle timeout.
pub(super) struct IdleTimer {
    limit: Duration,
    /// None before there is anything to wait for.
    sleep: Option<Pin<Box<Sleep>>>,
}

impl IdleTimer {
    pub(super) fn new(limit: IdleTimeout) -> Self {
        Self {
            limit: limit.0,
            sleep: None,
        }
    }

    /// Returns an error when the silence that began at a time exceeds the timeout.
    ///
    /// The timer is set anew when it has run out, not whenever another silence begins: that is often.
    pub(super) fn poll(&mut self, context: &mut Context<'_>, since: Instant) -> Poll<Error> {
        let end = since + self.limit;
        if self.sleep.is_none()
            && let Err(error) = require_runtime()
        {
            return Poll::Ready(error);
        }
        let new = || Box::pin(sleep_until(end));
        let sleep = self.sleep.get_or_insert_with(new);
        loop {
            ready!(sleep.as_mut().poll(context));
            if sleep.deadline() >= end {
                return Poll::Ready(Error::silence());
            }
            sleep.as_mut().reset(end);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use futures_util::FutureExt;

    use super::*;
    use crate::runtime::tests::exchange::block_on;

    #[test]
    fn no_longer_than_can_be_counted() {
        let IdleTimeout(longest) = IdleTimeout::new(Duration::MAX);
        assert!(Instant::now().checked_add(longest).is_some());
    }

    /// Somebody else may poll for what was asked for within a runtime.
    #[test]
    fn without_a_runtime() {
        let mut timer = IdleTimer::new(IdleTimeout::new(Duration::from_secs(1)));
        let error = poll_fn(|context| timer.poll(context, Instant::now()));
        assert!(error.now_or_never().unwrap().is_invalid_request());
    }

    /// The timer that was set for one silence runs out in the next one.
    #[test]
    fn a_later_silence() {
        let limit = IdleTimeout::new(Duration::from_secs(60 * 60));
        block_on(async {
            let long_ago = Instant::now().checked_sub(limit.0).unwrap();
            let mut sleep = Box::pin(sleep_until(long_ago));
            sleep.as_mut().await;
            let mut timer = IdleTimer::new(limit);
            timer.sleep = Some(sleep);
            poll_fn(|context| {
                assert!(timer.poll(context, Instant::now()).is_pending());
                Poll::Ready(())
            })
            .await;
            let mut timer = IdleTimer::new(limit);
            let error = poll_fn(|context| timer.poll(context, long_ago)).await;
            assert!(error.is_timeout());
        });
    }
}
