//! Output: reports on the standard output, errors on the standard error, colours if supported.

use std::ffi::OsString;
use std::io::{ErrorKind, IsTerminal, Write};
use std::process::ExitCode;
use std::{env, io};

use anyhow::Context;

use crate::Outcome;
use crate::usage::Usage;

/// Prints a report.
///
/// # Errors
///
/// When the output cannot be written, unless its reader has gone away (`cargo xtask … | head`): it has seen enough then.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result.context("cannot write to the standard output"),
    }
}

/// Prints a message beside the report. Failures to print it are ignored.
pub(crate) fn warn(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Text without control sequences of terminals.
pub(crate) fn plain(text: &str) -> String {
    let shown = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    shown.collect()
}

/// Reports an error, and returns the process's exit code.
pub(crate) fn exit(result: anyhow::Result<Outcome>) -> ExitCode {
    let paint = Paint::stderr();
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::from(1),
        Ok(Outcome::Unreadable) => ExitCode::from(2),
        Err(error) => match error.downcast_ref::<Usage>() {
            Some(Usage { message, hint }) => {
                warn(&format!(
                    "{}: {message}\n{}: {hint}\n",
                    paint.error("error"),
                    paint.help("help")
                ));
                ExitCode::from(2)
            }
            None => {
                warn(&format!("{}: {error:#}\n", paint.error("error")));
                ExitCode::from(1)
            }
        },
    }
}

/// Whether, and how, words are coloured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    pub(crate) colours: bool,
}

impl Paint {
    pub(crate) fn stdout() -> Self {
        Self {
            colours: colours(io::stdout().is_terminal(), |name| env::var_os(name)),
        }
    }

    pub(crate) fn stderr() -> Self {
        Self {
            colours: colours(io::stderr().is_terminal(), |name| env::var_os(name)),
        }
    }

    pub(crate) fn error(self, text: &str) -> String {
        self.wrap("1;91", text)
    }

    pub(crate) fn help(self, text: &str) -> String {
        self.wrap("1;96", text)
    }

    pub(crate) fn strong(self, text: &str) -> String {
        self.wrap("1", text)
    }

    pub(crate) fn added(self, text: &str) -> String {
        self.wrap("32", text)
    }

    pub(crate) fn removed(self, text: &str) -> String {
        self.wrap("31", text)
    }

    pub(crate) fn place(self, text: &str) -> String {
        self.wrap("36", text)
    }

    fn wrap(self, code: &str, text: &str) -> String {
        if self.colours {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }
}

/// The conventions of <https://no-color.org> and <https://bixense.com/clicolors>.
fn colours(terminal: bool, variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    if set("NO_COLOR").is_some() {
        return false;
    }
    if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") {
        return true;
    }
    let disabled = set("CLICOLOR").is_some_and(|value| value == "0")
        || set("TERM").is_some_and(|value| value == "dumb");
    terminal && !disabled
}

#[cfg(test)]
mod tests {
    use super::colours;

    #[track_caller]
    fn check(terminal: bool, variables: &[(&str, &str)], expect: bool) {
        let variable = |name: &str| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.into())
        };
        assert_eq!(
            colours(terminal, variable),
            expect,
            "{terminal} {variables:?}"
        );
    }

    #[test]
    fn colours_follow_the_environment() {
        check(true, &[], true);
        check(false, &[], false);
        check(true, &[("NO_COLOR", "1")], false);
        check(true, &[("NO_COLOR", "")], true);
        check(false, &[("CLICOLOR_FORCE", "1")], true);
        check(false, &[("CLICOLOR_FORCE", "0")], false);
        check(true, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], false);
        check(true, &[("CLICOLOR", "0")], false);
        check(true, &[("TERM", "dumb")], false);
    }
}
