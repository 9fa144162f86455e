//! What differs between the files as they shall be and the files as they are.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::swap::{Committed, Swap};
use super::{Contents, Entry, Files, Target, name, scan};

/// All that is to be done for the targets to hold what they shall.
#[derive(Debug)]
pub(crate) struct Plan<'a> {
    steps: Vec<Step<'a>>,
}

/// What is to be done for one target.
#[derive(Debug)]
struct Step<'a> {
    target: &'a Target,
    changes: Vec<Change<'a>>,
    unchanged: BTreeSet<&'a str>,
}

/// A file that is not as it shall be.
#[derive(Debug)]
pub(crate) struct Change<'a> {
    /// What the user knows the file by.
    pub(crate) label: String,
    /// Where it is.
    pub(crate) at: PathBuf,
    pub(crate) kind: Kind<'a>,
}

/// The way in which a file is not as it shall be.
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

    /// Carries the plan out. A target that is as it shall be is not touched.
    ///
    /// All that can fail for want of space or of rights is done before the first target changes, and all that takes time
    /// before the first or after the last. Should a change fail nevertheless, those before it are taken back.
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
            // The user is to hear of this error; what cannot be removed now, the next run removes.
            due().for_each(|step| drop(step.swap().clean()));
            return Err(error);
        }
        due().try_for_each(|step| step.swap().finish())
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

/// An empty directory is in nobody's way where files are about to come into it.
fn is_directory_of(files: &Files, path: &str, entry: Entry) -> bool {
    let prefix = format!("{path}/");
    entry == Entry::EmptyDirectory
        && files
            .range(prefix.clone()..)
            .next()
            .is_some_and(|(first, _)| first.starts_with(&prefix))
}
