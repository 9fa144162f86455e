//! The operations of a document, by position and name.

use openapi::{METHODS, Pointer, is_extension};
use serde_json::Value;

use super::refs::follow;

/// An operation, not yet read.
#[derive(Clone, Debug)]
pub(crate) struct Entry<'d> {
    pub(crate) id: Option<&'d str>,
    pub(crate) method: &'static str,
    pub(crate) path: &'d str,
    /// The position of the operation.
    pub(crate) at: Pointer,
    /// The position of its path item.
    pub(crate) item: Pointer,
    pub(crate) value: &'d Value,
}

impl Entry<'_> {
    /// Its operationId, or else method and path: `get /things`.
    pub(crate) fn name(&self) -> String {
        self.id
            .map_or_else(|| format!("{} {}", self.method, self.path), str::to_owned)
    }
}

/// Every operation, in the order of the document.
pub(crate) fn index(root: &Value) -> Vec<Entry<'_>> {
    let paths = root.get("paths").and_then(Value::as_object);
    let mut entries = Vec::new();
    let paths = paths.into_iter().flatten().map(|(path, _)| path);
    for path in paths.filter(|path| !is_extension(path)) {
        let at = Pointer::root().child("paths").child(path);
        let Ok((item, fields)) = follow(root, &at) else {
            continue;
        };
        for method in METHODS {
            let Some(value) = fields.get(*method).filter(|value| value.is_object()) else {
                continue;
            };
            entries.push(Entry {
                id: value.get("operationId").and_then(Value::as_str),
                method,
                path,
                at: item.child(method),
                item: item.clone(),
                value,
            });
        }
    }
    entries
}
