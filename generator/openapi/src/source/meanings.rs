//! Values of schemas that are not written as OpenAPI has them, and whose meaning is plain.

use serde_json::{Number, Value, json};

use super::Document;
use crate::diagnostic::Diagnostic;
use crate::objects::{DOCUMENT, Object, ObjectKind, Shape};
use crate::pointer::Pointer;
use crate::references::reference;
use crate::terms::Version;

/// Bounds that are integers where the schema's values are.
const BOUNDS: [&str; 5] = [
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maximum",
    "minimum",
    "multipleOf",
];

/// Keywords that constrain a part of a composition, besides `allOf` and `required`.
const OWN_KEYWORDS: [&str; 8] = [
    "$ref",
    "additionalProperties",
    "anyOf",
    "enum",
    "items",
    "oneOf",
    "properties",
    "type",
];

struct Mender {
    version: Version,
    at: Pointer,
    /// Removed references of schemas to themselves.
    selves: Vec<Pointer>,
    /// Removed types of only null.
    nulls: Vec<Pointer>,
}

/// Rewrites such values as OpenAPI has them, and reports those that other tools may not understand.
pub(super) fn mend(document: &mut Document) {
    let mut mender = Mender {
        version: document.version,
        at: Pointer::root(),
        selves: Vec::new(),
        nulls: Vec::new(),
    };
    mender.walk(&mut document.value, Shape::Object(&DOCUMENT));
    for at in mender.selves {
        let message = "a schema in its own `allOf`, which has no effect";
        let diagnostic = Diagnostic::new("self-composition", document.span(&at), message);
        document.warnings.push(diagnostic.with_hint("remove it"));
    }
    for at in mender.nulls {
        let message = "OpenAPI 3.0 has no `type: 'null'`: read as in 3.1, null is allowed";
        let diagnostic = Diagnostic::new("null-type", document.span(&at), message);
        document.warnings.push(
            diagnostic.with_hint("remove it, and write `nullable: true` beside the alternatives"),
        );
    }
}

impl Mender {
    fn walk(&mut self, value: &mut Value, shape: Shape) {
        match (shape, value) {
            (Shape::Count, value) => write_whole(value),
            (Shape::BooleanOr(object), value) => self.walk(value, Shape::Ref(object)),
            (Shape::Ref(object) | Shape::Object(object), value) => self.object(value, object),
            (Shape::Map(map) | Shape::MapOrRef(map, _), Value::Object(entries)) => {
                for (key, entry) in entries {
                    if !map.is_extension(key) {
                        self.step(key, entry, map.value);
                    }
                }
            }
            (Shape::List(items), Value::Array(list)) => {
                for (index, item) in list.iter_mut().enumerate() {
                    self.step(&index.to_string(), item, *items);
                }
            }
            _ => {}
        }
    }

    fn step(&mut self, key: &str, value: &mut Value, shape: Shape) {
        self.at.push(key);
        self.walk(value, shape);
        self.at.pop();
    }

    fn object(&mut self, value: &mut Value, object: &'static Object) {
        if self.version == Version::V3_0 && reference(value).is_some() {
            return;
        }
        if object.kind == ObjectKind::Schema {
            self.take_out_itself(value);
            if self.version == Version::V3_0 {
                self.take_out_null(value);
            }
            mend_bounds(value);
        }
        for (key, field) in value.as_object_mut().into_iter().flatten() {
            if let Some(known) = object.field(key, self.version) {
                self.step(key, field, known.shape);
            }
        }
    }

    /// Removes a schema from its own `allOf`, if that has other members.
    fn take_out_itself(&mut self, schema: &mut Value) {
        let at = &self.at;
        let is_itself = |member: &Value| {
            reference(member)
                .and_then(Pointer::from_reference)
                .is_some_and(|target| target == *at)
        };
        let has_more = has_own_keywords(schema);
        let members = schema.get_mut("allOf").and_then(Value::as_array_mut);
        let Some(members) = members.filter(|members| {
            let mut others = members.iter().filter(|member| !is_itself(member));
            has_more
                || others.any(|member| has_own_keywords(member) || member.get("allOf").is_some())
        }) else {
            return;
        };
        for (index, member) in members.iter_mut().enumerate() {
            if is_itself(member) {
                *member = json!({});
                self.selves.push(at.child("allOf").child(index.to_string()));
            }
        }
    }

    /// Allows null by a flag instead of an alternative.
    fn take_out_null(&mut self, schema: &mut Value) {
        for key in ["anyOf", "oneOf"] {
            let members = schema.get_mut(key).and_then(Value::as_array_mut);
            let Some(members) = members
                .filter(|members| members.iter().any(is_null) && !members.iter().all(is_null))
            else {
                continue;
            };
            for (index, member) in members.iter_mut().enumerate() {
                if is_null(member) {
                    *member = json!({ "not": {} });
                    self.nulls.push(self.at.child(key).child(index.to_string()));
                }
            }
            schema["nullable"] = true.into();
        }
    }
}

/// Whether a schema has constraints beside its `allOf`.
fn has_own_keywords(schema: &Value) -> bool {
    let required = schema.get("required").and_then(Value::as_array);
    OWN_KEYWORDS.iter().any(|key| schema.get(key).is_some())
        || required.is_some_and(|names| !names.is_empty())
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|name| name == "null")
}

fn mend_bounds(schema: &mut Value) {
    if schema.get("type").is_some_and(is_integer) {
        for bound in BOUNDS {
            if let Some(bound) = schema.get_mut(bound) {
                write_whole(bound);
            }
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
