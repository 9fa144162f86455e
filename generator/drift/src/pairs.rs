//! Which operation upstream is which of the fragment.

use std::collections::{BTreeMap, BTreeSet};

use openapi::template;
use serde_json::Value;

use super::view::{Entry, index};

/// The operations of both documents.
pub(super) struct Pairs<'f, 'u> {
    pub(super) both: Vec<Paired<'f, 'u>>,
    /// Those of the fragment that upstream doesn't have.
    pub(super) missing: Vec<Entry<'f>>,
    /// Those of upstream that the fragment doesn't have.
    rest: Vec<Entry<'u>>,
}

/// An operation that both documents have.
#[derive(Clone)]
pub(super) struct Paired<'f, 'u> {
    pub(super) fragment: Entry<'f>,
    pub(super) upstream: Entry<'u>,
}

/// Pairs operations of the same operationId, and else those of the same method and path.
pub(super) fn pairs<'f, 'u>(fragment: &'f Value, upstream: &'u Value) -> Pairs<'f, 'u> {
    let theirs = index(upstream);
    let mut by_id = BTreeMap::<_, Vec<_>>::new();
    let mut by_request = BTreeMap::new();
    for (number, entry) in theirs.iter().enumerate() {
        if let Some(id) = entry.id {
            by_id.entry(id).or_default().push(number);
        }
        by_request.entry(request(entry)).or_insert(number);
    }
    let mut pairs = Pairs {
        both: Vec::new(),
        missing: Vec::new(),
        rest: Vec::new(),
    };
    let mut paired = BTreeSet::new();
    for entry in index(fragment) {
        let same_request = by_request.get(&request(&entry)).copied();
        let same_id = entry.id.and_then(|id| by_id.get(id));
        // An operationId should be given once; where it is not, the request decides.
        let number = match same_id {
            Some(numbers) => numbers
                .iter()
                .copied()
                .find(|number| Some(*number) == same_request)
                .or(numbers.first().copied()),
            None => same_request,
        };
        match number {
            Some(number) => {
                paired.insert(number);
                pairs.both.push(Paired {
                    fragment: entry,
                    upstream: theirs[number].clone(),
                });
            }
            None => pairs.missing.push(entry),
        }
    }
    let rest = theirs
        .into_iter()
        .enumerate()
        .filter(|(number, _)| !paired.contains(number));
    pairs.rest = rest.map(|(_, entry)| entry).collect();
    pairs
}

impl<'u> Pairs<'_, 'u> {
    /// The operations that upstream files with those of the fragment, and the fragment lacks.
    ///
    /// GitHub files by category and subcategory. Without these, what is below the path of an operation
    /// of the fragment is of its section, provided that it has a tag of it if both have tags.
    pub(super) fn section(&self) -> Vec<Entry<'u>> {
        let upstream = || self.both.iter().map(|pair| &pair.upstream);
        let filed: BTreeSet<_> = upstream().filter_map(category).collect();
        let unfiled: Vec<_> = upstream()
            .filter(|entry| category(entry).is_none())
            .collect();
        let of_section = |entry: &&Entry<'u>| match category(entry) {
            Some(category) => filed.contains(&category),
            None => unfiled.iter().any(|other| {
                is_below(&template(entry.path), &template(other.path)) && share_tag(entry, other)
            }),
        };
        self.rest.iter().filter(of_section).cloned().collect()
    }
}

fn request(entry: &Entry<'_>) -> (&'static str, String) {
    (entry.method, template(entry.path))
}

fn category<'u>(entry: &Entry<'u>) -> Option<(&'u str, &'u str)> {
    let github = entry.value.get("x-github")?;
    Some((
        github.get("category")?.as_str()?,
        github.get("subcategory")?.as_str()?,
    ))
}

fn is_below(path: &str, other: &str) -> bool {
    path.strip_prefix(other)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn share_tag(one: &Entry<'_>, other: &Entry<'_>) -> bool {
    let tags = |entry: &Entry<'_>| {
        let tags = entry
            .value
            .get("tags")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        tags.filter_map(Value::as_str)
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
    };
    let (one, other) = (tags(one), tags(other));
    one.is_empty() || other.is_empty() || !one.is_disjoint(&other)
}
