//! One parameter.

use serde_json::Value;

use super::operation::flag;
use super::resolve::{Resolver, text};
use super::{Bounds, Form, Parameter, Place};
use crate::names;
use crate::schema::{self, Kind};
use crate::source::Pointer;

/// Headers that OpenAPI says are not described as parameters; such parameters are ignored.
const HEADERS_OF_OTHERS: &[&str] = &["accept", "content-type", "authorization"];

pub(super) fn resolve<'a>(
    resolver: &mut Resolver<'a>,
    value: &'a Value,
    pointer: &Pointer,
    operation: &str,
) -> Option<Parameter> {
    let (value, pointer) = resolver.follow(value, pointer);
    let name = text(value, "name")?;
    let place = place(resolver, value, &pointer, operation, &name)?;
    let written = value.get("schema")?;
    let (schema, is_named) = resolved(resolver, written, &pointer);
    reject_unsupported(resolver, value, schema, &pointer, operation, place)?;
    let required = flag(value, "required") || place == Place::Path;
    Some(Parameter {
        field: names::parameter_name(&name),
        place,
        required,
        description: text(value, "description"),
        deprecated: flag(value, "deprecated"),
        schema: written.clone(),
        form: form(schema, is_named),
        default: default(schema),
        only_value: if required { only_value(schema) } else { None },
        bounds: if is_named {
            Bounds::default()
        } else {
            bounds(schema)
        },
        example: example(resolver, value, schema),
        pointer,
        name,
    })
}

fn place(
    resolver: &mut Resolver<'_>,
    value: &Value,
    pointer: &Pointer,
    operation: &str,
    name: &str,
) -> Option<Place> {
    match value.get("in")?.as_str()? {
        "path" => Some(Place::Path),
        "query" => Some(Place::Query),
        "header" if HEADERS_OF_OTHERS.contains(&name.to_ascii_lowercase().as_str()) => None,
        "header" => Some(Place::Header),
        other => {
            resolver.reject(
                "unsupported-parameter",
                pointer,
                format!("operation `{operation}`: parameter `{name}` is sent as a {other}"),
                "only parameters in the path, the query and headers can be sent",
            );
            None
        }
    }
}

/// Refuses what progenitor would send wrongly or not at all.
fn reject_unsupported(
    resolver: &mut Resolver<'_>,
    value: &Value,
    schema: &Value,
    pointer: &Pointer,
    operation: &str,
    place: Place,
) -> Option<()> {
    let name = value["name"].as_str().unwrap_or_default();
    let style = value.get("style").and_then(Value::as_str);
    let usual = if place == Place::Query {
        "form"
    } else {
        "simple"
    };
    let kind = schema.get("type").and_then(Value::as_str);
    let items = schema
        .get("items")
        .map(|items| resolved(resolver, items, pointer).0);
    let has_odd_items =
        items.is_some_and(|items| !matches!(schema::kind(items), Kind::Scalar(_) | Kind::Enum));
    let problem = if style.is_some_and(|style| style != usual) {
        format!("style `{}` can't be sent", style.unwrap_or_default())
    } else if kind == Some("object") {
        "objects can't be sent as a parameter".to_owned()
    } else if kind == Some("array") && place != Place::Query {
        "arrays can be sent in the query only".to_owned()
    } else if kind == Some("array") && value.get("explode") == Some(&Value::Bool(false)) {
        "`explode: false` can't be sent".to_owned()
    } else if has_odd_items {
        "arrays of anything but scalars can't be sent as a parameter".to_owned()
    } else {
        return Some(());
    };
    resolver.reject(
        "unsupported-parameter",
        pointer,
        format!("operation `{operation}`: parameter `{name}`: {problem}"),
        "describe it as a scalar, or in the query as an array with the default style",
    );
    None
}

fn default(schema: &Value) -> Option<Value> {
    schema
        .get("default")
        .filter(|value| !value.is_null())
        .cloned()
}

/// The one value that a schema admits, as it is written in a path or query.
fn only_value(schema: &Value) -> Option<String> {
    match schema.get("enum")?.as_array()?.as_slice() {
        [Value::String(value)] => Some(value.clone()),
        [value @ (Value::Number(_) | Value::Bool(_))] => Some(value.to_string()),
        _ => None,
    }
}

/// The schema behind references and `allOf`s of one, and whether it has a name.
fn resolved<'a>(
    resolver: &Resolver<'a>,
    written: &'a Value,
    pointer: &Pointer,
) -> (&'a Value, bool) {
    let (mut schema, mut is_named) = (written, false);
    loop {
        is_named |= schema.get("$ref").is_some();
        schema = resolver.follow(schema, pointer).0;
        match schema::only_alternative(schema) {
            Some(only) => schema = only,
            None => return (schema, is_named),
        }
    }
}

fn form(schema: &Value, is_named: bool) -> Form {
    let format = schema.get("format").and_then(Value::as_str);
    match schema::kind(schema) {
        Kind::Scalar("string") if format.is_some_and(|format| format.starts_with("date")) => {
            Form::Date
        }
        Kind::Scalar("string") if !is_named => Form::Text,
        Kind::Scalar("integer") if !is_named => Form::Integer,
        Kind::Scalar(_) | Kind::Enum => Form::Scalar,
        _ => Form::Other,
    }
}

fn bounds(schema: &Value) -> Bounds {
    if schema.get("type").and_then(Value::as_str) != Some("integer") {
        return Bounds::default();
    }
    let bound = |name, exclusive, step| {
        let bound = schema.get(name)?.as_i64()?;
        Some(if flag(schema, exclusive) {
            bound.saturating_add(step)
        } else {
            bound
        })
    };
    let is_narrow = schema.get("format").and_then(Value::as_str) == Some("int32");
    let fits = |bound: &i64| !is_narrow || i32::try_from(*bound).is_ok();
    Bounds {
        least: bound("minimum", "exclusiveMinimum", 1).filter(fits),
        greatest: bound("maximum", "exclusiveMaximum", -1).filter(fits),
    }
}

fn example<'a>(resolver: &Resolver<'a>, value: &'a Value, schema: &Value) -> Option<Value> {
    let first = || {
        let examples = value.get("examples")?.as_object()?;
        let (example, _) = resolver.follow(examples.values().next()?, &Pointer::root());
        example.get("value")
    };
    value
        .get("example")
        .or_else(first)
        .or_else(|| schema.get("example"))
        .cloned()
}
