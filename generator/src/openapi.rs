//! What is the same in every OpenAPI document: methods, references, and paths with parameters.

use serde_json::Value;

/// The methods that operations have, as their fields are called.
pub(crate) const METHODS: &[&str] = &[
    "delete", "get", "head", "options", "patch", "post", "put", "trace",
];

/// Whether a field belongs to nobody but those who know it, and may hold anything.
pub(crate) fn is_extension(field: &str) -> bool {
    field.starts_with("x-")
}

/// Where a reference object leads to.
pub(crate) fn reference(value: &Value) -> Option<&str> {
    value.as_object()?.get("$ref")?.as_str()
}

/// A path without the names of its parameters: `/things/{}`.
pub(crate) fn template(path: &str) -> String {
    let mut template = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, (_, after))) = split_name(rest) {
        template.push_str(before);
        template.push_str("{}");
        rest = after;
    }
    template + rest
}

/// The names of a path's parameters, in their order.
pub(crate) fn parameter_names(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((_, (name, after))) = split_name(rest) {
        names.push(name);
        rest = after;
    }
    names
}

/// The text before the first parameter's name, the name, and the text behind it.
pub(crate) fn split_name(text: &str) -> Option<(&str, (&str, &str))> {
    let (before, inner) = text.split_once('{')?;
    Some((before, inner.split_once('}')?))
}
