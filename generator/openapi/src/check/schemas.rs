//! Schemas: keywords that fit their type, and lists that make sense.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::context::Context;
use super::node::Node;
use super::references;
use super::structure::TYPES;
use crate::diagnostic::{Diagnostic, Level};
use crate::words;

const UNREACHABLE: &str = "unreachable-discriminator";
const COMPOSITIONS: [&str; 4] = ["allOf", "anyOf", "oneOf", "not"];

pub(super) fn check<'v>(cx: &mut Context<'v>, schema: &Node<'v, '_>) {
    check_keywords(cx, schema);
    check_items(cx, schema);
    check_required(cx, schema);
    check_enum(cx, schema);
    check_pattern(cx, schema);
    check_compositions(cx, schema);
    check_nameless_parent(cx, schema);
}

/// What has no alternatives has kinds only if they can name it in `allOf`.
fn check_nameless_parent(cx: &mut Context<'_>, schema: &Node<'_, '_>) {
    let Some(discriminator) = schema.get("discriminator") else {
        return;
    };
    let is_named = || {
        let pointer = schema.pointer();
        let component = pointer.component();
        component.is_some_and(|(section, _)| section == "schemas")
    };
    let is_union = ["oneOf", "anyOf"]
        .iter()
        .any(|list| schema.get(list).is_some());
    if discriminator.get("mapping").is_some() && !is_union && !is_named() {
        let message = "a discriminator of a schema without a name: its `mapping` has no effect";
        cx.report(cx.at_key(UNREACHABLE, &discriminator, message).with_hint(
            "move the schema to `components/schemas`, or list the alternatives in `oneOf`",
        ));
    }
}

/// Mapped values are names of schemas, or references to them.
pub(super) fn check_discriminator(cx: &mut Context<'_>, node: &Node<'_, '_>) {
    for (_, target) in node.get("mapping").iter().flat_map(Node::fields) {
        let Some(text) = target.value.as_str() else {
            continue;
        };
        let names = cx.component_names("schemas");
        if names.contains(&text) || cx.document.is_reported(&target.pointer()) {
            continue;
        }
        if text.contains(['#', '/', '.']) {
            if let Some(diagnostic) = references::target(cx, &target, text, "schemas", "a schema") {
                cx.report(unreachable_schema(diagnostic));
            }
            continue;
        }
        let message = format!("no schema of this name: `{}`", words::shown(text));
        cx.report(
            cx.at_value(UNREACHABLE, &target, message)
                .with_hint(words::suggestion(text, names)),
        );
    }
}

/// A value that chooses nothing does no harm to the others.
fn unreachable_schema(mut diagnostic: Diagnostic) -> Diagnostic {
    if diagnostic.is_error() {
        diagnostic.rule = UNREACHABLE;
        diagnostic.level = Level::Warning;
    }
    diagnostic
}

/// A keyword of another type than the schema's says nothing.
fn check_keywords(cx: &mut Context<'_>, schema: &Node<'_, '_>) {
    let Some(kind) = schema.text("type").filter(|kind| TYPES.contains(kind)) else {
        return;
    };
    for (key, field) in schema.fields() {
        let types: &[&str] = match key {
            "multipleOf" | "maximum" | "minimum" | "exclusiveMaximum" | "exclusiveMinimum" => {
                &["integer", "number"]
            }
            "maxLength" | "minLength" | "pattern" => &["string"],
            "maxItems" | "minItems" | "uniqueItems" | "items" => &["array"],
            "maxProperties"
            | "minProperties"
            | "properties"
            | "required"
            | "additionalProperties" => &["object"],
            _ => continue,
        };
        // In the terms of older drafts: already reported as a wrong type.
        if key == "required" && field.value.is_boolean() {
            continue;
        }
        if !types.contains(&kind) {
            let message = format!(
                "keyword has no effect on `type: {}`: `{key}`",
                words::shown(kind)
            );
            let hint = format!("remove it, or write `type: {}`", types[0]);
            cx.report(
                cx.at_key("misplaced-keyword", &field, message)
                    .with_hint(hint),
            );
        }
    }
}

fn check_items(cx: &mut Context<'_>, schema: &Node<'_, '_>) {
    if schema.text("type") == Some("array") && !schema.has("items") {
        let diagnostic = cx.at_key("missing-items", schema, "an array without `items`");
        cx.report(diagnostic.with_hint("add the items: `items: {}` allows any value"));
    }
}

fn check_required(cx: &mut Context<'_>, schema: &Node<'_, '_>) {
    let Some(required) = schema.get("required") else {
        return;
    };
    if required.value.as_array().is_some_and(Vec::is_empty) {
        let diagnostic = cx.at_key("empty-list", &required, "`required` is empty");
        cx.report(diagnostic.with_hint("remove it"));
    }
    check_unique(cx, &required);
    let Some(properties) = own_properties(schema) else {
        return;
    };
    let names: BTreeSet<_> = required
        .items()
        .filter_map(|name| name.value.as_str())
        .collect();
    for name in required.items() {
        let Some(text) = name.value.as_str() else {
            continue;
        };
        // A property at the wrong level is reported at its own position.
        let is_misplaced = || {
            let within = properties.values().filter_map(Value::as_object);
            schema.has(text)
                || within
                    .into_iter()
                    .any(|property| property.contains_key(text))
        };
        if !properties.contains_key(text) && !is_misplaced() {
            let others = properties.keys().map(String::as_str);
            let unlisted = others.filter(|other| !names.contains(other));
            let message = format!(
                "required property is not declared: `{}`",
                words::shown(text)
            );
            cx.report(
                cx.at_value("unknown-required-property", &name, message)
                    .with_hint(match words::closest(text, unlisted) {
                        Some(other) => format!("did you mean `{other}`?"),
                        None => {
                            "declare it under `properties`, or remove it from `required`".to_owned()
                        }
                    }),
            );
        }
    }
}

/// The properties of a schema that surely describes all of them by itself.
fn own_properties<'v>(schema: &Node<'v, '_>) -> Option<&'v Map<String, Value>> {
    let is_composed = COMPOSITIONS.iter().any(|key| schema.has(key));
    let is_member = schema.key().is_some_and(|key| COMPOSITIONS.contains(&key));
    let is_open = schema.has("additionalProperties")
        && schema.object()?.get("additionalProperties") != Some(&Value::Bool(false));
    if is_composed || is_member || is_open {
        return None;
    }
    schema.object()?.get("properties")?.as_object()
}

fn check_enum(cx: &mut Context<'_>, schema: &Node<'_, '_>) {
    let Some(values) = schema.get("enum") else {
        return;
    };
    if values.value.as_array().is_some_and(Vec::is_empty) {
        let diagnostic = cx.at_key("empty-list", &values, "`enum` is empty");
        cx.report(diagnostic.with_hint("list the values, or remove it"));
    }
    check_unique(cx, &values);
}

fn check_unique(cx: &mut Context<'_>, list: &Node<'_, '_>) {
    let mut seen = BTreeMap::new();
    for item in list.items() {
        if let Some(first) = seen.insert(item.value.to_string(), item) {
            let key = list.key().unwrap_or_default();
            let message = format!(
                "duplicate value in `{key}`: {}",
                words::shown_value(item.value)
            );
            cx.report(
                cx.at_value("duplicate-value", &item, message)
                    .with_related(cx.value_span(&first), "first here")
                    .with_hint("remove one of them"),
            );
        }
    }
}

/// Generated code compiles patterns as ECMAScript does, and would panic on one that is malformed.
fn check_pattern(cx: &mut Context<'_>, schema: &Node<'_, '_>) {
    let Some(pattern) = schema.get("pattern") else {
        return;
    };
    let Some(text) = pattern.value.as_str() else {
        return;
    };
    if let Err(error) = regress::Regex::new(text) {
        let message = format!(
            "malformed pattern, {}: `{}`",
            error.to_string().to_lowercase(),
            words::shown(text)
        );
        cx.report(
            cx.at_value("invalid-pattern", &pattern, message)
                .with_hint("write an ECMAScript regular expression"),
        );
    }
}

fn check_compositions(cx: &mut Context<'_>, schema: &Node<'_, '_>) {
    for key in ["allOf", "anyOf", "oneOf"] {
        let Some(members) = schema.get(key) else {
            continue;
        };
        if members.value.as_array().is_some_and(Vec::is_empty) {
            let message = format!("`{key}` is empty");
            cx.report(
                cx.at_key("empty-list", &members, message)
                    .with_hint("list the schemas, or remove it"),
            );
        }
    }
    if schema.is_true("readOnly") && schema.is_true("writeOnly") {
        let message = "only one is allowed: `readOnly` or `writeOnly`";
        cx.report(
            cx.at_key("conflicting-fields", schema, message)
                .with_hint("keep one of them"),
        );
    }
}
