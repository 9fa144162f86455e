//! A line that tells how far a long command has come.

use std::io::{self, IsTerminal};

use crate::terminal;

/// The last line of a terminal; nothing where there is none.
#[derive(Debug)]
pub(super) struct Progress {
    shown: bool,
}

const CLEARED: &str = "\r\x1b[K";
/// What fits a narrow terminal.
const WIDTH: usize = 78;

impl Progress {
    pub(super) fn new() -> Self {
        Self {
            shown: io::stderr().is_terminal(),
        }
    }

    pub(super) fn tell(&self, what: &str, done: usize, total: usize, name: &str) {
        if self.shown {
            let line = format!("{what}: {done} of {total}, {name}");
            let line: String = line
                .chars()
                .filter(|c| !c.is_control())
                .take(WIDTH)
                .collect();
            terminal::warn(&format!("{CLEARED}{line}"));
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
