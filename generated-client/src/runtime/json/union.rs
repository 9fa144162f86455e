//! Decodes and encodes the alternatives of unions.

use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::encode;
use super::meaning::lost;

/// Reads the property that selects an object's alternative, if it is a text.
#[allow(dead_code, reason = "a document may have no unions")]
pub(crate) fn union_tag<'a>(value: &'a Value, property: &str) -> Option<&'a str> {
    value.get(property)?.as_str()
}

/// Decodes a value into the type of one alternative.
#[allow(dead_code, reason = "a document may have no unions")]
pub(crate) fn decode_value<T: DeserializeOwned>(value: &Value) -> Result<T, serde_json::Error> {
    T::deserialize(value)
}

/// Decodes a value as one alternative of a union.
type DecodeAlternative<T> = fn(&Value) -> Result<T, serde_json::Error>;

/// Decodes a value into the first alternative that loses nothing of it, or else into the one that
/// loses least; none if no alternative decodes.
///
/// A part of the value is lost if it is absent or different after the decoded value is encoded again,
/// such as a property that the type lacks. The first alternative without a loss ends the search.
#[allow(dead_code, reason = "a document may have no unions")]
pub(crate) fn closest<T: Serialize>(
    value: &Value,
    alternatives: &[DecodeAlternative<T>],
) -> Option<T> {
    let mut closest = None;
    for decode in alternatives {
        let Ok(decoded) = decode(value) else {
            continue;
        };
        let loss = encode(&decoded).map_or(usize::MAX, |encoded| lost(value, &encoded));
        if closest.as_ref().is_none_or(|(lowest, _)| loss < *lowest) {
            closest = Some((loss, decoded));
        }
        if loss == 0 {
            break;
        }
    }
    closest.map(|(_, decoded)| decoded)
}

/// Encodes an object together with the property that selects its alternative, for a type that has no
/// such property itself. A property that is already there is kept.
#[allow(dead_code, reason = "a document may have no unions")]
pub(crate) fn encode_tagged<S: Serializer>(
    property: &str,
    tag: &str,
    content: &impl Serialize,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut value = encode(content).map_err(S::Error::custom)?;
    let Value::Object(members) = &mut value else {
        let reason = format!("the value with the discriminator `{property}` is no object");
        return Err(S::Error::custom(reason));
    };
    members.entry(property).or_insert_with(|| Value::from(tag));
    value.serialize(serializer)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq, Serialize)]
    struct Short {
        name: String,
    }

    #[derive(Debug, Deserialize, PartialEq, Serialize)]
    struct Long {
        name: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        size: Option<f32>,
    }

    #[derive(Debug, PartialEq)]
    enum Either {
        Short(Short),
        Long(Long),
    }

    impl Serialize for Either {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::Short(short) => encode_tagged("kind", "short", short, serializer),
                Self::Long(long) => long.serialize(serializer),
            }
        }
    }

    fn decode(value: Value) -> Option<Either> {
        closest(
            &value,
            &[
                |value| decode_value(value).map(Either::Short),
                |value| decode_value(value).map(Either::Long),
            ],
        )
    }

    fn short() -> Option<Either> {
        let name = "n".to_owned();
        Some(Either::Short(Short { name }))
    }

    fn long(size: f32) -> Option<Either> {
        Some(Either::Long(Long {
            name: "n".to_owned(),
            size: Some(size),
        }))
    }

    #[test]
    fn the_first_without_loss() {
        assert_eq!(decode(json!({"name": "n"})), short());
        assert_eq!(decode(json!({"name": "n", "size": null})), short());
        assert_eq!(decode(json!({"name": "n", "size": 0.1})), long(0.1));
    }

    #[test]
    fn otherwise_the_smallest_loss() {
        assert_eq!(decode(json!({"name": "n", "extra": 1})), short());
        let value = json!({"name": "n", "size": 2, "extra": 1});
        assert_eq!(decode(value), long(2.0));
        assert_eq!(decode(json!({"size": 2})), None);
    }

    /// A second decoding of a right value would only take time.
    #[test]
    fn none_is_tried_after_one_without_loss() {
        let decoded = closest(&json!(1), &[decode_value::<u8>, |_| panic!("tried")]);
        assert_eq!(decoded, Some(1));
    }

    #[test]
    fn tags() {
        assert_eq!(union_tag(&json!({"kind": "a"}), "kind"), Some("a"));
        for value in [
            json!({"kind": 1}),
            json!({}),
            json!("kind"),
            json!(["kind"]),
        ] {
            assert_eq!(union_tag(&value, "kind"), None, "{value}");
        }
        let encoded = serde_json::to_value(short().unwrap()).unwrap();
        assert_eq!(encoded, json!({"kind": "short", "name": "n"}));
    }

    #[test]
    fn tags_of_content() {
        let tagged = |content: Value| {
            let mut text = Vec::new();
            let mut serializer = serde_json::Serializer::new(&mut text);
            encode_tagged("kind", "cat", &content, &mut serializer)
                .map(|()| String::from_utf8(text).unwrap())
                .map_err(|error| error.to_string())
        };
        assert_eq!(tagged(json!({})).as_deref(), Ok(r#"{"kind":"cat"}"#));
        let kitten = json!({"kind": "kitten"});
        assert_eq!(tagged(kitten).as_deref(), Ok(r#"{"kind":"kitten"}"#));
        assert_eq!(
            tagged(json!([])),
            Err("the value with the discriminator `kind` is no object".to_owned())
        );
    }
}
