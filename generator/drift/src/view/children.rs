//! Children of schemas that apply together: properties and items.

use std::collections::{BTreeMap, BTreeSet};

use openapi::Pointer;
use serde_json::Value;

use super::conjunction::Conjunction;
use super::interner::Interner;
use super::shape::{Child, Fact, Property, Rest};

pub(super) fn properties(
    schemas: &mut Interner<'_>,
    together: &Conjunction<'_>,
) -> BTreeMap<String, Property> {
    let mut places = BTreeMap::<&String, Vec<Pointer>>::new();
    let mut required = BTreeSet::new();
    for part in &together.parts {
        let named = part.fields.get("properties").and_then(Value::as_object);
        for name in named.into_iter().flatten().map(|(name, _)| name) {
            let place = part.at.child("properties").child(name);
            places.entry(name).or_default().push(place);
        }
        let listed = part.fields.get("required").and_then(Value::as_array);
        required.extend(listed.into_iter().flatten().filter_map(Value::as_str));
    }
    let property = |(name, places): (&String, Vec<Pointer>)| {
        let property = Property {
            child: Child {
                shape: schemas.id(&places),
                at: places[0].clone(),
            },
            required: required.contains(name.as_str()),
        };
        (name.clone(), property)
    };
    places.into_iter().map(property).collect()
}

/// The items of arrays: any, if unspecified.
pub(super) fn items(
    schemas: &mut Interner<'_>,
    together: &Conjunction<'_>,
    types: Option<&Fact<BTreeSet<String>>>,
) -> Option<Child> {
    if let Some(items) = together_at(schemas, together, "items") {
        return Some(items);
    }
    let array = types.filter(|types| types.value.contains("array"))?;
    Some(Child {
        at: array.at.clone(),
        shape: schemas.id(&[]),
    })
}

/// The properties that no part names.
pub(super) fn rest(schemas: &mut Interner<'_>, together: &Conjunction<'_>) -> Rest {
    const KEYWORD: &str = "additionalProperties";
    let find = |is: fn(&Value) -> bool| {
        let part = together
            .parts
            .iter()
            .find(|part| part.fields.get(KEYWORD).is_some_and(is));
        part.map(|part| part.at.child(KEYWORD))
    };
    if let Some(at) = find(|value| *value == Value::Bool(false)) {
        return Rest::None(at);
    }
    let is_empty = |value: &Value| value.as_object().is_some_and(serde_json::Map::is_empty);
    match together_at(schemas, together, KEYWORD) {
        Some(child)
            if !schemas
                .root
                .pointer(child.at.as_str())
                .is_some_and(is_empty) =>
        {
            Rest::Of(child)
        }
        Some(child) => Rest::Any(child.at),
        None => find(|value| *value == Value::Bool(true)).map_or(Rest::Unspecified, Rest::Any),
    }
}

/// The schemas that all parts have under a keyword, together.
fn together_at(
    schemas: &mut Interner<'_>,
    together: &Conjunction<'_>,
    keyword: &str,
) -> Option<Child> {
    let parts = together
        .parts
        .iter()
        .filter(|part| part.fields.get(keyword).is_some_and(Value::is_object));
    let places: Vec<_> = parts.map(|part| part.at.child(keyword)).collect();
    let at = places.first()?.clone();
    let shape = schemas.id(&places);
    Some(Child { at, shape })
}
