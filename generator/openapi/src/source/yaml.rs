//! YAML, read by saphyr's events.

use serde_json::Value;

use super::positions::Scanned;
use super::{events, merge_keys};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::text::Span;

pub(super) fn read(text: &str) -> Result<(Value, Scanned), Diagnostics> {
    refuse_unprintable(text)?;
    let (mut value, scanned) = events::scan(text)?;
    let mut warnings = scanned.warnings.iter();
    if warnings.any(|warning| warning.rule == merge_keys::RULE) {
        merge_keys::apply(&mut value);
    }
    Ok((value, scanned))
}

/// YAML has no control characters but line breaks and tabs.
fn refuse_unprintable(text: &str) -> Result<(), Diagnostics> {
    let is_unprintable = |c: char| {
        let is_allowed = matches!(c, '\t' | '\n' | '\r' | '\u{85}');
        c.is_control() && !is_allowed || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    match text.find(is_unprintable) {
        Some(at) => {
            let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
            Err(syntax(Span::new(at, end), "found unprintable character").into())
        }
        None => Ok(()),
    }
}

pub(super) fn syntax(span: Span, message: &str) -> Diagnostic {
    let has = |part: &str| message.contains(part);
    let hint = match () {
        () if has("tabs") => "indent with spaces",
        () if has("mapping values") => {
            "put text with `: ` in quotes, and each key on a line of its own"
        }
        () if has("unexpected character") => {
            "put text that starts with a special character in quotes"
        }
        () if has("quoted scalar") || has("closing quote") => {
            "close the quote; a quote within single quotes is written twice"
        }
        () if has("unknown anchor") => {
            "declare the anchor first: `&name`, or put the text in quotes"
        }
        () if has("flow") || has("',' or") => "close the bracket, and separate items by commas",
        () if has("unprintable") => "remove it, or write it as an escape in double quotes",
        () => "check the indentation of this line and the lines above",
    };
    let message = if has("trailing content") {
        "text after a closing quote".to_owned()
    } else if has("`") {
        message.replace('\'', "`")
    } else {
        message.to_owned()
    };
    Diagnostic::new("invalid-yaml", span, message).with_hint(hint)
}

#[cfg(test)]
mod tests;
