//! The document's Markdown as doc comments.

use proc_macro2::TokenStream;
use quote::quote;

/// Columns of a doc comment's text.
const WIDTH: usize = 92;

/// A doc comment in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Docs {
    lines: Vec<String>,
}

impl Docs {
    /// Begins with text of the document.
    pub(super) fn new(markdown: &str) -> Self {
        Self::default().markdown(markdown)
    }

    /// Adds a paragraph or more of the document's own Markdown.
    pub(super) fn markdown(self, markdown: &str) -> Self {
        self.lines(harmless(markdown))
    }

    /// Adds a paragraph of our own, which may link to items.
    pub(super) fn text(self, text: &str) -> Self {
        let mut lines = Vec::new();
        wrap(text, &mut lines);
        self.lines(lines)
    }

    /// Adds lines as they are, after a blank one.
    pub(super) fn lines(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        let mut lines = lines.into_iter().peekable();
        if lines.peek().is_some() && !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.extend(lines);
        self
    }

    /// Adds a section, unless it has nothing in it.
    pub(super) fn section(self, title: &str, lines: Vec<String>) -> Self {
        if lines.is_empty() {
            self
        } else {
            self.lines([format!("# {title}")]).lines(lines)
        }
    }

    /// The lines as they are.
    pub(super) fn into_lines(self) -> Vec<String> {
        self.lines
    }

    /// `#[doc = ".."]` for each line.
    pub(super) fn attributes(&self) -> TokenStream {
        let lines = self.lines.iter().map(|line| spaced(line));
        quote!(#(#[doc = #lines])*)
    }

    /// `#![doc = ".."]` for each line.
    pub(super) fn inner_attributes(&self) -> TokenStream {
        let lines = self.lines.iter().map(|line| spaced(line));
        quote!(#(#![doc = #lines])*)
    }
}

/// A description of one line as a sentence.
pub(super) fn sentence(markdown: &str) -> String {
    let text = markdown.trim();
    if text.ends_with(|last: char| last.is_alphanumeric() || matches!(last, '`' | ')')) {
        format!("{text}.")
    } else {
        text.to_owned()
    }
}

/// A description with its lines joined, for a list or a table.
pub(super) fn in_one_line(markdown: &str) -> String {
    harmless(markdown).join(" ").trim().to_owned()
}

fn spaced(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}

/// Lines that rustdoc takes as prose: its code is no doctest, its brackets are no links to items,
/// and its addresses are links.
fn harmless(markdown: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut paragraph = String::new();
    let mut fence: Option<&str> = None;
    for line in markdown.trim().lines() {
        let line = line.trim_end();
        let marker = ["```", "~~~"]
            .into_iter()
            .find(|marker| line.trim_start().starts_with(marker));
        if fence.is_some() || marker.is_some() || begins_block(line) {
            wrap(&std::mem::take(&mut paragraph), &mut lines);
        }
        match (fence, marker) {
            (None, Some(marker)) => {
                fence = Some(marker);
                lines.push(format!("{marker}text"));
            }
            (Some(open), Some(marker)) if open == marker => {
                fence = None;
                lines.push(marker.to_owned());
            }
            (Some(_), _) => lines.push(line.to_owned()),
            (None, None) if line.is_empty() => lines.push(String::new()),
            (None, None) if paragraph.is_empty() => paragraph = prose(line),
            (None, None) => {
                paragraph.push(' ');
                paragraph.push_str(prose(line).trim_start());
            }
        }
    }
    wrap(&paragraph, &mut lines);
    lines.extend(fence.map(str::to_owned));
    lines
}

/// Whether a line does not go on with the paragraph before it.
fn begins_block(line: &str) -> bool {
    let text = line.trim_start();
    let number = text.trim_start_matches(|character: char| character.is_ascii_digit());
    text.is_empty()
        || text.starts_with(['|', '#', '>'])
        || is_item(text)
        || (number.len() < text.len() && number.starts_with(". "))
}

fn is_item(text: &str) -> bool {
    ["- ", "* ", "+ "]
        .iter()
        .any(|bullet| text.starts_with(bullet))
}

/// A line outside of code blocks.
fn prose(line: &str) -> String {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    // Four spaces would make it code, and code a doctest.
    let mut written = " ".repeat(indent.min(3));
    let mut in_code = false;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if character == '`' {
            in_code = !in_code;
        }
        if !in_code {
            if let Some(length) = bare_address(rest, written.chars().last()) {
                written.push_str(&format!("<{}>", &rest[..length]));
                rest = &rest[length..];
                continue;
            }
            if is_odd_bracket(rest) {
                written.push('\\');
            }
        }
        written.push(character);
        rest = &rest[character.len_utf8()..];
    }
    written
}

/// The length of an address that starts here and is no link yet.
fn bare_address(rest: &str, before: Option<char>) -> Option<usize> {
    let is_address = rest.starts_with("https://") || rest.starts_with("http://");
    if !is_address || matches!(before, Some('<' | '(' | '"' | '[')) {
        return None;
    }
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | ')' | '"' | '`'));
    let address = &rest[..end.unwrap_or(rest.len())];
    Some(
        address
            .trim_end_matches(['.', ',', ';', ':', '!', '?', '*', ']'])
            .len(),
    )
}

/// A `[` that begins no link, or a `<` that begins neither an address nor the end of one.
fn is_odd_bracket(rest: &str) -> bool {
    if let Some(link) = rest.strip_prefix('[') {
        let Some(end) = link.find(']') else {
            return true;
        };
        return !link[end + 1..].starts_with('(');
    }
    rest.starts_with('<') && !rest.starts_with("<http")
}

/// Breaks a paragraph into lines; tables and headings stay whole.
fn wrap(paragraph: &str, lines: &mut Vec<String>) {
    let text = paragraph.trim_start();
    if text.is_empty() {
        return;
    }
    let indent = paragraph.len() - text.len();
    if text.starts_with(['|', '#']) {
        lines.push(paragraph.to_owned());
        return;
    }
    let hanging = " ".repeat(if is_item(text) { indent + 2 } else { indent });
    let mut current = " ".repeat(indent);
    let mut is_empty = true;
    for word in text.split_whitespace() {
        if !is_empty && current.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut current, hanging.clone()));
            is_empty = true;
        }
        if !is_empty {
            current.push(' ');
        }
        current.push_str(word);
        is_empty = false;
    }
    lines.push(current);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, expected: &[&str]) {
        assert_eq!(Docs::new(markdown).lines, expected);
    }

    #[test]
    fn prose_stays_as_it_is() {
        check(
            "One `[x]`.\n\nTwo [link](https://a.b/c).",
            &["One `[x]`.", "", "Two [link](https://a.b/c)."],
        );
    }

    #[test]
    fn addresses_become_links() {
        check("See https://a.b/c.", &["See <https://a.b/c>."]);
        check("See <https://a.b/c>.", &["See <https://a.b/c>."]);
    }

    #[test]
    fn brackets_and_tags_are_text() {
        check("a[0] or <b>", &["a\\[0] or \\<b>"]);
    }

    #[test]
    fn code_is_no_doctest() {
        check("```\nlet\n```", &["```text", "let", "```"]);
        check("```rust\nlet", &["```text", "let", "```"]);
        check("a\n\n    let", &["a", "", "   let"]);
    }

    #[test]
    fn paragraphs_are_filled() {
        check(
            "one\ntwo\n- three\n  four\n\n| a |\n| - |",
            &["one two", "- three four", "", "| a |", "| - |"],
        );
        let words = "word ".repeat(20);
        check(
            &format!("- {words}"),
            &[&format!("- {}", "word ".repeat(18).trim()), "  word word"],
        );
    }
}
