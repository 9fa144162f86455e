//! References, followed to where they lead.

use openapi::{Pointer, follow_chain, reference};
use serde_json::Value;

use super::keywords::is_annotation;
use crate::quoted::quoted;

/// A value and its position.
pub(super) type Located<'d> = (Pointer, &'d Value);

/// The value at `pointer`, or its final target.
///
/// A reference with more beside it than words is not followed: it says something of its own.
///
/// # Errors
///
/// Why there is nothing: a reference leads nowhere.
pub(super) fn follow<'d>(root: &'d Value, pointer: &Pointer) -> Result<Located<'d>, String> {
    let Some(value) = root.pointer(pointer.as_str()) else {
        return Err(leads_nowhere(""));
    };
    let next = |value: &'d Value| reference(value).filter(|_| is_plain_reference(value));
    follow_chain(root, (pointer.clone(), value), next)
        .map_err(|_| leads_nowhere(next(value).unwrap_or_default()))
}

/// The message for a reference that can't be followed.
pub(super) fn leads_nowhere(reference: &str) -> String {
    format!("does not resolve: {}", quoted(reference))
}

fn is_plain_reference(value: &Value) -> bool {
    let fields = value.as_object().into_iter().flatten();
    fields
        .into_iter()
        .all(|(field, _)| field == "$ref" || is_annotation(field))
}
