//! The trial of one document.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, ensure};
use generator::facts::{self, MissingFact};
use generator::{CrateParts, Diagnostics, Options, Output, Source};

use super::crash;
use super::processor::Stopwatch;
use crate::codegen::{self, CrateName};
use crate::document;

/// The versions of dependencies that the workspace has tried; crates are given the same.
const LOCK: &str = "Cargo.lock";

/// A document that has been tried.
#[derive(Debug)]
pub(super) struct Trial {
    /// The name of its file.
    pub(super) name: String,
    pub(super) verdict: Verdict,
    /// How long the generator was busy with it.
    pub(super) busy: Duration,
}

/// The generator's result for a document.
#[derive(Debug)]
pub(super) enum Verdict {
    Accepted(Box<Accepted>),
    /// How often each rule fires.
    Refused(BTreeMap<String, usize>),
    /// Where it has panicked, and why.
    Crashed(String),
}

#[derive(Debug)]
pub(super) struct Accepted {
    pub(super) operations: usize,
    /// How often each rule fires.
    pub(super) warnings: BTreeMap<String, usize>,
    pub(super) missing: Vec<MissingFact>,
    /// Where its crate is, if it was to be written.
    pub(super) directory: Option<PathBuf>,
}

/// The common input of all trials.
#[derive(Debug)]
pub(super) struct Setup<'a> {
    pub(super) root: &'a Path,
    /// Where crates are written, if at all.
    pub(super) out: Option<&'a Path>,
    parts: CrateParts,
    options: Options,
}

impl<'a> Setup<'a> {
    pub(super) fn new(root: &'a Path, out: Option<&'a Path>) -> anyhow::Result<Self> {
        let name = crate_name("wild", Path::new(""))?;
        let parts = codegen::parts(root, &name)?;
        Ok(Self {
            root,
            out,
            parts,
            options: Options::default(),
        })
    }

    /// # Errors
    ///
    /// When a crate cannot be written.
    pub(super) fn trial(&self, path: &Path) -> anyhow::Result<Trial> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let stopwatch = Stopwatch::start();
        let verdict = match document::read(path, &name) {
            Err(_) => Ok(Verdict::Refused(counted(["document-unreadable"]))),
            Ok(source) => match crash::caught(|| self.verdict(path, source)) {
                Ok(verdict) => verdict,
                Err(panic) => Ok(Verdict::Crashed(panic)),
            },
        };
        Ok(Trial {
            name: name.into_owned(),
            verdict: verdict?,
            busy: stopwatch.elapsed(),
        })
    }

    fn verdict(&self, path: &Path, mut source: Source) -> anyhow::Result<Verdict> {
        document::read_neighbours(&mut source, path);
        let parts = CrateParts {
            name: crate_name("wild-", path)?.as_str().to_owned(),
            ..self.parts.clone()
        };
        match generator::standalone(&source, &self.options, &parts) {
            Ok(output) => self.accepted(path, &source, output),
            Err(diagnostics) => Ok(Verdict::Refused(rules(&diagnostics))),
        }
    }

    fn accepted(&self, path: &Path, source: &Source, output: Output) -> anyhow::Result<Verdict> {
        let missing = match openapi::load(source) {
            Ok(document) => facts::missing(&document, &output.files, &output.warnings),
            Err(_) => Vec::new(),
        };
        let operations = output.operations;
        let warnings = counted(output.warnings.iter().map(|warning| warning.rule));
        let directory = self.out.map(|out| out.join(directory_name(path)));
        if let Some(directory) = &directory {
            clear(directory)?;
            if let Err(error) = self.write(directory, output) {
                return Ok(Verdict::Crashed(format!("{error:#}")));
            }
        }
        Ok(Verdict::Accepted(Box::new(Accepted {
            operations,
            warnings,
            missing,
            directory,
        })))
    }

    /// Writes a crate, with the versions that the workspace has tried.
    fn write(&self, directory: &Path, output: Output) -> anyhow::Result<()> {
        for (path, contents) in codegen::checked(output.files)? {
            let context = || format!("cannot write `{path}`");
            let path = directory.join(&path);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent).with_context(context)?;
            }
            fs::write(path, contents).with_context(context)?;
        }
        fs::copy(self.root.join(LOCK), directory.join(LOCK)).context("cannot copy `Cargo.lock`")?;
        Ok(())
    }
}

/// Removes the crate of an earlier run.
fn clear(directory: &Path) -> anyhow::Result<()> {
    if !directory.exists() {
        return Ok(());
    }
    let manifest = fs::read_to_string(directory.join("Cargo.toml")).unwrap_or_default();
    ensure!(
        manifest.starts_with(generator::MARKER),
        "`{}` was not written by this command: move it out of the way",
        directory.display()
    );
    fs::remove_dir_all(directory)
        .with_context(|| format!("cannot remove `{}`", directory.display()))
}

impl Trial {
    pub(super) fn accepted(&self) -> Option<&Accepted> {
        match &self.verdict {
            Verdict::Accepted(accepted) => Some(accepted),
            _ => None,
        }
    }
}

fn rules(diagnostics: &Diagnostics) -> BTreeMap<String, usize> {
    let errors = diagnostics.iter().filter(|found| found.is_error());
    counted(errors.map(|error| error.rule))
}

fn counted(rules: impl IntoIterator<Item = &'static str>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for rule in rules {
        *counts.entry(rule.to_owned()).or_default() += 1;
    }
    counts
}

/// The document's name, with its extension: two may differ in nothing else.
fn directory_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.replace('.', "-")
}

fn crate_name(prefix: &str, path: &Path) -> anyhow::Result<CrateName> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name: String = format!("{prefix}{stem}").chars().take(60).collect();
    CrateName::of_directory(Path::new(&name)).map_err(anyhow::Error::msg)
}
