//! The content of a directory.

use std::collections::BTreeMap;
use std::fs::{self, FileType};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// Something met in a directory. Directories themselves are met only when nothing is in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    File,
    EmptyDirectory,
    SymbolicLink,
    /// A socket, a pipe, a device.
    Special,
}

impl Entry {
    pub(crate) fn of(file_type: FileType) -> Self {
        if file_type.is_symlink() {
            Self::SymbolicLink
        } else if file_type.is_dir() {
            Self::EmptyDirectory
        } else if file_type.is_file() {
            Self::File
        } else {
            Self::Special
        }
    }

    /// Its kind, unless it is an ordinary file.
    pub(crate) fn oddity(self) -> Option<&'static str> {
        match self {
            Self::File => None,
            Self::EmptyDirectory => Some("empty directory"),
            Self::SymbolicLink => Some("symbolic link"),
            Self::Special => Some("special file"),
        }
    }
}

/// All that is in a directory, by path relative to it. Symbolic links are not followed.
///
/// A directory that does not exist holds nothing.
///
/// # Errors
///
/// When a directory cannot be read, or something else than a directory is in its place.
pub(crate) fn scan(root: &Path) -> anyhow::Result<BTreeMap<PathBuf, Entry>> {
    let mut found = BTreeMap::new();
    match root.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(found),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read `{}`", root.display()));
        }
        Ok(metadata) if metadata.is_dir() => {}
        Ok(metadata) if metadata.is_symlink() => bail!(
            "`{}` is a symbolic link, not a directory: move it out of the way",
            root.display()
        ),
        Ok(_) => bail!(
            "`{}` is not a directory: move it out of the way",
            root.display()
        ),
    }
    enter(root, Path::new(""), &mut found)?;
    Ok(found)
}

/// A path as generated files are named, with `/` between the parts. One that is not UTF-8 is none of theirs.
pub(crate) fn name(path: &Path) -> Option<String> {
    let parts: Option<Vec<_>> = path.iter().map(|part| part.to_str()).collect();
    parts.map(|parts| parts.join("/"))
}

fn enter(
    directory: &Path,
    prefix: &Path,
    found: &mut BTreeMap<PathBuf, Entry>,
) -> anyhow::Result<()> {
    let context = || format!("cannot read the directory `{}`", directory.display());
    for entry in fs::read_dir(directory).with_context(context)? {
        let entry = entry.with_context(context)?;
        let path = prefix.join(entry.file_name());
        let kind = Entry::of(entry.file_type().with_context(context)?);
        if kind != Entry::EmptyDirectory {
            found.insert(path, kind);
            continue;
        }
        let before = found.len();
        enter(&entry.path(), &path, found)?;
        if found.len() == before {
            found.insert(path, kind);
        }
    }
    Ok(())
}
