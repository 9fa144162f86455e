//! The differences between the wanted files and the disk.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::swap::{Committed, Swap};
use super::{Contents, Entry, Files, Target, name, scan};

/// All changes that the targets need.
#[derive(Debug)]
pub(crate) struct Plan<'a> {
    steps: Vec<Step<'a>>,
}

/// The changes of one target.
#[derive(Debug)]
struct Step<'a> {
    target: &'a Target,
    changes: Vec<Change<'a>>,
    unchanged: BTreeSet<&'a str>,
}

/// A file that is not as it shall be.
#[derive(Debug)]
pub(crate) struct Change<'a> {
    /// The user's name of the file.
    pub(crate) label: String,
    /// Where it is.
    pub(crate) at: PathBuf,
    pub(crate) kind: Kind<'a>,
}

/// The reason why a file is out of date.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind<'a> {
    Missing { after: &'a str },
    Changed { before: Entry, after: &'a str },
    Extra { before: Entry },
}

impl<'a> Plan<'a> {
    /// Compares; writes nothing.
    ///
    /// # Errors
    ///
    /// When something cannot be read.
    pub(crate) fn new(targets: &'a [Target]) -> anyhow::Result<Self> {
        let steps = targets
            .iter()
            .map(Step::new)
            .collect::<anyhow::Result<_>>()?;
        Ok(Self { steps })
    }

    /// Applies the plan. A target that is up to date is not touched.
    ///
    /// Steps that may fail for lack of space or permissions come before the first change, and slow steps before the first
    /// or after the last. If a change fails nevertheless, those before it are undone.
    ///
    /// # Errors
    ///
    /// When something cannot be written.
    pub(crate) fn apply(&self) -> anyhow::Result<()> {
        let due = || self.steps.iter().filter(|step| !step.changes.is_empty());
        let mut done = Vec::new();
        let commit = |step: &Step<'_>| {
            done.push((step.swap(), step.commit()?));
            Ok(())
        };
        let staged = due().try_for_each(Step::stage);
        if let Err(mut error) = staged.and_then(|()| due().try_for_each(commit)) {
            for (swap, committed) in done.iter().rev() {
                if let Err(second) = swap.roll_back(*committed) {
                    error = error.context(format!("run again to complete the work: {second:#}"));
                }
            }
            // This error must reach the user; the next run removes files that can't be removed now.
            due().for_each(|step| drop(step.swap().clean()));
            return Err(error);
        }
        due().try_for_each(|step| step.swap().clean())
    }

    pub(crate) fn changes(&self) -> impl Iterator<Item = &Change<'a>> {
        self.steps.iter().flat_map(|step| &step.changes)
    }

    pub(crate) fn unchanged(&self) -> usize {
        self.steps.iter().map(|step| step.unchanged.len()).sum()
    }

    pub(crate) fn is_done(&self) -> bool {
        self.changes().next().is_none()
    }
}

impl<'a> Step<'a> {
    fn new(target: &'a Target) -> anyhow::Result<Self> {
        let mut step = Self {
            target,
            changes: Vec::new(),
            unchanged: BTreeSet::new(),
        };
        match &target.contents {
            Contents::Tree(files) => step.compare_tree(files)?,
            Contents::File(text) => step.compare_file(text)?,
        }
        Ok(step)
    }

    fn compare_tree(&mut self, files: &'a Files) -> anyhow::Result<()> {
        let found = scan(&self.target.at)?;
        for (path, after) in files {
            self.compare(path, after, found.get(Path::new(path)).copied())?;
        }
        for (path, before) in found {
            let is_ours = name(&path).is_some_and(|name| {
                files.contains_key(&name) || is_directory_of(files, &name, before)
            });
            if !is_ours {
                self.push(&path, Kind::Extra { before });
            }
        }
        self.changes.sort_by(|a, b| a.label.cmp(&b.label));
        Ok(())
    }

    fn compare_file(&mut self, after: &'a str) -> anyhow::Result<()> {
        let before = match self.target.at.symlink_metadata() {
            Ok(metadata) => Some(Entry::of(metadata.file_type())),
            Err(_) => None,
        };
        self.compare("", after, before)
    }

    fn compare(
        &mut self,
        path: &'a str,
        after: &'a str,
        before: Option<Entry>,
    ) -> anyhow::Result<()> {
        match before {
            None => self.push(Path::new(path), Kind::Missing { after }),
            Some(Entry::File) if holds(&place(&self.target.at, Path::new(path)), after)? => {
                self.unchanged.insert(path);
            }
            Some(before) => self.push(Path::new(path), Kind::Changed { before, after }),
        }
        Ok(())
    }

    fn push(&mut self, path: &Path, kind: Kind<'a>) {
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        let label = format!("{}{}", self.target.label, parts.join("/"));
        self.changes.push(Change {
            label,
            at: place(&self.target.at, path),
            kind,
        });
    }

    fn stage(&self) -> anyhow::Result<()> {
        match &self.target.contents {
            Contents::Tree(files) => self.swap().stage_tree(files, &self.unchanged),
            Contents::File(text) => self.swap().stage_file(text),
        }
    }

    fn commit(&self) -> anyhow::Result<Committed> {
        match &self.target.contents {
            Contents::Tree(files) => self.swap().commit_tree(files, &self.unchanged),
            Contents::File(_) => self.swap().commit_file(),
        }
    }

    fn swap(&self) -> Swap {
        Swap::of(&self.target.at)
    }
}

/// Where a file of a target is; a target of a single file is that file, and has the path `""`.
fn place(target: &Path, path: &Path) -> PathBuf {
    if path.as_os_str().is_empty() {
        target.to_owned()
    } else {
        target.join(path)
    }
}

/// Whether the file has this text; one of another length is not read.
fn holds(path: &Path, text: &str) -> anyhow::Result<bool> {
    let same =
        || Ok(path.metadata()?.len() == text.len() as u64 && fs::read(path)? == text.as_bytes());
    same().map_err(|error: std::io::Error| {
        anyhow::Error::new(error).context(format!("cannot read `{}`", path.display()))
    })
}

/// An empty directory is no obstacle if files are about to be written into it.
fn is_directory_of(files: &Files, path: &str, entry: Entry) -> bool {
    let prefix = format!("{path}/");
    entry == Entry::EmptyDirectory
        && files
            .range(prefix.clone()..)
            .next()
            .is_some_and(|(first, _)| first.starts_with(&prefix))
}
