//! JSON: values by serde_json, positions by a scan of the text it has accepted.

use std::borrow::Cow;

use serde_json::Value;

use super::positions::{Builder, Collection, MAX_VALUES, Scanned, too_deep, too_many};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::text::{Span, string_end};

pub(super) fn read(text: &str) -> Result<(Value, Scanned), Diagnostics> {
    let content = text.trim_start_matches('\u{feff}');
    let skipped = text.len() - content.len();
    if let Some(at) = excess(content.as_bytes()) {
        let at = skipped + at;
        return Err(too_many(Span::new(at, at + 1)).into());
    }
    let refused = |error| syntax(&error, text, skipped);
    let value = serde_json::from_str(content).map_err(refused)?;
    Ok((value, scan(text, skipped)?))
}

/// The offset of the first value beyond the limit, before memory is allocated for any.
fn excess(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut values) = (0, 1);
    let mut opens = false;
    while let Some(byte) = bytes.get(at) {
        let end = match byte {
            b'"' => string_end(bytes, at),
            _ => at + 1,
        };
        if !byte.is_ascii_whitespace() {
            // One begins after a comma, or where a collection opens that does not close at once.
            values += usize::from(*byte == b',' || opens && !b"]}".contains(byte));
            opens = b"[{".contains(byte);
        }
        if values > MAX_VALUES {
            return Some(at);
        }
        at = end;
    }
    None
}

/// `text` is known to be well-formed, so only brackets, strings and words must be distinguished.
fn scan(text: &str, start: usize) -> Result<Scanned, Diagnostics> {
    let bytes = text.as_bytes();
    let mut builder = Builder::default();
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        let end = match byte {
            b'"' => string_end(bytes, at),
            b'{' | b'}' | b'[' | b']' | b':' | b',' | b' ' | b'\t' | b'\r' | b'\n' => at + 1,
            _ => word_end(bytes, at),
        };
        let span = Span::new(at, end);
        match byte {
            b'{' => drop(builder.open(Collection::Object, span)?),
            b'[' => drop(builder.open(Collection::Array, span)?),
            b'}' | b']' => builder.close(end),
            b':' | b',' | b' ' | b'\t' | b'\r' | b'\n' => {}
            b'"' if builder.expects_key() => builder.key(unquoted(&text[at..end]), span),
            b'"' => drop(builder.scalar(span)),
            _ => {
                report_unrepresentable(&mut builder, &text[at..end], span);
                builder.scalar(span);
            }
        }
        at = end;
    }
    builder.finish()
}

fn word_end(bytes: &[u8], start: usize) -> usize {
    let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n');
    let length = bytes[start..].iter().position(ends);
    length.map_or(bytes.len(), |length| start + length)
}

fn unquoted(quoted: &str) -> Cow<'_, str> {
    let content = &quoted[1..quoted.len() - 1];
    if content.contains('\\') {
        let decoded = serde_json::from_str(quoted).unwrap_or_else(|_| content.to_owned());
        Cow::Owned(decoded)
    } else {
        Cow::Borrowed(content)
    }
}

fn report_unrepresentable(builder: &mut Builder, word: &str, span: Span) {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let is_integer = digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_integer && word.parse::<i64>().is_err() && word.parse::<u64>().is_err() {
        builder.report(super::unrepresentable_number(word, span));
    }
}

fn syntax(error: &serde_json::Error, text: &str, skipped: usize) -> Diagnostics {
    let span = place(error, text, skipped);
    let whole = error.to_string();
    let message = whole.split(" at line ").next().unwrap_or_default();
    if message.contains("recursion limit") {
        return too_deep(span).into();
    }
    let hint = match message {
        _ if message.contains("trailing comma") => "remove the comma",
        _ if message.contains("key must be a string") => "put the key in double quotes",
        _ if message.contains("EOF") => "the text ends too early: was it cut off?",
        _ if message.contains("control character") => {
            "write it as an escape: `\\n`, `\\t`, `\\u0000`"
        }
        _ if message.contains("number out of range") => "write a number that fits 64 bits",
        _ => "JSON has no comments, single quotes or unquoted words; name YAML files `.yaml`",
    };
    Diagnostic::new("invalid-json", span, message)
        .with_hint(hint)
        .into()
}

/// serde_json counts lines from one and bytes within them from one.
fn place(error: &serde_json::Error, text: &str, skipped: usize) -> Span {
    let content = &text[skipped..];
    let lines = content.split_inclusive('\n');
    let before: usize = lines
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let at = skipped + before + error.column().saturating_sub(1);
    let at = at.min(text.len());
    Span::new(at, (at + 1).min(text.len()))
}
