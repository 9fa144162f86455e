//! The document's Markdown, taken apart into blocks and written again.
//!
//! Every block is written where the quote or list item that it is in has its text, so that none is
//! indented so far that it is code; and what is code is fenced, and no Rust.

use super::inline::inline;

/// Columns of a doc comment's text.
const WIDTH: usize = 92;

/// Lines that rustdoc takes as prose: its code is no doctest, its brackets are no links to items,
/// its tags are no HTML, and its addresses are links.
pub(super) fn harmless(markdown: &str) -> Vec<String> {
    let mut blocks = Blocks::default();
    let text = visible(markdown);
    for line in text.lines().skip_while(|line| line.trim().is_empty()) {
        blocks.line(&expand_tabs(line));
    }
    blocks.close_fence();
    blocks.close_paragraph();
    let mut lines = blocks.lines;
    let last = lines.iter().rposition(|line| !line.is_empty());
    lines.truncate(last.map_or(0, |last| last + 1));
    lines
}

/// The text without characters that can't be seen, or that change the order of others.
pub(super) fn visible(text: &str) -> String {
    if text.bytes().all(is_plain) {
        return text.to_owned();
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let visible = text.chars().filter(|&c| is_visible(c));
    // Lines are filled at any white space: none must be a part of a word before.
    let is_space = |c: char| c.is_whitespace() && !matches!(c, '\n' | '\t');
    visible.map(|c| if is_space(c) { ' ' } else { c }).collect()
}

/// What most text consists of: nothing else has to be looked at.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\t' | b' '..=b'~')
}

fn is_visible(character: char) -> bool {
    match character {
        '\n' | '\t' => true,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => false,
        '\u{61C}' | '\u{FEFF}' => false,
        _ => !character.is_control(),
    }
}

fn expand_tabs(line: &str) -> String {
    let mut expanded = String::new();
    let mut column = 0;
    for character in line.trim_end().chars() {
        let width = if character == '\t' { 4 - column % 4 } else { 1 };
        column += width;
        if character == '\t' {
            expanded.push_str(&" ".repeat(width));
        } else {
            expanded.push(character);
        }
    }
    expanded
}

/// What other blocks are in.
enum Container {
    Quote,
    Item {
        /// As in `-` and `1.`.
        marker: String,
        /// The columns of the document before the item's text.
        width: usize,
        /// Whether the marker has been written.
        begun: bool,
    },
}

struct Fence {
    character: char,
    length: usize,
    indent: usize,
    content: Vec<String>,
}

#[derive(Default)]
struct Blocks {
    lines: Vec<String>,
    containers: Vec<Container>,
    /// What has been read of a paragraph, as it is in the document.
    paragraph: String,
    fence: Option<Fence>,
}

impl Blocks {
    fn line(&mut self, line: &str) {
        let (matched, mut rest) = self.matching(line);
        if let Some(fence) = &mut self.fence {
            if matched == self.containers.len() {
                if fence.is_closed_by(rest) {
                    self.close_fence();
                } else {
                    let indent = fence.indent.min(indent(rest));
                    fence.content.push(rest[indent..].to_owned());
                }
                return;
            }
            self.close_fence();
        }
        if rest.trim().is_empty() {
            self.close_to(matched);
            let blank = self.prefix();
            self.lines.push(blank.trim_end().to_owned());
            return;
        }
        let mut is_open = !self.paragraph.is_empty() && matched == self.containers.len();
        let is_lazy = !self.paragraph.is_empty() && !is_open;
        let mut is_new = false;
        let last = self.lines.last().map_or("", String::as_str);
        // What looks like a row may be a paragraph.
        let is_row = last.trim_start_matches([' ', '>']).starts_with('|');
        let text = loop {
            let text = rest.trim_start();
            if is_rule(text) {
                break text;
            }
            let (container, behind) = match text.strip_prefix('>') {
                Some(behind) => (Container::Quote, behind.strip_prefix(' ').unwrap_or(behind)),
                None => match item(rest, is_open || (is_row && !is_new)) {
                    Some(found) => found,
                    None => break text,
                },
            };
            if !is_new {
                self.close_to(matched);
                is_new = true;
                is_open = false;
            }
            self.containers.push(container);
            rest = behind;
        };
        if text.is_empty() {
            // A quote of a blank line.
            let blank = self.prefix();
            self.lines.push(blank.trim_end().to_owned());
        } else if let Some(fence) = Fence::opened_by(rest) {
            self.close_unless(is_new, matched);
            self.fence = Some(fence);
        } else if is_rule(text) || is_heading(text) || (is_open && is_underline(text)) {
            self.close_unless(is_new, matched);
            self.emit(&inline(text));
        } else if text.starts_with('|') {
            self.close_unless(is_new, matched);
            let cells: Vec<_> = cells(text).into_iter().map(inline).collect();
            self.emit(&cells.join("|"));
        } else if is_open || (is_lazy && !is_new) {
            self.paragraph.push(' ');
            self.paragraph.push_str(text);
        } else {
            let depth = self.containers.len();
            self.close_unless(is_new, matched);
            let last = self.lines.last().map_or("", String::as_str);
            if !last.is_empty() && !is_new && (is_row || self.containers.len() < depth) {
                let blank = self.prefix();
                self.lines.push(blank.trim_end().to_owned());
            }
            text.clone_into(&mut self.paragraph);
        }
    }

    /// How many of the open containers a line goes on with, and what it has in them.
    fn matching<'a>(&self, line: &'a str) -> (usize, &'a str) {
        let mut rest = line;
        for (index, container) in self.containers.iter().enumerate() {
            let inner = match container {
                Container::Quote => {
                    let quoted = rest.trim_start().strip_prefix('>');
                    quoted.map(|inner| inner.strip_prefix(' ').unwrap_or(inner))
                }
                Container::Item { .. } if rest.trim().is_empty() => Some(""),
                Container::Item { width, .. } => (indent(rest) >= *width).then(|| &rest[*width..]),
            };
            match inner {
                Some(inner) => rest = inner,
                None => return (index, rest),
            }
        }
        (self.containers.len(), rest)
    }

    /// Ends the paragraph, and the containers that a line does not go on with.
    fn close_to(&mut self, matched: usize) {
        self.close_paragraph();
        self.containers.truncate(matched);
    }

    fn close_unless(&mut self, is_new: bool, matched: usize) {
        if !is_new {
            self.close_to(matched);
        }
    }

    fn close_paragraph(&mut self) {
        let text = inline(&std::mem::take(&mut self.paragraph));
        if !text.is_empty() {
            let (first, others) = (self.prefix(), self.prefix());
            wrap(&guarded(&text), &first, &others, &mut self.lines);
        }
    }

    /// Writes a block of code between fences longer than any in it.
    fn close_fence(&mut self) {
        let Some(fence) = self.fence.take() else {
            return;
        };
        let mut marker = "```".to_owned();
        while fence.content.iter().any(|line| line.contains(&marker)) {
            marker.push('`');
        }
        self.emit(&format!("{marker}text"));
        for line in &fence.content {
            self.emit(line);
        }
        self.emit(&marker);
    }

    fn emit(&mut self, text: &str) {
        let line = self.prefix() + text;
        self.lines.push(line.trim_end().to_owned());
    }

    /// What stands before a line because of the containers that it is in.
    fn prefix(&mut self) -> String {
        let prefix = |container: &mut Container| match container {
            Container::Quote => "> ".to_owned(),
            Container::Item { marker, begun, .. } if *begun => " ".repeat(marker.len() + 1),
            Container::Item { marker, begun, .. } => {
                *begun = true;
                format!("{marker} ")
            }
        };
        self.containers.iter_mut().map(prefix).collect()
    }
}

impl Fence {
    fn opened_by(line: &str) -> Option<Self> {
        let text = line.trim_start();
        let character = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let info = text.trim_start_matches(character);
        let length = text.len() - info.len();
        (length >= 3 && !(character == '`' && info.contains('`'))).then(|| Self {
            character,
            length,
            indent: indent(line),
            content: Vec::new(),
        })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let text = line.trim();
        text.len() >= self.length && text.chars().all(|character| character == self.character)
    }
}

fn indent(text: &str) -> usize {
    text.len() - text.trim_start_matches(' ').len()
}

/// The length of the marker of a list's item that a text begins with.
fn marker(text: &str) -> Option<usize> {
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - number.len();
    let length = match digits {
        0 if text.starts_with(['-', '+', '*']) => 1,
        1..=9 if number.starts_with(['.', ')']) => digits + 1,
        _ => return None,
    };
    matches!(text[length..].chars().next(), None | Some(' ')).then_some(length)
}

/// An item that begins in a line, and what is in it. A paragraph is interrupted by the first item
/// of a list, not by "in 2024. ..".
fn item(line: &str, in_paragraph: bool) -> Option<(Container, &str)> {
    let text = line.trim_start();
    let length = marker(text)?;
    let (marker, behind) = text.split_at(length);
    let is_first = length == 1 || marker.trim_end_matches(['.', ')']) == "1";
    if behind.trim().is_empty() || (in_paragraph && !is_first) {
        return None;
    }
    let spaces = if indent(behind) > 4 {
        1
    } else {
        indent(behind)
    };
    let item = Container::Item {
        marker: marker.to_owned(),
        width: indent(line) + length + spaces,
        begun: false,
    };
    Some((item, &behind[spaces..]))
}

fn is_rule(text: &str) -> bool {
    let mut marks = text.chars().filter(|&c| c != ' ');
    let first = marks.next().filter(|c| matches!(c, '-' | '*' | '_'));
    first.is_some_and(|first| marks.clone().all(|c| c == first) && marks.count() >= 2)
}

fn is_heading(text: &str) -> bool {
    let title = text.trim_start_matches('#');
    let level = text.len() - title.len();
    (1..=6).contains(&level) && (title.is_empty() || title.starts_with(' '))
}

/// Whether a line makes a heading of the paragraph before it.
fn is_underline(text: &str) -> bool {
    ['-', '=']
        .into_iter()
        .any(|mark| text.chars().all(|c| c == mark))
}

/// The cells of a table's row.
fn cells(row: &str) -> Vec<&str> {
    let mut cells = Vec::new();
    let (mut start, mut is_escaped) = (0, false);
    for (at, character) in row.char_indices() {
        if character == '|' && !is_escaped {
            cells.push(&row[start..at]);
            start = at + 1;
        }
        is_escaped = character == '\\' && !is_escaped;
    }
    cells.push(&row[start..]);
    cells
}

/// Whether Markdown would take a word at the beginning of a line for a block's.
fn begins_block(word: &str) -> bool {
    word.starts_with(['#', '>', '|', '='])
        || word.starts_with("~~~")
        || marker(word).is_some_and(|length| length == word.len())
        || word
            .chars()
            .all(|c| matches!(c, '-' | '+' | '*' | '_' | ':' | '|'))
}

/// A paragraph whose first word begins no other block.
fn guarded(text: &str) -> String {
    let word = text.split_whitespace().next().unwrap_or_default();
    if !begins_block(word) {
        return text.to_owned();
    }
    // The dot of `1.`, or the first character of anything else.
    let at = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    format!("{}\\{}", &text[..at], &text[at..])
}

/// Breaks a paragraph into lines, where no line but the first can begin another block.
pub(super) fn wrap(text: &str, first: &str, others: &str, lines: &mut Vec<String>) {
    let mut current = first.to_owned();
    let mut is_empty = true;
    for word in text.split_whitespace() {
        let width = current.chars().count() + 1 + word.chars().count();
        if !is_empty && width > WIDTH && !begins_block(word) {
            lines.push(std::mem::replace(&mut current, others.to_owned()));
            is_empty = true;
        }
        if !is_empty {
            current.push(' ');
        }
        current.push_str(word);
        is_empty = false;
    }
    if !is_empty {
        lines.push(current);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, expected: &[&str]) {
        assert_eq!(harmless(markdown), expected);
        assert_eq!(harmless(&expected.join("\n")), expected, "again");
    }

    #[test]
    fn code_is_no_doctest() {
        check("```\nlet\n```", &["```text", "let", "```"]);
        check("```rust\nlet", &["```text", "let", "```"]);
        check("~~~~\n~~~\nlet\n~~~~", &["```text", "~~~", "let", "```"]);
        check("````\n```\nlet\n````", &["````text", "```", "let", "````"]);
        check("a\n\n    let\n\n\tlet", &["a", "", "let", "", "let"]);
    }

    #[test]
    fn code_in_containers_is_no_doctest() {
        check("> ```\n> let", &["> ```text", "> let", "> ```"]);
        check("- ```\n  let\n  ```", &["- ```text", "  let", "  ```"]);
        check("- a\n\n      let", &["- a", "", "  let"]);
        check("-\t\tlet\n\n1)      let", &["- let", "", "1) let"]);
        check("- - -\n\n      let", &["- - -", "", "let"]);
        check("a\n2. b\n\n       c", &["a 2. b", "", "c"]);
    }

    #[test]
    fn blocks_keep_their_places() {
        check(
            "a\n- b\nc\n  - d\n\n    e\n> f\ng",
            &["a", "- b c", "  - d", "", "    e", "> f g"],
        );
        check("a\n===\n# b\n---", &["a", "===", "# b", "---"]);
        check("| `a | [b]` |\nc", &["| \\`a | \\[b]\\` |", "", "c"]);
        check("-\n\n+", &["\\-", "", "\\+"]);
    }

    #[test]
    fn paragraphs_are_filled() {
        check("one\ntwo\n- three\n  four", &["one two", "- three four"]);
        let words = "word ".repeat(18);
        let words = words.trim();
        check(
            &format!("- {words} word 1. - # === --- word"),
            &[&format!("- {words}"), "  word 1. - # === --- word"],
        );
        check(
            &format!("{words} w - word"),
            &[&format!("{words} w -"), "word"],
        );
    }

    #[test]
    fn what_deceives_is_dropped() {
        check("a\u{202E}b\u{200B}c\0d\re", &["abcd e"]);
    }
}
