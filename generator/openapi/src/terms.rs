//! Common parts of every OpenAPI document: versions, methods, and paths with parameters.

use std::borrow::Cow;

use serde_json::Value;

/// The methods that operations have, as their fields are called.
pub const METHODS: &[&str] = &[
    "delete", "get", "head", "options", "patch", "post", "put", "trace",
];

/// The versions of OpenAPI that documents may be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// 3.0, with any patch number or none.
    V3_0,
    /// 3.1, with any patch number or none.
    V3_1,
}

impl Version {
    /// The version of a document: the patch version says nothing about the meaning, and may be missing.
    pub fn of(document: &Value) -> Option<Self> {
        let text = match document.get("openapi")? {
            Value::String(text) => Cow::Borrowed(text.as_str()),
            Value::Number(number) => Cow::Owned(number.to_string()),
            _ => return None,
        };
        let mut parts = text.splitn(3, '.');
        let version = match (parts.next()?, parts.next()?) {
            ("3", "0") => Self::V3_0,
            ("3", "1") => Self::V3_1,
            _ => return None,
        };
        let is_number =
            |patch: &str| !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit());
        parts.next().is_none_or(is_number).then_some(version)
    }
}

/// Whether a field is an extension, which may have any value.
pub fn is_extension(field: &str) -> bool {
    field.starts_with("x-")
}

/// A path without the names of its parameters: `/things/{}`.
pub fn template(path: &str) -> String {
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
pub fn parameter_names(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((_, (name, after))) = split_name(rest) {
        names.push(name);
        rest = after;
    }
    names
}

/// The text before the first parameter's name, the name, and the text behind it.
pub fn split_name(text: &str) -> Option<(&str, (&str, &str))> {
    let (before, inner) = text.split_once('{')?;
    Some((before, inner.split_once('}')?))
}
