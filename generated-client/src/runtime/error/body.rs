//! The body of an error, as far as it tells something.

use std::fmt;

use serde_json::Value;

use crate::runtime::credentials::Secrets;
use crate::runtime::text::Beginning;

/// How many characters of what a server says are shown at most, in one piece.
const SHOWN: usize = 1000;

/// How many details of an error are shown at most.
const DETAILS: usize = 10;

/// The body of an error: its text, and what of GitHub's usual fields is in it.
pub(in crate::runtime) struct ErrorBody {
    pub(super) text: String,
    /// Whether there was more of the text.
    is_cut: bool,
    pub(super) message: Option<String>,
    pub(super) documentation_url: Option<String>,
    pub(super) errors: Vec<ErrorReason>,
}

impl ErrorBody {
    /// Reads what can be read: a body that is no JSON, or has a field of another type, is no
    /// failure.
    pub(in crate::runtime) fn new(body: &[u8], is_cut: bool) -> Self {
        let text = String::from_utf8_lossy(body).into_owned();
        let json: Value = serde_json::from_slice(body).unwrap_or_default();
        let errors = json.get("errors").and_then(Value::as_array);
        Self {
            message: string(&json, "message"),
            documentation_url: string(&json, "documentation_url"),
            errors: errors.into_iter().flatten().map(ErrorReason::new).collect(),
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
        let mut told = vec![&mut self.message, &mut self.documentation_url];
        told.extend(self.errors.iter_mut().flat_map(ErrorReason::texts));
        for text in told.into_iter().flatten() {
            secrets.redact_in(text);
        }
    }
}

/// The message and the details, or that there are none.
impl fmt::Display for ErrorBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = self.message.as_deref();
        Beginning(message.unwrap_or("the server says no more"), SHOWN).fmt(f)?;
        for (index, detail) in self.errors.iter().enumerate() {
            let separator = if index == 0 { ": " } else { "; " };
            if index == DETAILS {
                return write!(f, "{separator}…");
            }
            write!(f, "{separator}{detail}")?;
        }
        Ok(())
    }
}

/// Leaves out the text, of which nobody knows what is in it.
impl fmt::Debug for ErrorBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorBody")
            .field("said", &format_args!("{self}"))
            .finish_non_exhaustive()
    }
}

/// One thing that was wrong with a request, in the server's words.
///
/// GitHub's servers send some of these as mere text, which is then the [`message`](Self::message).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorReason {
    /// The kind of object that the request was about.
    pub resource: Option<String>,
    /// The field or the parameter that is wrong.
    pub field: Option<String>,
    /// What is wrong with it, as one of a few fixed words such as `missing_field` or `invalid`.
    pub code: Option<String>,
    /// What is wrong with it, for people to read.
    pub message: Option<String>,
}

impl ErrorReason {
    fn texts(&mut self) -> [&mut Option<String>; 4] {
        [
            &mut self.resource,
            &mut self.field,
            &mut self.code,
            &mut self.message,
        ]
    }

    fn new(json: &Value) -> Self {
        Self {
            resource: string(json, "resource"),
            field: string(json, "field"),
            code: string(json, "code"),
            message: json
                .as_str()
                .map(str::to_owned)
                .or_else(|| string(json, "message")),
        }
    }
}

/// As in `Issue.title: invalid: the title is too long`.
impl fmt::Display for ErrorReason {
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

fn string(json: &Value, name: &str) -> Option<String> {
    json.get(name)?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, expected: &str) {
        assert_eq!(ErrorBody::new(body.as_bytes(), false).to_string(), expected);
    }

    #[test]
    fn bodies() {
        check("", "the server says no more");
        check("<html>Unicorn!</html>", "the server says no more");
        check("[]", "the server says no more");
        check(r#"{"message": 1, "errors": 2}"#, "the server says no more");
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
            r#"{"message": "Invalid", "errors": [{"code": "custom", "value": 1}]}"#,
            "Invalid: custom",
        );
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
}
