//! The cost of a command, child processes included.

use std::fs;
use std::io::{self, Read};
use std::iter;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// CPU time and memory; `None` where the system does not report them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cost {
    pub(super) busy: Option<Duration>,
    /// The peak memory of one process, in bytes.
    pub(super) memory: Option<u64>,
}

/// The interval at which a process's peak memory is read.
const INTERVAL: Duration = Duration::from_millis(50);

/// Runs a command to its end. No other may be run meanwhile, since the time is that of all that have ended.
pub(super) fn measured(command: &mut Command) -> io::Result<(Output, Cost)> {
    let before = busy();
    let child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let (output, memory) = watched(child)?;
    let busy = before.zip(busy());
    let busy = busy.map(|(before, after)| after.saturating_sub(before));
    Ok((output, Cost { busy, memory }))
}

fn watched(child: Child) -> io::Result<(Output, Option<u64>)> {
    let id = child.id();
    let (done, waiting) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let watch = scope.spawn(move || {
            let mut most = None;
            loop {
                most = most.max(most_of(id));
                if waiting.recv_timeout(INTERVAL) != Err(RecvTimeoutError::Timeout) {
                    return most;
                }
            }
        });
        let output = child.wait_with_output();
        drop(done);
        Ok((output?, watch.join().unwrap_or_default()))
    })
}

/// Linux: the time of the processes that have ended, in hundredths of a second, is the 14th and 15th number behind the name.
fn busy() -> Option<Duration> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    let (_, numbers) = text.rsplit_once(')')?;
    let mut numbers = numbers.split_whitespace().skip(13);
    let mut next = || numbers.next()?.parse::<u64>().ok();
    let hundredths = next()? + next()?;
    Some(Duration::from_millis(10 * hundredths))
}

/// Linux: the peak memory of a process or one of its children so far.
fn most_of(id: u32) -> Option<u64> {
    let own = fs::read_to_string(format!("/proc/{id}/status")).ok();
    let own = own.and_then(|status| {
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?;
        let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
        Some(kilobytes << 10)
    });
    children(id)
        .into_iter()
        .map(most_of)
        .chain(iter::once(own))
        .max()?
}

fn children(id: u32) -> Vec<u32> {
    let Ok(threads) = fs::read_dir(format!("/proc/{id}/task")) else {
        return Vec::new();
    };
    let lists = threads.filter_map(|thread| {
        let mut list = String::new();
        let mut file = fs::File::open(thread.ok()?.path().join("children")).ok()?;
        file.read_to_string(&mut list).ok()?;
        Some(list)
    });
    let lists: Vec<_> = lists.collect();
    let ids = lists.iter().flat_map(|list| list.split_whitespace());
    ids.filter_map(|id| id.parse().ok()).collect()
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    /// The shell's child is what takes up the time and the memory, for longer than from one look to the next.
    #[test]
    fn grandchildren_count() {
        let mut command = Command::new("sh");
        let work = r"sh -c '
            x=0123456789abcdef
            while [ ${#x} -lt 16777216 ]; do x=$x$x; done
            n=0
            while [ $n -lt 300000 ]; do n=$((n + 1)); done
            echo ${#x}
        '
        echo done";
        let (output, cost) = measured(command.args(["-c", work])).unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), "16777216\ndone\n");
        assert!(cost.busy.unwrap() > Duration::ZERO);
        assert!(cost.memory.unwrap() >= 16 << 20, "{cost:?}");
    }
}
