//! YAML: values by serde_yaml, positions by saphyr's events.

use std::borrow::Cow;

use serde_json::Value;

use super::positions::{Scanned, too_deep, too_large};
use super::{UNREPRESENTABLE_NUMBER, events, merge_keys};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::text::Span;

/// The scan comes first: it refuses texts that would make serde_yaml take very long.
pub(super) fn read(text: &str) -> Result<(Value, Scanned), Diagnostics> {
    let scanned = events::scan(text)?;
    // libyaml takes a byte order mark for an indentation.
    let content = text.trim_start_matches('\u{feff}');
    let skipped = text.len() - content.len();
    let numbers = large_integers(text, &scanned.warnings);
    let content = with_fractions(content, numbers.map(|end| end - skipped));
    let mut value =
        serde_yaml::from_str(&content).map_err(|error| refused(&error, text, skipped))?;
    let mut warnings = scanned.warnings.iter();
    if warnings.any(|warning| warning.rule == merge_keys::RULE) {
        merge_keys::apply(&mut value);
    }
    Ok((value, scanned))
}

/// Where integers end that do not fit 64 bits.
fn large_integers<'a>(
    text: &'a str,
    warnings: &'a [Diagnostic],
) -> impl Iterator<Item = usize> + 'a {
    let numbers = warnings
        .iter()
        .filter(|warning| warning.rule == UNREPRESENTABLE_NUMBER);
    let spans = numbers.map(|warning| warning.span);
    let integers = spans.filter(|span| {
        let number = text.get(span.start..span.end);
        number.is_some_and(events::is_integer)
    });
    integers.map(|span| span.end)
}

/// serde_yaml refuses such integers, and takes the nearest value for the same number with a fraction.
fn with_fractions(content: &str, ends: impl Iterator<Item = usize>) -> Cow<'_, str> {
    let mut written = String::new();
    let mut start = 0;
    for end in ends {
        written.push_str(&content[start..end]);
        written.push_str(".0");
        start = end;
    }
    if start == 0 {
        return Cow::Borrowed(content);
    }
    written.push_str(&content[start..]);
    Cow::Owned(written)
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
            "put text with `: ` in quotes, and each key on a line of its own"
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
        () => "check the indentation of this line and the lines above",
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;

    #[test]
    fn integers_beyond_64_bits_are_the_nearest_numbers() {
        let text = "\u{feff}é: -9223372036854776000\nb: [18446744073709551616, 18446744073709551615]\nc: '18446744073709551616'\nd: !!str 18446744073709551616";
        let (value, scanned) = read(text).unwrap();
        let expected = json!({
            "é": -9223372036854776000.0,
            "b": [18446744073709551616.0, u64::MAX],
            "c": "18446744073709551616",
            "d": "18446744073709551616",
        });
        assert_eq!(value, expected);
        assert_eq!(scanned.warnings.len(), 2);
    }
}
