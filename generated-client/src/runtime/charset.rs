//! Text in the character sets that servers still use.

use reqwest::header::{CONTENT_TYPE, HeaderMap};

/// The names of ISO 8859-1.
const LATIN_1: [&str; 4] = ["iso-8859-1", "iso8859-1", "iso_8859-1", "latin1"];

/// Makes text of a body: in UTF-8, unless its headers say that it is in ISO 8859-1. What is no text
/// of either kind is replaced, character by character.
pub(super) fn decode(body: Vec<u8>, headers: &HeaderMap) -> String {
    if charset(headers).is_some_and(|name| LATIN_1.contains(&name.as_str())) {
        return body.into_iter().map(char::from).collect();
    }
    let text = match String::from_utf8(body) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    };
    match text.strip_prefix('\u{feff}') {
        Some(text) => text.to_owned(),
        None => text,
    }
}

/// The `charset` of a `Content-Type`, in lower case.
fn charset(headers: &HeaderMap) -> Option<String> {
    let content_type = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let parameters = content_type.split(';').skip(1);
    let mut pairs = parameters.filter_map(|parameter| parameter.split_once('='));
    let (_, value) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Some(value.trim().trim_matches('"').to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn character_sets() {
        for (content_type, body, expected) in [
            ("text/plain", "\u{fc}".as_bytes(), "ü"),
            ("text/plain; charset=UTF-8", "ü".as_bytes(), "ü"),
            ("text/plain; charset=ISO-8859-1", b"\xfc", "ü"),
            (
                "text/plain;format=flowed ; Charset=\"latin1\"",
                b"\xfc",
                "ü",
            ),
            ("text/plain", b"a\xfcb", "a\u{fffd}b"),
            ("text/plain; charset=unheard-of", b"a\xfc", "a\u{fffd}"),
            ("text/plain; charset", "\u{feff}a".as_bytes(), "a"),
        ] {
            let value = HeaderValue::from_static(content_type);
            let headers = HeaderMap::from_iter([(CONTENT_TYPE, value)]);
            assert_eq!(decode(body.to_vec(), &headers), expected, "{content_type}");
        }
        assert_eq!(decode("ü".into(), &HeaderMap::new()), "ü");
    }
}
