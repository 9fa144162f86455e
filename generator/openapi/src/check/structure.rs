//! Fields: unknown and missing ones, and the shape of each value.

use serde_json::Value;

use super::context::Context;
use super::node::Node;
use super::{hints, keys, near, references};
use crate::diagnostic::Diagnostic;
use crate::objects::{Key, Map, Object, ObjectKind, Shape};
use crate::terms::{Version, is_extension};
use crate::words;

/// Inline schemas nested deeper than this are refused: openapiv3 takes much stack for each level.
const MAX_SCHEMAS: usize = 24;

/// The values of `type`.
pub(super) const TYPES: &[&str] = &["string", "number", "integer", "boolean", "array", "object"];

/// The same in 3.1.
const LATER_TYPES: &[&str] = &[
    "string", "number", "integer", "boolean", "array", "object", "null",
];

/// Called for every object of the document that is not a reference.
pub(super) type Visit<'v> = fn(&mut Context<'v>, ObjectKind, &Node<'v, '_>);

/// Checks a value and everything in it.
pub(super) fn check<'v>(cx: &mut Context<'v>, node: &Node<'v, '_>, shape: Shape, visit: Visit<'v>) {
    let value = node.value;
    match shape {
        Shape::Any => {}
        Shape::Text => expect(cx, node, value.is_string(), "a string"),
        Shape::Boolean => expect(cx, node, value.is_boolean(), "a boolean"),
        Shape::Number => expect(cx, node, value.is_number(), "a number"),
        Shape::Count => expect(cx, node, is_count(value), "an integer from 0 to 4294967295"),
        Shape::Word(words) => check_word(cx, node, "unknown-value", words),
        Shape::Type => check_type(cx, node),
        Shape::Bound if value.is_boolean() => outdated(cx, node),
        Shape::Bound => expect(cx, node, value.is_number(), "a number"),
        Shape::Outdated if value.is_boolean() => outdated(cx, node),
        Shape::Outdated => wrong_type(cx, node, "a boolean"),
        Shape::List(shape) => check_list(cx, node, *shape, visit),
        Shape::Map(map) => check_map(cx, node, map, visit),
        Shape::MapOrRef(_, object) if node.has("$ref") => references::check(cx, node, object),
        Shape::MapOrRef(map, _) => check_map(cx, node, map, visit),
        Shape::Object(object) => check_object(cx, node, object, visit),
        Shape::Ref(object) if object.is_later_schema(cx.version()) && value.is_boolean() => {}
        Shape::Ref(object) if node.has("$ref") => {
            references::check(cx, node, object);
            if object.is_later_schema(cx.version()) {
                check_object(cx, node, object, visit);
            }
        }
        Shape::Ref(object) => check_object(cx, node, object, visit),
        Shape::BooleanOr(_) if value.is_boolean() => {}
        Shape::BooleanOr(object) => check(cx, node, Shape::Ref(object), visit),
    }
}

/// A required field that is not there.
pub(super) fn missing_field(
    cx: &Context<'_>,
    node: &Node<'_, '_>,
    object: &str,
    field: &str,
) -> Diagnostic {
    let message = format!("missing field of {object}: `{field}`");
    cx.at_key("missing-field", node, message)
        .with_hint(format!("add `{field}`"))
}

fn check_object<'v>(
    cx: &mut Context<'v>,
    node: &Node<'v, '_>,
    object: &'static Object,
    visit: Visit<'v>,
) {
    if !node.value.is_object() {
        return wrong_type(cx, node, "an object");
    }
    if object.kind == ObjectKind::Schema && !enter_schema(cx, node) {
        return;
    }
    let mut misspelt = Vec::new();
    for (key, child) in node.fields() {
        match object.field(key, cx.version()) {
            Some(field) => check(cx, &child, field.shape, visit),
            None if is_extension(key) => near::check_extension(cx, &child, key, object.kind),
            None if key == "$ref" && object.is_later_schema(cx.version()) => {}
            None => misspelt.extend(unknown_field(cx, &child, key, node, object)),
        }
    }
    for field in object.fields(cx.version()).filter(|field| field.required) {
        // A misspelt field is reported once, not as missing, too.
        if !node.has(field.name) && !misspelt.contains(&field.name) {
            let diagnostic = match field.name {
                "operationId" => missing_operation_id(cx, node),
                name => missing_field(cx, node, object.name, name),
            };
            cx.report_shape(diagnostic);
        }
    }
    visit(cx, object.kind, node);
    if object.kind == ObjectKind::Schema {
        cx.open_schemas -= 1;
    }
}

/// Enters a schema, unless it is nested too deeply.
fn enter_schema(cx: &mut Context<'_>, node: &Node<'_, '_>) -> bool {
    if cx.open_schemas == MAX_SCHEMAS {
        let message = format!("schemas nested more than {MAX_SCHEMAS} levels deep");
        cx.report_shape(
            cx.at_key("too-deep", node, message).with_hint(
                "move inner schemas to `components/schemas` and refer to them by `$ref`",
            ),
        );
        return false;
    }
    cx.open_schemas += 1;
    true
}

fn check_map<'v>(cx: &mut Context<'v>, node: &Node<'v, '_>, map: &'static Map, visit: Visit<'v>) {
    if !node.value.is_object() {
        return wrong_type(cx, node, "an object");
    }
    for (key, child) in node.fields() {
        if map.is_extension(key) {
            continue;
        }
        if key == "$ref" && child.value.is_string() && map.key != Key::Any {
            if map.key == Key::MediaType {
                references::misplaced(cx, &child);
            } else {
                references::unsupported(cx, &child);
            }
            continue;
        }
        keys::check(cx, &child, key, map.key);
        check(cx, &child, map.value, visit);
    }
}

fn check_list<'v>(cx: &mut Context<'v>, node: &Node<'v, '_>, shape: Shape, visit: Visit<'v>) {
    if !node.value.is_array() {
        return wrong_type(cx, node, "an array");
    }
    for item in node.items() {
        check(cx, &item, shape, visit);
    }
}

fn check_word(
    cx: &mut Context<'_>,
    node: &Node<'_, '_>,
    rule: &'static str,
    words: &'static [&'static str],
) {
    let Some(word) = node.value.as_str() else {
        return wrong_type(cx, node, "a string");
    };
    if !words.contains(&word) {
        let key = node.key().unwrap_or_default();
        let hint = hints::word(key, word)
            .unwrap_or_else(|| words::suggestion(word, words.iter().copied()));
        let diagnostic = unknown_word(cx, node, rule, word, hint);
        cx.report_shape(diagnostic);
    }
}

fn check_type(cx: &mut Context<'_>, node: &Node<'_, '_>) {
    let words = match cx.version() {
        Version::V3_0 => TYPES,
        Version::V3_1 => LATER_TYPES,
    };
    match node.value {
        Value::Array(types) if cx.version() == Version::V3_1 => {
            for item in node.items() {
                check_word(cx, &item, "unknown-type", words);
            }
            if types.is_empty() {
                let diagnostic = cx.at_key("empty-list", node, "`type` is empty");
                cx.report_shape(diagnostic.with_hint("list the types, or remove it"));
            }
        }
        _ => check_word(cx, node, "unknown-type", words),
    }
}

/// A field that is read as in 3.0.
fn outdated(cx: &mut Context<'_>, node: &Node<'_, '_>) {
    let key = node.key().unwrap_or_default();
    let effect = match key {
        _ if node.value == false => "it has no effect",
        "nullable" => "null is allowed",
        _ => "the bound itself is not allowed",
    };
    let value = node.value;
    let message = format!("OpenAPI 3.1 has no `{key}: {value}`: read as in 3.0, {effect}");
    let hint = hints::outdated(key);
    cx.report_shape(cx.at_key("outdated-keyword", node, message).with_hint(hint));
}

/// A string that is not one of the field's values.
pub(super) fn unknown_value(
    cx: &mut Context<'_>,
    node: &Node<'_, '_>,
    word: &str,
    hint: impl Into<String>,
) {
    let diagnostic = unknown_word(cx, node, "unknown-value", word, hint);
    cx.report(diagnostic);
}

fn unknown_word(
    cx: &Context<'_>,
    node: &Node<'_, '_>,
    rule: &'static str,
    word: &str,
    hint: impl Into<String>,
) -> Diagnostic {
    let key = node.key().unwrap_or_default();
    let message = format!("unknown value of `{key}`: `{}`", words::shown(word));
    cx.at_value(rule, node, message).with_hint(hint)
}

/// Returns the known field that was probably meant.
fn unknown_field(
    cx: &mut Context<'_>,
    child: &Node<'_, '_>,
    key: &str,
    parent: &Node<'_, '_>,
    object: &'static Object,
) -> Option<&'static str> {
    if key == "$ref" {
        references::unsupported(cx, child);
        return None;
    }
    let known = object.fields(cx.version()).map(|field| field.name);
    let before_colon = key.split_once(':').map(|(name, _)| name.trim());
    let separated = before_colon.and_then(|name| known.clone().find(|field| *field == name));
    let meant = separated.or_else(|| words::closest(key, known.clone()));
    let hint = hints::field(key, object.kind, cx.version())
        .or_else(|| Some(hints::separated(key, separated?)))
        .or_else(|| {
            let meant = meant.filter(|meant| parent.has(meant))?;
            Some(format!("did you mean `{meant}`, which is already here?"))
        })
        .or_else(|| {
            hints::misplaced_property(child, parent, object.kind).filter(|_| meant.is_none())
        })
        .unwrap_or_else(|| words::suggestion(key, known));
    let message = format!("unknown field of {}: `{}`", object.name, words::shown(key));
    cx.report_shape(cx.at_key("unknown-field", child, message).with_hint(hint));
    meant
}

fn missing_operation_id(cx: &Context<'_>, node: &Node<'_, '_>) -> Diagnostic {
    let method = node.key().unwrap_or_default();
    let message = format!("missing field of an operation: `operationId` of `{method}`");
    cx.at_key("missing-operation-id", node, message)
        .with_hint("name it by namespace, verb and noun: `operationId: actions/get-artifact`")
}

/// Beyond 32 bits, progenitor would cut counts off.
fn is_count(value: &Value) -> bool {
    value
        .as_u64()
        .is_some_and(|count| u32::try_from(count).is_ok())
}

fn expect(cx: &mut Context<'_>, node: &Node<'_, '_>, is_met: bool, expected: &str) {
    if !is_met {
        wrong_type(cx, node, expected);
    }
}

fn wrong_type(cx: &mut Context<'_>, node: &Node<'_, '_>, expected: &str) {
    let key = node.key().map_or("the document".to_owned(), |key| {
        let item = if node.is_item() { "an item of " } else { "" };
        format!("{item}`{}`", words::shown(key))
    });
    let found = match node.value {
        Value::Null => "nothing".to_owned(),
        value => words::shown_value(value),
    };
    let message = format!("{key} must be {expected}: found {found}");
    let hint = hints::wrong_type(node, expected);
    cx.report_shape(cx.at_value("wrong-type", node, message).with_hint(hint));
}
