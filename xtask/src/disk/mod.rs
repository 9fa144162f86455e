//! Brings files on the disk up to date, all or nothing.
//!
//! A [`Plan`] compares the wanted files with the disk. It is either shown (`--check`) or applied, so that the two never
//! disagree. Applying it goes through a [`Swap`](swap::Swap): the new tree is built beside the old one, and the two
//! are exchanged in one step.

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

/// A path on the disk, and its wanted content.
#[derive(Debug)]
pub(crate) struct Target {
    /// Where it is.
    pub(crate) at: PathBuf,
    /// The prefix of its files' names in messages.
    pub(crate) label: String,
    /// Its wanted content.
    pub(crate) contents: Contents,
}

/// The wanted content of a path.
#[derive(Debug)]
pub(crate) enum Contents {
    /// A directory of these files and of nothing else.
    Tree(Files),
    /// A single file.
    File(String),
}

/// Removes remains of a killed run beside these targets.
pub(crate) fn clean(targets: &[Target]) -> anyhow::Result<()> {
    targets
        .iter()
        .try_for_each(|target| swap::Swap::of(&target.at).clean())
}

/// Replaces the text of a file, unless it is the same; the caller holds the lock.
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
