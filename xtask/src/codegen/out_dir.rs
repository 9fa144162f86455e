//! The directory of a stand-alone crate: codegen's files, and the user's.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::seal;
use crate::disk::{self, Change, Contents, Entry, Files, Kind, Plan, Target};
use crate::usage::Usage;
use crate::workspace;

/// The words of a line at the head of files that codegen writes.
const MARK: [&str; 2] = ["@generated", "cargo xtask codegen"];
/// The files by whose mark an earlier outcome is recognised: the second is there when the user has removed the first to
/// have it written anew.
const MANIFEST: &str = "Cargo.toml";
const FRONT_DOOR: &str = "src/lib.rs";
const CHOICE: &str = "choose a directory that is new, empty, or written by an earlier run";

/// An absolute path without symbolic links to a directory that need not exist.
#[derive(Debug)]
pub(super) struct OutDir(PathBuf);

impl OutDir {
    /// # Errors
    ///
    /// A [`Usage`] when the directory is, or is around, the workspace, or is inside of its client.
    pub(super) fn resolve(directory: &Path, root: &Path) -> anyhow::Result<Self> {
        let path = resolve(directory)?;
        let root = root
            .canonicalize()
            .with_context(|| format!("cannot find `{}`", root.display()))?;
        let shown = directory.display();
        if root.starts_with(&path) {
            return Err(refused(
                format!("`{shown}` contains this workspace"),
                CHOICE,
            ));
        }
        if path.starts_with(root.join(workspace::CLIENT)) {
            return Err(refused(
                format!("`{shown}` is inside the workspace's own client"),
                CHOICE,
            ));
        }
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    pub(super) fn parent(&self) -> &Path {
        self.0.parent().unwrap_or(&self.0)
    }

    pub(super) fn existing_parent(&self) -> &Path {
        self.0
            .ancestors()
            .skip(1)
            .find(|directory| directory.is_dir())
            .unwrap_or(&self.0)
    }

    /// Refuses a directory that is neither new, nor empty but for dot files, nor the outcome of an earlier run.
    pub(super) fn inspect(&self) -> anyhow::Result<()> {
        let path = &self.0;
        match path.symlink_metadata() {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read `{}`", path.display()));
            }
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => {
                return Err(refused(
                    format!("`{}` is not a directory", path.display()),
                    CHOICE,
                ));
            }
        }
        let manifest = path.join(MANIFEST);
        if is_marked(&manifest) {
            return Ok(());
        }
        if disk::is_there(&manifest) {
            return Err(refused(
                format!("`{}` was not written by codegen", manifest.display()),
                CHOICE,
            ));
        }
        if is_marked(&path.join(FRONT_DOOR)) {
            return Ok(());
        }
        match first_entry(path)? {
            Some(name) => Err(refused(
                format!("`{}` is not empty: it has `{name}`", path.display()),
                CHOICE,
            )),
            None => Ok(()),
        }
    }

    /// A new directory is put in place as a whole. In an existing one, each file in its root is, and then `src`: the
    /// manifest first, so that the crate is recognised whenever a run is killed. Of the files in its root, those that
    /// the user has edited are left alone: their names are the second result.
    pub(super) fn targets(&self, mut files: Files) -> anyhow::Result<(Vec<Target>, Vec<String>)> {
        for (path, text) in &mut files {
            if !path.starts_with("src/") {
                *text = seal::sealed(path, text);
            }
        }
        if !disk::is_there(&self.0) {
            let target = Target {
                at: self.0.clone(),
                label: String::new(),
                contents: Contents::Tree(files),
            };
            return Ok((vec![target], Vec::new()));
        }
        let mut sources = Files::new();
        let (mut targets, mut kept) = (Vec::new(), Vec::new());
        for (path, text) in files {
            match path.strip_prefix("src/") {
                Some(path) => drop(sources.insert(path.to_owned(), text)),
                None if is_edited(&self.0.join(&path), &path)? => kept.push(path),
                None => targets.push(Target {
                    at: self.0.join(&path),
                    label: path,
                    contents: Contents::File(text),
                }),
            }
        }
        targets.push(Target {
            at: self.0.join("src"),
            label: "src/".to_owned(),
            contents: Contents::Tree(sources),
        });
        Ok((targets, kept))
    }

    /// Refuses a plan by which a file would be lost that codegen has not written.
    pub(super) fn refuse_loss(&self, plan: &Plan<'_>) -> anyhow::Result<()> {
        let foreign: Vec<_> = plan
            .changes()
            .filter(|change| is_foreign(change))
            .map(|change| &change.label)
            .collect();
        let Some((first, rest)) = foreign.split_first() else {
            return Ok(());
        };
        let more = if rest.is_empty() {
            String::new()
        } else {
            format!(" and {} more", rest.len())
        };
        Err(refused(
            format!(
                "not written by codegen: `{}`{more}",
                self.0.join(first).display()
            ),
            "move it out of the way",
        ))
    }
}

pub(super) fn refused(message: String, hint: &str) -> anyhow::Error {
    Usage {
        message,
        hint: hint.to_owned(),
    }
    .into()
}

/// As [`Path::canonicalize`], also for paths that do not exist yet.
fn resolve(path: &Path) -> anyhow::Result<PathBuf> {
    let error = match path.canonicalize() {
        Ok(path) => return Ok(path),
        Err(error) => error,
    };
    if error.kind() != ErrorKind::NotFound {
        return Err(error).with_context(|| format!("cannot use `{}`", path.display()));
    }
    let Some(name) = path.file_name() else {
        return Err(refused(
            format!(
                "`{}` has `..` after a directory that does not exist",
                path.display()
            ),
            "write the path without `..`, or create the directory first",
        ));
    };
    if disk::is_there(path) {
        return Err(refused(
            format!("`{}` is a broken symbolic link", path.display()),
            "remove it, or choose another",
        ));
    }
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    Ok(resolve(parent)?.join(name))
}

/// The first name in a directory, dot files apart.
fn first_entry(directory: &Path) -> anyhow::Result<Option<String>> {
    let context = || format!("cannot read `{}`", directory.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(directory).with_context(context)? {
        names.push(
            entry
                .with_context(context)?
                .file_name()
                .to_string_lossy()
                .into_owned(),
        );
    }
    Ok(names
        .into_iter()
        .filter(|name| !name.starts_with('.'))
        .min())
}

/// Whether a file in the crate's root has been edited.
fn is_edited(path: &Path, name: &str) -> anyhow::Result<bool> {
    match path.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Ok(metadata) if !metadata.is_file() => return Ok(true),
        _ => {}
    }
    let bytes = fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    Ok(!String::from_utf8(bytes).is_ok_and(|text| seal::is_intact(name, &text)))
}

/// Whether it would be lost though codegen has not written it. Beside `src`, nothing is lost: see [`OutDir::targets`].
fn is_foreign(change: &Change<'_>) -> bool {
    match change.kind {
        Kind::Missing { .. } => false,
        _ if !change.label.starts_with("src/") => false,
        Kind::Extra {
            before: Entry::EmptyDirectory,
        } => false,
        Kind::Changed { .. } | Kind::Extra { .. } => !is_marked(&change.at),
    }
}

/// Whether this is an ordinary file with the mark in its first lines.
fn is_marked(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = |head: &mut Vec<u8>| fs::File::open(path)?.take(1000).read_to_end(head);
    path.symlink_metadata()
        .is_ok_and(|metadata| metadata.is_file())
        && read(&mut head).is_ok()
        && String::from_utf8_lossy(&head)
            .lines()
            .take(5)
            .any(|line| MARK.iter().all(|word| line.contains(word)))
}
