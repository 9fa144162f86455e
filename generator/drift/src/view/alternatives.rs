//! `oneOf` and `anyOf`: often another spelling for something simpler.

use std::collections::BTreeSet;

use openapi::Pointer;
use serde_json::{Map, Value};

use super::canonical::canonical;
use super::keywords::{is_annotation, is_implied};
use super::refs::follow;

type Fields = Map<String, Value>;

/// The meaning of a `oneOf` or `anyOf`, without null.
pub(super) enum Choice {
    /// Nothing.
    None,
    /// No types, but demands on the schema that it is a choice in.
    Demands,
    Only(Pointer),
    Of(Vec<Pointer>),
    /// Every alternative lists values: all of them, and their types.
    Values(BTreeSet<String>, BTreeSet<String>),
    /// No alternative says more than a type.
    Types(BTreeSet<String>),
}

/// The choice at the place of a `oneOf` or `anyOf`.
pub(super) fn choice(root: &Value, at: &Pointer) -> Choice {
    let listed = root.pointer(at.as_str()).and_then(Value::as_array);
    let mut members = Vec::new();
    for index in 0..listed.map_or(0, Vec::len) {
        let place = at.child(index.to_string());
        // An unresolved member is kept: reading it reports that.
        let member = follow(root, &place).map_or(&Value::Bool(true), |(_, member)| member);
        if !is_null(member) {
            members.push((place, member));
        }
    }
    let has_demands = !members.is_empty();
    members.retain(|(_, member)| !is_demand(member));
    match members.as_slice() {
        [] if has_demands => return Choice::Demands,
        [] => return Choice::None,
        [(place, _)] => return Choice::Only(place.clone()),
        _ => {}
    }
    let has_only = |fields: &[&str]| {
        members
            .iter()
            .all(|(_, member)| has_only_keywords(member, fields))
    };
    let of = |list: fn(&Fields) -> BTreeSet<String>| {
        let members = members.iter().filter_map(|(_, member)| member.as_object());
        members.flat_map(list).collect()
    };
    if members.iter().all(|(_, member)| is_type(member)) {
        return Choice::Types(of(types));
    }
    let lists = |member: &Value| member.get("enum").is_some() || member.get("const").is_some();
    if has_only(&["type", "enum", "const", "nullable"])
        && members.iter().all(|(_, member)| lists(member))
    {
        return Choice::Values(of(values), of(types));
    }
    Choice::Of(members.into_iter().map(|(place, _)| place).collect())
}

/// Whether a schema admits null and nothing else.
pub(super) fn is_null(schema: &Value) -> bool {
    let is_null_type = |kind: &Value| kind == "null";
    match schema.get("type") {
        Some(Value::Array(types)) if !types.is_empty() && types.iter().all(is_null_type) => {
            return true;
        }
        Some(kind) if is_null_type(kind) => return true,
        _ => {}
    }
    match (schema.get("enum"), schema.get("const")) {
        (Some(Value::Array(values)), _) => !values.is_empty() && values.iter().all(Value::is_null),
        (_, Some(value)) => value.is_null(),
        _ => false,
    }
}

/// Whether an alternative is not a type, but a condition on the schema around it.
fn is_demand(schema: &Value) -> bool {
    has_only_keywords(schema, &["required", "not"])
}

/// Whether an alternative says no more than a type.
fn is_type(schema: &Value) -> bool {
    let format = schema.get("format").and_then(Value::as_str);
    schema.get("type").is_some()
        && format.is_none_or(is_implied)
        && has_only_keywords(schema, &["type", "format", "nullable"])
}

fn has_only_keywords(schema: &Value, fields: &[&str]) -> bool {
    schema.as_object().is_some_and(|object| {
        object
            .keys()
            .all(|field| is_annotation(field) || fields.contains(&field.as_str()))
    })
}

/// The types that a schema names, or those of the values that it lists; null left out.
pub(super) fn types(schema: &Fields) -> BTreeSet<String> {
    if schema.contains_key("type") {
        return named_types(schema);
    }
    let values = listed(schema).filter(|value| !value.is_null());
    values.map(|value| type_of(value).to_owned()).collect()
}

/// The types that a schema names; null left out.
pub(super) fn named_types(schema: &Fields) -> BTreeSet<String> {
    let names = match schema.get("type") {
        Some(Value::Array(names)) => names.as_slice(),
        Some(name) => std::slice::from_ref(name),
        None => &[],
    };
    let names = names.iter().filter_map(Value::as_str);
    names
        .filter(|name| *name != "null")
        .map(str::to_owned)
        .collect()
}

/// The values that a schema lists, as JSON; null left out.
pub(super) fn values(schema: &Fields) -> BTreeSet<String> {
    listed(schema)
        .filter(|value| !value.is_null())
        .map(canonical)
        .collect()
}

fn listed(schema: &Fields) -> impl Iterator<Item = &Value> {
    let listed = schema
        .get("enum")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    listed.chain(schema.get("const"))
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
