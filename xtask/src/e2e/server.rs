//! Servers that have been started.

use std::ffi::OsString;
use std::fs::{self, File};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use super::leash::Leashed;

/// Maximum time for a server to start, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
/// The lines at the end of a log that are shown.
const SHOWN: usize = 20;

/// A server that takes connections, until this is dropped.
#[derive(Debug)]
pub(super) struct Server {
    _process: Leashed,
    /// The environment variables that point the tests to it.
    pub(super) variables: Vec<(&'static str, OsString)>,
}

impl Server {
    /// Starts a server, and waits until it accepts connections at the address that `address` returns once it is known.
    pub(super) fn start(
        name: &str,
        command: &mut Command,
        log: &Path,
        address: impl Fn() -> Option<SocketAddr>,
        variables: impl FnOnce(SocketAddr) -> Vec<(&'static str, OsString)>,
    ) -> anyhow::Result<Self> {
        let mut process = Leashed::start(logged(command, log)?)?;
        let started = Instant::now();
        loop {
            if let Some(address) = address().filter(|address| TcpStream::connect(address).is_ok()) {
                return Ok(Self {
                    _process: process,
                    variables: variables(address),
                });
            }
            if let Some(status) = process.ended()? {
                bail!("{name} did not start: {status}{}", tail(log));
            }
            if started.elapsed() > PATIENCE {
                let seconds = PATIENCE.as_secs();
                bail!(
                    "{name} did not start: it accepts no connections after {seconds} s{}",
                    tail(log)
                );
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Appends the output of a program to a file.
pub(super) fn logged<'a>(command: &'a mut Command, log: &Path) -> anyhow::Result<&'a mut Command> {
    let open = || {
        let file = File::options().create(true).append(true).open(log);
        file.with_context(|| format!("cannot write `{}`", log.display()))
    };
    Ok(command.stdout(open()?).stderr(open()?))
}

/// The end of a log, each line of it after a line break.
pub(super) fn tail(log: &Path) -> String {
    let text = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<_> = text.lines().map(|line| format!("\n{line}")).collect();
    lines[lines.len().saturating_sub(SHOWN)..].concat()
}
