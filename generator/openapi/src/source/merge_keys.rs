//! YAML 1.1's merge keys: `<<: *other` gives the fields of another mapping.

use serde_json::{Map, Value};

/// The rule of documents that have them.
pub(super) const RULE: &str = "merge-key";

/// The key.
const KEY: &str = "<<";

/// Gives every object the fields that its merge key names and that it has not itself.
pub(super) fn apply(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for value in fields.values_mut() {
                apply(value);
            }
            merge(fields);
        }
        Value::Array(items) => items.iter_mut().for_each(apply),
        _ => {}
    }
}

fn merge(fields: &mut Map<String, Value>) {
    let merged = match fields.get(KEY) {
        Some(Value::Object(_)) => fields.shift_remove(KEY).into_iter().collect(),
        Some(Value::Array(others)) if others.iter().all(Value::is_object) => {
            match fields.shift_remove(KEY) {
                Some(Value::Array(others)) => others,
                _ => Vec::new(),
            }
        }
        // Something else of that name.
        _ => return,
    };
    for other in merged {
        if let Value::Object(other) = other {
            for (name, value) in other {
                fields.entry(name).or_insert(value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn own_fields_come_before_merged_ones() {
        let mut value = json!([
            {"<<": {"a": 1, "b": {"<<": [{"c": 1}, {"c": 2, "d": 2}]}}, "a": 2},
            {"<<": "text"},
        ]);
        apply(&mut value);
        assert_eq!(
            value,
            json!([{"a": 2, "b": {"c": 1, "d": 2}}, {"<<": "text"}])
        );
    }
}
