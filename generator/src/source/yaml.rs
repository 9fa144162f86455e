//! YAML: values by serde_yaml, positions by saphyr's events.

use serde_json::Value;

use super::positions::{Scanned, too_deep, too_large};
use super::{events, merge_keys};
use crate::diagnostic::{Diagnostic, Diagnostics, Span};

/// The scan comes first: it refuses, while reading, what would make serde_yaml take very long.
pub(super) fn read(text: &str) -> Result<(Value, Scanned), Diagnostics> {
    let scanned = events::scan(text)?;
    // libyaml takes a byte order mark for an indentation.
    let content = text.trim_start_matches('\u{feff}');
    let skipped = text.len() - content.len();
    let mut value =
        serde_yaml::from_str(content).map_err(|error| refused(&error, text, skipped))?;
    let mut warnings = scanned.warnings.iter();
    if warnings.any(|warning| warning.rule == merge_keys::RULE) {
        merge_keys::apply(&mut value);
    }
    Ok((value, scanned))
}

fn refused(error: &serde_yaml::Error, text: &str, skipped: usize) -> Diagnostics {
    let span = error
        .location()
        .map_or_else(Span::default, |at| place(&at, text, skipped));
    let whole = error.to_string();
    let message = whole.split(" at line ").next().unwrap_or_default();
    match message {
        _ if message.contains("recursion limit") => too_deep(span),
        _ if message.contains("repetition limit") => too_large(span),
        _ => syntax(span, message),
    }
    .into()
}

/// serde_yaml counts lines and characters within them from one.
fn place(location: &serde_yaml::Location, text: &str, skipped: usize) -> Span {
    let lines = text[skipped..].split_inclusive('\n');
    let lines = lines.take(location.line().saturating_sub(1));
    let before = skipped + lines.map(str::len).sum::<usize>();
    let line = text.get(before..).unwrap_or_default();
    let mut chars = line
        .char_indices()
        .skip(location.column().saturating_sub(1));
    let at = chars.next().map_or(text.len(), |(at, _)| before + at);
    let end = chars.next().map_or(text.len(), |(at, _)| before + at);
    Span::new(at, end)
}

pub(super) fn syntax(span: Span, message: &str) -> Diagnostic {
    let says = |part: &str| message.contains(part);
    let hint = match () {
        () if says("tabs") => "indent with spaces",
        () if says("mapping values") => {
            "put text that holds `: ` in quotes, and each key on a line of its own"
        }
        () if says("unexpected character") => {
            "put text that starts with a special character in quotes"
        }
        () if says("quoted scalar") || says("closing quote") => {
            "close the quote; a quote within single quotes is written twice"
        }
        () if says("unknown anchor") => {
            "declare the anchor first: `&name`, or put the text in quotes"
        }
        () if says("flow") || says("',' or") => "close the bracket, and separate items by commas",
        () if says("unprintable") => "remove it, or write it as an escape in double quotes",
        () => "check the indentation of this line and of the ones above",
    };
    let message = if says("trailing content") {
        "text after a closing quote".to_owned()
    } else if says("`") {
        message.replace('\'', "`")
    } else {
        message.to_owned()
    };
    Diagnostic::new("invalid-yaml", span, message).with_hint(hint)
}
