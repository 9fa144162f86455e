//! The command line.

use std::borrow::Cow;
use std::ffi::OsString;
use std::fmt;

use lexopt::Arg;

use crate::{changes, codegen, drift, e2e, explain, help, wild};

/// A command line, understood.
#[derive(Debug)]
pub(crate) enum Command {
    Help(Cow<'static, str>),
    Codegen(codegen::Options),
    Drift(drift::Options),
    Changes(changes::Options),
    E2e(e2e::Options),
    Explain(explain::Options),
    Wild(wild::Options),
}

impl Command {
    /// # Errors
    ///
    /// A [`Usage`] for a mistake on the command line.
    pub(crate) fn parse(mut args: lexopt::Parser) -> anyhow::Result<Self> {
        let syntax = Syntax::XTASK;
        let Some(arg) = args.next().map_err(|error| syntax.misused(error))? else {
            return Ok(Self::Help(help::XTASK.into()));
        };
        match arg {
            Arg::Short('h') | Arg::Long("help") => Ok(Self::Help(help::XTASK.into())),
            Arg::Short('V') | Arg::Long("version") => Ok(Self::Help(help::VERSION.into())),
            Arg::Value(name) => match name.to_str() {
                Some("help") => topic(args).map(Self::Help),
                Some("codegen") => codegen::Options::parse(args)
                    .map(|options| options.map_or(Self::Help(help::CODEGEN.into()), Self::Codegen)),
                Some("drift") => drift::Options::parse(args)
                    .map(|options| options.map_or(Self::Help(help::DRIFT.into()), Self::Drift)),
                Some("changes") => changes::Options::parse(args)
                    .map(|options| options.map_or(Self::Help(help::CHANGES.into()), Self::Changes)),
                Some("e2e") => e2e::Options::parse(args)
                    .map(|options| options.map_or(Self::Help(help::E2E.into()), Self::E2e)),
                Some("explain") => explain::Options::parse(args)
                    .map(|options| options.map_or(Self::Help(help::EXPLAIN.into()), Self::Explain)),
                Some("wild") => wild::Options::parse(args)
                    .map(|options| options.map_or(Self::Help(help::WILD.into()), Self::Wild)),
                _ => Err(syntax.unknown("command", &name.to_string_lossy()).into()),
            },
            option => Err(syntax.unexpected(option).into()),
        }
    }
}

/// `cargo xtask help [COMMAND]`.
fn topic(mut args: lexopt::Parser) -> anyhow::Result<Cow<'static, str>> {
    let syntax = Syntax::XTASK;
    match args.next().map_err(|error| syntax.misused(error))? {
        None | Some(Arg::Short('h') | Arg::Long("help")) => Ok(help::XTASK.into()),
        Some(Arg::Value(name)) => match name.to_str() {
            Some("help") => Ok(help::XTASK.into()),
            Some("codegen") => Ok(help::CODEGEN.into()),
            Some("drift") => Ok(help::DRIFT.into()),
            Some("changes") => Ok(help::CHANGES.into()),
            Some("e2e") => Ok(help::E2E.into()),
            Some("explain") => Ok(help::EXPLAIN.into()),
            Some("wild") => Ok(help::WILD.into()),
            Some("rules") => Ok(help::rules().into()),
            _ => Err(syntax.unknown("command", &name.to_string_lossy()).into()),
        },
        Some(option) => Err(syntax.unexpected(option).into()),
    }
}

/// The options of a command, for suggestions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Syntax {
    pub(crate) command: &'static str,
    pub(crate) words: &'static [&'static str],
    /// The option whose value an argument without one may be.
    pub(crate) for_values: Option<&'static str>,
}

impl Syntax {
    const XTASK: Self = Self {
        command: "cargo xtask",
        words: &[
            "codegen",
            "drift",
            "changes",
            "explain",
            "e2e",
            "wild",
            "help",
            "--help",
            "--version",
        ],
        for_values: None,
    };

    /// An error about the use of this command.
    pub(crate) fn wrong(self, message: impl Into<String>) -> Usage {
        Usage {
            message: message.into(),
            hint: format!("see `{} --help`", self.command),
        }
    }

    /// The same, with the words that there are.
    fn with_words(self, usage: Usage) -> Usage {
        let words: Vec<_> = self.words.iter().map(|word| format!("`{word}`")).collect();
        let hint = format!("expected one of: {}; {}", words.join(", "), usage.hint);
        Usage { hint, ..usage }
    }

    /// An argument that this command does not take.
    pub(crate) fn unexpected(self, arg: Arg<'_>) -> Usage {
        match arg {
            Arg::Short(letter) => self.unknown("option", &format!("-{letter}")),
            Arg::Long(name) => self.unknown("option", &format!("--{name}")),
            Arg::Value(value) => {
                let value = value.to_string_lossy();
                let usage = self.wrong(format!("unexpected argument: `{value}`"));
                match self.for_values {
                    Some(option) => Usage {
                        hint: format!("did you mean `{option} {value}`?"),
                        ..usage
                    },
                    None => usage,
                }
            }
        }
    }

    /// An error of the argument parser.
    pub(crate) fn misused(self, error: lexopt::Error) -> Usage {
        match error {
            lexopt::Error::MissingValue {
                option: Some(option),
            } => self.wrong(format!("missing value of `{option}`")),
            lexopt::Error::UnexpectedValue { option, value } => self.wrong(format!(
                "`{option}` takes no value: `{}`",
                value.to_string_lossy()
            )),
            error => self.wrong(error.to_string()),
        }
    }

    fn unknown(self, kind: &str, word: &str) -> Usage {
        let closest = closest(word, self.words.iter().copied());
        let usage = self.unlike(kind, word, closest);
        match closest {
            Some(_) => usage,
            None => self.with_words(usage),
        }
    }

    /// A word that is none of those there are.
    pub(crate) fn unknown_among<'a>(
        self,
        kind: &str,
        word: &str,
        words: impl IntoIterator<Item = &'a str>,
    ) -> Usage {
        self.unlike(kind, word, closest(word, words))
    }

    fn unlike(self, kind: &str, word: &str, closest: Option<&str>) -> Usage {
        let usage = self.wrong(format!("unknown {kind} of `{}`: `{word}`", self.command));
        match closest {
            Some(other) => Usage {
                hint: format!("did you mean `{other}`?"),
                ..usage
            },
            None => usage,
        }
    }
}

/// The word that is most like this one, if it may be meant.
fn closest<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    words
        .into_iter()
        .max_by(|a, b| likeness(word, a).total_cmp(&likeness(word, b)))
        .filter(|best| likeness(word, best) > 0.85 && is_near(word, best))
}

fn likeness(word: &str, known: &str) -> f64 {
    strsim::jaro_winkler(word, known)
}

/// Whether no more than a third of the letters differ, dashes not counted.
fn is_near(word: &str, known: &str) -> bool {
    let [word, known] = [word, known].map(|word| word.trim_start_matches('-'));
    let longest = word.chars().count().max(known.chars().count());
    3 * strsim::osa_distance(word, known) <= longest
}

/// A command line that is not understood or refused: exit code 2.
#[derive(Debug)]
pub(crate) struct Usage {
    pub(crate) message: String,
    pub(crate) hint: String,
}

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Usage {}

/// Stores the value of an option that may be given once.
pub(crate) fn once(
    syntax: Syntax,
    slot: &mut Option<OsString>,
    option: &str,
    value: OsString,
) -> Result<(), Usage> {
    if value.is_empty() {
        return Err(syntax.wrong(format!("the value of `{option}` is empty")));
    }
    match slot.replace(value) {
        Some(_) => Err(syntax.wrong(format!("`{option}` is given twice"))),
        None => Ok(()),
    }
}
