//! Which schemas tell of content that can be downloaded.

use serde_json::Value;

use super::Content;
use crate::schema::{Kind, is_nullable, kind, list};

/// Properties that tell a length in bytes.
const LENGTHS: &[&str] = &["size_in_bytes", "size"];

/// An object tells of content when it has a text `digest` and an integer `size_in_bytes` or `size`
/// that is always there.
pub(super) fn recognise(schema: &Value) -> Option<Content> {
    let properties = schema.get("properties")?;
    let digest = properties.get("digest")?;
    let is_text = kind(digest) == Kind::Scalar("string") && digest.get("format").is_none();
    if kind(schema) != Kind::Object || !is_text {
        return None;
    }
    let length = LENGTHS.iter().find(|name| {
        properties.get(**name).is_some_and(|length| {
            kind(length) == Kind::Scalar("integer")
                && !is_nullable(length)
                && list(schema, "required").any(|required| required == **name)
        })
    });
    length.map(|length| Content { length })
}
