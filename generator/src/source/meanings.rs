//! Values of schemas that are not written as OpenAPI has them, and whose meaning is plain.

use serde_json::{Number, Value};

use super::Document;
use crate::check::objects::{DOCUMENT, Kind, Object, Shape};
use crate::openapi::{Version, is_extension, reference};

/// Bounds that are integers where the schema's values are.
const BOUNDS: [&str; 5] = [
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maximum",
    "minimum",
    "multipleOf",
];

/// Writes such values as OpenAPI has them.
pub(super) fn mend(document: &mut Document) {
    walk(
        &mut document.value,
        document.version,
        Shape::Object(&DOCUMENT),
    );
}

fn walk(value: &mut Value, version: Version, shape: Shape) {
    match (shape, value) {
        (Shape::Count, value) => write_whole(value),
        (Shape::BooleanOr(object), value) => walk(value, version, Shape::Ref(object)),
        (Shape::Ref(object) | Shape::Object(object), value) => fields(value, version, object),
        (Shape::Map(map) | Shape::MapOrRef(map, _), Value::Object(entries)) => {
            for (key, entry) in entries {
                if !(map.extensible && is_extension(key)) {
                    walk(entry, version, map.value);
                }
            }
        }
        (Shape::List(items), Value::Array(list)) => {
            for item in list {
                walk(item, version, *items);
            }
        }
        _ => {}
    }
}

fn fields(value: &mut Value, version: Version, object: &'static Object) {
    if version == Version::V3_0 && reference(value).is_some() {
        return;
    }
    if object.kind == Kind::Schema && value.get("type").is_some_and(is_integer) {
        for bound in BOUNDS {
            if let Some(bound) = value.get_mut(bound) {
                write_whole(bound);
            }
        }
    }
    for (key, field) in value.as_object_mut().into_iter().flatten() {
        if let Some(known) = object.field(key, version) {
            walk(field, version, known.shape);
        }
    }
}

/// Whether an integer is the only number among the values of such a `type`.
fn is_integer(names: &Value) -> bool {
    match names {
        Value::Array(names) => {
            names.iter().any(|name| name == "integer") && !names.iter().any(|name| name == "number")
        }
        name => name == "integer",
    }
}

/// `10.0` is the integer 10 to JSON Schema.
fn write_whole(value: &mut Value) {
    if let Some(number) = value.as_f64().filter(|_| value.is_f64())
        && let Some(whole) = whole(number)
    {
        *value = Value::Number(whole);
    }
}

fn whole(number: f64) -> Option<Number> {
    if number.fract() != 0.0 {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "there is no fraction, and what is too large for 128 bits is for 64, too"
    )]
    Number::from_i128(number as i128)
}
