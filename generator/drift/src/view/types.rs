//! Types and listed values of schemas that hold together.

use std::collections::BTreeSet;

use openapi::Pointer;

use super::alternatives::{named_types, types, values};
use super::conjunction::{Conjunction, Part};
use super::shape::Fact;

/// The types that every part admits; where none names any, those that keywords speak of.
pub(super) fn all_types(together: &Conjunction<'_>) -> Option<Fact<BTreeSet<String>>> {
    let named = together.parts.iter().filter_map(|part| {
        let types = named_types(part.fields);
        (!types.is_empty()).then(|| (part.at.child("type"), types))
    });
    let listed = together.parts.iter().filter_map(|part| {
        let types = types(part.fields);
        (!types.is_empty()).then(|| (part.at.clone(), types))
    });
    let mut named = named.chain(together.types.iter().cloned()).peekable();
    if named.peek().is_none() {
        return intersection(listed).or_else(|| implied_type(together));
    }
    intersection(named)
}

fn implied_type(together: &Conjunction<'_>) -> Option<Fact<BTreeSet<String>>> {
    let has = |part: &Part<'_>, field: &str| part.fields.contains_key(field);
    together.parts.iter().find_map(|part| {
        let name = match () {
            () if has(part, "properties") => "object",
            () if has(part, "items") => "array",
            () => return None,
        };
        Some(Fact {
            value: BTreeSet::from([name.to_owned()]),
            at: part.at.clone(),
        })
    })
}

fn intersection(
    sets: impl Iterator<Item = (Pointer, BTreeSet<String>)>,
) -> Option<Fact<BTreeSet<String>>> {
    let mut sets = sets;
    let (at, value) = sets.next()?;
    let value = sets.fold(value, |one, (_, other)| {
        let both = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
            let within =
                |name: &&String| b.contains(*name) || (*name == "integer" && b.contains("number"));
            a.iter().filter(within).cloned().collect::<BTreeSet<_>>()
        };
        &both(&one, &other) | &both(&other, &one)
    });
    Some(Fact { value, at })
}

/// The values that every part lists, if any part lists some.
pub(super) fn all_values(together: &Conjunction<'_>) -> Option<Fact<BTreeSet<String>>> {
    let listed = together.parts.iter().filter_map(|part| {
        let keyword = ["enum", "const"]
            .into_iter()
            .find(|keyword| part.fields.contains_key(*keyword))?;
        let values = values(part.fields);
        (!values.is_empty()).then(|| (part.at.child(keyword), values))
    });
    intersection(listed.chain(together.values.iter().cloned()))
}
