//! Path parameters: one value is one segment of the path, or nothing is sent.

use std::fmt::Display;

use serde::Serialize;

use super::percent::Encoding;
use super::style::{assigned, simple};
use super::value::Parameter;
use crate::runtime::Error;

/// The style of a segment.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "the document decides which styles there are")]
pub(crate) enum PathStyle {
    /// `a,b`
    Simple,
    /// `.a,b`, or exploded `.a.b`
    Label,
    /// `;name=a,b`, or exploded `;name=a;name=b`
    Matrix,
}

/// Encodes a value as one segment of a path.
///
/// Refuses a value that is no segment, or that a server could read as steps up or as other segments
/// after decoding `%2F`: percent-encoding alone does not keep `..` from walking up.
#[allow(dead_code, reason = "a document may have no path parameters")]
pub(crate) fn segment(name: &str, value: &impl Display) -> Result<String, Error> {
    let value = value.to_string();
    check(name, &value)?;
    Ok(Encoding::Unreserved.encode(&value))
}

/// Encodes a scalar, an array or an object as one segment of a path, in its style.
///
/// Each text in it is checked as by [`segment`], and there must be at least one.
#[allow(
    dead_code,
    reason = "a document may have no path parameters with a style"
)]
pub(crate) fn styled_segment(
    name: &'static str,
    value: &impl Serialize,
    style: PathStyle,
    explode: bool,
) -> Result<String, Error> {
    let value = Parameter::new(name, value)?;
    match (style, &value) {
        // The name alone is a segment.
        (PathStyle::Matrix, Parameter::Text(text)) if text.is_empty() => {}
        _ => value
            .texts()
            .iter()
            .try_for_each(|text| check(name, text))?,
    }
    let value = value.map(|text| Encoding::Unreserved.encode(text));
    let segment = match style {
        PathStyle::Simple => simple(&value, explode),
        PathStyle::Label => label(&value, explode),
        PathStyle::Matrix => matrix(&Encoding::Unreserved.encode(name), &value, explode),
    };
    segment.ok_or_else(|| Error::argument(name, refusal("")))
}

fn label(value: &Parameter, explode: bool) -> Option<String> {
    let text = match value {
        Parameter::List(items) if explode && !items.is_empty() => items.join("."),
        Parameter::Fields(fields) if explode && !fields.is_empty() => assigned(fields, "."),
        value => simple(value, false)?,
    };
    Some(format!(".{text}"))
}

fn matrix(name: &str, value: &Parameter, explode: bool) -> Option<String> {
    let text = match value {
        Parameter::Text(text) if text.is_empty() => name.to_owned(),
        Parameter::List(items) if explode && !items.is_empty() => {
            let items: Vec<_> = items.iter().map(|item| format!("{name}={item}")).collect();
            items.join(";")
        }
        Parameter::Fields(fields) if explode && !fields.is_empty() => assigned(fields, ";"),
        value => format!("{name}={}", simple(value, false)?),
    };
    Some(format!(";{text}"))
}

fn check(name: &str, value: &str) -> Result<(), Error> {
    for piece in value.split(['/', '\\']) {
        if matches!(piece, "" | "." | "..") {
            return Err(Error::argument(name, refusal(value)));
        }
    }
    Ok(())
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

#[cfg(test)]
mod tests {
    use serde_json::json;

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

    #[track_caller]
    fn styled(style: PathStyle, explode: bool, value: &serde_json::Value) -> Option<String> {
        styled_segment("color", value, style, explode).ok()
    }

    const STYLES: [PathStyle; 3] = [PathStyle::Simple, PathStyle::Label, PathStyle::Matrix];

    /// Separators are encoded within a text.
    #[test]
    fn delimiters_within_texts() {
        let value = json!(["a,b;c.d=e/f", "%2C"]);
        for (style, expected) in STYLES.into_iter().zip([
            "a%2Cb%3Bc.d%3De%2Ff,%252C",
            ".a%2Cb%3Bc.d%3De%2Ff.%252C",
            ";color=a%2Cb%3Bc.d%3De%2Ff;color=%252C",
        ]) {
            assert_eq!(styled(style, true, &value).as_deref(), Some(expected));
        }
    }

    #[test]
    fn no_styled_segment() {
        for value in [
            json!(null),
            json!([]),
            json!({}),
            json!([null]),
            json!({"a": null}),
            json!("."),
            json!(".."),
            json!([""]),
            json!(["a", ".."]),
            json!(["a", "b/../c"]),
            json!({"a": "."}),
            json!({"..": "a"}),
            json!([["a"]]),
        ] {
            for style in STYLES {
                for explode in [false, true] {
                    let error = styled_segment("color", &value, style, explode).unwrap_err();
                    assert!(error.is_invalid_request(), "{value}");
                    let begins = error.to_string().starts_with("argument `color` ");
                    assert!(begins, "{error}");
                }
            }
        }
    }
}
