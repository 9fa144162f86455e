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
use generator::{Diagnostics, Output, Source};

use crate::disk::{self, Lock, Plan};
use crate::terminal::{self, Paint};
use crate::{Outcome, document, workspace};
use job::Job;
pub(crate) use options::Options;

/// Reads the document, generates in memory, and then either shows what differs from the disk (`--check`) or mends it.
pub(crate) fn run(options: &Options) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let job = Job::new(options, &workspace::root()?)?;
    let _lock = Lock::of(&job.directory())?;

    let source = match document::read(&job.document, &job.document_name) {
        Ok(source) => source,
        Err(problem) => {
            terminal::warn(&problem.render(Paint::stderr()));
            return Ok(Outcome::Failed);
        }
    };
    let output = match job.generate(&source)? {
        Ok(output) => output,
        Err(diagnostics) => return Ok(reject(&diagnostics, &source)),
    };
    let Output {
        files,
        operations,
        types,
    } = output;
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

fn reject(diagnostics: &Diagnostics, source: &Source) -> Outcome {
    let details = diagnostics.render(source, Paint::stderr().colours);
    terminal::warn(&format!("{}\nnothing is written\n", details.trim_end()));
    Outcome::Failed
}
