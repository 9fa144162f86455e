//! The round trip of the document's examples.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::encode;
use super::meaning::{is_nothing, is_same_scalar};

/// Asserts that a text decodes into a type, and that encoding restores its meaning.
///
/// The encoded value may lack properties that the type lacks, and may have additions such as
/// defaults, if a second round trip changes nothing.
#[allow(dead_code, reason = "a document may have no examples")]
#[track_caller]
pub(crate) fn assert_round_trip<T: DeserializeOwned + Serialize>(text: &str) {
    let original: Value = serde_json::from_str(text).expect("the example is JSON");
    let encoded = again::<T>(text);
    if let Some(difference) = contradiction(&original, &encoded, "") {
        panic!("{difference}\nexample: {original:#}\nencoded: {encoded:#}");
    }
    let twice = again::<T>(&encoded.to_string());
    assert_eq!(encoded, twice, "encoded, and encoded again");
}

#[track_caller]
fn again<T: DeserializeOwned + Serialize>(text: &str) -> Value {
    let decoded: T = match serde_json::from_str(text) {
        Ok(decoded) => decoded,
        Err(error) => panic!("the example does not decode: {error}\nexample: {text}"),
    };
    encode(&decoded).expect("what was decoded encodes")
}

/// The path at which two values differ in meaning.
fn contradiction(original: &Value, encoded: &Value, place: &str) -> Option<String> {
    match (original, encoded) {
        _ if is_nothing(original) && is_nothing(encoded) => None,
        (Value::Object(original), Value::Object(encoded)) => {
            encoded.iter().find_map(|(name, encoded)| {
                let original = original.get(name)?;
                contradiction(original, encoded, &format!("{place}/{name}"))
            })
        }
        (Value::Array(original), Value::Array(encoded)) if original.len() == encoded.len() => {
            let pairs = original.iter().zip(encoded).enumerate();
            pairs.into_iter().find_map(|(index, (original, encoded))| {
                contradiction(original, encoded, &format!("{place}/{index}"))
            })
        }
        _ if is_same_scalar(original, encoded) => None,
        _ => Some(format!(
            "`{place}` is `{original}`, and encoded it is `{encoded}`"
        )),
    }
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use serde::Deserialize;
    use serde::de::Deserializer;

    use super::*;

    #[derive(Deserialize, Serialize)]
    struct Item {
        id: f64,
        at: chrono::DateTime<chrono::Utc>,
        #[serde(default)]
        note: Option<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tags: Vec<String>,
        #[serde(default = "thirty")]
        size: u64,
    }

    fn thirty() -> u64 {
        30
    }

    #[test]
    fn same() {
        for text in [
            r#"{"id": 1, "at": "2020-01-10T14:59:22.000Z"}"#,
            r#"{"id": 1.0, "at": "2020-01-10T16:59:22+02:00", "note": null, "tags": []}"#,
            r#"{"id": 1, "at": "2020-01-10T14:59:22Z", "unknown": {"a": 1}}"#,
            r#"{"id": 1, "at": "2020-01-10T14:59:22Z", "note": "n", "tags": ["a"], "size": 2}"#,
        ] {
            assert_round_trip::<Item>(text);
        }
        assert_round_trip::<Vec<Option<u8>>>("[1, null]");
    }

    /// Encodes another value than it decoded.
    #[derive(Deserialize, Serialize)]
    struct Liar {
        #[serde(default, deserialize_with = "forget")]
        name: Option<String>,
        #[serde(default, skip_deserializing, rename = "count")]
        _count: u8,
    }

    fn forget<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        Ok(text.filter(|text| text != "a"))
    }

    /// Has one name in decoding, and another in encoding.
    #[derive(Deserialize, Serialize)]
    struct Renamed {
        #[serde(default, rename(deserialize = "one", serialize = "other"))]
        name: u8,
    }

    #[test]
    fn different_the_second_time() {
        assert_round_trip::<Renamed>("{}");
        let checked = catch_unwind(|| assert_round_trip::<Renamed>(r#"{"one": 1}"#));
        assert!(checked.is_err());
    }

    #[test]
    fn different() {
        assert_round_trip::<Liar>(r#"{"name": "b"}"#);
        for text in [
            r#"{"name": "a"}"#,
            r#"{"count": 1}"#,
            r#"{"name": 1}"#,
            "[]",
        ] {
            let checked = catch_unwind(|| assert_round_trip::<Liar>(text));
            assert!(checked.is_err(), "{text}");
        }
    }

    #[test]
    fn contradictions() {
        for (original, encoded, expected) in [
            ("null", "[]", None),
            (r#"{"a": {}}"#, r#"{"a": null}"#, None),
            (
                "[1, 2]",
                "[1]",
                Some("`` is `[1,2]`, and encoded it is `[1]`"),
            ),
            ("[1]", "null", Some("`` is `[1]`, and encoded it is `null`")),
            (
                r#"{"a": [{"b": 1}]}"#,
                r#"{"a": [{"b": "1"}]}"#,
                Some("`/a/0/b` is `1`, and encoded it is `\"1\"`"),
            ),
        ] {
            let value = |text| serde_json::from_str(text).unwrap();
            let found = contradiction(&value(original), &value(encoded), "");
            assert_eq!(found.as_deref(), expected);
        }
    }
}
