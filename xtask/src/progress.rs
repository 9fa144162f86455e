//! Progress of a long command, in the last line of a terminal.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use crate::terminal;

/// Goes back to the beginning of the line, and empties it.
const CLEARED: &str = "\r\x1b[K";
/// The width of a narrow terminal.
const WIDTH: usize = 78;
/// The interval of the elapsed time's display, and the delay before the first one.
const INTERVAL: Duration = Duration::from_secs(1);

/// The progress of a command with many steps; silent without a terminal.
#[derive(Debug)]
pub(crate) struct Progress {
    shown: bool,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self {
            shown: io::stderr().is_terminal(),
        }
    }

    pub(crate) fn show(&self, what: &str, done: usize, total: usize, name: &str) {
        if self.shown {
            terminal::warn(&line(&format!("{what}: {done} of {total}, {name}")));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            terminal::warn(CLEARED);
        }
    }
}

/// Runs long work, and shows the elapsed time on a terminal.
pub(crate) fn during<T>(what: &str, work: impl FnOnce() -> T) -> T {
    if io::stderr().is_terminal() {
        timed(what, INTERVAL, terminal::warn, work)
    } else {
        work()
    }
}

fn timed<T>(
    what: &str,
    interval: Duration,
    show: impl Fn(&str) + Send,
    work: impl FnOnce() -> T,
) -> T {
    let started = Instant::now();
    let (done, waiting) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut shown = false;
            while waiting.recv_timeout(interval) == Err(RecvTimeoutError::Timeout) {
                let seconds = started.elapsed().as_secs();
                show(&line(&format!("{what}: {seconds} s")));
                shown = true;
            }
            if shown {
                show(CLEARED);
            }
        });
        // Dropped with the work's end, be it a panic: then the thread is waited for.
        let _done = done;
        work()
    })
}

fn line(text: &str) -> String {
    let text = text.chars().filter(|c| !c.is_control()).take(WIDTH);
    format!("{CLEARED}{}", text.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The work waits until its time has been shown twice.
    #[test]
    fn elapsed_time_is_shown_and_cleared() {
        let (sender, lines) = mpsc::channel();
        let show = move |text: &str| sender.send(text.to_owned()).unwrap();
        let interval = Duration::from_millis(1);
        let first = timed("reading\na document", interval, show, || {
            lines.recv().unwrap();
            lines.recv().unwrap()
        });
        assert!(first.starts_with("\r\x1b[Kreadinga document: "), "{first}");
        assert_eq!(lines.iter().last().as_deref(), Some(CLEARED));
    }

    #[test]
    fn quick_work_shows_nothing() {
        let (sender, lines) = mpsc::channel();
        let show = move |text: &str| sender.send(text.to_owned()).unwrap();
        assert_eq!(timed("", Duration::MAX, show, || 1), 1);
        assert_eq!(lines.iter().count(), 0);
    }
}
