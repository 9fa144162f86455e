//! Forms: `application/x-www-form-urlencoded`.

use reqwest::RequestBuilder;
use reqwest::header::CONTENT_TYPE;
use serde::Serialize;
use serde_json::Value;

use crate::runtime::Error;
use crate::runtime::parameter::{
    Delimiter, Encoding, Parameter, deep_pairs, exploded, joined, json_value, scalar,
};

/// How a field with an array or an object is written.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "the document decides which styles there are")]
pub(crate) enum FieldStyle {
    /// An array repeats the name, and an object adds its own names.
    Form,
    /// An array is one value, and so is an object, with its names among its values.
    Joined(Delimiter),
    /// `name[member]=value`, to any depth.
    DeepObject,
    /// JSON.
    Json,
}

/// Sends the fields of an object as the body of a request.
///
/// A field that is absent adds nothing. One that `styles` does not name is sent as OpenAPI has it for
/// forms: an array repeats the name, and an object is JSON.
#[allow(dead_code, reason = "a document may have no forms")]
pub(crate) fn form(
    request: RequestBuilder,
    body: &impl Serialize,
    styles: &[(&str, FieldStyle)],
) -> Result<RequestBuilder, Error> {
    let Value::Object(fields) = json_value("body", body)? else {
        return Err(Error::argument("body", "has no fields to make a form of"));
    };
    let mut pairs = Vec::new();
    for (name, value) in fields {
        let style = styles.iter().find(|(known, _)| *known == name);
        add(&mut pairs, &name, value, style.map(|(_, style)| *style))?;
    }
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(name, value)| format!("{}={value}", encode(name)))
        .collect();
    Ok(request
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(pairs.join("&")))
}

/// Adds the pairs of a field: plain names, and encoded values.
fn add(
    pairs: &mut Vec<(String, String)>,
    name: &str,
    value: Value,
    style: Option<FieldStyle>,
) -> Result<(), Error> {
    let plain = match style {
        _ if value.is_null() => Vec::new(),
        None => by_default(name, value)?,
        Some(FieldStyle::Form) => exploded(name, Parameter::from_json(name, value)?),
        Some(FieldStyle::DeepObject) => deep_pairs(name, value)?,
        Some(FieldStyle::Json) => vec![(name.to_owned(), value.to_string())],
        Some(FieldStyle::Joined(delimiter)) => {
            let value = Parameter::from_json(name, value)?;
            let value = joined(&value, delimiter, Encoding::Form);
            pairs.extend(value.map(|value| (name.to_owned(), value)));
            return Ok(());
        }
    };
    pairs.extend(
        plain
            .into_iter()
            .map(|(name, value)| (name, encode(&value))),
    );
    Ok(())
}

fn by_default(name: &str, value: Value) -> Result<Vec<(String, String)>, Error> {
    let values = match value {
        Value::Array(items) => items,
        value => vec![value],
    };
    let present = values.into_iter().filter(|value| !value.is_null());
    present
        .map(|value| Ok((name.to_owned(), scalar_or_json(name, value)?)))
        .collect()
}

/// A scalar as it is, and all else as JSON.
pub(super) fn scalar_or_json(name: &str, value: Value) -> Result<String, Error> {
    match value {
        Value::Array(_) | Value::Object(_) => Ok(value.to_string()),
        value => scalar(name, value),
    }
}

fn encode(text: &str) -> String {
    Encoding::Form.encode(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sent(body: &Value, styles: &[(&str, FieldStyle)]) -> Result<String, Error> {
        let request = reqwest::Client::new().post("http://localhost/");
        let request = form(request, body, styles)?.build().unwrap();
        let content_type = &request.headers()[CONTENT_TYPE];
        assert_eq!(content_type, "application/x-www-form-urlencoded");
        let body = request.body().and_then(reqwest::Body::as_bytes).unwrap();
        Ok(String::from_utf8(body.to_vec()).unwrap())
    }

    #[track_caller]
    fn check(body: Value, styles: &[(&str, FieldStyle)], expected: &str) {
        assert_eq!(sent(&body, styles).unwrap(), expected);
    }

    #[test]
    fn fields() {
        check(json!({}), &[], "");
        check(
            json!({"a": 1, "b": true, "c": "x y+z&w=~*é", "d": null, "e": "", "f": -0.5}),
            &[],
            "a=1&b=true&c=x+y%2Bz%26w%3D%7E*%C3%A9&e=&f=-0.5",
        );
        check(json!({"a b&": 1}), &[], "a+b%26=1");
    }

    #[test]
    fn fields_without_a_style() {
        check(
            json!({"a": ["x", null, "y"], "b": {"c": [1]}, "d": [{"e": 1}, {"e": 2}], "f": []}),
            &[],
            "a=x&a=y&b=%7B%22c%22%3A%5B1%5D%7D&d=%7B%22e%22%3A1%7D&d=%7B%22e%22%3A2%7D",
        );
    }

    #[test]
    fn styles() {
        let list = || json!({"a": ["x y", "z,w"], "b": 1});
        let object = || json!({"a": {"c": "x y", "d": 2}, "b": 1});
        for (style, [of_list, of_object]) in [
            (FieldStyle::Form, ["a=x+y&a=z%2Cw&b=1", "c=x+y&d=2&b=1"]),
            (
                FieldStyle::Joined(Delimiter::Comma),
                ["a=x+y,z%2Cw&b=1", "a=c,x+y,d,2&b=1"],
            ),
            (
                FieldStyle::Joined(Delimiter::Space),
                ["a=x+y%20z%2Cw&b=1", "a=c%20x+y%20d%202&b=1"],
            ),
            (
                FieldStyle::Joined(Delimiter::Pipe),
                ["a=x+y%7Cz%2Cw&b=1", "a=c%7Cx+y%7Cd%7C2&b=1"],
            ),
            (
                FieldStyle::DeepObject,
                [
                    "a%5B%5D=x+y&a%5B%5D=z%2Cw&b=1",
                    "a%5Bc%5D=x+y&a%5Bd%5D=2&b=1",
                ],
            ),
            (
                FieldStyle::Json,
                [
                    "a=%5B%22x+y%22%2C%22z%2Cw%22%5D&b=1",
                    "a=%7B%22c%22%3A%22x+y%22%2C%22d%22%3A2%7D&b=1",
                ],
            ),
        ] {
            check(list(), &[("a", style)], of_list);
            check(object(), &[("a", style)], of_object);
            check(json!({"a": null}), &[("a", style)], "");
        }
    }

    #[test]
    fn no_form() {
        let style = [("a", FieldStyle::Form)];
        for (body, expected) in [
            (
                json!([1]),
                "argument `body` has no fields to make a form of",
            ),
            (
                json!({"a": [[1]]}),
                "argument `a` has values within values, for which its style has no form",
            ),
        ] {
            let error = sent(&body, &style).unwrap_err();
            assert!(error.is_invalid_request());
            assert_eq!(error.to_string(), expected);
        }
    }
}
