//! What is to be made of an archive, decided before anything is written.

use std::path::PathBuf;

use zip::CompressionMethod;
use zip::read::{ZipArchiveMetadata, ZipFileEntry};

use super::tree::Tree;
use super::{ExtractLimits, Refusal, path};

/// What is to be made of one entry.
#[derive(Debug)]
pub(super) struct Step {
    /// The path of the file, or of the directory when there is no file.
    pub(super) path: PathBuf,
    /// How many components of the path an earlier step makes.
    pub(super) present: usize,
    pub(super) file: Option<FileStep>,
}

#[derive(Debug)]
pub(super) struct FileStep {
    /// Where the entry is in the archive's directory.
    pub(super) index: usize,
    /// Those of the nine bits of permissions that allow execution.
    pub(super) executable: u32,
}

/// Decides on all entries: what is made of each, or that the archive is refused.
pub(super) fn plan(
    directory: &ZipArchiveMetadata,
    limits: &ExtractLimits,
) -> Result<Vec<Step>, Refusal> {
    // Zip keeps only the last of them.
    if directory.has_duplicate_names() {
        return Err(Refusal::Archive(
            "the archive has two entries of one name".to_owned(),
        ));
    }
    let mut tree = Tree::new(limits.entries);
    let mut bytes: u64 = 0;
    let mut plan = Vec::new();
    for index in 0..directory.len() {
        let entry = directory
            .entry(index)
            .map_err(|error| Refusal::read(None, error))?;
        let name = entry.name().map_err(|error| Refusal::read(None, error))?;
        let step = step(&mut tree, index, &entry, &name);
        plan.push(step.map_err(|reason| Refusal::entry(&name, reason))?);
        bytes = bytes.saturating_add(entry.size());
    }
    limits.allow(bytes)?;
    Ok(plan)
}

fn step(
    tree: &mut Tree,
    index: usize,
    entry: &ZipFileEntry<'_>,
    name: &str,
) -> Result<Step, String> {
    let (path, is_directory) = match name.strip_suffix('/') {
        Some(path) if !path.is_empty() => (path, true),
        _ => (name, false),
    };
    path::check(path)?;
    check(entry, is_directory)?;
    Ok(Step {
        path: path.split('/').collect(),
        present: tree.insert(path, is_directory)?,
        file: (!is_directory).then(|| FileStep {
            index,
            executable: entry.unix_mode().unwrap_or_default() & 0o111,
        }),
    })
}

/// Refuses what is neither a directory nor a file that can be read.
fn check(entry: &ZipFileEntry<'_>, is_directory: bool) -> Result<(), String> {
    check_type(entry, is_directory)?;
    if is_directory && entry.size() > 0 {
        return Err("is a directory with content".to_owned());
    }
    if entry.encrypted() {
        return Err("is encrypted".to_owned());
    }
    // With features that another crate asks for, zip reads more than these two.
    match entry.compression() {
        CompressionMethod::Stored | CompressionMethod::Deflated => Ok(()),
        method => Err(format!(
            "is compressed by an unsupported method: `{method}`"
        )),
    }
}

/// Looks for the type in the file's mode, as on Unix, whatever system the archive is said to be from:
/// some programs write one and claim another.
fn check_type(entry: &ZipFileEntry<'_>, is_directory: bool) -> Result<(), &'static str> {
    let mode = entry.external_attributes() >> 16;
    match mode & 0o170_000 {
        0 | 0o100_000 => Ok(()),
        0o040_000 if is_directory => Ok(()),
        0o040_000 => Err("has the mode of a directory and the name of a file"),
        0o120_000 => Err("is a symbolic link"),
        _ => Err("is neither a file nor a directory"),
    }
}
