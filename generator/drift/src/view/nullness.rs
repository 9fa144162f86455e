//! Whether a schema allows null, in any notation.
//!
//! `nullable: true` counts everywhere. OpenAPI 3.0 gives it a meaning only beside a `type`, but documents
//! also use it beside a reference or a choice.

use std::collections::BTreeMap;

use openapi::{Pointer, reference};
use serde_json::Value;

use super::alternatives::is_null;

/// How a schema speaks of null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Null {
    Admitted,
    Refused,
    /// Not spoken of, by keywords that speak of another type.
    Implied,
    /// Nothing is said of types at all.
    Unsaid,
}

/// The nullability of the schemas at these positions together.
pub(super) fn nullness(root: &Value, places: &[Pointer]) -> Null {
    let mut told = BTreeMap::new();
    let each: Vec<_> = places
        .iter()
        .map(|place| at(root, place, &mut told, 0))
        .collect();
    all(each)
}

/// References and compositions deeper than this say no more.
const MAX_DEPTH: usize = 100;

fn at(root: &Value, place: &Pointer, told: &mut BTreeMap<Pointer, Null>, depth: usize) -> Null {
    if let Some(known) = told.get(place) {
        return *known;
    }
    // A circle says nothing.
    told.insert(place.clone(), Null::Unsaid);
    let schema = root.pointer(place.as_str());
    let null = schema
        .filter(|_| depth < MAX_DEPTH)
        .map_or(Null::Unsaid, |schema| of(root, place, schema, told, depth));
    told.insert(place.clone(), null);
    null
}

fn of(
    root: &Value,
    place: &Pointer,
    schema: &Value,
    told: &mut BTreeMap<Pointer, Null>,
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
    let mut says = vec![own];
    if let Some(target) = reference(schema).and_then(Pointer::from_reference) {
        says.push(at(root, &target, told, depth + 1));
    }
    let mut members = |keyword: &str| -> Vec<Null> {
        let count = schema
            .get(keyword)
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        let places = (0..count).map(|index| place.child(keyword).child(index.to_string()));
        places
            .map(|place| at(root, &place, told, depth + 1))
            .collect()
    };
    says.extend(members("allOf"));
    says.push(any(members("oneOf")));
    says.push(any(members("anyOf")));
    all(says)
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
        None => Null::Unsaid,
    }
}

fn by_values(schema: &Value) -> Null {
    match schema.get("enum").and_then(Value::as_array) {
        Some(values) if values.iter().any(Value::is_null) => Null::Admitted,
        Some(_) => Null::Refused,
        None if schema.get("const").is_some() => Null::Refused,
        None => Null::Unsaid,
    }
}

fn all(says: Vec<Null>) -> Null {
    if says.contains(&Null::Refused) {
        Null::Refused
    } else if says.contains(&Null::Admitted) {
        Null::Admitted
    } else if says.contains(&Null::Implied) {
        Null::Implied
    } else {
        Null::Unsaid
    }
}

fn any(says: Vec<Null>) -> Null {
    if says.contains(&Null::Admitted) {
        Null::Admitted
    } else if says.contains(&Null::Refused) || says.contains(&Null::Implied) {
        Null::Refused
    } else {
        Null::Unsaid
    }
}
