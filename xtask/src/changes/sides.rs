//! The differences between the two sides: the working tree and the base.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context;
use changes::{Change, Changes, Revision};
use generator::File;

use super::before::{Before, GENERATED, SOURCES, manifest_file};
use super::report::Difference;
use crate::{disk, workspace};

/// Compares the base with the working tree, whose document has been read.
///
/// The documents are compared by the code that this generator emits for both, so every change has its
/// lines. Differences between the base's code and the code emitted for its document now are changes of
/// the generator or of hand-written code.
///
/// # Errors
///
/// When the working tree cannot be read.
pub(super) fn compare(
    before: &Before,
    after: &Revision,
    manifest: &str,
    root: &Path,
) -> anyhow::Result<Difference> {
    let mut notes = Vec::new();
    let lacking = |how: &str| format!("{how} `{}`", workspace::DOCUMENT);
    let old = match &before.document {
        None if before.has_emitted() => Err(lacking("the base has no")),
        None => {
            notes.push(if before.code.is_empty() {
                lacking("the base has no client: no code, and no")
            } else {
                lacking("the base has no")
            });
            Ok(Revision::nothing())
        }
        Some(source) => source
            .as_ref()
            .ok()
            .and_then(|source| Revision::new(source).ok())
            .ok_or_else(|| lacking("this generator rejects the base's")),
    };
    let mut written = written_by_hand(root)?;
    written.push(manifest_file(manifest.to_owned()));
    let (of_document, emitted) = match &old {
        Ok(old) => (changes::compare(old, after), &old.files),
        Err(lacking) => {
            notes.push(format!(
                "{lacking}: only its code is compared, not its requests and responses"
            ));
            (Changes::default(), &after.files)
        }
    };
    let emitted = emitted.iter().map(|file| File {
        path: format!("{GENERATED}{}", file.path),
        contents: file.contents.clone(),
    });
    let code: Vec<_> = written.into_iter().chain(emitted).collect();
    let of_code = if before.code.is_empty() {
        Vec::new()
    } else {
        code_changes(&before.code, &code, &mut notes)
    };
    // The same code sends the same, whatever it was emitted for.
    let unknown = old.err().filter(|_| is_regenerated(&before.code, &code));
    Ok(Difference {
        of_document,
        of_code,
        notes,
        unknown,
    })
}

/// Whether code that codegen writes is another one.
fn is_regenerated(before: &[File], after: &[File]) -> bool {
    let changed = changes::changed_inside(before, after);
    changed.iter().any(|path| path.starts_with(GENERATED))
}

fn code_changes(before: &[File], after: &[File], notes: &mut Vec<String>) -> Vec<Change> {
    let by_path = |files: &[File]| -> BTreeMap<String, String> {
        let files = files.iter();
        files
            .map(|file| (file.path.clone(), file.contents.clone()))
            .collect()
    };
    if by_path(before) == by_path(after) {
        return Vec::new();
    }
    let mut changed = changes::changed_inside(before, after);
    changed.retain(|path| path.ends_with(".rs") && !path.starts_with(GENERATED));
    if let Some((first, others)) = changed.split_first() {
        let more = match others.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        notes.push(format!(
            "hand-written code has changed, `{SOURCES}/{first}`{more}: \
             its API is compared, its behaviour is not"
        ));
    }
    match changes::compare_code(before, after) {
        Ok(found) => found,
        Err(path) => {
            notes.push(format!(
                "`{SOURCES}/{path}` is not valid Rust: hand-written code is not compared"
            ));
            Vec::new()
        }
    }
}

/// The client's sources without generated code.
fn written_by_hand(root: &Path) -> anyhow::Result<Vec<File>> {
    let found = disk::scan(&root.join(SOURCES))?;
    let names = found.keys().filter_map(|path| disk::name(path));
    names
        .filter(|name| name.ends_with(".rs") && !name.starts_with(GENERATED))
        .map(|name| {
            let path = format!("{SOURCES}/{name}");
            let contents = fs::read_to_string(root.join(&path))
                .with_context(|| format!("cannot read `{path}`"))?;
            Ok(File {
                path: name,
                contents,
            })
        })
        .collect()
}
