//! Whether the document is OpenAPI 3.0 at all.

use serde_json::Value;

use super::context::Context;
use super::node::Node;
use super::words;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: &str = "not-openapi-3.0";

/// What is wrong with the version; nothing else is worth saying about a document of another kind.
pub(super) fn check(cx: &Context<'_>, root: &Node<'_, '_>) -> Option<Diagnostic> {
    if !root.value.is_object() {
        let found = words::shown_value(root.value);
        let diagnostic = cx.at_key(
            RULE,
            root,
            format!("not an OpenAPI document: found {found}"),
        );
        return Some(diagnostic.with_hint("start with `openapi: 3.0.3`, `info` and `paths`"));
    }
    let Some(version) = root.get("openapi") else {
        return Some(missing(cx, root));
    };
    let (message, hint) = match version.value {
        Value::String(text) if is_3_0(text) => return None,
        Value::String(text) => (
            format!("not OpenAPI 3.0: version `{}`", words::shown(text)),
            "write the document in the terms of OpenAPI `3.0.3`",
        ),
        other => (
            format!(
                "`openapi` must be a string: found {}",
                words::shown_value(other)
            ),
            "write `openapi: 3.0.3`",
        ),
    };
    Some(cx.at_value(RULE, &version, message).with_hint(hint))
}

fn missing(cx: &Context<'_>, root: &Node<'_, '_>) -> Diagnostic {
    if let Some(version) = root.get("swagger") {
        let diagnostic = cx.at_key(RULE, &version, "not OpenAPI 3.0: Swagger 2.0");
        return diagnostic.with_hint("convert the document to OpenAPI `3.0.3` first");
    }
    let keys = root.fields().map(|(key, _)| key);
    let hint = match words::closest("openapi", keys) {
        Some(key) => format!("did you mean `openapi` by `{key}`?"),
        None => "start with `openapi: 3.0.3`".to_owned(),
    };
    cx.at_key(
        RULE,
        root,
        "not an OpenAPI document: missing field `openapi`",
    )
    .with_hint(hint)
}

/// `3.0.` and a number: the patch version says nothing about the meaning.
fn is_3_0(version: &str) -> bool {
    version
        .strip_prefix("3.0.")
        .is_some_and(|patch| !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit()))
}
