//! Values of parameters, split into texts.

use serde::Serialize;
use serde_json::Value;

use crate::runtime::{Error, json};

/// The value of a parameter, with no more structure than a style can express.
///
/// Items and members that are `null` are left out.
#[derive(Debug, PartialEq)]
pub(in crate::runtime) enum Parameter {
    /// Absent: nothing is sent.
    Absent,
    Text(String),
    List(Vec<String>),
    Fields(Vec<(String, String)>),
}

impl Parameter {
    pub(in crate::runtime) fn new(name: &str, value: &impl Serialize) -> Result<Self, Error> {
        Self::from_json(name, json_value(name, value)?)
    }

    pub(in crate::runtime) fn from_json(name: &str, value: Value) -> Result<Self, Error> {
        Ok(match value {
            Value::Null => Self::Absent,
            Value::Array(items) => {
                let items = items.into_iter().filter(|item| !item.is_null());
                Self::List(
                    items
                        .map(|item| scalar(name, item))
                        .collect::<Result<_, _>>()?,
                )
            }
            Value::Object(members) => {
                let members = members.into_iter().filter(|(_, value)| !value.is_null());
                let text = |(key, value)| Ok((key, scalar(name, value)?));
                Self::Fields(members.map(text).collect::<Result<_, Error>>()?)
            }
            value => Self::Text(scalar(name, value)?),
        })
    }

    /// Converts each text.
    pub(in crate::runtime) fn map(self, f: impl Fn(&str) -> String) -> Self {
        match self {
            Self::Absent => Self::Absent,
            Self::Text(text) => Self::Text(f(&text)),
            Self::List(items) => Self::List(items.iter().map(|item| f(item)).collect()),
            Self::Fields(fields) => {
                let fields = fields.iter().map(|(key, value)| (f(key), f(value)));
                Self::Fields(fields.collect())
            }
        }
    }

    /// All texts, in their order.
    pub(in crate::runtime) fn texts(&self) -> Vec<&str> {
        match self {
            Self::Absent => Vec::new(),
            Self::Text(text) => vec![text],
            Self::List(items) => items.iter().map(String::as_str).collect(),
            Self::Fields(fields) => {
                let texts = fields.iter().flat_map(|(key, value)| [key, value]);
                texts.map(String::as_str).collect()
            }
        }
    }
}

/// A value as JSON.
pub(in crate::runtime) fn json_value(name: &str, value: &impl Serialize) -> Result<Value, Error> {
    json::encode(value).map_err(|_| Error::argument(name, "cannot be written as JSON"))
}

/// The text of a scalar.
pub(in crate::runtime) fn scalar(name: &str, value: Value) -> Result<String, Error> {
    match value {
        Value::String(text) => Ok(text),
        Value::Array(_) | Value::Object(_) => {
            let reason = "has values within values, for which its style has no form";
            Err(Error::argument(name, reason))
        }
        value => Ok(value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn parameter(value: impl Serialize) -> Parameter {
        Parameter::new("n", &value).unwrap()
    }

    fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
        texts.map(str::to_owned).to_vec()
    }

    #[test]
    fn scalars() {
        let text = |text: &str| Parameter::Text(text.to_owned());
        assert_eq!(parameter(None::<u64>), Parameter::Absent);
        assert_eq!(parameter("a"), text("a"));
        assert_eq!(parameter(""), text(""));
        assert_eq!(parameter(-1.5), text("-1.5"));
        assert_eq!(parameter(0.1_f32), text("0.1"));
        assert_eq!(parameter(u64::MAX), text("18446744073709551615"));
        assert_eq!(parameter(true), text("true"));
    }

    #[test]
    fn null_within() {
        let items = json!(["a", null, 1]);
        assert_eq!(parameter(items), Parameter::List(texts(["a", "1"])));
        let fields = vec![("b".to_owned(), "2".to_owned())];
        assert_eq!(
            parameter(json!({"a": null, "b": 2})),
            Parameter::Fields(fields)
        );
    }

    #[test]
    fn values_within_values() {
        for value in [
            json!([[1]]),
            json!([{}]),
            json!({"a": []}),
            json!({"a": {}}),
        ] {
            let error = Parameter::new("ids", &value).unwrap_err();
            assert!(error.is_invalid_request());
            assert_eq!(
                error.to_string(),
                "argument `ids` has values within values, for which its style has no form"
            );
        }
    }

    #[test]
    fn keys_that_json_lacks() {
        let value = std::collections::BTreeMap::from([((1, 2), 3)]);
        let error = Parameter::new("ids", &value).unwrap_err();
        assert_eq!(
            error.to_string(),
            "argument `ids` cannot be written as JSON"
        );
    }
}
