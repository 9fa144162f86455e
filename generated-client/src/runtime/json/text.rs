//! Enumerations as text.

use std::fmt::{self, Display};

use serde::Deserializer;
use serde::de::{Error, Visitor};

/// Implements `Serialize` and `Deserialize` for an enumeration of texts, by its `as_str` and by
/// `FromStr`, or by `From` if any text is valid.
#[allow(unused_macros, reason = "a document may have no enumerations")]
macro_rules! json_text {
    ($type:ident as FromStr) => {
        $crate::runtime::json_text!($type, str::parse);
    };
    ($type:ident as From) => {
        $crate::runtime::json_text!($type, |text| Ok::<_, std::convert::Infallible>(
            $type::from(text)
        ));
    };
    ($type:ident, $read:expr) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::read_text(deserializer, $read)
            }
        }
    };
}

#[allow(unused_imports, reason = "a document may have no enumerations")]
pub(crate) use json_text;

/// Decodes text, and converts it.
#[allow(dead_code, reason = "a document may have no enumerations")]
pub(crate) fn read_text<'de, T, E: Display, D: Deserializer<'de>>(
    deserializer: D,
    read: fn(&str) -> Result<T, E>,
) -> Result<T, D::Error> {
    struct Reading<T, E>(fn(&str) -> Result<T, E>);

    impl<T, E: Display> Visitor<'_> for Reading<T, E> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<F: Error>(self, text: &str) -> Result<T, F> {
            (self.0)(text).map_err(F::custom)
        }
    }

    deserializer.deserialize_str(Reading(read))
}

#[cfg(test)]
mod tests {
    use crate::runtime::UnknownValue;

    #[derive(Debug, PartialEq)]
    struct Closed;

    impl Closed {
        fn as_str(&self) -> &str {
            "closed"
        }
    }

    impl std::str::FromStr for Closed {
        type Err = UnknownValue;

        fn from_str(text: &str) -> Result<Self, UnknownValue> {
            match text {
                "closed" => Ok(Self),
                unknown => Err(UnknownValue::new(unknown)),
            }
        }
    }

    json_text!(Closed as FromStr);

    #[derive(Debug, PartialEq)]
    struct Open(String);

    impl Open {
        fn as_str(&self) -> &str {
            &self.0
        }
    }

    impl From<&str> for Open {
        fn from(text: &str) -> Self {
            Self(text.to_owned())
        }
    }

    json_text!(Open as From);

    #[test]
    fn texts() {
        let open = Open("a\"".to_owned());
        assert_eq!(serde_json::to_string(&open).unwrap(), r#""a\"""#);
        assert_eq!(serde_json::from_str::<Open>(r#""a\"""#).unwrap(), open);
        assert_eq!(serde_json::to_string(&Closed).unwrap(), r#""closed""#);
        assert_eq!(
            serde_json::from_str::<Closed>(r#""closed""#).unwrap(),
            Closed
        );
    }

    #[test]
    fn refusals() {
        for (text, reason) in [
            ("\"ajar\"", "unknown value: `ajar`"),
            ("1", "expected a string"),
        ] {
            let error = serde_json::from_str::<Closed>(text)
                .unwrap_err()
                .to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
