//! Programs that end when this one does, in whatever way it does.

use std::ffi::OsStr;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};

use anyhow::Context;

/// A running program, and whatever it starts in its turn: killed when this is dropped, and when xtask itself is killed.
///
/// A process that has been killed can do nothing more, but the system closes its ends of pipes. So the program is started
/// by a shell at the head of a process group: it leaves somebody behind who waits for the end of such a pipe, and then
/// becomes the program.
#[derive(Debug)]
pub(super) struct Leashed {
    program: Child,
    leash: Option<ChildStdin>,
}

const SCRIPT: &str = r#"
exec 3<&0 </dev/null
{ read -r _ <&3; kill -KILL 0; } >/dev/null 2>&1 &
exec "$@" 3<&-
"#;

impl Leashed {
    /// The command that [`start`](Self::start) takes, for more arguments to be added to it.
    pub(super) fn command(program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", SCRIPT, "sh"]).arg(program);
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command
    }

    pub(super) fn start(command: &mut Command) -> anyhow::Result<Self> {
        let mut program = command
            .stdin(Stdio::piped())
            .spawn()
            .context("cannot run `sh`")?;
        let leash = program.stdin.take();
        Ok(Self { program, leash })
    }

    /// How the program has ended, if it has.
    pub(super) fn ended(&mut self) -> anyhow::Result<Option<ExitStatus>> {
        self.program
            .try_wait()
            .context("cannot tell whether a program has ended")
    }

    /// Waits until the program ends.
    pub(super) fn wait(mut self) -> anyhow::Result<ExitStatus> {
        self.program
            .wait()
            .context("cannot wait for a program to end")
    }
}

impl Drop for Leashed {
    fn drop(&mut self) {
        drop(self.leash.take());
        // It has ended already, or is about to: this only shortens the wait.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
