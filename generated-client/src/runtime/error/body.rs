//! The body of an error.

use std::fmt;

use reqwest::header::HeaderMap;
use serde::de::{IgnoredAny, MapAccess, SeqAccess};

use super::lenient::{Kept, Lenient};
use crate::runtime::charset;
use crate::runtime::credentials::Secrets;
use crate::runtime::text::Beginning;

/// Maximum characters of a text that are shown.
const SHOWN: usize = 1000;

/// The same for a body without a message.
const BODY_SHOWN: usize = 200;

/// Maximum details of an error that are shown.
const DETAILS_SHOWN: usize = 10;

/// Maximum details of an error that are kept: a long body may have very many.
const DETAILS_KEPT: usize = 100;

/// The body of an error: its text, and the usual fields in it.
pub(in crate::runtime) struct ErrorBody {
    pub(super) text: String,
    /// Whether the text was truncated.
    is_cut: bool,
    pub(super) fields: Fields,
}

/// The usual fields, as far as they are there and have the usual types.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) message: Option<String>,
    pub(super) documentation_url: Option<String>,
    pub(super) errors: Vec<Reason>,
}

impl ErrorBody {
    /// Reads the fields. A body that is no JSON, or has a field of another type, is no failure.
    pub(in crate::runtime) fn new(body: Vec<u8>, headers: &HeaderMap, is_cut: bool) -> Self {
        let text = charset::decode(body, headers);
        let fields = serde_json::from_str(&text).map(|Lenient(fields)| fields);
        Self {
            fields: fields.unwrap_or_default(),
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
        let fields = &mut self.fields;
        let mut told = vec![&mut fields.message, &mut fields.documentation_url];
        told.extend(fields.errors.iter_mut().flat_map(Reason::texts));
        for text in told.into_iter().flatten() {
            secrets.redact_in(text);
        }
    }
}

/// The fields, or else the beginning of the body.
impl fmt::Display for ErrorBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.fields.tell_nothing() {
            return tell_beginning(&self.text, f);
        }
        self.fields.fmt(f)
    }
}

impl Fields {
    fn tell_nothing(&self) -> bool {
        self.message.is_none() && self.errors.iter().all(Reason::is_empty)
    }
}

/// The message and the details.
impl fmt::Display for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        if let Some(message) = &self.message {
            Beginning(message, SHOWN).fmt(f)?;
            separator = ": ";
        }
        let details = self.errors.iter().filter(|detail| !detail.is_empty());
        for (index, detail) in details.enumerate() {
            if index == DETAILS_SHOWN {
                return write!(f, "{separator}…");
            }
            write!(f, "{separator}{detail}")?;
            separator = "; ";
        }
        Ok(())
    }
}

/// Writes the beginning of a text body, with its line breaks as spaces.
fn tell_beginning(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut begun = String::new();
    for word in text.split_whitespace() {
        if !begun.is_empty() {
            begun.push(' ');
        }
        begun.extend(word.chars().take(BODY_SHOWN + 1));
        if begun.len() > 4 * BODY_SHOWN {
            break;
        }
    }
    match begun.as_str() {
        "" => f.write_str("the body is empty"),
        // What no character set has is replaced by the latter.
        begun if begun.contains(['\0', '\u{fffd}']) => f.write_str("the body is not text"),
        begun => write!(f, "{}", Beginning(begun, BODY_SHOWN)),
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

impl Kept for Fields {
    fn keep_entry<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        object: &mut A,
    ) -> Result<(), A::Error> {
        match key {
            "message" => self.message = object.next_value::<Lenient<_>>()?.0,
            "documentation_url" => self.documentation_url = object.next_value::<Lenient<_>>()?.0,
            "errors" => self.errors = object.next_value::<Lenient<_>>()?.0,
            _ => drop(object.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }
}

impl Kept for Vec<Reason> {
    fn keep_item<'de, A: SeqAccess<'de>>(&mut self, list: &mut A) -> Result<bool, A::Error> {
        if self.len() == DETAILS_KEPT {
            return Ok(list.next_element::<IgnoredAny>()?.is_some());
        }
        let reason = list.next_element::<Lenient<_>>()?;
        let is_some = reason.is_some();
        self.extend(reason.map(|Lenient(reason)| reason));
        Ok(is_some)
    }
}

/// One reason of an error, for its text. One that is mere text has only a message.
#[derive(Default, PartialEq)]
pub(super) struct Reason {
    resource: Option<String>,
    field: Option<String>,
    code: Option<String>,
    message: Option<String>,
}

impl Reason {
    fn texts(&mut self) -> [&mut Option<String>; 4] {
        [
            &mut self.resource,
            &mut self.field,
            &mut self.code,
            &mut self.message,
        ]
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Kept for Reason {
    fn keep_text(&mut self, text: &str) {
        self.message = Some(text.to_owned());
    }

    fn keep_entry<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        object: &mut A,
    ) -> Result<(), A::Error> {
        let kept = match key {
            "resource" => &mut self.resource,
            "field" => &mut self.field,
            "code" => &mut self.code,
            "message" => &mut self.message,
            _ => return object.next_value::<IgnoredAny>().map(drop),
        };
        *kept = object.next_value::<Lenient<_>>()?.0;
        Ok(())
    }
}

/// As in `Issue.title: invalid: the title is too long`.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place: Vec<_> = [&self.resource, &self.field]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        let place = place.join(".");
        let parts = [
            Some(place).filter(|place| !place.is_empty()),
            self.code.clone(),
            self.message.clone(),
        ];
        let text = parts.into_iter().flatten().collect::<Vec<_>>().join(": ");
        Beginning(&text, SHOWN).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &[u8]) -> ErrorBody {
        ErrorBody::new(body.to_vec(), &HeaderMap::new(), false)
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

    /// What has none of GitHub's fields is shown as it begins.
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
            r#"{"errors": [{"detail": "a"}]}"#,
            r#"{"message": "cut"#,
        ] {
            check(body, body);
        }
        check("a\u{1b}[31m\u{202e}b", r"a\u{1b}[31m\u{202e}b");
        check(&"ü".repeat(200), &"ü".repeat(200));
        for long in ["ü".repeat(99_999), "ü ".repeat(99_999)] {
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

    /// However many details there are, few are kept, and what comes after them is read.
    #[test]
    fn few_are_kept() {
        for detail in ["{}", "[]", "0", "\"\"", r#"{"a":[{}]}"#] {
            let many = vec![detail; 1000].join(",");
            let body = format!(r#"{{"errors":[{many}],"a":[{many}],"message":"m"}}"#);
            let body = read(body.as_bytes());
            assert_eq!(body.fields.errors.len(), 100);
            assert_eq!(body.fields.message.as_deref(), Some("m"));
        }
    }
}
