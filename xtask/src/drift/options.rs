//! The options of `cargo xtask drift`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use lexopt::Arg;

use crate::document::STDIN;
use crate::format::Format;
use crate::usage::{Syntax, Usage, once};

/// The options of the comparison and its report.
#[derive(Debug)]
pub(crate) struct Options {
    /// The upstream description.
    pub(super) upstream: PathBuf,
    /// Its name in waivers and pins.
    pub(super) name: String,
    pub(super) format: Format,
    /// Pin the present upstream description.
    pub(super) accept: bool,
}

const SYNTAX: Syntax = Syntax {
    command: "cargo xtask drift",
    words: &["--upstream", "--name", "--format", "--accept", "--help"],
    for_values: Some("--upstream"),
};

impl Options {
    /// Returns `None` if help was requested.
    ///
    /// # Errors
    ///
    /// A [`Usage`] for a mistake on the command line.
    pub(crate) fn parse(mut args: lexopt::Parser) -> anyhow::Result<Option<Self>> {
        let (mut accept, mut upstream, mut name, mut format) = (false, None, None, None);
        while let Some(arg) = args.next().map_err(|error| SYNTAX.misused(error))? {
            let (slot, option) = match arg {
                Arg::Short('h') | Arg::Long("help") => return Ok(None),
                Arg::Long("accept") => {
                    accept = true;
                    continue;
                }
                Arg::Long("upstream") => (&mut upstream, "--upstream"),
                Arg::Long("name") => (&mut name, "--name"),
                Arg::Long("format") => (&mut format, "--format"),
                other => return Err(SYNTAX.unexpected(other).into()),
            };
            let value = args.value().map_err(|error| SYNTAX.misused(error))?;
            once(SYNTAX, slot, option, value)?;
        }
        let Some(upstream) = upstream.map(PathBuf::from) else {
            let message = "`--upstream` is missing: the description to compare with";
            return Err(SYNTAX.wrong(message).into());
        };
        Ok(Some(Self {
            name: description(&upstream, name)?,
            format: Format::parse(format, Format::ALL)?,
            upstream,
            accept,
        }))
    }
}

/// The name that is given, or else that of the file: `ghes-3.19` of `generated/ghes-3.19.json`.
fn description(upstream: &Path, name: Option<OsString>) -> Result<String, Usage> {
    if let Some(name) = name {
        return Ok(name.to_string_lossy().into_owned());
    }
    let stem = upstream.file_stem().map(|stem| stem.to_string_lossy());
    match stem {
        Some(stem) if upstream != Path::new(STDIN) => {
            let stem = stem.strip_suffix(".deref").unwrap_or(&stem);
            Ok(stem.to_owned())
        }
        _ => Err(Usage {
            message: "the description has no name".to_owned(),
            hint: "give it a name: `--name api.github.com`".to_owned(),
        }),
    }
}
