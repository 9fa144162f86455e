//! Crates, built as their users would.

use std::env;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::Context;

/// What came of building the crates of one sample.
#[derive(Debug)]
pub(super) struct Builds {
    /// Each crate by its name, with what is wrong with it if anything is.
    pub(super) outcomes: Vec<(String, Option<String>)>,
}

/// A crate by its document's name and its place.
pub(super) type Crate<'a> = (&'a str, &'a Path);

/// Cargo, for crates that share a build directory.
#[derive(Debug)]
pub(super) struct Cargo {
    target: PathBuf,
}

impl Cargo {
    pub(super) fn new(target: PathBuf) -> Self {
        Self { target }
    }

    /// What is wrong with a crate when it is compiled with warnings denied.
    pub(super) fn check(&self, directory: &Path) -> anyhow::Result<Option<String>> {
        let output = self.run(directory, &["check", "--quiet"])?;
        Ok(wrong(&output, first_error))
    }

    /// What is wrong with a crate when its tests and doctests are run.
    pub(super) fn test(&self, directory: &Path) -> anyhow::Result<Option<String>> {
        let output = self.run(directory, &["test", "--no-fail-fast"])?;
        Ok(wrong(&output, |output| {
            first_failure(output).or_else(|| first_error(output))
        }))
    }

    fn run(&self, directory: &Path, arguments: &[&str]) -> anyhow::Result<Output> {
        Command::new(env::var_os("CARGO").unwrap_or("cargo".into()))
            .args(arguments)
            .current_dir(directory)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("RUSTFLAGS", "--deny warnings")
            .env("RUSTDOCFLAGS", "--deny warnings")
            .output()
            .context("cannot run cargo")
    }
}

impl Builds {
    /// Builds one crate after the other; `build` takes its number and its place, and says what is wrong.
    pub(super) fn of(
        crates: &[Crate<'_>],
        build: impl Fn(usize, &Path) -> anyhow::Result<Option<String>>,
    ) -> anyhow::Result<Self> {
        let crates = crates.iter().enumerate();
        let outcomes = crates
            .map(|(index, (name, directory))| Ok(((*name).to_owned(), build(index, directory)?)))
            .collect::<anyhow::Result<_>>()?;
        Ok(Self { outcomes })
    }

    pub(super) fn failed(&self) -> impl Iterator<Item = (&str, &str)> {
        let outcomes = self.outcomes.iter();
        outcomes.filter_map(|(name, wrong)| Some((name.as_str(), wrong.as_deref()?)))
    }
}

/// Which file of a crate rustfmt would change; nothing too where there is no rustfmt.
pub(super) fn rustfmt(directory: &Path) -> anyhow::Result<Option<String>> {
    let output = Command::new("rustfmt")
        .args(["--edition", "2024", "--check", "-l", "src/lib.rs"])
        .current_dir(directory)
        .output();
    match output {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        output => {
            let output = output.context("cannot run rustfmt")?;
            let root = format!("{}/", directory.display());
            let file = |output: &Output| Some(first_line(output, |_| true)?.replace(&root, ""));
            Ok(wrong(&output, file))
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

fn first_line(output: &Output, is_told: impl Fn(&str) -> bool) -> Option<String> {
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find(|line| is_told(line))?;
    Some(line.to_owned())
}
