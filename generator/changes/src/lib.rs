//! The effect of a change of the document on callers, requests and responses.
//!
//! Changes for callers come from the emitted crate's public API, item by item; changes on the wire from
//! the document's model and serde's attributes. One table has the verdict of each kind of change:
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

use grouping::{drop_docs_of_changed_items, grouped, is_docs, renamed_fields, renamed_types};
use surface::Surface;

/// Compares two documents by their emitted code.
pub fn compare(before: &Revision, after: &Revision) -> Changes {
    let hints = wire::renamed_requests(before, after);
    let mut callers = callers::compare(&before.surface, &after.surface, &hints);
    let renamed = renamed_types(&callers);
    let wire = wire::compare(before, after, &renamed, &renamed_fields(&callers));
    let deprecated = deprecation::in_docs(&callers, &renamed, before, after);
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
    drop_docs_of_changed_items(&mut callers, &wire);
    Changes {
        callers: grouped(callers),
        wire: grouped(wire),
    }
}

/// Compares two crates by their text alone: the root is `lib.rs`, emitted code is below `generated`, and
/// the manifest, if any, is `Cargo.toml`.
///
/// # Errors
///
/// The path of a file that is not valid Rust.
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
