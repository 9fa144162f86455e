//! Keywords that say less than they seem to.

use serde_json::{Map, Value};

/// Whether a field of a schema says nothing about the value: it is for people, or for references to
/// find.
pub(super) fn is_annotation(field: &str) -> bool {
    const WORDS: &[&str] = &[
        "$anchor",
        "$comment",
        "$defs",
        "$id",
        "$schema",
        "description",
        "example",
        "examples",
        "externalDocs",
        "summary",
        "title",
        "xml",
    ];
    WORDS.contains(&field) || field.starts_with("x-")
}

/// Texts for people: kept apart from the structure, and never compared with the fragment's.
pub(super) fn words(value: &Value) -> String {
    value.as_object().map(words_of).unwrap_or_default()
}

/// The same of an object's fields.
pub(super) fn words_of(fields: &Map<String, Value>) -> String {
    let texts = ["title", "summary", "description"].map(|field| fields.get(field));
    let docs = fields.get("externalDocs");
    let docs = ["description", "url"].map(|field| docs.and_then(|docs| docs.get(field)));
    let all = texts.into_iter().chain(docs).flatten();
    all.filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
}

/// Formats that numbers have by default.
pub(super) fn is_implied(format: &str) -> bool {
    ["int64", "double"].contains(&format)
}
