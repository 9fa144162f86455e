//! What a schema is, as the document writes it.

use serde_json::Value;

/// What becomes of a schema.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Enum,
    Object,
    Map,
    Array,
    Alternatives,
    Intersection,
    Scalar(&'static str),
    Any,
}

pub(super) fn kind(schema: &Value) -> Kind {
    let type_ = schema.get("type").and_then(Value::as_str);
    let has = |field: &str| schema.get(field).is_some();
    if has("allOf") {
        Kind::Intersection
    } else if is_string_enum(schema) {
        Kind::Enum
    } else if has("oneOf") || has("anyOf") {
        Kind::Alternatives
    } else {
        match type_ {
            Some("object") if has("properties") => Kind::Object,
            None if has("properties") => Kind::Object,
            Some("object") => Kind::Map,
            Some("array") => Kind::Array,
            Some("string") => Kind::Scalar("string"),
            Some("integer") => Kind::Scalar("integer"),
            Some("number") => Kind::Scalar("number"),
            Some("boolean") => Kind::Scalar("boolean"),
            _ => Kind::Any,
        }
    }
}

/// The name of the component that a schema refers to.
pub(super) fn component(schema: &Value) -> Option<&str> {
    schema
        .get("$ref")?
        .as_str()?
        .strip_prefix("#/components/schemas/")
}

/// The schema that stands alone in an `allOf`, `oneOf` or `anyOf`, which is how a description is
/// put beside a reference.
pub(super) fn only_alternative(schema: &Value) -> Option<&Value> {
    if schema.get("properties").is_some() {
        return None;
    }
    ["allOf", "oneOf", "anyOf"].into_iter().find_map(|field| {
        match schema.get(field)?.as_array()?.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    })
}

/// Strings only, and null where the schema says so; at least one of them. Alternatives that all are
/// such enumerations are one.
pub(super) fn is_string_enum(schema: &Value) -> bool {
    let mut alternatives = alternatives(schema).peekable();
    if alternatives.peek().is_some() {
        return alternatives
            .all(|alternative| alternative.get("enum").is_some() && is_string_enum(alternative));
    }
    let values: Vec<_> = list(schema, "enum").collect();
    values.iter().any(|value| value.is_string())
        && values
            .iter()
            .all(|value| value.is_string() || value.is_null())
}

pub(super) fn is_nullable(schema: &Value) -> bool {
    schema.get("nullable") == Some(&Value::Bool(true))
        || (is_string_enum(schema) && list(schema, "enum").any(Value::is_null))
}

pub(super) fn alternatives(schema: &Value) -> impl Iterator<Item = &Value> {
    list(schema, "oneOf").chain(list(schema, "anyOf"))
}

pub(super) fn list<'v>(schema: &'v Value, field: &str) -> impl Iterator<Item = &'v Value> {
    schema
        .get(field)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

pub(super) fn fields<'v>(
    schema: &'v Value,
    field: &str,
) -> impl Iterator<Item = (&'v String, &'v Value)> {
    schema
        .get(field)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}
