//! The mends that are tried, the surest first.

use super::line::Line;
use super::{Mend, SEARCHED};
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use crate::words::{self, shown};

/// The mends of a text that can't be read from the line `at` on.
pub(super) fn all(lines: &[Line<'_>], at: usize) -> Vec<Mend> {
    let backwards = |most: usize| {
        let numbers = (0..=at.min(lines.len().saturating_sub(1))).rev().take(most);
        let filled = numbers.filter(|&number| !lines[number].is_blank());
        filled.map(|number| (number, &lines[number]))
    };
    let near: Vec<_> = backwards(SEARCHED).take(3).collect();
    let far: Vec<_> = backwards(SEARCHED).collect();

    let mut mends = Vec::new();
    mends.extend(
        near.iter()
            .filter_map(|(at, line)| unusual_space(*at, line)),
    );
    mends.extend(tab(lines, at));
    mends.extend(
        far.iter()
            .find_map(|(at, line)| unclosed_quote(*at, line))
            .into_iter()
            .flatten(),
    );
    mends.extend(
        far.iter()
            .filter_map(|(at, line)| comment(*at, line))
            .take(2),
    );
    mends.extend(
        far.iter()
            .filter_map(|(at, line)| unclosed_bracket(*at, line))
            .take(2),
    );
    mends.extend(
        near.iter()
            .filter_map(|(at, line)| colon_without_space(*at, line)),
    );
    mends.extend(
        near.iter()
            .filter_map(|(at, line)| missing_colon(*at, line)),
    );
    mends.extend(near.iter().flat_map(|(at, line)| stray_dash(*at, line)));
    mends.extend(indentation(&near));
    mends.extend(
        far.windows(2)
            .filter_map(|pair| bar(pair[1], pair[0].1))
            .take(3),
    );
    mends
}

fn mend(
    line: usize,
    mended: String,
    span: Span,
    message: impl Into<String>,
    hint: impl Into<String>,
) -> Mend {
    Mend {
        line,
        mended,
        diagnostic: Diagnostic::new("invalid-yaml", span, message).with_hint(hint),
    }
}

/// Of a line, in the whole text.
fn span(line: &Line<'_>, start: usize, end: usize) -> Span {
    Span::new(line.start + start, line.start + end)
}

fn unusual_space(number: usize, line: &Line<'_>) -> Option<Mend> {
    let (at, c) = line
        .text
        .char_indices()
        .find(|(_, c)| words::is_unusual_space(*c))?;
    let mended = line.text.replace(words::is_unusual_space, " ");
    let place = span(line, at, at + c.len_utf8());
    let message = format!("a space that YAML reads as text: {}", words::space_name(c));
    Some(mend(
        number,
        mended,
        place,
        message,
        "replace it with a plain space",
    ))
}

/// The parser is at the end of the text before when it meets a tab.
fn tab(lines: &[Line<'_>], at: usize) -> Option<Mend> {
    let (number, line) = (at..lines.len())
        .map(|number| (number, &lines[number]))
        .find(|(_, line)| {
            let content = line.text.trim_start();
            line.text[..line.text.len() - content.len()].contains('\t')
        })?;
    let tab = line.text.find('\t')?;
    let around = number
        .checked_sub(1)
        .map_or(0, |before| lines[before].indentation());
    let mended = format!("{}{}", " ".repeat(around), line.text.trim_start());
    let place = span(line, tab, tab + 1);
    Some(mend(
        number,
        mended,
        place,
        "a tab in the indentation",
        "indent with spaces",
    ))
}

/// Closed at the end of the line, and before brackets that end there.
fn unclosed_quote(number: usize, line: &Line<'_>) -> Option<Vec<Mend>> {
    let (at, quote) = line.open().quote?;
    let text = line.text.trim_end();
    let inner = text.trim_end_matches([' ', '}', ']', ',']);
    let ends = [inner.len().max(at + 1), text.len()].into_iter();
    let place = span(line, at, at + 1);
    let hint = format!("close it: `{quote}`");
    Some(
        ends.map(|end| {
            let mended = format!("{}{quote}{}", &text[..end], &text[end..]);
            mend(
                number,
                mended,
                place,
                "the quote is not closed",
                hint.clone(),
            )
        })
        .collect(),
    )
}

/// `{ $ref: #/components/schemas/Id }`
fn comment(number: usize, line: &Line<'_>) -> Option<Mend> {
    let open = line.open();
    let start = open.comment?;
    let before = line.text[..start].trim_end();
    if open.brackets.is_empty() || !before.ends_with([':', ',', '[']) {
        return None;
    }
    let value = line.text[start..]
        .trim_end()
        .trim_end_matches([' ', '}', ']', ',']);
    let end = start + value.len();
    let mended = format!("{}\"{value}\"{}", &line.text[..start], &line.text[end..]);
    let place = span(line, start, end);
    let message = "a comment in place of a value";
    Some(mend(
        number,
        mended,
        place,
        message,
        "put it in quotes: `#` starts a comment",
    ))
}

fn unclosed_bracket(number: usize, line: &Line<'_>) -> Option<Mend> {
    let open = line.open();
    let (at, bracket) = *open.brackets.last()?;
    let text = line.text[..open.comment.unwrap_or(line.text.len())].trim_end();
    let closing = |bracket| if bracket == '{' { '}' } else { ']' };
    let closed: String = open
        .brackets
        .iter()
        .rev()
        .map(|(_, bracket)| closing(*bracket))
        .collect();
    let comma = if text.ends_with(',') { "," } else { "" };
    let mended = format!("{}{closed}{comma}", text.trim_end_matches(','));
    let message = format!("the bracket is not closed: `{bracket}`");
    let hint = format!("close it: `{}`", closing(bracket));
    Some(mend(number, mended, span(line, at, at + 1), message, hint))
}

/// `operationId:actions/get-artifact`
fn colon_without_space(number: usize, line: &Line<'_>) -> Option<Mend> {
    let (key, value) = key_and_value(line)?;
    if value.is_empty() || value.starts_with([' ', '/']) {
        return None;
    }
    let end = line.text.len() - value.len();
    let mended = format!("{} {value}", &line.text[..end]);
    let message = format!("no space after the colon of `{}`", shown(key));
    let hint = format!("write `{}: {}`", shown(key), shown(value));
    Some(mend(
        number,
        mended,
        span(line, end - key.len() - 1, end),
        message,
        hint,
    ))
}

/// `delete`, and fields below it.
fn missing_colon(number: usize, line: &Line<'_>) -> Option<Mend> {
    let key = line.content().trim_end();
    if !is_word(key) {
        return None;
    }
    let start = line.indentation();
    let place = span(line, start, start + key.len());
    let message = format!("no colon after `{}`", shown(key));
    Some(mend(
        number,
        format!("{}:", line.text.trim_end()),
        place,
        message,
        format!("write `{}:`", shown(key)),
    ))
}

/// A dash before a field of an object, or on its own.
fn stray_dash(number: usize, line: &Line<'_>) -> Vec<Mend> {
    let start = line.indentation();
    let Some(content) = line.content().strip_prefix('-') else {
        return Vec::new();
    };
    if !content.is_empty() && !content.starts_with(' ') {
        return Vec::new();
    }
    let place = span(line, start, start + 1);
    let indent = &line.text[..start];
    let mended = [
        format!("{indent} {content}"),
        format!("{indent}{}", content.trim_start()),
    ];
    let hint = "remove the dash: it starts an item of a list";
    let mended = mended.into_iter();
    mended
        .map(|mended| {
            mend(
                number,
                mended,
                place,
                "a dash among the fields of an object",
                hint,
            )
        })
        .collect()
}

/// The line that can't be read, and the one above, as far in as each other.
fn indentation(near: &[(usize, &Line<'_>)]) -> Vec<Mend> {
    let [(last, line), (above, other), ref before @ ..] = *near else {
        return Vec::new();
    };
    let moved = |number, line: &Line<'_>, other: &Line<'_>| {
        let (is, shall) = (line.indentation(), other.indentation());
        let mended = format!("{}{}", " ".repeat(shall), line.content());
        let message = format!("indented by {is}, but the line beside it by {shall}");
        let place = span(line, is, line.text.trim_end().len());
        let hint = format!("indent it by {shall} spaces");
        (is != shall).then(|| mend(number, mended, place, message, hint))
    };
    let mut moves = [moved(last, line, other), moved(above, other, line)];
    // The one above stands between two that agree.
    if before
        .first()
        .is_some_and(|(_, before)| before.indentation() == line.indentation())
    {
        moves.reverse();
    }
    moves.into_iter().flatten().collect()
}

/// A text of several lines with `: `.
fn bar((number, line): (usize, &Line<'_>), next: &Line<'_>) -> Option<Mend> {
    let (key, value) = key_and_value(line)?;
    let is_text = !next.content().starts_with("- ") && key_and_value(next).is_none();
    if !value.trim().is_empty() || !is_text || next.indentation() <= line.indentation() {
        return None;
    }
    let text = line.text.trim_end();
    let place = span(line, text.len() - key.len() - 1, text.len());
    let hint = format!("start it with a bar: `{}: |`", shown(key));
    Some(mend(
        number,
        format!("{text} |"),
        place,
        "a text of several lines with `: `",
        hint,
    ))
}

/// A plain key at the start of a line, and the text after its colon.
fn key_and_value<'t>(line: &Line<'t>) -> Option<(&'t str, &'t str)> {
    let content = line.content();
    let content = content.strip_prefix("- ").unwrap_or(content);
    let (key, value) = content.split_once(':')?;
    is_word(key).then_some((key, value))
}

fn is_word(text: &str) -> bool {
    let is_plain =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '.' | '{' | '}' | '/');
    text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '$' | '/'))
        && text.chars().all(is_plain)
}
