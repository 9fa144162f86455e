//! Crates, built as their users would.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::Context;

use super::cost::{self, Cost};

/// The result of building the crates of one sample.
#[derive(Debug)]
pub(super) struct Builds {
    pub(super) outcomes: Vec<(String, Outcome)>,
}

/// The result of building one crate.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// The failure, if any.
    wrong: Option<String>,
    pub(super) cost: Cost,
}

/// A crate by its document's name and its place.
pub(super) type Crate<'a> = (&'a str, &'a Path);

const CHECK: &[&str] = &["check", "--quiet"];
const TEST: &[&str] = &["test", "--no-fail-fast"];

/// Cargo, for crates that share a build directory.
#[derive(Debug)]
pub(super) struct Cargo {
    target: PathBuf,
}

impl Cargo {
    pub(super) fn new(target: PathBuf) -> Self {
        Self { target }
    }

    /// Compiles crates with warnings denied; `tell` is called before each, with its number.
    pub(super) fn check_all(
        &self,
        crates: &[Crate<'_>],
        progress: impl Fn(usize),
    ) -> anyhow::Result<Builds> {
        self.all(crates, CHECK, first_error, progress)
    }

    /// Runs the tests and doctests of crates, in the same way.
    pub(super) fn test_all(
        &self,
        crates: &[Crate<'_>],
        progress: impl Fn(usize),
    ) -> anyhow::Result<Builds> {
        let reason = |output: &Output| first_failure(output).or_else(|| first_error(output));
        self.all(crates, TEST, reason, progress)
    }

    /// Runs cargo in one crate after the other; `reason` finds in its output why it failed.
    fn all(
        &self,
        crates: &[Crate<'_>],
        arguments: &[&str],
        reason: impl Fn(&Output) -> Option<String>,
        progress: impl Fn(usize),
    ) -> anyhow::Result<Builds> {
        self.prepare(crates, arguments)?;
        Builds::of(crates, |index, directory| {
            progress(index);
            let (output, cost) = self.run(directory, arguments)?;
            Ok(Outcome {
                wrong: wrong(&output, &reason),
                cost,
            })
        })
    }

    /// Builds the crates' dependencies, so that none of them is charged with it. Failures show when the crates are built.
    fn prepare(&self, crates: &[Crate<'_>], arguments: &[&str]) -> anyhow::Result<()> {
        let Some((_, directory)) = crates.first() else {
            return Ok(());
        };
        let empty = self.target.with_file_name("dependencies");
        let prepare = || {
            fs::create_dir_all(empty.join("src"))?;
            fs::write(empty.join("src/lib.rs"), "//! What the crates depend on.\n")?;
            let manifest = fs::read_to_string(directory.join("Cargo.toml"))?;
            let manifest = manifest.lines().map(|line| {
                let is_name = line.starts_with("name = ");
                if is_name {
                    "name = \"dependencies\"\n".to_owned()
                } else {
                    format!("{line}\n")
                }
            });
            fs::write(empty.join("Cargo.toml"), manifest.collect::<String>())?;
            fs::copy(directory.join("Cargo.lock"), empty.join("Cargo.lock"))
        };
        prepare().with_context(|| format!("cannot write `{}`", empty.display()))?;
        self.run(&empty, arguments).map(drop)
    }

    fn run(&self, directory: &Path, arguments: &[&str]) -> anyhow::Result<(Output, Cost)> {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
        command
            .args(arguments)
            .current_dir(directory)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("RUSTFLAGS", "--deny warnings")
            .env("RUSTDOCFLAGS", "--deny warnings");
        cost::measured(&mut command).context("cannot run cargo")
    }
}

impl Builds {
    /// Builds one crate after the other; `build` takes its number and its place.
    pub(super) fn of(
        crates: &[Crate<'_>],
        build: impl Fn(usize, &Path) -> anyhow::Result<Outcome>,
    ) -> anyhow::Result<Self> {
        let crates = crates.iter().enumerate();
        let outcomes = crates
            .map(|(index, (name, directory))| Ok(((*name).to_owned(), build(index, directory)?)))
            .collect::<anyhow::Result<_>>()?;
        Ok(Self { outcomes })
    }

    pub(super) fn failed(&self) -> impl Iterator<Item = (&str, &str)> {
        let outcomes = self.outcomes.iter();
        outcomes.filter_map(|(name, outcome)| Some((name.as_str(), outcome.wrong.as_deref()?)))
    }
}

/// The file of a crate that rustfmt would change; `None` also without rustfmt.
pub(super) fn rustfmt(directory: &Path) -> anyhow::Result<Outcome> {
    let output = Command::new("rustfmt")
        .args(["--edition", "2024", "--check", "-l", "src/lib.rs"])
        .current_dir(directory)
        .output();
    match output {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Outcome::default()),
        output => {
            let output = output.context("cannot run rustfmt")?;
            let root = format!("{}/", directory.display());
            let file = |output: &Output| Some(first_line(output, |_| true)?.replace(&root, ""));
            Ok(Outcome {
                wrong: wrong(&output, file),
                ..Outcome::default()
            })
        }
    }
}

fn wrong(output: &Output, reason: impl Fn(&Output) -> Option<String>) -> Option<String> {
    if output.status.success() {
        return None;
    }
    Some(reason(output).unwrap_or_else(|| output.status.to_string()))
}

/// The first error, with its place.
fn first_error(output: &Output) -> Option<String> {
    let text = String::from_utf8_lossy(&output.stderr);
    let mut lines = text.lines().skip_while(|line| !line.starts_with("error"));
    let error = lines.next()?;
    let place = lines.find_map(|line| line.trim_start().strip_prefix("--> "));
    Some(match place {
        Some(place) => format!("{error} ({place})"),
        None => error.to_owned(),
    })
}

fn first_failure(output: &Output) -> Option<String> {
    first_line(output, |line| {
        line.starts_with("test ") && line.ends_with(" ... FAILED")
    })
}

fn first_line(output: &Output, is_wanted: impl Fn(&str) -> bool) -> Option<String> {
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find(|line| is_wanted(line))?;
    Some(line.to_owned())
}
