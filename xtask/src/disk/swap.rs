//! Replaces a file, or a tree of files, by a new one.
//!
//! | step | on the disk | killed here, the target is |
//! | --- | --- | --- |
//! | | `target` | the old one |
//! | stage | `target`, and its successor half written beside it | the old one |
//! | commit | the two are exchanged | the old one or the new one |
//! | finish | `target`, and the old tree at the other name half removed | the new one |
//!
//! A tree does not wait for the disk: a loss of power may leave files of it empty or missing, and the next run writes those
//! again. A single file does, since it may have been written by hand.
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
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use super::exchange::exchange;
use super::{Entry, Files, is_there, name, scan};
use crate::checksum::checksum;

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
                write(&place, text)?;
            }
        }
        Ok(())
    }

    /// Writes a file of this text beside the target, and waits until it is on the disk.
    pub(super) fn stage_file(&self, text: &str) -> anyhow::Result<()> {
        let file = write(&self.new, text)?;
        file.sync_all().with_context(|| cannot("write", &self.new))
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
}

fn create_directory(path: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(path).with_context(|| cannot("create", path))
}

fn write(path: &Path, text: &str) -> anyhow::Result<File> {
    let write = || {
        let mut file = File::create_new(path)?;
        file.write_all(text.as_bytes())?;
        Ok::<_, io::Error>(file)
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

fn cannot(act: &str, path: &Path) -> String {
    format!("cannot {act} `{}`", path.display())
}
