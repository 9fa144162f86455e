//! References, followed to where they lead.

use openapi::{Pointer, reference};
use serde_json::Value;

use super::keywords::is_annotation;
use crate::quoted::quoted;

/// Longer ways through references are circles.
const MAX_HOPS: usize = 100;

/// A value and where it stands.
pub(super) type Located<'d> = (Pointer, &'d Value);

/// What stands at `pointer`, or what it refers to in the end.
///
/// A reference with more beside it than words is not followed: it says something of its own.
///
/// # Errors
///
/// Why there is nothing: a reference leads nowhere.
pub(super) fn follow<'d>(root: &'d Value, pointer: &Pointer) -> Result<Located<'d>, String> {
    let mut pointer = pointer.clone();
    let mut first: Option<&str> = None;
    for _ in 0..MAX_HOPS {
        let Some(value) = root.pointer(pointer.as_str()) else {
            break;
        };
        match reference(value) {
            Some(reference) if says_nothing_else(value) => {
                first.get_or_insert(reference);
                pointer =
                    Pointer::from_reference(reference).ok_or_else(|| leads_nowhere(reference))?;
            }
            _ => return Ok((pointer, value)),
        }
    }
    Err(leads_nowhere(first.unwrap_or_default()))
}

/// What is said of a reference that can't be followed.
pub(super) fn leads_nowhere(reference: &str) -> String {
    format!("leads nowhere: {}", quoted(reference))
}

fn says_nothing_else(value: &Value) -> bool {
    let fields = value.as_object().into_iter().flatten();
    fields
        .into_iter()
        .all(|(field, _)| field == "$ref" || is_annotation(field))
}
