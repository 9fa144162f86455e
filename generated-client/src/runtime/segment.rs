//! Path parameters: one value is one segment of the path, or nothing is sent.

use std::fmt::{Display, Write};

use super::Error;

/// Encodes a value as one segment of a path.
///
/// A value that would be no segment at all, or that a server decoding `%2F` could take for steps up
/// or for other segments' absence, is refused: percent-encoding alone does not keep `..` from
/// walking up.
#[allow(dead_code, reason = "a document may have no path parameters")]
pub(crate) fn segment(name: &'static str, value: &impl Display) -> Result<String, Error> {
    let value = value.to_string();
    for piece in value.split(['/', '\\']) {
        if matches!(piece, "" | "." | "..") {
            return Err(Error::argument(name, refusal(&value)));
        }
    }
    Ok(encode(&value))
}

fn refusal(value: &str) -> String {
    if value.is_empty() {
        "is empty".to_owned()
    } else {
        format!(
            "would change the path of the request: `{}`",
            value.escape_debug()
        )
    }
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
fn encode(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("writing to a string does not fail");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_segment() {
        for (value, expected) in [
            ("octo-docs", "octo-docs"),
            ("a.b_c~d", "a.b_c~d"),
            ("...", "..."),
            ("a..b", "a..b"),
            ("feature/x", "feature%2Fx"),
            ("a b?c#d%2e", "a%20b%3Fc%23d%252e"),
            ("%2e%2e", "%252e%252e"),
            ("é\n", "%C3%A9%0A"),
        ] {
            assert_eq!(segment("name", &value).unwrap(), expected);
        }
    }

    #[test]
    fn no_segment() {
        for value in [
            "", ".", "..", "/", "a/", "/a", "a//b", "../a", "a/..", "a/./b", "\\", "..\\a", "a\\.",
            "a/\\b",
        ] {
            let error = segment("owner", &value).unwrap_err();
            assert!(error.is_invalid_request(), "{value}");
            assert!(
                error.to_string().starts_with("argument `owner` "),
                "{error}"
            );
        }
    }
}
