//! Resources used by a process.

use std::fmt;
use std::num::ParseFloatError;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The resources of a piece of work, or of a process so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Usage {
    wall_seconds: f64,
    /// Of all threads; 0 if the system does not report it.
    processor_seconds: f64,
    /// The maximum; 0 if the system does not report it.
    memory_mebibytes: f64,
}

impl Usage {
    pub(crate) fn now() -> Self {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH);
        Self {
            wall_seconds: since_epoch.expect("a clock that is set").as_secs_f64(),
            processor_seconds: processor_seconds().unwrap_or_default(),
            memory_mebibytes: memory_mebibytes().unwrap_or_default(),
        }
    }

    pub(crate) fn since(self, before: Self) -> Self {
        Self {
            wall_seconds: self.wall_seconds - before.wall_seconds,
            processor_seconds: self.processor_seconds - before.processor_seconds,
            memory_mebibytes: self.memory_mebibytes - before.memory_mebibytes,
        }
    }

    pub(crate) fn median(all: Vec<Self>) -> Self {
        let median = |figure: fn(&Self) -> f64| {
            let mut figures: Vec<_> = all.iter().map(figure).collect();
            figures.sort_by(f64::total_cmp);
            figures[figures.len() / 2]
        };
        Self {
            wall_seconds: median(|usage| usage.wall_seconds),
            processor_seconds: median(|usage| usage.processor_seconds),
            memory_mebibytes: median(|usage| usage.memory_mebibytes),
        }
    }

    pub(crate) fn ratio(self, other: Self) -> String {
        format!(
            "{:>10.2}{:>10.2}{:>12}",
            self.wall_seconds / other.wall_seconds,
            self.processor_seconds / other.processor_seconds,
            ""
        )
    }
}

#[cfg(unix)]
fn processor_seconds() -> Option<f64> {
    use rustix::time::{ClockId, clock_gettime};

    let time = Duration::try_from(clock_gettime(ClockId::ProcessCPUTime));
    Some(time.ok()?.as_secs_f64())
}

#[cfg(not(unix))]
fn processor_seconds() -> Option<f64> {
    None
}

fn memory_mebibytes() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes / 1024.0)
}

/// Three numbers, or with `#` a row of the table.
impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (wall, processor) = (self.wall_seconds, self.processor_seconds);
        let memory = self.memory_mebibytes;
        if f.alternate() {
            write!(f, "{wall:>8.2} s{processor:>8.3} s{memory:>8.1} MiB")
        } else {
            write!(f, "{wall} {processor} {memory}")
        }
    }
}

impl FromStr for Usage {
    type Err = ParseFloatError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut numbers = text.split_whitespace().map(str::parse);
        let mut number = || numbers.next().unwrap_or(Ok(f64::NAN));
        Ok(Self {
            wall_seconds: number()?,
            processor_seconds: number()?,
            memory_mebibytes: number()?,
        })
    }
}
