//! The options of `cargo xtask e2e`.

use lexopt::Arg;

use crate::usage::{Syntax, Usage, once};

/// The selected judges.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    /// One of them instead of both.
    only: Option<Judge>,
}

/// An independent server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Judge {
    Prism,
    Nginx,
}

const SYNTAX: Syntax = Syntax {
    command: "cargo xtask e2e",
    words: &["--only", "--help"],
    for_values: None,
};

impl Options {
    /// Returns `None` if help was requested.
    ///
    /// # Errors
    ///
    /// A [`Usage`] for a mistake on the command line.
    pub(crate) fn parse(mut args: lexopt::Parser) -> anyhow::Result<Option<Self>> {
        let mut only = None;
        while let Some(arg) = args.next().map_err(|error| SYNTAX.misused(error))? {
            match arg {
                Arg::Short('h') | Arg::Long("help") => return Ok(None),
                Arg::Long("only") => {
                    let value = args.value().map_err(|error| SYNTAX.misused(error))?;
                    once(SYNTAX, &mut only, "--only", value)?;
                }
                other => return Err(SYNTAX.unexpected(other).into()),
            }
        }
        let only = only.map(|name| Judge::parse(&name.to_string_lossy()));
        Ok(Some(Self {
            only: only.transpose()?,
        }))
    }

    pub(super) fn selects(self, judge: Judge) -> bool {
        self.only.is_none_or(|only| only == judge)
    }

    /// The tests to run: those whose names begin so, or all.
    pub(super) fn filter(self) -> Option<&'static str> {
        self.only.map(|judge| match judge {
            Judge::Prism => "prism::",
            Judge::Nginx => "nginx::",
        })
    }
}

impl Judge {
    fn parse(name: &str) -> anyhow::Result<Self> {
        match name {
            "prism" => Ok(Self::Prism),
            "nginx" => Ok(Self::Nginx),
            _ => Err(SYNTAX
                .wrong(format!("`--only` takes `prism` or `nginx`, not `{name}`"))
                .into()),
        }
    }

    /// Reports that this judge can't be installed, which is not the client's fault.
    pub(super) fn unavailable(self, reason: &anyhow::Error) -> anyhow::Error {
        let (name, hint) = match self {
            Self::Prism => (
                "Prism",
                "it needs Node.js and npm; `--only nginx` does not need it",
            ),
            Self::Nginx => (
                "nginx",
                "install it yourself; `--only prism` does not need it",
            ),
        };
        Usage {
            message: format!("{name} can't be installed: {reason:#}"),
            hint: hint.to_owned(),
        }
        .into()
    }
}
