//! How long the processor is busy.

use std::fs;
use std::time::{Duration, Instant};

/// A thread's CPU time since its start; the elapsed time where the system does not report it.
#[derive(Debug)]
pub(super) struct Stopwatch {
    busy: Option<Duration>,
    started: Instant,
}

impl Stopwatch {
    pub(super) fn start() -> Self {
        Self {
            busy: busy(),
            started: Instant::now(),
        }
    }

    /// To be asked in the thread that has started it.
    pub(super) fn elapsed(&self) -> Duration {
        match (self.busy, busy()) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            _ => self.started.elapsed(),
        }
    }
}

/// Linux: the first number is in nanoseconds.
fn busy() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = text.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}
