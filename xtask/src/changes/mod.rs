//! `cargo xtask changes`: the effect of a change of the document on callers, and the required version.

mod base;
mod before;
mod changelog;
mod due;
mod findings;
mod git;
mod markdown;
mod options;
mod phrase;
mod report;
mod sides;
mod text;
mod version;

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::Context;
use changes::Revision;

use crate::disk::Lock;
use crate::document;
use crate::format::Format;
use crate::terminal::{self, Paint};
use crate::{Outcome, disk, progress, workspace};
use base::Base;
use before::Before;
use due::Versions;
use git::Git;
pub(crate) use options::Options;
use report::Report;
use version::Version;

/// Compares the working tree with another revision, and reports; returns whether the version is high enough.
pub(crate) fn run(options: &Options) -> anyhow::Result<Outcome> {
    let root = workspace::root()?;
    let git = Git::of(&root)?;
    let base = Base::find(&git, options.base.as_deref())?;
    let Some(after) = working_tree(&root) else {
        return Ok(Outcome::Failed);
    };
    let before = Before::read(&git, &base.commit)?;
    let path = workspace::MANIFEST;
    let manifest =
        fs::read_to_string(root.join(path)).with_context(|| format!("cannot read `{path}`"))?;
    let report = Report {
        difference: progress::during("comparing", || {
            sides::compare(&before, &after, &manifest, &root)
        })?,
        versions: versions(&before, &manifest)?,
        base,
    };
    let shown = match options.format {
        Format::Text => text::show(&report, Paint::stdout()),
        Format::Markdown => markdown::show(&report),
        Format::Json => findings::json(&report),
        Format::Github => findings::github(&report),
    };
    terminal::print(&shown)?;
    if options.write_changelog {
        write_changelog(&root, &before, &report)?;
    }
    let Some(complaint) = text::complaint(&report, Paint::stderr()) else {
        return Ok(Outcome::Done);
    };
    terminal::warn(&complaint);
    Ok(Outcome::Failed)
}

/// The present document with its emitted code; if it is rejected, its diagnostics are printed.
fn working_tree(root: &Path) -> Option<Revision> {
    let (path, name) = (root.join(workspace::DOCUMENT), workspace::DOCUMENT);
    let rejected = match document::read(&path, name) {
        Err(problem) => problem.render(Paint::stderr()),
        Ok(mut source) => {
            document::read_neighbours(&mut source, &path);
            match progress::during("generating", || Revision::new(&source)) {
                Ok(side) => return Some(side),
                Err(diagnostics) => diagnostics.render(&source, Paint::stderr().colours),
            }
        }
    };
    terminal::warn(&rejected);
    None
}

/// The client's versions, if it had one.
fn versions(before: &Before, manifest: &str) -> anyhow::Result<Option<Versions>> {
    let now = Version::of_manifest(manifest)
        .with_context(|| format!("`{}` states no version of its own", workspace::MANIFEST))?;
    let Some(before_version) = before.manifest.as_deref().and_then(Version::of_manifest) else {
        return Ok(None);
    };
    let changelog = before.changelog.as_deref().unwrap_or_default();
    Ok(Some(Versions {
        released: changelog::released(changelog).unwrap_or_else(|| before_version.clone()),
        before: before_version,
        now,
    }))
}

fn write_changelog(root: &Path, before: &Before, report: &Report) -> anyhow::Result<()> {
    let at = root.join(workspace::CHANGELOG);
    let _lock = Lock::of(&root.join(workspace::CLIENT))?;
    let changelog = match fs::read_to_string(&at) {
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        read => read.with_context(|| format!("cannot read `{}`", workspace::CHANGELOG))?,
    };
    let base = before.changelog.as_deref().unwrap_or_default();
    let entry = changelog::entry(&report.difference);
    let contents = changelog::with_entry(&changelog, base, &entry);
    let warn = |what: &str| terminal::warn(&format!("{}: {what}\n", workspace::CHANGELOG));
    if contents == changelog {
        warn("up to date");
        return Ok(());
    }
    disk::replace(at, workspace::CHANGELOG, contents)?;
    warn(if entry.is_empty() {
        "entry removed"
    } else {
        "entry written"
    });
    Ok(())
}
