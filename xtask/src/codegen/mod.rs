//! `cargo xtask codegen`: from a document to the files of a typed client.

mod account;
mod crate_name;
mod difference;
mod job;
mod options;
mod out_dir;
mod report;
mod seal;

use std::time::Instant;

use anyhow::Context;
use generator::Output;

use crate::disk::{self, Lock, Plan};
use crate::terminal::{self, Paint};
use crate::{Outcome, document, progress, workspace};
use account::Account;
pub(crate) use crate_name::CrateName;
use job::Job;
pub(crate) use job::{checked, parts};
pub(crate) use options::Options;

/// Reads the document, generates in memory, and then either shows the difference from the disk (`--check`) or writes.
pub(crate) fn run(options: &Options) -> anyhow::Result<Outcome> {
    let job = Job::new(options, &workspace::root()?)?;
    let mut account = Account::new(options, &job);
    let outcome = work(options, &job, &mut account)?;
    account.print()?;
    Ok(outcome)
}

fn work(options: &Options, job: &Job, account: &mut Account<'_>) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let mut lock = Lock::of(&job.directory())?;

    let mut source = match document::read(&job.document, &job.document_name) {
        Ok(source) => source,
        Err(problem) => {
            account.unreadable(&problem);
            return Ok(Outcome::Failed);
        }
    };
    document::read_neighbours(&mut source, &job.document);
    let generated = progress::during(&format!("generating from {}", job.document_name), || {
        job.generate(&source)
    });
    let output = match generated? {
        Ok(output) => output,
        Err(found) => {
            account.rejected(found.as_slice(), &source);
            return Ok(Outcome::Failed);
        }
    };
    let Output {
        files,
        operations,
        types,
        warnings,
    } = output;
    account.found(&warnings, &source);
    if !options.check {
        job.enter(&mut lock)?;
    }
    let (targets, kept) = job.targets(files)?;
    if !options.check {
        disk::clean(&targets)?;
    }
    let plan = Plan::new(&targets)?;
    job.refuse_loss(&plan)?;

    let size = report::Size { operations, types };
    account.planned(size, &plan);
    if options.check && !plan.is_done() {
        if account.is_text() {
            terminal::print(&difference::show(&plan, job, Paint::stdout())?)?;
        }
        return Ok(Outcome::Failed);
    }
    plan.apply()?;
    if !account.is_text() {
        return Ok(Outcome::Done);
    }
    let report = report::show(&plan, job, size, &kept, started.elapsed());
    let done = if plan.is_done() {
        "the files are up to date, but the report failed"
    } else {
        "the files are written, but the report failed"
    };
    terminal::print(&report).context(done)?;
    Ok(Outcome::Done)
}
