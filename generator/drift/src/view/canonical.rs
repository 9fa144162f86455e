//! JSON that is the same for values that are the same.

use serde_json::Value;

use super::keywords::is_annotation;

/// JSON that is the same for equal values: keys in order, and `1.0` as `1`.
pub(super) fn canonical(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", joined(items.iter().map(canonical))),
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields
                .iter()
                .map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), canonical(value)))
                .collect();
            fields.sort();
            format!("{{{}}}", joined(fields.into_iter()))
        }
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() => float.to_string(),
            _ => number.to_string(),
        },
        scalar => scalar.to_string(),
    }
}

/// The JSON of a schema that is compared as written: without documentation, and with unordered lists
/// sorted.
pub(super) fn wordless(schema: &Value) -> String {
    canonical(&without_words(schema))
}

fn without_words(schema: &Value) -> Value {
    match schema {
        Value::Array(items) => items.iter().map(without_words).collect(),
        Value::Object(fields) => {
            // An object may be a property of such a name.
            let meaningful = fields
                .iter()
                .filter(|(field, value)| value.is_object() || !is_annotation(field));
            let ordered = |(field, value): (&String, &Value)| {
                let mut value = without_words(value);
                if let ("required" | "enum" | "type", Value::Array(items)) =
                    (field.as_str(), &mut value)
                {
                    items.sort_by_key(canonical);
                }
                (field.clone(), value)
            };
            Value::Object(meaningful.map(ordered).collect())
        }
        scalar => scalar.clone(),
    }
}

fn joined(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(",")
}
