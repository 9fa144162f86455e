//! Whether a schema allows null, in any notation.
//!
//! `nullable: true` counts everywhere. OpenAPI 3.0 gives it a meaning only beside a `type`, but documents
//! also use it beside a reference or a choice.

use std::collections::BTreeMap;

use openapi::{Pointer, reference};
use serde_json::Value;

use super::alternatives::is_null;

/// How a schema treats null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Null {
    Admitted,
    Refused,
    /// Excluded by keywords of another type.
    Implied,
    /// No keyword restricts the type.
    Unspecified,
}

/// The nullability of the schemas at these positions together.
pub(super) fn nullness(root: &Value, places: &[Pointer]) -> Null {
    let mut cache = BTreeMap::new();
    let each: Vec<_> = places
        .iter()
        .map(|place| at(root, place, &mut cache, 0))
        .collect();
    all(each)
}

/// References and compositions deeper than this are ignored.
const MAX_DEPTH: usize = 100;

fn at(root: &Value, place: &Pointer, cache: &mut BTreeMap<Pointer, Null>, depth: usize) -> Null {
    if let Some(known) = cache.get(place) {
        return *known;
    }
    // A circle adds nothing.
    cache.insert(place.clone(), Null::Unspecified);
    let schema = root.pointer(place.as_str());
    let null = schema
        .filter(|_| depth < MAX_DEPTH)
        .map_or(Null::Unspecified, |schema| {
            of(root, place, schema, cache, depth)
        });
    cache.insert(place.clone(), null);
    null
}

fn of(
    root: &Value,
    place: &Pointer,
    schema: &Value,
    cache: &mut BTreeMap<Pointer, Null>,
    depth: usize,
) -> Null {
    if schema.get("nullable") == Some(&Value::Bool(true)) || is_null(schema) {
        return Null::Admitted;
    }
    // An enum with null counts for more than the type beside it, which can't express null in 3.0.
    let own = match by_values(schema) {
        Null::Admitted => Null::Admitted,
        values => all(vec![by_type(schema), values]),
    };
    let mut parts = vec![own];
    if let Some(target) = reference(schema).and_then(Pointer::from_reference) {
        parts.push(at(root, &target, cache, depth + 1));
    }
    let mut members = |keyword: &str| -> Vec<Null> {
        let count = schema
            .get(keyword)
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        let places = (0..count).map(|index| place.child(keyword).child(index.to_string()));
        places
            .map(|place| at(root, &place, cache, depth + 1))
            .collect()
    };
    parts.extend(members("allOf"));
    parts.push(any(members("oneOf")));
    parts.push(any(members("anyOf")));
    all(parts)
}

fn by_type(schema: &Value) -> Null {
    match schema.get("type") {
        Some(Value::Array(names)) if names.iter().any(|name| name == "null") => Null::Admitted,
        Some(_) => Null::Refused,
        None if ["properties", "items"]
            .iter()
            .any(|field| schema.get(*field).is_some()) =>
        {
            Null::Implied
        }
        None => Null::Unspecified,
    }
}

fn by_values(schema: &Value) -> Null {
    match schema.get("enum").and_then(Value::as_array) {
        Some(values) if values.iter().any(Value::is_null) => Null::Admitted,
        Some(_) => Null::Refused,
        None if schema.get("const").is_some() => Null::Refused,
        None => Null::Unspecified,
    }
}

fn all(parts: Vec<Null>) -> Null {
    if parts.contains(&Null::Refused) {
        Null::Refused
    } else if parts.contains(&Null::Admitted) {
        Null::Admitted
    } else if parts.contains(&Null::Implied) {
        Null::Implied
    } else {
        Null::Unspecified
    }
}

fn any(parts: Vec<Null>) -> Null {
    if parts.contains(&Null::Admitted) {
        Null::Admitted
    } else if parts.contains(&Null::Refused) || parts.contains(&Null::Implied) {
        Null::Refused
    } else {
        Null::Unspecified
    }
}
