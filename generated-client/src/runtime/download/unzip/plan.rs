//! The plan for an archive, made before anything is written.

use std::collections::HashMap;
use std::path::PathBuf;

use zip::CompressionMethod;
use zip::read::{ZipArchiveMetadata, ZipFileEntry};

use super::tree::Tree;
use super::{ExtractLimits, Refusal, path, symlink};
use crate::runtime::download::mode::Mode;

/// The steps for the entries.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    /// The modes of directories with an entry, wherever it is in the archive.
    pub(super) modes: HashMap<PathBuf, Mode>,
}

/// The step for one entry.
#[derive(Debug)]
pub(super) struct Step {
    /// The path of the file, or of the directory when there is no file.
    pub(super) path: PathBuf,
    /// The number of its components that an earlier step creates.
    pub(super) present: usize,
    pub(super) kind: Kind,
}

/// An index is the entry's position in the archive's directory.
#[derive(Debug)]
pub(super) enum Kind {
    Directory,
    File { index: usize, mode: Mode },
    Symlink { index: usize },
}

/// Plans a step for each entry, or refuses the archive.
pub(super) fn plan(
    directory: &ZipArchiveMetadata,
    limits: &ExtractLimits,
) -> Result<Plan, Refusal> {
    // The `zip` crate keeps only the last of them.
    if directory.has_duplicate_names() {
        return Err(Refusal::Archive(
            "the archive has two entries of one name".to_owned(),
        ));
    }
    let mut tree = Tree::new(limits.entries);
    let mut bytes: u64 = 0;
    let (mut steps, mut modes) = (Vec::new(), HashMap::new());
    for index in 0..directory.len() {
        let entry = directory
            .entry(index)
            .map_err(|error| Refusal::read(None, error))?;
        let name = entry.name().map_err(|error| Refusal::read(None, error))?;
        let step = step(&mut tree, index, &entry, &name);
        let step = step.map_err(|reason| Refusal::entry(&name, reason))?;
        if let Some(step) = step {
            if let (Kind::Directory, Some(mode)) = (&step.kind, mode(&entry)) {
                modes.insert(step.path.clone(), mode);
            }
            steps.push(step);
        }
        bytes = bytes.saturating_add(entry.size());
    }
    limits.allow(bytes)?;
    Ok(Plan { steps, modes })
}

fn step(
    tree: &mut Tree,
    index: usize,
    entry: &ZipFileEntry<'_>,
    name: &str,
) -> Result<Option<Step>, String> {
    let (path, is_directory) = match name.strip_suffix('/') {
        Some(path) if !path.is_empty() => (path, true),
        _ => (name, false),
    };
    let plain = path::plain(path, is_directory);
    let is_itself = is_directory && plain.is_empty();
    if !is_itself {
        path::check(&plain)?;
    }
    let kind = kind(entry, index, is_directory)?;
    check(entry, is_directory)?;
    if is_itself {
        return Ok(None);
    }
    Ok(Some(Step {
        path: plain.split('/').collect(),
        present: tree.insert(&plain, is_directory)?,
        kind,
    }))
}

/// The permissions in the archive, if it has them. Other bits are ignored, such as those that make a
/// file run as another user.
fn mode(entry: &ZipFileEntry<'_>) -> Option<Mode> {
    let bits = entry.external_attributes() >> 16;
    (bits != 0).then(|| Mode::new(bits & 0o777))
}

/// Refuses an entry that is neither a directory nor a readable file.
fn check(entry: &ZipFileEntry<'_>, is_directory: bool) -> Result<(), String> {
    if is_directory && entry.size() > 0 {
        return Err("is a directory with content".to_owned());
    }
    if entry.encrypted() {
        return Err("is encrypted".to_owned());
    }
    // The `zip` crate reads more than these two if another crate enables its features.
    match entry.compression() {
        CompressionMethod::Stored | CompressionMethod::Deflated => Ok(()),
        method => Err(format!(
            "is compressed by an unsupported method: `{method}`"
        )),
    }
}

/// Looks for the type in the file's Unix mode, whatever system the archive names as its origin: some
/// programs write one and name another.
fn kind(entry: &ZipFileEntry<'_>, index: usize, is_directory: bool) -> Result<Kind, &'static str> {
    let type_ = (entry.external_attributes() >> 16) & 0o170_000;
    match (type_, is_directory) {
        (0 | 0o040_000 | 0o100_000, true) => Ok(Kind::Directory),
        (0 | 0o100_000, false) => Ok(Kind::File {
            index,
            mode: mode(entry).unwrap_or(Mode::FILE),
        }),
        (0o040_000, false) => Err("has the mode of a directory and the name of a file"),
        (0o120_000, true) => Err("has the mode of a symbolic link and the name of a directory"),
        (0o120_000, false) if entry.size() > symlink::MAX_BYTES => {
            Err("is a symbolic link to a path that is too long")
        }
        (0o120_000, false) => Ok(Kind::Symlink { index }),
        _ => Err("is neither a file nor a directory"),
    }
}
