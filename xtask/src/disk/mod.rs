//! Brings files on the disk up to date, all or nothing.
//!
//! A [`Plan`] compares what shall be with what is. It is either shown (`--check`) or applied, so that the two never
//! disagree. Applying it goes through a [`Swap`](swap::Swap): the new tree is built beside the old one, and the two
//! change places in one step.

mod exchange;
mod lock;
mod plan;
mod scan;
mod swap;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub(crate) use lock::Lock;
pub(crate) use plan::{Change, Kind, Plan};
pub(crate) use scan::{Entry, name, scan};

/// Contents by path, relative and with `/` between the parts.
pub(crate) type Files = BTreeMap<String, String>;

/// A place on the disk and what it shall hold.
#[derive(Debug)]
pub(crate) struct Target {
    /// Where it is.
    pub(crate) at: PathBuf,
    /// What its files' names are to begin with when the user is told of them.
    pub(crate) label: String,
    /// What it shall hold.
    pub(crate) contents: Contents,
}

/// What a place shall hold.
#[derive(Debug)]
pub(crate) enum Contents {
    /// A directory of these files and of nothing else.
    Tree(Files),
    /// A single file.
    File(String),
}

/// Removes what a killed run has left beside these targets.
pub(crate) fn clean(targets: &[Target]) -> anyhow::Result<()> {
    targets
        .iter()
        .try_for_each(|target| swap::Swap::of(&target.at).clean())
}

/// Puts a text in the place of a file's, unless it is the same; whoever calls holds the lock.
pub(crate) fn replace(at: PathBuf, label: &str, text: String) -> anyhow::Result<()> {
    let targets = [Target {
        at,
        label: label.to_owned(),
        contents: Contents::File(text),
    }];
    clean(&targets)?;
    Plan::new(&targets)?.apply()
}

/// Whether anything is at `path`, be it a symbolic link to nowhere.
pub(crate) fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
