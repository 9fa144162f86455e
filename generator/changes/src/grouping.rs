//! What changes have to do with each other: which are one, and which go without saying.

use std::collections::BTreeMap;

use super::change::Change;
use super::rules::Rule;

pub(super) fn is_docs(change: &Change) -> bool {
    change.rule == Rule::DocsChanged
}

/// Docs belong to their items: a change of docs is reported only if the item is the same.
pub(super) fn drop_docs_of_changed_items(callers: &mut Vec<Change>, wire: &[Change]) {
    let others: Vec<_> = callers.iter().filter(|change| !is_docs(change)).collect();
    let subjects: Vec<_> = others.iter().flat_map(|change| &change.subjects).collect();
    let places: Vec<_> = others
        .into_iter()
        .chain(wire)
        .filter_map(|change| change.place)
        .collect();
    let is_covered = |change: &Change| {
        let has_subject = change.subjects.iter().any(|path| subjects.contains(&path));
        has_subject || change.place.is_some_and(|place| places.contains(&place))
    };
    let covered: Vec<_> = callers
        .iter()
        .map(|change| is_docs(change) && is_covered(change))
        .collect();
    let mut covered = covered.into_iter();
    callers.retain(|_| covered.next() != Some(true));
}

/// The old paths of types by the new ones.
pub(super) fn renamed_types(callers: &[Change]) -> BTreeMap<&str, &str> {
    let renamed = callers
        .iter()
        .filter(|change| change.rule == Rule::TypeRenamed);
    let paths = renamed.filter_map(|change| change.after.as_deref().zip(change.subjects.first()));
    paths.map(|(new, old)| (new, old.as_str())).collect()
}

/// The old paths of fields by the new ones.
pub(super) fn renamed_fields(callers: &[Change]) -> BTreeMap<String, String> {
    let renamed = callers
        .iter()
        .filter(|change| change.rule == Rule::FieldRenamed);
    let paths =
        renamed.filter_map(|change| change.after.clone().zip(change.subjects.first().cloned()));
    paths.collect()
}

/// The most severe first, without duplicates: the same change of several items is one change.
pub(super) fn grouped(changes: Vec<Change>) -> Vec<Change> {
    let mut grouped = Vec::<Change>::new();
    for change in changes {
        let twin = grouped.iter_mut().find(|other| {
            (other.rule, other.place, &other.part) == (change.rule, change.place, &change.part)
                && (&other.before, &other.after, other.cause)
                    == (&change.before, &change.after, change.cause)
                && (change.place.is_some() || last(other) == last(&change))
        });
        match twin {
            Some(twin) => twin.subjects.extend(change.subjects),
            None => grouped.push(change),
        }
    }
    grouped.sort_by_key(|change| std::cmp::Reverse(change.rule.verdict()));
    grouped
}

/// The name at the end of a change's path.
fn last(change: &Change) -> Option<&str> {
    change.subjects.first()?.rsplit("::").next()
}
