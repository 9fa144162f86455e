//! Which types are sent and which are received.

use std::collections::BTreeSet;

use serde_json::Value;

use super::named::{Named, referenced};

/// The types that `roots` are and consist of.
pub(super) fn reachable(named: &Named, roots: BTreeSet<String>) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<String> = roots.into_iter().collect();
    while let Some(name) = waiting.pop() {
        if reached.insert(name.clone())
            && let Some(schema) = named.schemas.get(&name)
        {
            waiting.extend(references(schema));
        }
    }
    reached
}

/// The types that a lowered schema names.
pub(super) fn references(schema: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![schema];
    while let Some(value) = waiting.pop() {
        if let Some(name) = referenced(value) {
            found.insert(name.to_owned());
        }
        match value {
            Value::Array(values) => waiting.extend(values),
            Value::Object(fields) => waiting.extend(fields.values()),
            _ => {}
        }
    }
    found
}
