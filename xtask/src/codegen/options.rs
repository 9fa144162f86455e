//! The options of `cargo xtask codegen`.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use lexopt::Arg;
use openapi::{Level, Rule};

use super::crate_name::CrateName;
use crate::format::Format;
use crate::usage::{Syntax, Usage, once};

/// The options of codegen.
#[derive(Debug)]
pub(crate) struct Options {
    /// The options of the generator.
    pub(crate) generator: generator::Options,
    /// Show each warning with its line.
    pub(crate) all_warnings: bool,
    /// Show outdated files instead of writing.
    pub(crate) check: bool,
    /// The form of the report.
    pub(crate) format: Format,
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
    words: &[
        "--check",
        "--spec",
        "--out",
        "--name",
        "--only",
        "--partial",
        "--deny",
        "--allow",
        "--warnings",
        "--format",
        "--help",
    ],
    for_values: Some("--spec"),
};

impl Options {
    /// Returns `None` if help was requested.
    ///
    /// # Errors
    ///
    /// A [`Usage`] for a mistake on the command line.
    pub(crate) fn parse(mut args: lexopt::Parser) -> anyhow::Result<Option<Self>> {
        let (mut check, mut spec, mut out, mut name) = (false, None, None, None);
        let (mut warnings, mut format) = (None, None);
        let mut generator = generator::Options::default();
        while let Some(arg) = args.next().map_err(|error| SYNTAX.misused(error))? {
            let (slot, option) = match arg {
                Arg::Short('h') | Arg::Long("help") => return Ok(None),
                Arg::Long("check") => {
                    check = true;
                    continue;
                }
                Arg::Long("partial") => {
                    generator.partial = true;
                    continue;
                }
                Arg::Long("only") => {
                    generator.only.push(text(&mut args, "--only")?);
                    continue;
                }
                Arg::Long("deny") => {
                    generator.deny.push(denied(text(&mut args, "--deny")?)?);
                    continue;
                }
                Arg::Long("allow") => {
                    generator.allow.push(allowed(text(&mut args, "--allow")?)?);
                    continue;
                }
                Arg::Long("warnings") => (&mut warnings, "--warnings"),
                Arg::Long("format") => (&mut format, "--format"),
                Arg::Long("spec") => (&mut spec, "--spec"),
                Arg::Long("out") => (&mut out, "--out"),
                Arg::Long("name") => (&mut name, "--name"),
                other => return Err(SYNTAX.unexpected(other).into()),
            };
            let value = args.value().map_err(|error| SYNTAX.misused(error))?;
            once(SYNTAX, slot, option, value)?;
        }
        Ok(Some(Self {
            generator,
            all_warnings: all_warnings(warnings)?,
            check,
            format: Format::parse(format, Format::WITHOUT_MARKDOWN)?,
            stand_alone: StandAlone::of(spec, out, name)?,
        }))
    }
}

/// The value of an option that may be given several times.
fn text(args: &mut lexopt::Parser, option: &str) -> Result<String, Usage> {
    let value = args.value().map_err(|error| SYNTAX.misused(error))?;
    let text = value.to_string_lossy().into_owned();
    if text.is_empty() {
        return Err(SYNTAX.wrong(format!("the value of `{option}` is empty")));
    }
    Ok(text)
}

/// The format of warnings.
fn all_warnings(value: Option<OsString>) -> Result<bool, Usage> {
    let words = ["all", "by-rule"];
    match value.as_deref().map(OsStr::to_string_lossy) {
        None => Ok(false),
        Some(word) if word == words[0] => Ok(true),
        Some(word) if word == words[1] => Ok(false),
        Some(word) => Err(SYNTAX.unknown_among("value", &word, words)),
    }
}

/// The name of a rule, or the word for all.
fn denied(name: String) -> Result<String, Usage> {
    if name == "warnings" || Rule::named(&name).is_some() {
        return Ok(name);
    }
    Err(unknown_rule(&name, Some("warnings")))
}

/// The name of a rule that may be allowed.
fn allowed(name: String) -> Result<String, Usage> {
    match Rule::named(&name) {
        Some(rule) if rule.level == Level::Error => Err(Usage {
            message: format!("an error can't be allowed: `{name}`"),
            hint: "fix the document: an error leaves no right code".to_owned(),
        }),
        Some(_) => Ok(name),
        None => Err(unknown_rule(&name, None)),
    }
}

fn unknown_rule(name: &str, other: Option<&'static str>) -> Usage {
    let warnings = Rule::ALL.iter().filter(|rule| rule.level == Level::Warning);
    let known = warnings.map(|rule| rule.name).chain(other);
    let usage = SYNTAX.unknown_among("rule", name, known);
    Usage {
        hint: if usage.hint.starts_with("did you mean") {
            usage.hint
        } else {
            "see `cargo xtask help rules`".to_owned()
        },
        ..usage
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
            (Some(_), None) => Err(SYNTAX.wrong("`--spec` requires `--out`").into()),
            (None, Some(_)) => Err(SYNTAX.wrong("`--out` requires `--spec`").into()),
            (None, None) if name.is_some() => Err(SYNTAX
                .wrong("`--name` requires `--spec` and `--out`")
                .into()),
            (None, None) => Ok(None),
        }
    }
}
