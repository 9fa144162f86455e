//! A body that is not what the API documents.

use std::error::Error as StdError;
use std::fmt;

use serde_json::error::Category;

use super::json_path::{add_key, path_at};
use crate::runtime::credentials::Secrets;
use crate::runtime::text::Beginning;

/// How many characters of a path are shown at most.
const SHOWN: usize = 200;

/// Why a body could not be decoded, and what of it is kept.
pub(super) struct Undecoded {
    reason: String,
    /// Where in the body something is wrong, if that is not the whole of it.
    place: Option<InvalidField>,
    pub(super) source: Option<DecodeFailure>,
    pub(super) body: Option<String>,
    /// Whether there was more of the body.
    pub(super) is_cut: bool,
}

impl Undecoded {
    pub(super) fn new(error: &serde_json::Error, body: &[u8]) -> Self {
        let place = (error.classify() == Category::Data).then(|| InvalidField::of(error, body));
        Self {
            reason: "the body is not what the API documents".to_owned(),
            place: place.filter(|place| !place.path.is_empty()),
            source: Some(DecodeFailure::new(error)),
            body: None,
            is_cut: false,
        }
    }

    /// The path of what is wrong.
    pub(super) fn path(&self) -> Option<&str> {
        Some(&self.place.as_ref()?.path)
    }

    pub(super) fn redact(&mut self, secrets: &Secrets) {
        if let Some(place) = &mut self.place {
            secrets.redact_in(&mut place.path);
        }
        match &mut self.body {
            Some(body) if self.is_cut => secrets.redact_cut(body),
            Some(body) => secrets.redact_in(body),
            None => {}
        }
    }

    pub(super) fn too_long(limit: usize) -> Self {
        Self {
            reason: format!("the body is longer than {limit} bytes"),
            place: None,
            source: None,
            body: None,
            is_cut: false,
        }
    }
}

/// The path is shortened here, where the secrets are out of it.
impl fmt::Display for Undecoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)?;
        match &self.place {
            Some(place) => write!(f, ": {place}"),
            None => Ok(()),
        }
    }
}

/// A value that is missing, or of another type.
struct InvalidField {
    path: String,
    is_missing: bool,
}

impl InvalidField {
    fn of(error: &serde_json::Error, body: &[u8]) -> Self {
        let mut path = path_at(body, error.line(), error.column());
        let message = error.to_string();
        let missing = missing_field(&message);
        if let Some(field) = missing {
            add_key(&mut path, field);
        }
        Self {
            path,
            is_missing: missing.is_some(),
        }
    }
}

impl fmt::Display for InvalidField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.is_missing {
            "is missing"
        } else {
            "is of another type"
        };
        write!(f, "`{}` {what}", Beginning(&self.path, SHOWN))
    }
}

/// The field that an object lacks, by serde's words for that.
fn missing_field(message: &str) -> Option<&str> {
    let (field, _) = message
        .strip_prefix("missing field `")?
        .rsplit_once("` at line ")?;
    Some(field)
}

/// Leaves out the body, of which nobody knows what is in it.
impl fmt::Debug for Undecoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Undecoded")
            .field("reason", &self.to_string())
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

/// Where in a body something is wrong. serde_json's own error quotes the value there, which may be
/// a secret.
#[derive(Debug)]
pub(super) struct DecodeFailure {
    category: Category,
    line: usize,
    column: usize,
}

impl DecodeFailure {
    fn new(error: &serde_json::Error) -> Self {
        Self {
            category: error.classify(),
            line: error.line(),
            column: error.column(),
        }
    }
}

impl fmt::Display for DecodeFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.category {
            Category::Syntax => "it is not JSON",
            Category::Eof => "the JSON ends too early",
            Category::Data => "the JSON is of another type",
            Category::Io => "it cannot be read",
        };
        write!(f, "{what}, at line {} column {}", self.line, self.column)
    }
}

impl StdError for DecodeFailure {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use reqwest::header::{AUTHORIZATION, HeaderValue};

    use super::*;
    use crate::runtime::Error;

    /// The end of a body that goes on may be the beginning of a secret.
    #[test]
    fn a_secret_at_the_end_of_the_kept_text() {
        let token = HeaderValue::from_static("Bearer SECRET-TOKEN");
        let mut secrets = Secrets::default();
        secrets.add_headers([(&AUTHORIZATION, &token)]);
        for (is_cut, expected) in [(true, "a [redacted]"), (false, "a SECRET-TO")] {
            let mut undecoded = Undecoded::too_long(11);
            undecoded.body = Some("a SECRET-TO".to_owned());
            undecoded.is_cut = is_cut;
            undecoded.redact(&secrets);
            assert_eq!(undecoded.body.as_deref(), Some(expected));
        }
    }

    /// What is shown of a path may end within a secret.
    #[test]
    fn a_secret_at_the_end_of_the_shown_text() {
        let long = "a".repeat(SHOWN - 6);
        let body = format!(r#"{{"{long}SECRET-TOKEN": "one"}}"#);
        let error = serde_json::from_str::<BTreeMap<String, u8>>(&body).unwrap_err();
        let error = Error::decode(&error, body.as_bytes());
        let token = HeaderValue::from_static("Bearer SECRET-TOKEN");
        let mut secrets = Secrets::default();
        secrets.add_headers([(&AUTHORIZATION, &token)]);
        let error = error.redacted(&secrets);
        assert_eq!(
            error.to_string(),
            format!("the body is not what the API documents: `{long}[redac…` is of another type")
        );
        let text = format!("{error:?} {:?}", error.field_path());
        assert!(!text.contains("SECRET"), "{text}");
    }
}
