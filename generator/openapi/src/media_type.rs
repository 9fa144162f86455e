//! The kind of content of a media type.

use serde_json::Value;

/// The kind of content of a media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaKind {
    /// Values of a schema.
    Json,
    /// A form, as URLs write it.
    Form,
    /// A form whose fields are parts of their own.
    Multipart,
    /// Text, whatever it says.
    Text,
    /// Whatever it is.
    Bytes,
}

/// Returns the kind of content of a media type with this schema.
///
/// `*/*` and the like are what frameworks write that do not know better: JSON where there is a
/// schema of more than a string.
pub fn kind(media_type: &str, schema: Option<&Value>) -> MediaKind {
    let essence = essence(media_type);
    // An invalid media type says as little as `*/*`.
    let (type_, subtype) = essence.split_once('/').unwrap_or(("*", "*"));
    match (type_, subtype) {
        _ if is_json(media_type) => MediaKind::Json,
        _ if essence == MISSPELT_FORM => MediaKind::Multipart,
        ("application", "x-www-form-urlencoded") => MediaKind::Form,
        ("multipart", _) => MediaKind::Multipart,
        ("*", _) | (_, "*") => match schema {
            Some(schema) if is_structured(schema) && type_ != "text" => MediaKind::Json,
            Some(schema) if is_text(schema) && matches!(type_, "*" | "application") => {
                MediaKind::Text
            }
            _ if type_ == "text" => MediaKind::Text,
            _ => MediaKind::Bytes,
        },
        ("text", "event-stream") => MediaKind::Bytes,
        ("text", _) => MediaKind::Text,
        (_, "xml" | "yaml" | "x-yaml" | "javascript" | "graphql" | "sql" | "jwt" | "jose") => {
            MediaKind::Text
        }
        _ if subtype.ends_with("+xml") || subtype.ends_with("+yaml") => MediaKind::Text,
        _ => MediaKind::Bytes,
    }
}

/// Whether bodies of a media type are text or bytes, whatever their schema says.
pub fn is_plain(media_type: &str) -> bool {
    !is_wildcard(media_type) && matches!(kind(media_type, None), MediaKind::Text | MediaKind::Bytes)
}

/// Whether a media type is JSON, as `application/json` and `application/problem+json` are.
pub fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    let (_, subtype) = essence.split_once('/').unwrap_or_default();
    subtype == "json" || essence.ends_with("+json") || is_misspelt_json(&essence)
}

/// Other names for a form with files.
const MISSPELT_FORM: &str = "application/form-data";

/// The media type that is meant by one that there is not.
pub fn meant_by(media_type: &str) -> Option<&'static str> {
    let essence = essence(media_type);
    if essence == MISSPELT_FORM {
        Some("multipart/form-data")
    } else {
        is_misspelt_json(&essence).then_some("application/json")
    }
}

/// Whether a media type can be asked for: ranges of subtypes can, all of them need not.
pub fn is_askable(media_type: &str) -> bool {
    let essence = essence(media_type);
    let (type_, subtype) = essence.split_once('/').unwrap_or_default();
    let is_definite = |name: &str| !name.is_empty() && !name.contains('*');
    is_sendable(media_type) && is_definite(type_) && (is_definite(subtype) || subtype == "*")
}

/// The name of a media type among others of its kind: its subtype and parameters.
pub fn name(media_type: &str) -> String {
    let name = media_type
        .split_once('/')
        .map_or(media_type, |(_, name)| name);
    name.replace('+', "_")
}

/// Whether a media type is one of JSON but for its slash.
fn is_misspelt_json(essence: &str) -> bool {
    !essence.contains('/') && essence.ends_with("json")
}

/// Whether a media type leaves the content open, or is invalid.
pub fn is_wildcard(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.contains('*') || !essence.contains('/')
}

/// Whether a header can have a media type, or its replacement, as its value.
pub fn is_sendable(media_type: &str) -> bool {
    is_wildcard(media_type)
        || media_type
            .chars()
            .all(|c| c == ' ' || c == '\t' || c.is_ascii_graphic())
}

/// A media type without its parameters, in lower case.
fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

fn is_structured(schema: &Value) -> bool {
    match schema.get("type").and_then(Value::as_str) {
        Some("string") => false,
        Some(_) => true,
        None => schema.as_object().is_some_and(|fields| {
            ["$ref", "allOf", "anyOf", "items", "oneOf", "properties"]
                .iter()
                .any(|keyword| fields.contains_key(*keyword))
        }),
    }
}

fn is_text(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("string")
        && schema.get("format").and_then(Value::as_str) != Some("binary")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn kinds() {
        for (media_type, expected) in [
            ("application/json; charset=utf-8", MediaKind::Json),
            ("Application/JSON", MediaKind::Json),
            ("application/vnd.acme.v2+JSON;version=2.0", MediaKind::Json),
            ("text/json", MediaKind::Json),
            ("applicationjson", MediaKind::Json),
            ("application/x-www-form-urlencoded", MediaKind::Form),
            ("multipart/form-data", MediaKind::Multipart),
            ("text/csv", MediaKind::Text),
            ("application/soap+xml", MediaKind::Text),
            ("text/event-stream", MediaKind::Bytes),
            ("application/pdf", MediaKind::Bytes),
            ("image/*", MediaKind::Bytes),
            ("application/form-data", MediaKind::Multipart),
        ] {
            assert_eq!(kind(media_type, None), expected, "{media_type}");
        }
    }

    #[test]
    fn wildcards_go_by_their_schema() {
        let kind = |schema| kind("*/*", Some(&schema));
        assert_eq!(kind(json!({"type": "object"})), MediaKind::Json);
        assert_eq!(kind(json!({"$ref": "#/a"})), MediaKind::Json);
        assert_eq!(kind(json!({"type": "string"})), MediaKind::Text);
        assert_eq!(
            kind(json!({"type": "string", "format": "binary"})),
            MediaKind::Bytes
        );
        assert_eq!(kind(json!({})), MediaKind::Bytes);
    }
}
