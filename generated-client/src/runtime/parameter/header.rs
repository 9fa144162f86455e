//! Header parameters, in style `simple`.

use reqwest::RequestBuilder;
use reqwest::header::{HeaderName, HeaderValue};
use serde::Serialize;

use super::style::simple;
use super::value::Parameter;
use crate::runtime::Error;

/// Adds a header; a value that is absent adds none.
///
/// Text is sent unchanged, since headers have no encoding. A text that no header can hold is refused,
/// and so is one that the server would misread: spaces around a value, which are not part of it, and
/// commas within items of an array, which separate them.
#[allow(dead_code, reason = "a document may have no header parameters")]
pub(crate) fn header(
    request: RequestBuilder,
    name: &'static str,
    value: &impl Serialize,
    explode: bool,
) -> Result<RequestBuilder, Error> {
    let value = Parameter::new(name, value)?;
    let is_single = matches!(value, Parameter::Text(_));
    if !is_single && value.texts().iter().any(|text| text.contains(',')) {
        let reason = "has a comma in one of its values, which would be two of them";
        return Err(Error::argument(name, reason));
    }
    let Some(text) = simple(&value, explode) else {
        return Ok(request);
    };
    let header = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| Error::argument(name, "has a name that no header can have"))?;
    let value = header_value(&text).map_err(|reason| Error::argument(name, reason))?;
    Ok(request.header(header, value))
}

/// Converts a text to the value of a header, or returns the reason why it cannot.
pub(in crate::runtime) fn header_value(text: &str) -> Result<HeaderValue, &'static str> {
    if text.trim() != text {
        return Err("begins or ends with a space");
    }
    // Bytes beyond ASCII pass as well, but nobody knows which characters they are.
    let value = HeaderValue::from_str(text).ok();
    let value = value.filter(|_| text.is_ascii());
    value.ok_or("has characters that no header can hold")
}

#[cfg(test)]
mod tests {
    use reqwest::Client;
    use serde_json::{Value, json};

    use super::*;

    fn sent(value: &Value, explode: bool) -> Result<Vec<String>, Error> {
        let request = Client::new().get("http://localhost/");
        let request = header(request, "X-Color", value, explode)?.build().unwrap();
        let values = request.headers().get_all("x-color").iter();
        Ok(values
            .map(|value| value.to_str().unwrap().to_owned())
            .collect())
    }

    #[test]
    fn as_it_is() {
        let text = "Wed, 21 Oct 2015 07:28:00 GMT; q=\"a/b%20\"";
        assert_eq!(sent(&json!(text), false).unwrap(), [text]);
    }

    #[test]
    fn absent() {
        for value in [json!(null), json!([]), json!({}), json!([null])] {
            assert!(sent(&value, false).unwrap().is_empty(), "{value}");
        }
    }

    #[test]
    fn no_header() {
        for (value, expected) in [
            (
                json!("a\r\nX-Other: b"),
                "has characters that no header can hold",
            ),
            (json!("a\0"), "has characters that no header can hold"),
            (json!("ä"), "has characters that no header can hold"),
            (json!(["a", "b\n"]), "begins or ends with a space"),
            (json!(["a\nb"]), "has characters that no header can hold"),
            (json!({"a\n": 1}), "has characters that no header can hold"),
            (json!(" a"), "begins or ends with a space"),
            (
                json!(["a,b"]),
                "has a comma in one of its values, which would be two of them",
            ),
            (
                json!([["a"]]),
                "has values within values, for which its style has no form",
            ),
        ] {
            let error = sent(&value, false).unwrap_err();
            assert!(error.is_invalid_request());
            let expected = format!("argument `X-Color` {expected}");
            assert_eq!(error.to_string(), expected, "{value}");
        }
    }

    #[test]
    fn no_name_of_a_header() {
        let request = Client::new().get("http://localhost/");
        let error = header(request, "a: b\r\n", &1, false).unwrap_err();
        assert!(error.is_invalid_request());
    }
}
