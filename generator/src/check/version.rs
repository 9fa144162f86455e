//! Whether the document is of a version of OpenAPI that the generator reads.

use serde_json::Value;

use super::context::Context;
use super::node::Node;
use super::words;
use crate::diagnostic::Diagnostic;
use crate::openapi::Version;

pub(super) const RULE: &str = "unsupported-version";

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
        _ if Version::of(root.value).is_some() => return None,
        Value::String(text) => (
            format!("not OpenAPI 3.0 or 3.1: version `{}`", words::shown(text)),
            hint(text),
        ),
        other => (
            format!(
                "`openapi` must be a string: found {}",
                words::shown_value(other)
            ),
            hint(&other.to_string()),
        ),
    };
    Some(cx.at_value(RULE, &version, message).with_hint(hint))
}

/// How to write the version, or in which one to write the document.
fn hint(version: &str) -> &'static str {
    match version {
        "3.0" => "write `openapi: 3.0.3`",
        "3.1" => "write `openapi: 3.1.0`",
        _ => "write the document in the terms of OpenAPI `3.1.0` or `3.0.3`",
    }
}

fn missing(cx: &Context<'_>, root: &Node<'_, '_>) -> Diagnostic {
    if let Some(version) = root.get("swagger") {
        let diagnostic = cx.at_key(RULE, &version, "not OpenAPI 3.0 or 3.1: Swagger 2.0");
        return diagnostic.with_hint(
            "convert the document first: `npx swagger2openapi FILE`, or https://converter.swagger.io",
        );
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
