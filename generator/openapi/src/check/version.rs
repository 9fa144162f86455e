//! Whether the document is of a version of OpenAPI that the generator reads.

use serde_json::Value;

use super::context::Context;
use super::node::Node;
use crate::diagnostic::Diagnostic;
use crate::terms::Version;
use crate::words;

pub(super) const RULE: &str = "unsupported-version";

/// Checks the version; if it breaks [`RULE`], no other check makes sense.
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
    let message = match version.value {
        _ if Version::of(root.value).is_some() => return incomplete(cx, &version),
        Value::String(text) => format!("not OpenAPI 3.0 or 3.1: version `{}`", words::shown(text)),
        other => format!(
            "`openapi` must be a string: found {}",
            words::shown_value(other)
        ),
    };
    let hint = "convert the document to OpenAPI `3.1.0` or `3.0.3`";
    Some(cx.at_value(RULE, &version, message).with_hint(hint))
}

/// A version that is known but for its patch number.
fn incomplete(cx: &Context<'_>, version: &Node<'_, '_>) -> Option<Diagnostic> {
    let is_whole = |text: &str| text.matches('.').count() == 2;
    if version.value.as_str().is_some_and(is_whole) {
        return None;
    }
    let hint = match cx.version() {
        Version::V3_0 => "write `openapi: 3.0.3`",
        Version::V3_1 => "write `openapi: 3.1.0`",
    };
    let found = words::shown_value(version.value);
    let message = format!("version of OpenAPI without a patch number: {found}");
    Some(
        cx.at_value("incomplete-version", version, message)
            .with_hint(hint),
    )
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
