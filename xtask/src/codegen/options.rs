//! The options of `cargo xtask codegen`.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::Arg;

use super::crate_name::CrateName;
use crate::usage::{Syntax, once};

/// What codegen is asked to do.
#[derive(Debug)]
pub(crate) struct Options {
    /// Show what is out of date instead of writing.
    pub(crate) check: bool,
    /// A crate of its own for another document, instead of the workspace's client.
    pub(crate) stand_alone: Option<StandAlone>,
}

/// Another document, and where its crate goes.
#[derive(Debug)]
pub(crate) struct StandAlone {
    pub(crate) spec: PathBuf,
    pub(crate) out: PathBuf,
    pub(crate) name: Option<CrateName>,
}

const SYNTAX: Syntax = Syntax {
    command: "cargo xtask codegen",
    words: &["--check", "--spec", "--out", "--name", "--help"],
};

impl Options {
    /// Gives nothing when help is asked for.
    ///
    /// # Errors
    ///
    /// A [`Usage`](crate::usage::Usage) that says what was not understood.
    pub(crate) fn parse(mut args: lexopt::Parser) -> anyhow::Result<Option<Self>> {
        let (mut check, mut spec, mut out, mut name) = (false, None, None, None);
        while let Some(arg) = args.next().map_err(|error| SYNTAX.misused(error))? {
            let (slot, option) = match arg {
                Arg::Short('h') | Arg::Long("help") => return Ok(None),
                Arg::Long("check") => {
                    check = true;
                    continue;
                }
                Arg::Long("spec") => (&mut spec, "--spec"),
                Arg::Long("out") => (&mut out, "--out"),
                Arg::Long("name") => (&mut name, "--name"),
                other => return Err(SYNTAX.unexpected(other).into()),
            };
            let value = args.value().map_err(|error| SYNTAX.misused(error))?;
            once(SYNTAX, slot, option, value)?;
        }
        let stand_alone = StandAlone::of(spec, out, name)?;
        Ok(Some(Self { check, stand_alone }))
    }
}

impl StandAlone {
    fn of(
        spec: Option<OsString>,
        out: Option<OsString>,
        name: Option<OsString>,
    ) -> anyhow::Result<Option<Self>> {
        let name = match name {
            None => None,
            Some(name) => Some(
                CrateName::parse(&name.to_string_lossy()).map_err(|reason| SYNTAX.wrong(reason))?,
            ),
        };
        match (spec, out) {
            (Some(spec), Some(out)) => Ok(Some(Self {
                spec: spec.into(),
                out: out.into(),
                name,
            })),
            (Some(_), None) => Err(SYNTAX
                .wrong("`--spec` is of use only together with `--out`")
                .into()),
            (None, Some(_)) => Err(SYNTAX
                .wrong("`--out` is of use only together with `--spec`")
                .into()),
            (None, None) if name.is_some() => Err(SYNTAX
                .wrong("`--name` is of use only together with `--spec` and `--out`")
                .into()),
            (None, None) => Ok(None),
        }
    }
}
