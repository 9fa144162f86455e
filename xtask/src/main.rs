//! The workspace's commands: `cargo xtask COMMAND`. The only code of the workspace that touches the disk.

mod changes;
mod checksum;
mod codegen;
mod disk;
mod document;
mod drift;
mod e2e;
mod explain;
mod format;
mod help;
mod progress;
mod rules;
mod terminal;
mod usage;
mod wild;
mod workspace;

use std::process::ExitCode;

use usage::Command;

#[cfg(any(unix, target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    terminal::exit(run())
}

fn run() -> anyhow::Result<Outcome> {
    match Command::parse(lexopt::Parser::from_env())? {
        Command::Help(text) => terminal::print(&text).map(|()| Outcome::Done),
        Command::Codegen(options) => codegen::run(&options),
        Command::Drift(options) => drift::run(&options),
        Command::Changes(options) => changes::run(&options),
        Command::E2e(options) => e2e::run(options),
        Command::Explain(options) => explain::run(&options),
        Command::Wild(options) => wild::run(&options),
    }
}

/// How a command ended that ran to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// The work is done, or there was none to do.
    Done,
    /// The document is rejected, files or the version are out of date, or a test has failed; this has been reported.
    Failed,
    /// The file to compare with cannot be read; this has been reported.
    Unreadable,
}
