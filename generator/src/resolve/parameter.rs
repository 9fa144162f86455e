//! One parameter.

use openapi::{Pointer, media_type};
use serde_json::Value;

use super::{Resolver, entries, flag};
use crate::model::{Bounds, Encoding, Parameter, ParameterLocation, Style, Type, TypeRef};
use crate::names;

/// Headers that OpenAPI says are not described as parameters; such parameters are ignored.
const HEADERS_OF_OTHERS: &[&str] = &["accept", "content-type", "authorization"];

/// Schemas that only stand around another one are looked through this far; longer ways are circles.
const MAX_WRAPPERS: usize = 1000;

pub(super) fn resolve<'a>(
    resolver: &mut Resolver<'a>,
    value: &'a Value,
    pointer: &Pointer,
    wish: &str,
) -> Option<Parameter> {
    let (value, pointer) = resolver.follow(value, pointer);
    let name = value.get("name")?.as_str()?.to_owned();
    let location = location(value, &name)?;
    let (schema, schema_pointer, encoding) = written(value, &pointer, location);
    let inline = schema.map(|schema| inlined(resolver, schema, &schema_pointer));
    let inline = inline.as_ref();
    let wish = format!("{wish}{}", names::type_name(&name));
    let type_ = schema.map_or(TypeRef::new(Type::Text), |schema| {
        resolver.types.type_of(schema, &schema_pointer, &wish)
    });
    let required = flag(value, "required") || location == ParameterLocation::Path;
    let only_value = inline
        .filter(|_| required)
        .and_then(|(schema, _)| only_value(schema));
    Some(Parameter {
        field: names::parameter_name(&name),
        location,
        required,
        description: super::text(value, "description"),
        deprecated: flag(value, "deprecated"),
        type_: if only_value.is_some() {
            TypeRef::new(Type::Text)
        } else {
            // `required` decides whether a parameter is sent; null can't be sent.
            TypeRef::new(known_or_text(type_.type_))
        },
        encoding,
        default: inline.and_then(|(schema, _)| default(schema)),
        only_value,
        values: inline.map_or_else(Vec::new, |(schema, _)| {
            resolver.types.values_of(schema, &schema_pointer)
        }),
        bounds: match inline {
            Some((schema, false)) => bounds(schema),
            _ => Bounds::default(),
        },
        example: example(resolver, value, inline.map(|(schema, _)| *schema)),
        pointer,
        name,
    })
}

/// A parameter that the path has and the document does not describe.
pub(super) fn undeclared(name: &str, operation: &Pointer) -> Parameter {
    Parameter {
        field: names::parameter_name(name),
        name: name.to_owned(),
        location: ParameterLocation::Path,
        pointer: operation.clone(),
        required: true,
        description: None,
        deprecated: false,
        type_: TypeRef::new(Type::Text),
        encoding: Encoding::Style {
            style: Style::Simple,
            explode: false,
            allow_reserved: false,
        },
        default: None,
        only_value: None,
        values: Vec::new(),
        bounds: Bounds::default(),
        example: None,
    }
}

fn location(value: &Value, name: &str) -> Option<ParameterLocation> {
    match value.get("in")?.as_str()? {
        "path" => Some(ParameterLocation::Path),
        "query" => Some(ParameterLocation::Query),
        "header" if HEADERS_OF_OTHERS.contains(&name.to_ascii_lowercase().as_str()) => None,
        "header" => Some(ParameterLocation::Header),
        "cookie" => Some(ParameterLocation::Cookie),
        _ => None,
    }
}

/// The schema of a parameter, its position, and the encoding of its value.
fn written<'a>(
    value: &'a Value,
    pointer: &Pointer,
    location: ParameterLocation,
) -> (Option<&'a Value>, Pointer, Encoding) {
    if let Some(schema) = value.get("schema") {
        return (
            Some(schema),
            pointer.child("schema"),
            style(value, location),
        );
    }
    let Some((media_type, media)) = entries(value, "content").next() else {
        return (None, pointer.child("schema"), style(value, location));
    };
    let pointer = pointer.child("content").child(media_type).child("schema");
    let encoding = if media_type::is_json(media_type) {
        Encoding::Json
    } else {
        style(value, location)
    };
    (media.get("schema"), pointer, encoding)
}

fn style(value: &Value, location: ParameterLocation) -> Encoding {
    use ParameterLocation::{Cookie, Header, Path, Query};
    let named = value.get("style").and_then(Value::as_str);
    let style = match (location, named) {
        (Path, Some("label")) => Style::Label,
        (Path, Some("matrix")) => Style::Matrix,
        (Path | Header, _) => Style::Simple,
        (Query, Some("spaceDelimited")) => Style::SpaceDelimited,
        (Query, Some("pipeDelimited")) => Style::PipeDelimited,
        (Query, Some("deepObject")) => Style::DeepObject,
        (Query | Cookie, _) => Style::Form,
    };
    let explode = value.get("explode").and_then(Value::as_bool);
    Encoding::Style {
        style,
        explode: explode.unwrap_or(style == Style::Form),
        allow_reserved: location == Query && flag(value, "allowReserved"),
    }
}

/// The schema behind references and their wrappers, and whether it has a name.
fn inlined<'a>(
    resolver: &Resolver<'a>,
    written: &'a Value,
    pointer: &Pointer,
) -> (&'a Value, bool) {
    let (mut schema, mut is_named) = (written, false);
    for _ in 0..MAX_WRAPPERS {
        is_named |= schema.get("$ref").is_some();
        schema = resolver.follow(schema, pointer).0;
        let mut members = super::items(schema, "allOf");
        match (members.next(), members.next()) {
            (Some(only), None) if schema.get("type").is_none() => schema = only,
            _ => break,
        }
    }
    (schema, is_named)
}

/// A parameter of which nothing is known is text.
fn known_or_text(type_: Type) -> Type {
    match type_ {
        Type::Any => Type::Text,
        other => other,
    }
}

fn default(schema: &Value) -> Option<String> {
    match schema.get("default")? {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// The only value that a schema allows, as written in a path or query.
fn only_value(schema: &Value) -> Option<String> {
    match schema.get("enum")?.as_array()?.as_slice() {
        [Value::String(value)] => Some(value.clone()),
        [value @ (Value::Number(_) | Value::Bool(_))] => Some(value.to_string()),
        _ => None,
    }
}

fn bounds(schema: &Value) -> Bounds {
    if schema.get("type").and_then(Value::as_str) != Some("integer") || schema.get("enum").is_some()
    {
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
    let bounds = Bounds {
        minimum: bound("minimum", "exclusiveMinimum", 1).filter(fits),
        maximum: bound("maximum", "exclusiveMaximum", -1).filter(fits),
    };
    match (bounds.minimum, bounds.maximum) {
        // Nothing could be sent: it is the bounds that are wrong.
        (Some(minimum), Some(maximum)) if minimum > maximum => Bounds::default(),
        _ => bounds,
    }
}

fn example<'a>(
    resolver: &Resolver<'a>,
    value: &'a Value,
    schema: Option<&'a Value>,
) -> Option<Value> {
    let first = || {
        let (_, example) = entries(value, "examples").next()?;
        let (example, _) = resolver.follow(example, &Pointer::root());
        example.get("value")
    };
    value
        .get("example")
        .or_else(first)
        .or_else(|| schema?.get("example"))
        .cloned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn bounds_are_those_of_integers_that_can_be_sent() {
        let check = |schema: Value, minimum, maximum| {
            assert_eq!(bounds(&schema), Bounds { minimum, maximum }, "{schema}");
        };
        let integer = json!({ "type": "integer" });
        let with = |more: Value| {
            let mut schema = integer.clone();
            let fields = schema.as_object_mut().expect("an object");
            fields.extend(more.as_object().expect("an object").clone());
            schema
        };
        check(
            with(json!({ "minimum": 1, "maximum": 5 })),
            Some(1),
            Some(5),
        );
        check(
            with(json!({ "minimum": 5, "maximum": 5 })),
            Some(5),
            Some(5),
        );
        check(with(json!({ "minimum": 6, "maximum": 5 })), None, None);
        check(with(json!({ "minimum": 1, "enum": [1, 2] })), None, None);
        check(json!({ "type": "number", "minimum": 1 }), None, None);
        let exclusive = json!({ "minimum": 1, "exclusiveMinimum": true, "maximum": 5, "exclusiveMaximum": true });
        check(with(exclusive), Some(2), Some(4));
        let wide = json!({ "minimum": 1, "maximum": 3_000_000_000_u32 });
        check(with(wide.clone()), Some(1), Some(3_000_000_000));
        let mut narrow = with(wide);
        narrow["format"] = json!("int32");
        check(narrow, Some(1), None);
    }
}
