//! Cookie parameters, in style `form`.

use reqwest::header::{COOKIE, HeaderValue};
use reqwest::{Request, RequestBuilder};
use serde::Serialize;

use super::percent::Encoding;
use super::style::{Delimiter, assigned, exploded, joined};
use super::value::Parameter;
use crate::runtime::Error;

/// Adds a cookie, or one for each item or member, to those of the request; an absent value adds none.
///
/// Characters that could end a cookie are percent-encoded, as the style requires.
#[allow(dead_code, reason = "a document may have no cookie parameters")]
pub(crate) fn cookie(
    request: RequestBuilder,
    name: &'static str,
    value: &impl Serialize,
    explode: bool,
) -> Result<RequestBuilder, Error> {
    let value = Parameter::new(name, value)?;
    let encode = |text: &str| Encoding::Unreserved.encode(text);
    let cookies = if explode {
        exploded(&encode(name), value.map(encode))
    } else {
        let value = joined(&value, Delimiter::Comma, Encoding::Unreserved);
        Vec::from_iter(value.map(|value| (encode(name), value)))
    };
    if cookies.is_empty() {
        return Ok(request);
    }
    let cookies = assigned(&cookies, "; ");
    let (client, built) = request.build_split();
    let mut built = built.map_err(Error::unsendable)?;
    add(&mut built, name, &cookies)?;
    Ok(RequestBuilder::from_parts(client, built))
}

/// There is one `Cookie` header, whatever the number of cookies (RFC 6265, 5.4).
fn add(request: &mut Request, name: &str, cookies: &str) -> Result<(), Error> {
    let mut all = Vec::new();
    if let Some(known) = request.headers().get(COOKIE) {
        all.extend_from_slice(known.as_bytes());
        all.extend_from_slice(b"; ");
    }
    all.extend_from_slice(cookies.as_bytes());
    let mut value = HeaderValue::from_bytes(&all)
        .map_err(|_| Error::argument(name, "has characters that no header can hold"))?;
    // Many a cookie is as good as a password.
    value.set_sensitive(true);
    request.headers_mut().insert(COOKIE, value);
    Ok(())
}

#[cfg(test)]
mod tests {
    use reqwest::Client;
    use serde_json::{Value, json};

    use super::*;

    fn request() -> RequestBuilder {
        Client::new().get("http://localhost/")
    }

    #[track_caller]
    fn sent(request: RequestBuilder) -> Vec<String> {
        let request = request.build().unwrap();
        let values = request.headers().get_all(COOKIE).iter();
        values
            .map(|value| value.to_str().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn one_header() {
        let request = request().header(COOKIE, "a=1");
        let request = cookie(request, "b", &2, true).unwrap();
        let request = cookie(request, "c", &None::<u8>, true).unwrap();
        let request = cookie(request, "d", &[3, 4], false).unwrap();
        assert_eq!(sent(request), ["a=1; b=2; d=3,4"]);
    }

    #[test]
    fn delimiters_are_encoded() {
        let request = cookie(request(), "a;b", &"c; d=e\r\nf,\"é", true).unwrap();
        assert_eq!(sent(request), ["a%3Bb=c%3B%20d%3De%0D%0Af%2C%22%C3%A9"]);
    }

    #[test]
    fn absent() {
        for value in [json!(null), json!([]), json!({}), json!([null])] {
            for explode in [false, true] {
                let request = cookie(request(), "a", &value, explode).unwrap();
                assert!(sent(request).is_empty(), "{value}");
            }
        }
    }

    #[test]
    fn nested() {
        let value: Value = json!({"a": {"b": 1}});
        let error = cookie(request(), "c", &value, true).unwrap_err();
        assert!(error.is_invalid_request());
    }

    #[test]
    fn nothing_prints_it() {
        let request = cookie(request(), "session", &"SECRET", true).unwrap();
        assert!(!format!("{:?}", request.build().unwrap()).contains("SECRET"));
    }
}
