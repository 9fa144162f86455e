//! `cargo xtask codegen`: from a document to the files of a typed client.

mod crate_name;
mod difference;
mod job;
mod options;
mod out_dir;
mod report;
mod seal;

use std::time::Instant;

use anyhow::Context;
use generator::{Diagnostic, Output, Source, diagnostic};

use crate::disk::{self, Lock, Plan};
use crate::terminal::{self, Paint};
use crate::{Outcome, document, workspace};
pub(crate) use crate_name::CrateName;
use job::Job;
pub(crate) use job::{checked, parts};
pub(crate) use options::Options;

/// Reads the document, generates in memory, and then either shows what differs from the disk (`--check`) or mends it.
pub(crate) fn run(options: &Options) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let job = Job::new(options, &workspace::root()?)?;
    let mut lock = Lock::of(&job.directory())?;

    let mut source = match document::read(&job.document, &job.document_name) {
        Ok(source) => source,
        Err(problem) => {
            terminal::warn(&problem.render(Paint::stderr()));
            return Ok(Outcome::Failed);
        }
    };
    document::read_neighbours(&mut source, &job.document);
    let output = match job.generate(&source)? {
        Ok(output) => output,
        Err(found) => {
            let told = told(found.as_slice(), &source, options);
            terminal::warn(&format!("{told}nothing is written\n"));
            return Ok(Outcome::Failed);
        }
    };
    let Output {
        files,
        operations,
        types,
        warnings,
    } = output;
    terminal::warn(&told(&warnings, &source, options));
    if !options.check {
        job.enter(&mut lock)?;
    }
    let (targets, kept) = job.targets(files)?;
    if !options.check {
        disk::clean(&targets)?;
    }
    let plan = Plan::new(&targets)?;
    job.refuse_loss(&plan)?;

    if options.check && !plan.is_done() {
        terminal::print(&difference::show(&plan, &job, Paint::stdout())?)?;
        return Ok(Outcome::Failed);
    }
    plan.apply()?;
    let size = report::Size { operations, types };
    let report = report::show(&plan, &job, size, &kept, started.elapsed());
    let done = if plan.is_done() {
        "the files are up to date, but not reported on"
    } else {
        "the files are written, but not reported on"
    };
    terminal::print(&report).context(done)?;
    Ok(Outcome::Done)
}

/// What the document is told: nothing, or lines with how to see more.
fn told(found: &[Diagnostic], source: &Source, options: &Options) -> String {
    let colours = Paint::stderr().colours;
    if found.is_empty() {
        return String::new();
    }
    if options.all_warnings {
        return diagnostic::render(found, source, colours);
    }
    let mut text = diagnostic::digest(found, source, colours);
    if found.iter().any(|one| !one.is_error()) {
        text.push_str("`--warnings all` shows each warning; `cargo xtask explain RULE` explains\n");
    }
    text
}
