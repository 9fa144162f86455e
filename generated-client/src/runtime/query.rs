//! Query parameters, in OpenAPI's default style: `form`, exploded.

use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::Value;

/// One query parameter, for [`reqwest::RequestBuilder::query`].
///
/// A value that is absent adds nothing to the URL, a sequence repeats the name, a map adds its own
/// names, and any other value becomes `name=value`.
#[derive(Debug)]
#[allow(dead_code, reason = "a document may have no query parameters")]
pub(crate) struct QueryParam<'a, T> {
    name: &'a str,
    value: &'a T,
}

#[allow(dead_code, reason = "a document may have no query parameters")]
impl<'a, T: Serialize> QueryParam<'a, T> {
    pub(crate) fn new(name: &'a str, value: &'a T) -> Self {
        Self { name, value }
    }
}

impl<T: Serialize> Serialize for QueryParam<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = serde_json::to_value(self.value).map_err(S::Error::custom)?;
        let pairs = pairs(self.name, value).map_err(S::Error::custom)?;
        serializer.collect_seq(pairs)
    }
}

/// The names and values that a parameter adds to the URL.
fn pairs(name: &str, value: Value) -> Result<Vec<(String, String)>, String> {
    let values = match value {
        Value::Array(values) => values
            .into_iter()
            .map(|value| (name.to_owned(), value))
            .collect(),
        Value::Object(fields) => Vec::from_iter(fields),
        value => vec![(name.to_owned(), value)],
    };
    let present = values.into_iter().filter(|(_, value)| !value.is_null());
    present
        .map(|(name, value)| Ok((name, scalar(value)?)))
        .collect()
}

fn scalar(value: Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text),
        Value::Array(_) | Value::Object(_) => Err("a query parameter cannot be nested".to_owned()),
        value => Ok(value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn query(value: impl Serialize) -> Option<String> {
        let request =
            reqwest::Request::new(reqwest::Method::GET, "http://localhost/".parse().unwrap());
        let request = reqwest::RequestBuilder::from_parts(reqwest::Client::new(), request);
        let request = request
            .query(&QueryParam::new("n", &value))
            .build()
            .unwrap();
        request.url().query().map(str::to_owned)
    }

    #[test]
    fn absent() {
        assert_eq!(query(None::<u64>), None);
        assert_eq!(query(Vec::<String>::new()), None);
    }

    #[test]
    fn present() {
        let check =
            |value: Value, expected: &str| assert_eq!(query(value).as_deref(), Some(expected));
        check(json!(30), "n=30");
        check(json!(-1.5), "n=-1.5");
        check(json!(true), "n=true");
        check(json!(""), "n=");
        check(json!("a b&c=d"), "n=a+b%26c%3Dd");
        check(json!(["x", null, "y"]), "n=x&n=y");
        check(json!({"a": 1, "b": "c", "d": null}), "a=1&b=c");
    }

    #[test]
    fn nested() {
        assert!(pairs("n", json!([["x"]])).is_err());
        assert!(pairs("n", json!({"a": {"b": 1}})).is_err());
    }
}
