//! Parameters and headers, each on its own.

use serde_json::Map;

use super::context::Context;
use super::node::Node;
use super::structure::unknown_value;
use crate::words;

/// Headers that OpenAPI describes elsewhere, and whose parameters are to be ignored.
const RESERVED: [(&str, &str); 3] = [
    (
        "accept",
        "name the media types in `content` of the responses",
    ),
    (
        "content-type",
        "name the media types in `content` of the request body",
    ),
    (
        "authorization",
        "declare it in `components/securitySchemes`",
    ),
];

pub(super) fn check_parameter(cx: &mut Context<'_>, node: &Node<'_, '_>) {
    check_content(cx, node, "a parameter");
    let Some(location) = node.text("in") else {
        return;
    };
    check_style(cx, node, location);
    match location {
        "path" if !node.is_true("required") => optional_path_parameter(cx, node),
        "header" => check_header_name(cx, node),
        _ => {}
    }
    for key in ["allowReserved", "allowEmptyValue"] {
        if let Some(field) = node.get(key).filter(|_| location != "query") {
            let message = format!("allowed for query parameters only: `{key}`");
            cx.report(
                cx.at_key("misplaced-field", &field, message)
                    .with_hint("remove it"),
            );
        }
    }
}

/// Exactly one of `schema` and `content`, and of the latter exactly one media type.
pub(super) fn check_content(cx: &mut Context<'_>, node: &Node<'_, '_>, name: &str) {
    match (node.get("schema"), node.get("content")) {
        // In the terms of OpenAPI 2.0: already reported as an unknown field.
        (None, None) if node.has("type") => {}
        (None, None) => {
            let message = format!("missing field of {name}: `schema`");
            cx.report(
                cx.at_key("missing-schema", node, message)
                    .with_hint("add a schema: `schema: {type: string}`"),
            );
        }
        (Some(schema), Some(_)) => {
            let message = format!("only one is allowed in {name}: `schema` or `content`");
            cx.report(
                cx.at_key("conflicting-fields", &schema, message)
                    .with_hint("keep `schema` for a plain value, `content` for an encoded one"),
            );
        }
        (None, Some(content)) if content.object().is_some_and(|map| map.len() != 1) => {
            let message = format!("`content` of {name} must have one media type");
            cx.report(
                cx.at_key("invalid-content", &content, message)
                    .with_hint("keep one of them"),
            );
        }
        _ => {}
    }
}

/// A request body has at least one media type.
pub(super) fn check_body(cx: &mut Context<'_>, node: &Node<'_, '_>) {
    let content = node.get("content");
    let empty = content.filter(|content| content.object().is_some_and(Map::is_empty));
    if let Some(content) = empty {
        let diagnostic = cx.at_key(
            "empty-object",
            &content,
            "a request body without media types",
        );
        cx.report(diagnostic.with_hint("name one: `application/json: {schema: …}`"));
    }
}

fn check_style(cx: &mut Context<'_>, node: &Node<'_, '_>, location: &str) {
    let known: &[&str] = match location {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => return,
    };
    let Some(style) = node.get("style") else {
        return;
    };
    if let Some(word) = style.value.as_str().filter(|word| !known.contains(word)) {
        let hint = words::suggestion(word, known.iter().copied());
        unknown_value(cx, &style, word, hint);
    }
}

fn optional_path_parameter(cx: &mut Context<'_>, node: &Node<'_, '_>) {
    let place = node.get("required").or_else(|| node.get("in"));
    let name = words::shown(node.text("name").unwrap_or_default());
    let message = format!("path parameter is not required: `{name}`");
    cx.report(
        cx.at_key(
            "optional-path-parameter",
            place.as_ref().unwrap_or(node),
            message,
        )
        .with_hint("add `required: true`: OpenAPI demands it of every path parameter"),
    );
}

fn check_header_name(cx: &mut Context<'_>, node: &Node<'_, '_>) {
    let Some(name) = node.get("name") else { return };
    let Some(text) = name.value.as_str() else {
        return;
    };
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if text.is_empty() || !text.bytes().all(is_token) {
        let message = format!("invalid name of a header: `{}`", words::shown(text));
        cx.report(
            cx.at_value("invalid-header-name", &name, message)
                .with_hint("use letters, digits and `-`"),
        );
    }
    let reserved = RESERVED
        .iter()
        .find(|(other, _)| text.eq_ignore_ascii_case(other));
    if let Some((_, hint)) = reserved {
        let message = format!("header parameter that OpenAPI ignores: `{text}`");
        cx.report(
            cx.at_value("ignored-header", &name, message)
                .with_hint(*hint),
        );
    }
}
