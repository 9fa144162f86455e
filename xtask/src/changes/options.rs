//! The options of `cargo xtask changes`.

use std::ffi::OsString;

use lexopt::Arg;

use crate::format::Format;
use crate::terminal::plain;
use crate::usage::{Syntax, once};

/// The options of the comparison and its report.
#[derive(Debug)]
pub(crate) struct Options {
    /// The revision to compare with, if not the usual one.
    pub(crate) base: Option<String>,
    pub(crate) format: Format,
    pub(crate) write_changelog: bool,
}

pub(super) const SYNTAX: Syntax = Syntax {
    command: "cargo xtask changes",
    words: &["--base", "--format", "--write-changelog", "--help"],
    for_values: Some("--base"),
};

impl Options {
    /// Returns `None` if help was requested.
    ///
    /// # Errors
    ///
    /// A [`Usage`](crate::usage::Usage) for a mistake on the command line.
    pub(crate) fn parse(mut args: lexopt::Parser) -> anyhow::Result<Option<Self>> {
        let (mut base, mut format, mut write_changelog) = (None, None, false);
        while let Some(arg) = args.next().map_err(|error| SYNTAX.misused(error))? {
            let (slot, option) = match arg {
                Arg::Short('h') | Arg::Long("help") => return Ok(None),
                Arg::Long("write-changelog") => {
                    write_changelog = true;
                    continue;
                }
                Arg::Long("base") => (&mut base, "--base"),
                Arg::Long("format") => (&mut format, "--format"),
                other => return Err(SYNTAX.unexpected(other).into()),
            };
            let value = args.value().map_err(|error| SYNTAX.misused(error))?;
            once(SYNTAX, slot, option, value)?;
        }
        Ok(Some(Self {
            base: base.map(revision).transpose()?,
            format: Format::parse(format, Format::ALL)?,
            write_changelog,
        }))
    }
}

/// A revision that git can't mistake for an option.
fn revision(value: OsString) -> anyhow::Result<String> {
    match value.into_string() {
        Ok(revision) if !revision.starts_with('-') => Ok(revision),
        Ok(other) => Err(no_revision(&other)),
        Err(other) => Err(no_revision(&other.to_string_lossy())),
    }
}

fn no_revision(value: &str) -> anyhow::Error {
    let value = plain(value);
    SYNTAX.wrong(format!("no revision: `{value}`")).into()
}
