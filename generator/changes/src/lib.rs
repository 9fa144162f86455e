//! What a change of the document does to callers, and to what is sent and read.
//!
//! The emitted crate's own public API is the judge of the first, item by item; the model of the
//! document and what serde is told, of the second. What each kind of change means is in one table:
//! [`Rule`].

mod callers;
mod change;
mod deprecation;
mod grouping;
mod inside;
mod manifest;
mod places;
mod recognised;
mod revision;
mod rules;
mod surface;
mod wire;

use std::collections::BTreeMap;

use generator::File;

pub use change::{Change, Changes, DocumentLine, gravest};
pub use inside::changed_inside;
pub use revision::Revision;
pub use rules::{Rule, Verdict};

use grouping::{drop_docs_of_what_changes, grouped, is_docs, renamed_fields, renamed_types};
use surface::Surface;

/// Compares two documents by what is emitted for them.
pub fn compare(before: &Revision, after: &Revision) -> Changes {
    let hints = wire::renamed_requests(before, after);
    let mut callers = callers::compare(&before.surface, &after.surface, &hints);
    let renamed = renamed_types(&callers);
    let wire = wire::compare(before, after, &renamed, &renamed_fields(&callers));
    let deprecated = deprecation::told_in_docs(&callers, &renamed, before, after);
    if wire.is_empty() && callers.iter().all(is_docs) {
        callers.extend(inside::emitted(&before.files, &after.files, ""));
    }
    for (index, rule) in deprecated {
        callers[index].rule = rule;
    }
    for change in &mut callers {
        change.place = places::of_item(change, before, after);
        change.cause = recognised::cause(change, before, after);
    }
    drop_docs_of_what_changes(&mut callers, &wire);
    Changes {
        callers: grouped(callers),
        wire: grouped(wire),
    }
}

/// Compares two crates by their text alone: their root is `lib.rs`, what is emitted is below
/// `generated`, and the manifest, if it is of interest, is `Cargo.toml`.
///
/// # Errors
///
/// The path of a file that is no Rust.
pub fn compare_code(before: &[File], after: &[File]) -> Result<Vec<Change>, String> {
    let (old, new) = (Surface::of_crate(before)?, Surface::of_crate(after)?);
    let mut found = callers::compare(&old, &new, &BTreeMap::new());
    let shown = &old.crates() & &new.crates();
    found.extend(manifest::compare(before, after, &shown));
    if found.iter().all(is_docs) {
        found.extend(inside::emitted(before, after, surface::EMITTED));
    }
    Ok(grouped(found))
}
