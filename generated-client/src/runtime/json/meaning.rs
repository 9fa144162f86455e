//! Compares values of JSON by meaning, whatever their notation.

use chrono::DateTime;
use serde_json::{Number, Value};

/// The size of the part of a value that decoding has lost, in scalars, objects and arrays.
///
/// A member of an object or an item of an array is lost if it is absent or different after encoding.
/// Another notation is no loss: numbers are compared by value, points in time by instant, and `null`
/// and empty values equal absence. Nor is an addition in the encoded value, such as a default.
pub(super) fn lost(original: &Value, encoded: &Value) -> usize {
    match (original, encoded) {
        (Value::Object(original), Value::Object(encoded)) => original
            .iter()
            .map(|(name, value)| lost(value, encoded.get(name).unwrap_or(&Value::Null)))
            .sum(),
        (Value::Array(original), Value::Array(encoded)) => {
            let encoded = encoded.iter().chain(std::iter::repeat(&Value::Null));
            let pairs = original.iter().zip(encoded);
            pairs
                .map(|(original, encoded)| lost(original, encoded))
                .sum()
        }
        (original, encoded) if is_same_scalar(original, encoded) => 0,
        (original, _) => size(original),
    }
}

/// Whether a value is `null`, or a list or an object without content.
pub(super) fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// Whether two scalars mean the same.
pub(super) fn is_same_scalar(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => is_same_number(one, other),
        (Value::String(one), Value::String(other)) => one == other || is_same_instant(one, other),
        (one, other) => one == other,
    }
}

/// The size of a value, in scalars, objects and arrays.
fn size(value: &Value) -> usize {
    match value {
        value if is_nothing(value) => 0,
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        _ => 1,
    }
}

fn is_same_number(one: &Number, other: &Number) -> bool {
    if one.is_f64() || other.is_f64() {
        one.as_f64() == other.as_f64()
    } else {
        one == other
    }
}

fn is_same_instant(one: &str, other: &str) -> bool {
    let instant = |text| DateTime::parse_from_rfc3339(text).ok();
    instant(one).is_some_and(|one| Some(one) == instant(other))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(original: Value, encoded: Value, expected: usize) {
        assert_eq!(lost(&original, &encoded), expected, "{original} {encoded}");
    }

    #[test]
    fn nothing_is_lost() {
        for (original, encoded) in [
            (json!({"a": 1}), json!({"a": 1.0})),
            (json!({"a": 1e2}), json!({"a": 100})),
            (json!(u64::MAX), json!(u64::MAX)),
            (json!({"a": null, "b": [], "c": {}}), json!({})),
            (json!({}), json!({"a": 30})),
            (json!([null]), json!([])),
            (
                json!("2020-01-10T14:59:22Z"),
                json!("2020-01-10T14:59:22.000Z"),
            ),
            (
                json!("2020-01-10T14:59:22Z"),
                json!("2020-01-10T16:59:22+02:00"),
            ),
        ] {
            check(original, encoded, 0);
        }
    }

    #[test]
    fn something_is_lost() {
        check(json!({"a": 1}), json!({}), 1);
        check(json!({"a": 1}), json!({"a": 2}), 1);
        check(json!({"a": 1}), json!({"a": "1"}), 1);
        check(json!({"a": 1}), json!({"a": null}), 1);
        check(json!({"a": ""}), json!({}), 1);
        check(json!({"a": {"b": 1, "c": [2, 3]}}), json!({"a": {}}), 4);
        check(json!({"a": {"b": 1, "c": [2, 3]}}), json!({}), 5);
        check(json!({"a": [1, 2]}), json!({"a": [1]}), 1);
        check(json!([{"a": 1}, {"a": 2}]), json!([{"a": 1}, {}]), 1);
        check(json!(u64::MAX), json!(u64::MAX - 1), 1);
        check(json!(1.5), json!(1), 1);
        check(json!("a"), json!("b"), 1);
        check(
            json!("2020-01-10T14:59:22Z"),
            json!("2020-01-10T14:59:22+02:00"),
            1,
        );
        check(json!("2020-01-10"), json!("2020-01-11"), 1);
    }
}
