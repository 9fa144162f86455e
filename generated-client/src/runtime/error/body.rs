//! The body of an error.

use std::fmt;

use super::fields::Fields;
use crate::runtime::charset;
use crate::runtime::credentials::Secrets;
use crate::runtime::head::Head;
use crate::runtime::text::Beginning;

/// Maximum characters of a body without a message that are shown.
const BODY_SHOWN: usize = 200;

/// The body of an error: its text, and the documented properties in it.
pub(in crate::runtime) struct ErrorBody {
    pub(super) text: String,
    /// Whether the text was truncated.
    is_cut: bool,
    pub(super) fields: Fields,
}

impl ErrorBody {
    /// Reads the properties. A body that is no JSON, or has a property of another type, is no failure.
    pub(in crate::runtime) fn new(body: Vec<u8>, head: &Head, is_cut: bool) -> Self {
        let text = charset::decode(body, &head.headers);
        Self {
            fields: Fields::read(&text, &head.api.error_fields),
            text,
            is_cut,
        }
    }

    pub(super) fn redact(&mut self, secrets: &Secrets) {
        if self.is_cut {
            secrets.redact_cut(&mut self.text);
        } else {
            secrets.redact_in(&mut self.text);
        }
        for text in self.fields.texts_mut() {
            secrets.redact_in(text);
        }
    }
}

/// The fields, or else the beginning of the body.
impl fmt::Display for ErrorBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.fields.are_empty() {
            return write_beginning(&self.text, f);
        }
        self.fields.fmt(f)
    }
}

/// Writes the beginning of a text body, with its line breaks as spaces.
fn write_beginning(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut beginning = String::new();
    for word in text.split_whitespace() {
        if !beginning.is_empty() {
            beginning.push(' ');
        }
        beginning.extend(word.chars().take(BODY_SHOWN + 1));
        if beginning.len() > 4 * BODY_SHOWN {
            break;
        }
    }
    match beginning.as_str() {
        "" => f.write_str("the body is empty"),
        // What no character set has is replaced by the latter.
        beginning if beginning.contains(['\0', '\u{fffd}']) => f.write_str("the body is not text"),
        beginning => write!(f, "{}", Beginning(beginning, BODY_SHOWN)),
    }
}

/// Leaves out the text, of which nobody knows what is in it.
impl fmt::Debug for ErrorBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorBody")
            .field("said", &format_args!("{}", self.fields))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use reqwest::StatusCode;
    use reqwest::header::HeaderMap;

    use super::*;
    use crate::runtime::api::{Api, ErrorFields};
    use crate::runtime::tests::API;

    /// An API that documents nothing of its errors.
    const UNDOCUMENTED: Api = Api {
        error_fields: ErrorFields {
            messages: &[],
            documentation_urls: &[],
            details: &[],
            locations: &[],
            codes: &[],
        },
        ..API
    };

    fn read_of(api: &'static Api, body: &[u8]) -> ErrorBody {
        let (status, headers) = (StatusCode::BAD_REQUEST, HeaderMap::new());
        let head = Head::new(api, status, headers, SystemTime::UNIX_EPOCH);
        ErrorBody::new(body.to_vec(), &head, false)
    }

    fn read(body: &[u8]) -> ErrorBody {
        read_of(&API, body)
    }

    #[track_caller]
    fn check(body: &str, expected: &str) {
        assert_eq!(read(body.as_bytes()).to_string(), expected);
    }

    #[test]
    fn messages_and_details() {
        check(r#"{"message": "Not Found", "status": "404"}"#, "Not Found");
        check(r#"{"message": "Invalid", "errors": "what?"}"#, "Invalid");
        check(
            r#"{"message": "Invalid", "errors": ["a", "b"]}"#,
            "Invalid: a; b",
        );
        check(
            r#"{"message": "Invalid", "errors": [{"resource": "Issue", "field": "title", "code": "invalid", "message": "too long"}]}"#,
            "Invalid: Issue.title: invalid: too long",
        );
        check(
            r#"{"message": "Invalid", "errors": [1, {"code": "custom", "value": 1}, [], {}]}"#,
            "Invalid: custom",
        );
        check(
            r#"{"data": null, "errors": [{"message": "a"}, "b"]}"#,
            "a; b",
        );
        check("\u{feff}{\"message\": \"m\"}", "m");
        let long = "ü".repeat(1001);
        check(
            &format!(r#"{{"message": "{long}"}}"#),
            &format!("{}…", &long[..2000]),
        );
        check(
            &format!(
                r#"{{"message": "m", "errors": [{}"x"]}}"#,
                r#""x","#.repeat(99)
            ),
            "m: x; x; x; x; x; x; x; x; x; x; …",
        );
        check(
            r#"{"message": "a\nb\u001b[2J", "errors": ["c\r\nd"]}"#,
            r"a\nb\u{1b}[2J: c\r\nd",
        );
    }

    /// The first name that is there is used, and one may be a text in one error and a list in another.
    #[test]
    fn several_names() {
        check(r#"{"detail": "d", "message": "m"}"#, "m");
        check(r#"{"detail": "d", "message": 1}"#, "d");
        check(
            r#"{"message": "m", "message": null}"#,
            r#"{"message": "m", "message": null}"#,
        );
        check(r#"{"message": "m", "detail": ["a"]}"#, "m: a");
        check(r#"{"message": "m", "errors": {"a": [1]}}"#, "m");
        check(
            r#"{"errors": [[1], {"message": {"a": 1}, "code": ["c"]}], "message": "m"}"#,
            "m",
        );
        check(r#"{"detail": [{"field": "f", "detail": "d"}]}"#, "f: d");
    }

    #[test]
    fn undocumented_errors() {
        let body = r#"{"message": "m", "detail": "d", "errors": ["a"]}"#;
        let read = read_of(&UNDOCUMENTED, body.as_bytes());
        assert_eq!(read.to_string(), body);
        assert_eq!(read.fields.message(), None);
    }

    /// A body with none of the documented properties is shown as it begins.
    #[test]
    fn other_bodies() {
        check("", "the body is empty");
        check(" \r\n", "the body is empty");
        check(
            "<html>\r\n<head><title>502 Bad\tGateway</title></head>\r\n",
            "<html> <head><title>502 Bad Gateway</title></head>",
        );
        for body in [
            "[]",
            r#"{"error": "invalid_grant"}"#,
            r#"{"message": 1, "errors": 2}"#,
            r#"{"message": true, "detail": 1.5, "errors": [-1]}"#,
            r#"{"errors": [{"reason": "a"}]}"#,
            r#"{"message": "cut"#,
            r#"{"message": "a"} {}"#,
        ] {
            check(body, body);
        }
        check("a\u{1b}[31m\u{202e}b", r"a\u{1b}[31m\u{202e}b");
        check(&"ü".repeat(200), &"ü".repeat(200));
        for long in [
            "ü".repeat(99_999),
            "ü ".repeat(99_999),
            "\u{1f600}".repeat(200) + " a",
        ] {
            let shown = read(long.as_bytes()).to_string();
            assert!(
                shown.ends_with('…') && shown.chars().count() == 201,
                "{shown}"
            );
        }
        for body in [&b"PK\x03\x04\x00\x00"[..], b"\x1f\x8b\x08", b"\xff\xfea"] {
            assert_eq!(read(body).to_string(), "the body is not text");
        }
    }
}
