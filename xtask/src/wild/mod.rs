//! `cargo xtask wild`: how the generator fares on documents that other people wrote.

mod builds;
mod cost;
mod crash;
mod options;
mod processor;
mod table;
mod trial;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use anyhow::Context;

use crate::progress::Progress;
use crate::usage::Usage;
use crate::{Outcome, terminal, workspace};
use builds::{Builds, Cargo, Crate};
pub(crate) use options::Options;
use options::SYNTAX;
use table::Table;
use trial::{Setup, Trial};

/// The output of the command, relative to the workspace's root.
const FOLDER: &str = "target/wild";

/// A document may nest as deeply as the generator lets it, in a build without optimization too. Memory is taken up only
/// where it is used.
const STACK: usize = 256 << 20;

/// Tries every document, builds some of the crates, and prints the table.
pub(crate) fn run(options: &Options) -> anyhow::Result<Outcome> {
    let root = workspace::root()?;
    let documents = documents(options)?;
    let out = options.out.clone();
    let out = out.or_else(|| options.builds().then(|| root.join(FOLDER).join("crates")));
    let setup = Setup::new(&root, out.as_deref())?;

    let progress = Progress::new();
    let trials = trials(&setup, &documents, options.jobs, &progress)?;
    let table = built(options, &root, &trials, &progress)?;
    drop(progress);

    if options.list {
        terminal::print(&table.list())?;
    }
    terminal::print(&table.show())?;
    Ok(if table.is_clean() {
        Outcome::Done
    } else {
        Outcome::Failed
    })
}

/// Builds the crates of the samples.
fn built<'t>(
    options: &Options,
    root: &Path,
    trials: &'t [Trial],
    progress: &Progress,
) -> anyhow::Result<Table<'t>> {
    let crates: Vec<Crate<'_>> = trials.iter().filter_map(crate_of).collect();
    let cargo = Cargo::new(root.join(FOLDER).join("target"));
    let [to_check, to_test] = [options.check, options.test].map(|sample| sample.of(&crates));
    let mut to_format = [&to_check[..], &to_test[..]].concat();
    to_format.sort_unstable();
    to_format.dedup();

    let show = |what, index, crates: &[Crate<'_>]| {
        let (name, _) = crates[index];
        progress.show(what, index + 1, crates.len(), name);
    };
    let checked = cargo.check_all(&to_check, |index| show("checking", index, &to_check));
    let tested = cargo.test_all(&to_test, |index| show("testing", index, &to_test));
    let formatted = Builds::of(&to_format, |_, directory| builds::rustfmt(directory));
    Ok(Table {
        trials,
        checked: checked?,
        tested: tested?,
        formatted: formatted?,
    })
}

/// The documents in the folder, in the order of their names.
fn documents(options: &Options) -> anyhow::Result<Vec<PathBuf>> {
    let folder = &options.documents;
    let unreadable = |error| SYNTAX.wrong(format!("cannot read `{}`: {error}", folder.display()));
    let mut documents = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_document = [".json", ".yaml", ".yml"]
            .iter()
            .any(|extension| name.ends_with(extension));
        if is_document && name.contains(&options.only_name) {
            documents.push(entry.path());
        }
    }
    if documents.is_empty() {
        return Err(Usage {
            message: format!("no documents in `{}`", folder.display()),
            hint:
                "documents are files that end in .json, .yaml or .yml; `--only-name` may leave none"
                    .to_owned(),
        }
        .into());
    }
    documents.sort();
    Ok(documents)
}

/// Tries the documents, several at once.
fn trials(
    setup: &Setup<'_>,
    documents: &[PathBuf],
    jobs: usize,
    progress: &Progress,
) -> anyhow::Result<Vec<Trial>> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    let mut trials = Vec::new();
    thread::scope(|scope| {
        for _ in 0..jobs.min(documents.len()) {
            let (sender, next) = (sender.clone(), &next);
            let work = move || {
                while let Some(path) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if sender.send(setup.trial(path)).is_err() {
                        return;
                    }
                }
            };
            thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, work)
                .context("cannot start a thread")?;
        }
        drop(sender);
        for trial in receiver {
            let trial = trial?;
            progress.show("trying", trials.len() + 1, documents.len(), &trial.name);
            trials.push(trial);
        }
        anyhow::Ok(())
    })?;
    trials.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(trials)
}

fn crate_of(trial: &Trial) -> Option<Crate<'_>> {
    let directory = trial.accepted()?.directory.as_deref()?;
    Some((&trial.name, directory))
}
