//! The options of `cargo xtask wild`.

use std::ffi::OsString;
use std::num::NonZero;
use std::path::PathBuf;
use std::thread;

use lexopt::Arg;

use crate::usage::{Syntax, Usage, once};

/// The documents to try, and the use of their crates.
#[derive(Debug)]
pub(crate) struct Options {
    /// The folder with the documents.
    pub(super) documents: PathBuf,
    /// A part of their files' names.
    pub(super) only_name: String,
    /// How many are tried at once.
    pub(super) jobs: usize,
    /// Where crates are written, if the user has said so.
    pub(super) out: Option<PathBuf>,
    /// How many crates are compiled.
    pub(super) check: Sample,
    /// The tests of how many crates are run.
    pub(super) test: Sample,
    /// Report each document.
    pub(super) list: bool,
}

/// Some of the accepted documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sample {
    All,
    Some(usize),
}

pub(super) const SYNTAX: Syntax = Syntax {
    command: "cargo xtask wild",
    words: &[
        "--jobs",
        "--out",
        "--only-name",
        "--check",
        "--test",
        "--list",
        "--help",
    ],
    for_values: None,
};

impl Options {
    /// Returns `None` if help was requested.
    ///
    /// # Errors
    ///
    /// A [`Usage`] for a mistake on the command line.
    pub(crate) fn parse(mut args: lexopt::Parser) -> anyhow::Result<Option<Self>> {
        let mut list = false;
        let [
            mut documents,
            mut only_name,
            mut jobs,
            mut out,
            mut check,
            mut test,
        ] = [const { None }; 6];
        while let Some(arg) = args.next().map_err(|error| SYNTAX.misused(error))? {
            let (slot, option) = match arg {
                Arg::Short('h') | Arg::Long("help") => return Ok(None),
                Arg::Value(value) if documents.is_none() => {
                    once(SYNTAX, &mut documents, "DIR", value)?;
                    continue;
                }
                Arg::Long("list") => {
                    list = true;
                    continue;
                }
                Arg::Long("jobs") => (&mut jobs, "--jobs"),
                Arg::Long("out") => (&mut out, "--out"),
                Arg::Long("only-name") => (&mut only_name, "--only-name"),
                Arg::Long("check") => (&mut check, "--check"),
                Arg::Long("test") => (&mut test, "--test"),
                other => return Err(SYNTAX.unexpected(other).into()),
            };
            let value = args.value().map_err(|error| SYNTAX.misused(error))?;
            once(SYNTAX, slot, option, value)?;
        }
        let documents = documents.ok_or_else(|| SYNTAX.wrong("missing folder of documents"))?;
        Ok(Some(Self {
            documents: documents.into(),
            only_name: only_name.map_or_else(String::new, |name| name.to_string_lossy().into()),
            jobs: jobs
                .map_or_else(|| Ok(processors()), |jobs| number("--jobs", &jobs))?
                .max(1),
            out: out.map(PathBuf::from),
            check: Sample::parse("--check", check)?,
            test: Sample::parse("--test", test)?,
            list,
        }))
    }

    /// Whether any crate may be built.
    pub(super) fn builds(&self) -> bool {
        [self.check, self.test] != [Sample::Some(0); 2]
    }
}

impl Sample {
    fn parse(option: &str, value: Option<OsString>) -> Result<Self, Usage> {
        match value {
            None => Ok(Self::Some(0)),
            Some(value) if value == "all" => Ok(Self::All),
            Some(value) => number(option, &value).map(Self::Some),
        }
    }

    /// As many of the items, spread evenly.
    pub(super) fn of<T: Copy>(self, items: &[T]) -> Vec<T> {
        let number = match self {
            Self::All => items.len(),
            Self::Some(number) => number.min(items.len()),
        };
        let spread = (0..number).map(|index| items[index * items.len() / number]);
        spread.collect()
    }
}

fn processors() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

fn number(option: &str, value: &OsString) -> Result<usize, Usage> {
    let value = value.to_string_lossy();
    value
        .parse()
        .map_err(|_| SYNTAX.wrong(format!("`{option}` takes a number, not `{value}`")))
}

#[cfg(test)]
mod tests {
    use super::Sample;

    #[test]
    fn samples_are_spread() {
        let items: Vec<_> = (0..10).collect();
        assert_eq!(Sample::Some(0).of(&items), [0; 0]);
        assert_eq!(Sample::Some(1).of(&items), [0]);
        assert_eq!(Sample::Some(4).of(&items), [0, 2, 5, 7]);
        assert_eq!(Sample::Some(99).of(&items), items);
        assert_eq!(Sample::All.of(&items), items);
        assert_eq!(Sample::All.of(&[0; 0]), [0; 0]);
    }
}
