//! `cargo xtask explain RULE`: the meaning of a rule, with an example and its fix.

mod markdown;
mod text;

use lexopt::Arg;
use openapi::Rule;

use crate::Outcome;
use crate::terminal;
use crate::usage::Syntax;

/// The note for a rule that is only advice.
const ADVICE: &str = "`--deny warnings` does not include it: it is advice.";

/// The subject of an explanation.
#[derive(Debug)]
pub(crate) enum Options {
    /// The rules of this name.
    Rule(String),
    /// All of them, as Markdown.
    Page,
}

/// The rules of one name: `parameter-removed` is one of drift and one of changes.
struct Rules {
    diagnostic: Option<&'static Rule>,
    drift: Option<drift::Rule>,
    change: Option<changes::Rule>,
}

const SYNTAX: Syntax = Syntax {
    command: "cargo xtask explain",
    words: &["--markdown", "--help"],
    for_values: None,
};

impl Options {
    /// Returns `None` if help was requested.
    ///
    /// # Errors
    ///
    /// A [`Usage`](crate::usage::Usage) for a mistake on the command line.
    pub(crate) fn parse(mut args: lexopt::Parser) -> anyhow::Result<Option<Self>> {
        let mut found = None;
        while let Some(arg) = args.next().map_err(|error| SYNTAX.misused(error))? {
            let request = match arg {
                Arg::Short('h') | Arg::Long("help") => return Ok(None),
                Arg::Long("markdown") => Self::Page,
                Arg::Value(name) => Self::Rule(name.to_string_lossy().into_owned()),
                other => return Err(SYNTAX.unexpected(other).into()),
            };
            if found.replace(request).is_some() {
                return Err(SYNTAX.wrong("one rule at a time").into());
            }
        }
        match found {
            Some(request) => Ok(Some(request)),
            None => Err(SYNTAX.wrong("the name of a rule is missing").into()),
        }
    }
}

/// Prints the explanation.
pub(crate) fn run(options: &Options) -> anyhow::Result<Outcome> {
    let text = match options {
        Options::Rule(name) => text::explain(&Rules::named(name)?),
        Options::Page => markdown::page(),
    };
    terminal::print(&text).map(|()| Outcome::Done)
}

impl Rules {
    fn named(name: &str) -> anyhow::Result<Self> {
        let rules = Self {
            diagnostic: Rule::named(name),
            drift: drift::Rule::all().find(|rule| rule.id() == name),
            change: changes::Rule::ALL
                .iter()
                .copied()
                .find(|rule| rule.name() == name),
        };
        if rules.diagnostic.is_some() || rules.drift.is_some() || rules.change.is_some() {
            return Ok(rules);
        }
        let names = Rule::ALL.iter().map(|rule| rule.name.to_owned());
        let names = names.chain(drift::Rule::all().map(drift::Rule::id));
        let names = names.chain(changes::Rule::ALL.iter().map(|rule| rule.name()));
        let names: Vec<_> = names.collect();
        let unknown = SYNTAX.unknown_among("rule", name, names.iter().map(String::as_str));
        Err(unknown.into())
    }
}

/// The effect of a severity of drift on callers.
fn meaning(severity: drift::Severity) -> &'static str {
    match severity {
        drift::Severity::BreaksDecoding => "A response that upstream allows can't be decoded.",
        drift::Severity::BreaksSending => {
            "A request that the fragment allows is refused, or does something else."
        }
        drift::Severity::News => "Nothing breaks, and there is something new.",
        drift::Severity::Docs => "Only the documentation has changed.",
    }
}

/// The first letter in upper case, and a full stop at the end.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    let rest = letters.as_str();
    first.into_iter().chain(rest.chars()).chain(['.']).collect()
}
