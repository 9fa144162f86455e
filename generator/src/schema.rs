//! What a schema is, as the document writes it.

use serde_json::Value;

/// What becomes of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Enum,
    Object,
    Map,
    Array,
    Alternatives,
    Intersection,
    Scalar(&'static str),
    /// Nothing is said of the type.
    Any,
    /// Keywords stand together that no one type expresses.
    Mixed,
}

/// Keywords that say nothing about a value.
const ANNOTATIONS: &[&str] = &[
    "default",
    "deprecated",
    "description",
    "example",
    "externalDocs",
    "readOnly",
    "title",
    "writeOnly",
];

pub(crate) fn kind(schema: &Value) -> Kind {
    let has = |field: &str| schema.get(field).is_some();
    let has_alternatives = alternatives(schema).next().is_some();
    let is_tagged = has("discriminator") && alternatives(schema).nth(1).is_some();
    if has("allOf") {
        if has_alternatives {
            Kind::Mixed
        } else {
            Kind::Intersection
        }
    } else if is_string_enum(schema) {
        Kind::Enum
    } else if has_alternatives {
        if is_tagged || has("properties") {
            Kind::Mixed
        } else {
            Kind::Alternatives
        }
    } else {
        match schema.get("type").and_then(Value::as_str) {
            Some("object") | None if has("properties") => Kind::Object,
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

/// Whether a schema holds nothing but annotations and the keywords in `more`.
fn is_bare(schema: &Value, more: &[&str]) -> bool {
    schema.as_object().is_some_and(|fields| {
        fields.keys().all(|field| {
            ANNOTATIONS.contains(&field.as_str())
                || more.contains(&field.as_str())
                || field.starts_with("x-")
        })
    })
}

/// The name of the component that a schema refers to.
pub(crate) fn component(schema: &Value) -> Option<&str> {
    schema
        .get("$ref")?
        .as_str()?
        .strip_prefix("#/components/schemas/")
}

/// The schema that stands alone in an `allOf`, `oneOf` or `anyOf`, which is how a description is
/// put beside a reference.
pub(crate) fn only_alternative(schema: &Value) -> Option<&Value> {
    if schema.get("properties").is_some() {
        return None;
    }
    let mut members = list(schema, "allOf")
        .filter(|member| !is_bare(member, &[]))
        .chain(alternatives(schema));
    let only = members.next()?;
    members.next().is_none().then_some(only)
}

/// The schema behind references, and behind what stands alone in an `allOf`, `oneOf` or `anyOf`.
///
/// There is one: no checked schema is defined by nothing but itself.
pub(crate) fn behind<'v>(root: &'v Value, schema: &'v Value) -> &'v Value {
    let components = root.pointer("/components/schemas");
    let mut found = schema;
    loop {
        let referred = component(found).and_then(|name| components?.get(name));
        match referred.or_else(|| only_alternative(found)) {
            Some(next) => found = next,
            None => return found,
        }
    }
}

/// Strings only, and null where the schema says so; at least one of them. Alternatives that all are
/// such enumerations are one.
pub(crate) fn is_string_enum(schema: &Value) -> bool {
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

pub(crate) fn is_nullable(schema: &Value) -> bool {
    schema.get("nullable") == Some(&Value::Bool(true))
        || (is_string_enum(schema) && list(schema, "enum").any(Value::is_null))
}

/// The alternatives that are types; those that only require a property of the schema are none.
pub(crate) fn alternatives(schema: &Value) -> impl Iterator<Item = &Value> {
    let constraints = ["required", "not"];
    list(schema, "oneOf")
        .chain(list(schema, "anyOf"))
        .filter(move |alternative| !is_bare(alternative, &constraints))
}

pub(crate) fn list<'v>(schema: &'v Value, field: &str) -> impl Iterator<Item = &'v Value> {
    schema
        .get(field)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

pub(crate) fn fields<'v>(
    schema: &'v Value,
    field: &str,
) -> impl Iterator<Item = (&'v String, &'v Value)> {
    schema
        .get(field)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}
