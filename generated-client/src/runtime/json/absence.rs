//! Properties for which `null` is one thing, and absence another.

use serde::{Deserialize, Deserializer};

/// Decodes a property that is there, so that an `Option<Option<T>>` tells `null`, which is
/// `Some(None)`, from absence, which is `None`.
#[allow(
    dead_code,
    reason = "a document may have no property that is optional and nullable"
)]
pub(crate) fn present<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq, Serialize)]
    struct Change {
        #[serde(
            default,
            deserialize_with = "present",
            skip_serializing_if = "Option::is_none"
        )]
        name: Option<Option<String>>,
    }

    #[test]
    fn null_is_not_absence() {
        for (text, expected) in [
            ("{}", None),
            (r#"{"name":null}"#, Some(None)),
            (r#"{"name":"n"}"#, Some(Some("n".to_owned()))),
        ] {
            let change: Change = serde_json::from_str(text).unwrap();
            assert_eq!(change, Change { name: expected });
            assert_eq!(serde_json::to_string(&change).unwrap(), text);
        }
    }
}
