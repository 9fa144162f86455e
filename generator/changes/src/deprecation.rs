//! Deprecations that only the docs mention: types and their fields have no attribute for it.

use std::collections::BTreeMap;

use super::grouping::is_docs;
use super::{Change, Revision, Rule, places};

/// The changes of docs that report a deprecation, by index, with their rules.
/// `renamed` are the old paths of types by the new ones.
pub(super) fn in_docs(
    callers: &[Change],
    renamed: &BTreeMap<&str, &str>,
    before: &Revision,
    after: &Revision,
) -> Vec<(usize, Rule)> {
    let docs = callers.iter().enumerate();
    let docs = docs.filter(|(_, change)| is_docs(change));
    let found = docs.filter_map(|(index, change)| {
        let path = change.subjects.first()?;
        let was = places::is_deprecated(before, &old_path(renamed, path))?;
        match (was, places::is_deprecated(after, path)?) {
            (false, true) => Some((index, Rule::Deprecated)),
            (true, false) => Some((index, Rule::DeprecationRemoved)),
            _ => None,
        }
    });
    found.collect()
}

/// The path that an item had when its type bore another name.
fn old_path(renamed: &BTreeMap<&str, &str>, path: &str) -> String {
    if let Some(old) = renamed.get(path) {
        return (*old).to_owned();
    }
    match path.rsplit_once("::") {
        Some((owner, name)) => format!("{}::{name}", renamed.get(owner).unwrap_or(&owner)),
        None => path.to_owned(),
    }
}
