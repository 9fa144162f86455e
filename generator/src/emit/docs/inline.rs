//! What stands in a paragraph: code, links and addresses stay; everything else is text.

use std::borrow::Cow;

/// What may be anything but itself.
const SPECIAL: &[char] = &['\\', '`', '<', '!', '[', 'h'];

/// The text of one paragraph, heading or cell, as rustdoc takes it for nothing but that.
///
/// What is returned comes back unchanged when it is given again.
pub(super) fn inline(text: &str) -> String {
    escape(text, true)
}

fn escape(text: &str, with_links: bool) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(SPECIAL) {
        written.push_str(&rest[..at]);
        rest = &rest[at..];
        let (length, replacement) = match &rest[..1] {
            "\\" => backslash(rest),
            "`" => code(rest),
            "<" if with_links => autolink(rest),
            "<" => (1, "\\<".into()),
            "!" if with_links => exclamation(rest),
            "[" if with_links => link(rest).unwrap_or((1, "\\[".into())),
            "[" => (1, "\\[".into()),
            "h" if with_links => bare_address(rest),
            itself => (1, itself.into()),
        };
        written.push_str(&replacement);
        rest = &rest[length..];
    }
    written + rest
}

/// An escaped character, or a backslash that must not escape what is written after it.
fn backslash(rest: &str) -> (usize, Cow<'_, str>) {
    match rest[1..].chars().next() {
        Some(next) if next.is_ascii_punctuation() => (2, rest[..2].into()),
        Some(' ') => (1, "\\".into()),
        _ => (1, "\\\\".into()),
    }
}

/// The number of backticks that a text begins with.
fn ticks(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

/// The lengths of all runs of backticks in a text, with their places.
fn runs(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let starts = text.match_indices('`').map(|(at, _)| at);
    starts
        .filter(|&at| !text[..at].ends_with('`'))
        .map(|at| (at, ticks(&text[at..])))
}

/// The content of a code span that begins here, and the length of the whole.
fn code_span(rest: &str) -> Option<(&str, usize)> {
    let open = ticks(rest);
    let (end, _) = runs(&rest[open..]).find(|&(_, length)| length == open)?;
    Some((&rest[open..open + end], end + 2 * open))
}

/// A code span, between so few backticks that they are never taken for a fence, or text.
fn code(rest: &str) -> (usize, Cow<'_, str>) {
    let Some((content, length)) = code_span(rest) else {
        let open = ticks(rest);
        return (open, "\\`".repeat(open).into());
    };
    let delimiter = ["`", "``"]
        .into_iter()
        .find(|delimiter| runs(content).all(|(_, length)| length < 3 && length != delimiter.len()));
    match delimiter {
        Some(delimiter) => (length, format!("{delimiter}{content}{delimiter}").into()),
        None => {
            let open = ticks(rest);
            (open, "\\`".repeat(open).into())
        }
    }
}

fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// `<https://..>`, or a `<` that is text.
fn autolink(rest: &str) -> (usize, Cow<'_, str>) {
    let address = &rest[1..];
    let end = address.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '|'));
    match end {
        Some(end) if is_address(address) && address[end..].starts_with('>') => {
            let link = &rest[..end + 2];
            (link.len(), link.into())
        }
        _ => (1, "\\<".into()),
    }
}

/// Exclamation marks that are text, or that make an image of a link. It is shown as a link:
/// rustdoc's pages load nothing from elsewhere.
fn exclamation(rest: &str) -> (usize, Cow<'_, str>) {
    let behind = rest.trim_start_matches('!');
    let marks = &rest[..rest.len() - behind.len()];
    let shown = if link(behind).is_some() { "" } else { marks };
    (marks.len(), shown.into())
}

/// An address that is no link yet.
fn bare_address(rest: &str) -> (usize, Cow<'_, str>) {
    const ENDS: &[char] = &['<', '>', ')', '"', '`', '\\', '|', '['];
    if !is_address(rest) {
        return (1, "h".into());
    }
    let end = rest.find(|c: char| c.is_whitespace() || ENDS.contains(&c));
    let address = &rest[..end.unwrap_or(rest.len())];
    let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', ']']);
    if is_address(address) && !address.ends_with("://") {
        (address.len(), format!("<{address}>").into())
    } else {
        (1, "h".into())
    }
}

/// `[text](destination)` where that is an address: rustdoc looks for an item of any other name.
fn link(rest: &str) -> Option<(usize, Cow<'_, str>)> {
    let rest = rest.strip_prefix('[')?;
    let mut end = 0;
    loop {
        end += match rest[end..].chars().next()? {
            '`' => code_span(&rest[end..]).map_or_else(|| ticks(&rest[end..]), |(_, len)| len),
            '\\' => 1 + rest[end + 1..].chars().next()?.len_utf8(),
            '[' => return None,
            ']' => break,
            character => character.len_utf8(),
        };
    }
    let (text, behind) = (&rest[..end], rest[end + 1..].strip_prefix('(')?);
    let destination = &behind[..closing_parenthesis(behind)?];
    let (address, title) = destination.split_once(' ').unwrap_or((destination, ""));
    let is_mail = address.starts_with("mailto:") && address.contains('.');
    let is_title = title.is_empty()
        || title.trim().len() > 1 && title.trim().starts_with('"') && title.trim().ends_with('"');
    let odd = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '\\' | '|');
    if !(is_address(address) || is_mail) || address.contains(odd) || !is_title {
        return None;
    }
    let written = format!("[{}]({address})", escape(text, false));
    Some((1 + end + 2 + destination.len() + 1, written.into()))
}

/// Where the parenthesis is closed that was opened before a text.
fn closing_parenthesis(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(inline(text), expected);
        assert_eq!(inline(expected), expected, "again");
    }

    #[test]
    fn code_stays() {
        check("`[x]` ``a`[b]`` [", "`[x]` ``a`[b]`` \\[");
        check("```[x]```", "`[x]`");
        check("`a\\` [b]", "`a\\` \\[b]");
    }

    #[test]
    fn unclosed_code_is_text() {
        check("it`s [foo] <b>", "it\\`s \\[foo] \\<b>");
        check("``a` [b]", "\\`\\`a\\` \\[b]");
        check("\\`a` [b]", "\\`a\\` \\[b]");
    }

    #[test]
    fn addresses_become_links() {
        check("See https://a.b/c.", "See <https://a.b/c>.");
        check("(https://a.b)", "(<https://a.b>)");
        check(
            "<https://a.b/c> <https://a b",
            "<https://a.b/c> \\<<https://a> b",
        );
        check("https:// \\https://a.b", "https:// \\\\<https://a.b>");
    }

    #[test]
    fn links_to_addresses_stay() {
        check("[a `]` b](https://c.d/(e))", "[a `]` b](https://c.d/(e))");
        check("[https://a.b](https://a.b)", "[https://a.b](https://a.b)");
        check("[a](https://b.c \"title\")", "[a](https://b.c)");
        check("[a](mailto:b@c.d)", "[a](mailto:b@c.d)");
    }

    #[test]
    fn other_brackets_are_text() {
        check("a[0], [b](C) or [c][d]", "a\\[0], \\[b](C) or \\[c]\\[d]");
        check("[a]: https://b.c", "\\[a]: <https://b.c>");
        check("[^1] \\[a]", "\\[^1] \\[a]");
    }

    #[test]
    fn images_are_links() {
        check("![a](https://b.c/d.png)", "[a](https://b.c/d.png)");
        check("![a](d.png) ![b]", "!\\[a](d.png) !\\[b]");
        check("[![a](https://b.c)](d)", "\\[[a](https://b.c)](d)");
    }

    #[test]
    fn tags_are_text() {
        check("<b> </b> <!-- -->", "\\<b> \\</b> \\<!-- -->");
    }
}
