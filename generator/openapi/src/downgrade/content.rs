//! Strings with encoded content, which 3.0 declares by `format`.

use serde_json::Value;

use super::schema::{Schema, Term};

/// Names the format of encoded and of binary content.
pub(super) fn name_format(schema: &mut Schema<'_>) {
    let encoding = schema.get("contentEncoding").and_then(Value::as_str);
    let media_type = schema.get("contentMediaType").and_then(Value::as_str);
    let (keyword, format) = match (encoding, media_type) {
        (Some("base64" | "base64url"), _) => ("contentEncoding", "byte"),
        (None | Some("binary"), Some(media_type)) if is_binary(media_type) => {
            ("contentMediaType", "binary")
        }
        _ => ("", ""),
    };
    if !format.is_empty() && !schema.has("format") && may_be_text(schema) {
        let at = schema.place(keyword);
        if !schema.has("type") {
            schema.set("type", Term::made("string", at.clone()));
        }
        schema.set("format", Term::made(format, at));
    }
    schema.remove("contentEncoding");
    schema.remove("contentMediaType");
}

fn may_be_text(schema: &Schema<'_>) -> bool {
    match schema.get("type") {
        Some(Value::Array(types)) => types.iter().any(|name| name == "string"),
        Some(name) => name == "string",
        None => true,
    }
}

/// Whether content of a media type is anything but text.
fn is_binary(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    let (type_, subtype) = essence.split_once('/').unwrap_or_default();
    let is_text = type_ == "text"
        || [
            "json",
            "xml",
            "yaml",
            "x-yaml",
            "javascript",
            "x-www-form-urlencoded",
        ]
        .contains(&subtype)
        || ["+json", "+xml", "+yaml"]
            .iter()
            .any(|end| subtype.ends_with(end));
    !type_.is_empty() && !is_text
}

#[cfg(test)]
mod tests {
    use super::is_binary;

    #[test]
    fn other_media_types_are_binary() {
        for media_type in [
            "application/octet-stream",
            "image/*",
            "Application/PDF; a=b",
        ] {
            assert!(is_binary(media_type), "{media_type}");
        }
        for media_type in ["text/csv", "application/json", "image/svg+xml", "nothing"] {
            assert!(!is_binary(media_type), "{media_type}");
        }
    }
}
