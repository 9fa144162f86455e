//! Replaces a file, or a tree of files, by a new one.
//!
//! | step | on the disk | killed here, the target is |
//! | --- | --- | --- |
//! | | `target` | the old one |
//! | stage | `target`, and its successor half written beside it | the old one |
//! | commit | the two are exchanged | the old one or the new one |
//! | finish | `target`, and the old tree at the other name half removed | the new one |
//!
//! The name beside the target is made of the target's and its checksum, so only codegen uses it. The next run removes
//! the remains of a killed one. A commit can be undone until the finish.
//!
//! Two files or directories are exchanged in one step on Linux and macOS. Elsewhere, and on file systems that cannot (in a layer of a
//! container image, say), the files are replaced one by one: each is whole at any time, and running again completes the
//! work of a run that was killed.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context, ensure};

use super::exchange::{self, exchange};
use super::{Entry, Files, is_there, name, scan};
use crate::checksum::checksum;

/// Files that are written at a time: more would wait for each other, since many are of one directory.
const MAX_WRITERS: usize = 4;

/// A target and the name beside it at which its successor is built.
#[derive(Debug)]
pub(super) struct Swap {
    target: PathBuf,
    new: PathBuf,
}

/// The actions of a commit, to undo it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Committed {
    /// The old one is at the other name.
    Exchanged,
    /// There was no old one.
    Created,
    /// The old one is gone: the file system cannot exchange.
    Replaced,
}

impl Swap {
    pub(super) fn of(target: &Path) -> Self {
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let new = target.with_file_name(format!(".{name}.codegen-{:016x}", checksum(&name)));
        Self {
            target: target.to_owned(),
            new,
        }
    }

    /// Removes remains of a killed run.
    pub(super) fn clean(&self) -> anyhow::Result<()> {
        remove(&self.new)
    }

    /// Builds a directory of these files beside the target. Of those in `unchanged`, the target has the same already:
    /// they are carried over as they are, with their times and permissions.
    pub(super) fn stage_tree(
        &self,
        files: &Files,
        unchanged: &BTreeSet<&str>,
    ) -> anyhow::Result<()> {
        let mut directories = BTreeSet::from([self.new.clone()]);
        create_directory(&self.new)?;
        let mut changed = Vec::new();
        for (path, text) in files {
            let place = self.new.join(path);
            let parents = place.ancestors().skip(1).map(Path::to_owned);
            let added = parents.take_while(|parent| directories.insert(parent.clone()));
            if let Some(parent) = added.reduce(|deepest, _| deepest) {
                create_directory(&parent)?;
            }
            if unchanged.contains(path.as_str()) {
                carry_over(&self.target.join(path), &place)?;
            } else {
                changed.push((place, text.as_str()));
            }
        }
        write_all(&changed)?;
        directories
            .iter()
            .rev()
            .try_for_each(|directory| sync(directory))
    }

    /// Writes a file of this text beside the target.
    pub(super) fn stage_file(&self, text: &str) -> anyhow::Result<()> {
        write(&self.new, text)
    }

    /// Makes the directory that was built the target.
    pub(super) fn commit_tree(
        &self,
        files: &Files,
        unchanged: &BTreeSet<&str>,
    ) -> anyhow::Result<Committed> {
        let committed = self.put_in_place()?;
        if committed == Committed::Replaced {
            self.commit_one_by_one(files, unchanged)?;
        }
        Ok(committed)
    }

    /// Makes the file that was written the target.
    pub(super) fn commit_file(&self) -> anyhow::Result<Committed> {
        let committed = self.put_in_place()?;
        if committed == Committed::Replaced {
            rename(&self.new, &self.target)?;
        }
        Ok(committed)
    }

    /// Says [`Committed::Replaced`], having done nothing, where the old one has to be replaced.
    fn put_in_place(&self) -> anyhow::Result<Committed> {
        if !is_there(&self.target) {
            return rename(&self.new, &self.target).map(|()| Committed::Created);
        }
        let exchanged =
            exchange(&self.new, &self.target).with_context(|| cannot("replace", &self.target))?;
        Ok(if exchanged {
            Committed::Exchanged
        } else {
            Committed::Replaced
        })
    }

    /// Takes a commit back; [`Self::clean`] then removes the new one.
    pub(super) fn roll_back(&self, committed: Committed) -> anyhow::Result<()> {
        let restored = match committed {
            Committed::Exchanged => exchange(&self.new, &self.target),
            Committed::Created => fs::rename(&self.target, &self.new).map(|()| true),
            Committed::Replaced => Ok(false),
        };
        let restored = restored.with_context(|| cannot("restore", &self.target))?;
        ensure!(restored, "{}", cannot("restore", &self.target));
        Ok(())
    }

    /// As [`Self::commit_tree`], where directories cannot be exchanged.
    pub(super) fn commit_one_by_one(
        &self,
        files: &Files,
        unchanged: &BTreeSet<&str>,
    ) -> anyhow::Result<()> {
        let found = scan(&self.target)?;
        let strange = found.iter().filter(|(path, entry)| {
            **entry != Entry::File || !name(path).is_some_and(|name| files.contains_key(&name))
        });
        strange
            .map(|(path, _)| self.target.join(path))
            .try_for_each(|path| remove(&path))?;
        prune(&self.target).with_context(|| cannot("replace", &self.target))?;
        for path in files
            .keys()
            .filter(|path| !unchanged.contains(path.as_str()))
        {
            let place = self.target.join(path);
            place.parent().map_or(Ok(()), create_directory)?;
            rename(&self.new.join(path), &place)?;
        }
        Ok(())
    }

    /// Makes the new one last, and removes the old one.
    pub(super) fn finish(&self) -> anyhow::Result<()> {
        self.target.parent().map_or(Ok(()), sync)?;
        self.clean()
    }
}

fn create_directory(path: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(path).with_context(|| cannot("create", path))
}

/// Writes files, a few at a time: to make one last is to wait for the disk, which can make several last at once.
fn write_all(files: &[(PathBuf, &str)]) -> anyhow::Result<()> {
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some((path, text)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            write(path, text).inspect_err(|_| next.store(files.len(), Ordering::Relaxed))?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let helpers = MAX_WRITERS.min(files.len()).saturating_sub(1);
        // Where the system gives no more threads, there is less help.
        let helpers =
            (0..helpers).map_while(|_| thread::Builder::new().spawn_scoped(scope, work).ok());
        let helpers: Vec<_> = helpers.collect();
        let own = work();
        let outcomes = helpers.into_iter().map(|helper| {
            let outcome = helper.join();
            outcome.unwrap_or_else(|panic| panic::resume_unwind(panic))
        });
        outcomes.chain([own]).collect()
    })
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let write = || {
        let mut file = File::create_new(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    write().with_context(|| cannot("write", path))
}

/// A second name for the file where the file system allows it, else a copy with the same time.
fn carry_over(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::hard_link(from, to)
        .or_else(|_| copy_with_time(from, to))
        .with_context(|| cannot("keep", from))
}

pub(super) fn copy_with_time(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to)?;
    File::options()
        .append(true)
        .open(to)?
        .set_modified(from.metadata()?.modified()?)
}

fn rename(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::rename(from, to).with_context(|| cannot("replace", to))
}

/// Removes whatever is at `path`; symbolic links are not followed.
fn remove(path: &Path) -> anyhow::Result<()> {
    let removed = match path.symlink_metadata() {
        Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        result => result.with_context(|| cannot("remove", path)),
    }
}

/// Removes the directories in which no file is.
fn prune(directory: &Path) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            prune(&entry.path())?;
            match fs::remove_dir(entry.path()) {
                Err(error) if error.kind() != ErrorKind::DirectoryNotEmpty => return Err(error),
                _ => {}
            }
        }
    }
    Ok(())
}

/// Makes the names in a directory last through a loss of power.
fn sync(directory: &Path) -> anyhow::Result<()> {
    exchange::sync_directory(directory).with_context(|| cannot("write", directory))
}

fn cannot(act: &str, path: &Path) -> String {
    format!("cannot {act} `{}`", path.display())
}
