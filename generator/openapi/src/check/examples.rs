//! Examples, defaults and enumerated values against their schemas.

use super::context::Context;
use super::node::Node;
use super::validator::{Contradiction, Validator, has_type};
use crate::diagnostic::Diagnostic;
use crate::terms::Version;
use crate::words;

/// The examples of a parameter or a header.
pub(super) fn check_parameter<'v>(cx: &mut Context<'v>, node: &Node<'v, '_>) {
    check_exclusive(cx, node);
    if let Some(schema) = node.get("schema") {
        check_all(cx, node, &schema);
    }
}

/// The examples of a body, if it is JSON: others have no form of their own.
pub(super) fn check_media_type<'v>(cx: &mut Context<'v>, node: &Node<'v, '_>) {
    check_exclusive(cx, node);
    if !node.key().is_some_and(is_json) {
        return;
    }
    match node.get("schema") {
        Some(schema) => check_all(cx, node, &schema),
        None => {
            let diagnostic = cx.at_key("missing-schema", node, "a JSON body without `schema`");
            cx.report(diagnostic.with_hint("add a schema: `schema: {}` allows any value"));
        }
    }
}

/// The values a schema gives itself.
pub(super) fn check_schema<'v>(cx: &mut Context<'v>, schema: &Node<'v, '_>) {
    check_enum(cx, schema);
    if let Some(example) = schema.get("example") {
        check_value(cx, schema, &example, "example");
    }
    // In 3.0 it is an unknown field.
    if cx.version() == Version::V3_1 {
        for example in schema.get("examples").iter().flat_map(Node::items) {
            check_value(cx, schema, &example, "example");
        }
    }
    if let Some(default) = schema.get("default") {
        check_value(cx, schema, &default, "default");
    }
}

/// An example object on its own.
pub(super) fn check_example(cx: &mut Context<'_>, node: &Node<'_, '_>) {
    if let Some(value) = node.get("value").filter(|_| node.has("externalValue")) {
        let message = "only one is allowed: `value` or `externalValue`";
        cx.report(
            cx.at_key("conflicting-fields", &value, message)
                .with_hint("keep one of them"),
        );
    }
}

fn check_exclusive(cx: &mut Context<'_>, node: &Node<'_, '_>) {
    if let Some(example) = node.get("example").filter(|_| node.has("examples")) {
        let message = "only one is allowed: `example` or `examples`";
        cx.report(
            cx.at_key("conflicting-fields", &example, message)
                .with_hint("move it to `examples`"),
        );
    }
}

fn check_all<'v>(cx: &mut Context<'v>, node: &Node<'v, '_>, schema: &Node<'v, '_>) {
    if let Some(example) = node.get("example") {
        check_value(cx, schema, &example, "example");
    }
    for (_, example) in node.get("examples").iter().flat_map(Node::fields) {
        let Some((pointer, value)) = cx.resolve(&example) else {
            continue;
        };
        if let Some(value) = Node::at(&pointer, value).get("value") {
            check_value(cx, schema, &value, "example");
        }
    }
}

fn check_value<'v>(cx: &mut Context<'v>, schema: &Node<'v, '_>, value: &Node<'v, '_>, what: &str) {
    let mut validator = Validator::new(&cx.document.value, &cx.patterns);
    for contradiction in validator.contradictions(schema, value) {
        let diagnostic = describe(cx, value, what, &contradiction);
        cx.report(diagnostic);
    }
}

fn describe(
    cx: &Context<'_>,
    value: &Node<'_, '_>,
    what: &str,
    contradiction: &Contradiction,
) -> Diagnostic {
    let rule = match what {
        "default" => "default-contradicts-schema",
        _ => "example-contradicts-schema",
    };
    let start = value.pointer();
    let place = contradiction.value.as_str().strip_prefix(start.as_str());
    let place = match place.unwrap_or_default() {
        "" => "it".to_owned(),
        inner => format!("`{}`", words::shown(inner)),
    };
    let message = format!(
        "{what} contradicts its schema: {place} {}",
        contradiction.message
    );
    let span = if contradiction.is_by_key {
        cx.document.key_span(&contradiction.value)
    } else {
        cx.document.span(&contradiction.value)
    };
    Diagnostic::new(rule, span, message)
        .with_related(cx.document.key_span(&contradiction.schema), "required here")
        .with_hint(format!("change the {what}, or the schema"))
}

fn check_enum(cx: &mut Context<'_>, schema: &Node<'_, '_>) {
    let Some(values) = schema.get("enum") else {
        return;
    };
    let kind = words::shown(schema.text("type").unwrap_or_default());
    for value in values.items() {
        let is_nullable = value.value.is_null() && schema.is_true("nullable");
        if is_nullable || has_type(schema, value.value) {
            continue;
        }
        let found = words::shown_value(value.value);
        let message = format!("value of `enum` is not of `type: {kind}`: {found}");
        let hint = match value.value {
            serde_json::Value::Null => "add `nullable: true`",
            _ if kind == "string" => "put it in quotes",
            _ => "change the value, or the type",
        };
        cx.report(
            cx.at_value("enum-contradicts-type", &value, message)
                .with_hint(hint),
        );
    }
}

/// `application/json`, `application/vnd.github+json`, and the same with parameters.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let subtype = essence.split_once('/').map_or("", |(_, subtype)| subtype);
    subtype == "json" || subtype.ends_with("+json")
}
