//! The text of a paragraph, heading or cell, escaped so that it keeps its meaning.

use std::borrow::Cow;
use std::collections::BTreeSet;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::text::visible;

/// Columns of a doc comment's text.
const WIDTH: usize = 92;

/// Text and its markup, as words: lines break between them alone.
#[derive(Default)]
pub(super) struct Words {
    lines: Lines,
    /// The same without emphasis.
    plain: Lines,
    /// How many marks begin or end emphasis.
    marks: usize,
    /// Text not written yet: its meaning depends on the next text.
    text: String,
    /// The context of the text.
    pub(super) place: TextContext,
}

/// The context of text, which decides the special characters.
#[derive(Clone, Copy, Default)]
pub(super) struct TextContext {
    pub(super) is_link: bool,
    pub(super) is_cell: bool,
}

/// Words by line. Most text has one line, as only a line break of the document's begins another.
#[derive(Default)]
struct Lines {
    lines: Vec<Vec<String>>,
    /// Whether the next text continues the last word.
    is_open: bool,
}

impl Words {
    pub(super) fn is_empty(&self) -> bool {
        self.lines.lines.is_empty() && self.text.is_empty()
    }

    /// Adds plain text, whose URLs become links.
    pub(super) fn text(&mut self, text: &str) {
        let text = visible(text);
        for (index, word) in text.split(char::is_whitespace).enumerate() {
            if index > 0 {
                self.space();
            }
            self.text.push_str(word);
        }
    }

    /// Adds a code span.
    pub(super) fn code(&mut self, content: &str) {
        let code = code_span(content);
        if self.place.is_cell {
            self.push(&code.replace('|', "\\|"));
        } else {
            self.push(&code);
        }
    }

    /// Adds a link to an item.
    pub(super) fn item(&mut self, name: &str, path: &str) {
        self.write_text();
        self.each(Lines::guard_link);
        self.push(&format!("[`{name}`]({path})"));
    }

    /// Adds a link that shows its URL.
    pub(super) fn autolink(&mut self, address: &str) {
        self.push(&format!("<{address}>"));
    }

    /// Begins a link.
    pub(super) fn open_link(&mut self) {
        self.write_text();
        self.each(Lines::guard_link);
        self.push("[");
        self.place.is_link = true;
    }

    pub(super) fn close_link(&mut self, address: &str) {
        self.push(&format!("]({})", encoded(address)));
        self.place.is_link = false;
    }

    /// Begins or ends emphasis.
    pub(super) fn emphasis(&mut self, mark: &str) {
        self.write_text();
        self.lines.push(mark);
        self.marks += 1;
    }

    pub(super) fn space(&mut self) {
        self.write_text();
        self.each(|lines| lines.is_open = false);
    }

    /// Begins another line, where the document says so.
    pub(super) fn line_break(&mut self) {
        self.write_text();
        self.each(Lines::line_break);
    }

    /// All words with a space between them.
    pub(super) fn in_one_line(self) -> String {
        self.finish().concat().join(" ")
    }

    /// All words but the first.
    pub(super) fn behind_first(self) -> String {
        let words = self.finish().concat();
        words.get(1..).unwrap_or_default().join(" ")
    }

    /// The words of a heading, none of which ends it.
    pub(super) fn into_heading(self) -> String {
        let mut words = self.finish().concat();
        if let Some(last) = words.last_mut()
            && last.bytes().all(|byte| byte == b'#')
        {
            last.insert(0, '\\');
        }
        words.join(" ")
    }

    /// Lines of a paragraph, each behind `first` or `others`.
    pub(super) fn wrap(self, first: &str, others: &str) -> Vec<String> {
        let mut lines = self.finish();
        lines.retain(|line| !line.is_empty());
        let last = lines.len().saturating_sub(1);
        let mut wrapped = Vec::new();
        for (index, mut line) in lines.into_iter().enumerate() {
            line[0] = guarded(&line[0]);
            let start = if index == 0 { first } else { others };
            fill(&line, start, others, &mut wrapped);
            if index < last
                && let Some(line) = wrapped.last_mut()
            {
                line.push('\\');
            }
        }
        wrapped
    }

    fn push(&mut self, written: &str) {
        self.write_text();
        self.each(|lines| lines.push(written));
    }

    fn write_text(&mut self) {
        if !self.text.is_empty() {
            let text = escaped(&std::mem::take(&mut self.text), self.place);
            self.each(|lines| lines.push(&text));
        }
    }

    fn each(&mut self, change: impl Fn(&mut Lines)) {
        change(&mut self.lines);
        change(&mut self.plain);
    }

    /// The words by line. Whether a mark begins emphasis depends on what stands beside it, and that
    /// may have become a link, or text: then all of them are left out.
    fn finish(mut self) -> Vec<Vec<String>> {
        self.write_text();
        if self.marks == 0 || reading(&self.lines) == (self.marks, reading(&self.plain).1) {
            self.lines.lines
        } else {
            self.plain.lines
        }
    }
}

/// How many marks lines are read with, and their text.
fn reading(lines: &Lines) -> (usize, String) {
    let lines = lines.lines.iter().map(|line| match line.split_first() {
        Some((first, others)) => [&[guarded(first)], others].concat().join(" "),
        None => String::new(),
    });
    let lines: Vec<_> = lines.collect();
    // Behind a word, nothing begins a block.
    let text = format!("a {}", lines.join("\\\n"));
    let (mut marks, mut read) = (0, String::new());
    for event in Parser::new_ext(&text, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => marks += 2,
            Event::Text(part) | Event::Code(part) => read.push_str(&part),
            _ => {}
        }
    }
    (marks, read)
}

impl Lines {
    fn push(&mut self, written: &str) {
        if self.lines.is_empty() {
            self.lines.push(Vec::new());
        }
        if let Some(line) = self.lines.last_mut() {
            match line.last_mut() {
                Some(word) if self.is_open => word.push_str(written),
                _ => line.push(written.to_owned()),
            }
        }
        self.is_open = true;
    }

    fn line_break(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(Vec::new());
        }
        self.is_open = false;
    }

    /// An exclamation mark before a link would make an image of it.
    fn guard_link(&mut self) {
        let line = self.lines.last_mut().filter(|_| self.is_open);
        if let Some(word) = line.and_then(|line| line.last_mut())
            && word.ends_with('!')
        {
            word.insert(word.len() - 1, '\\');
        }
    }
}

/// Breaks our own text into lines.
pub(super) fn wrap(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_code = false;
    for character in text.chars() {
        is_code ^= character == '`';
        match words.last_mut() {
            Some(word) if is_code || !character.is_whitespace() => word.push(character),
            _ => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    let mut lines = Vec::new();
    fill(&words, "", "", &mut lines);
    lines
}

/// Puts words into lines, none of which but the first can begin another block.
fn fill(words: &[String], first: &str, others: &str, lines: &mut Vec<String>) {
    let mut current = first.to_owned();
    let mut width = current.chars().count();
    let mut is_empty = true;
    for word in words {
        let length = word.chars().count();
        if !is_empty && width + 1 + length > WIDTH && !begins_block(word) {
            lines.push(std::mem::replace(&mut current, others.to_owned()));
            width = others.chars().count();
            is_empty = true;
        }
        if !is_empty {
            current.push(' ');
            width += 1;
        }
        current.push_str(word);
        width += length;
        is_empty = false;
    }
    if !is_empty {
        lines.push(current);
    }
}

/// Whether Markdown would take a word at the beginning of a line for a block's.
fn begins_block(word: &str) -> bool {
    let consists_of = |mark: char| word.chars().all(|c| c == mark);
    word.starts_with(['#', '>', '|', '='])
        || is_marker(word)
        || ['-', '+', '*', '_'].into_iter().any(consists_of)
        || word.chars().all(|c| matches!(c, '-' | ':' | '|'))
}

/// Whether a word is the number of a list's item.
fn is_marker(word: &str) -> bool {
    let behind = word.trim_start_matches(|c: char| c.is_ascii_digit());
    behind.len() < word.len() && matches!(behind, "." | ")")
}

/// The first word of a line, so that it begins no block.
fn guarded(word: &str) -> String {
    if !begins_block(word) {
        return word.to_owned();
    }
    // The dot of `1.`, or the first character of anything else.
    let at = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    format!("{}\\{}", &word[..at], &word[at..])
}

/// A code span of any text, in one line; one that can't be seen is shown as empty.
pub(super) fn code_span(content: &str) -> String {
    let content = visible(content).replace(['\n', '\t'], " ");
    if content.is_empty() {
        return "`\"\"`".to_owned();
    }
    let mut ticks = 1;
    let runs: BTreeSet<_> = content.split(|c| c != '`').map(str::len).collect();
    while runs.contains(&ticks) {
        ticks += 1;
    }
    let ticks = "`".repeat(ticks);
    let is_padded = content.starts_with('`')
        || content.ends_with('`')
        || content.starts_with(' ') && content.ends_with(' ') && !content.trim().is_empty();
    let space = if is_padded { " " } else { "" };
    format!("{ticks}{space}{content}{space}{ticks}")
}

/// A word without markup except links around URLs.
fn escaped(word: &str, place: TextContext) -> String {
    let mut written = String::with_capacity(word.len());
    let (mut rest, mut before) = (word, None);
    while let Some(character) = rest.chars().next() {
        if let Some(address) = address(rest).filter(|_| !place.is_link) {
            written.push_str(&format!("<{address}>"));
            rest = &rest[address.len()..];
            before = address.chars().last();
            continue;
        }
        let behind = &rest[character.len_utf8()..];
        if is_special(character, before, behind, place) {
            written.push('\\');
        }
        written.push(character);
        before = Some(character);
        rest = behind;
    }
    written
}

/// Whether a character must be escaped between the one before it and the text behind.
fn is_special(character: char, before: Option<char>, behind: &str, place: TextContext) -> bool {
    match character {
        '\\' | '`' | '<' | '[' | '*' | '~' => true,
        ']' => place.is_link,
        '|' => place.is_cell,
        '&' => is_entity(behind),
        '_' => {
            let after = behind.chars().next();
            !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric))
        }
        _ => false,
    }
}

/// Whether text behind an ampersand names a character.
fn is_entity(behind: &str) -> bool {
    /// As long as the longest name that HTML knows.
    const LONGEST: usize = 32;
    let end = behind
        .char_indices()
        .take(LONGEST)
        .find(|(_, c)| !c.is_ascii_alphanumeric() && *c != '#');
    end.is_some_and(|(at, c)| at > 0 && c == ';')
}

pub(super) fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// The URL at the start of a text, without the punctuation after it.
fn address(text: &str) -> Option<&str> {
    const ENDS: &[char] = &['<', '>', ')', '"', '`', '\\', '|', '['];
    if !is_address(text) {
        return None;
    }
    let address = text.split(ENDS).next()?;
    let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', ']']);
    let (_, behind) = address.split_once("://")?;
    (!behind.is_empty()).then_some(address)
}

/// Whether a URL needs no escapes in any context.
pub(super) fn is_plain(address: &str) -> bool {
    !address.contains(is_odd) && !address.contains(['(', ')', '&'])
}

fn is_odd(character: char) -> bool {
    character.is_whitespace() || matches!(character, '<' | '>' | '"' | '`' | '\\' | '|')
}

/// A URL without characters that would end a link to it.
fn encoded(address: &str) -> Cow<'_, str> {
    if is_plain(address) {
        return address.into();
    }
    let address = visible(address);
    let are_balanced = are_balanced(&address);
    let mut written = String::new();
    for (at, character) in address.char_indices() {
        match character {
            '(' | ')' if are_balanced => written.push(character),
            '&' if is_entity(&address[at + 1..]) => written.push_str("\\&"),
            '(' | ')' => written.push_str(&format!("%{:02X}", u32::from(character))),
            _ if is_odd(character) => written.push_str(&format!("%{:02X}", u32::from(character))),
            _ => written.push(character),
        }
    }
    written.into()
}

/// Whether parentheses are closed in the order in which they are opened, with few in one another.
fn are_balanced(address: &str) -> bool {
    let mut depth = 0_u8;
    for character in address.chars() {
        let next = match character {
            '(' => depth.checked_add(1).filter(|&depth| depth < 16),
            ')' => depth.checked_sub(1),
            _ => Some(depth),
        };
        match next {
            Some(next) => depth = next,
            None => return false,
        }
    }
    depth == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_spans_hold_any_text() {
        for (content, expected) in [
            ("", "`\"\"`"),
            ("a", "`a`"),
            ("a`b", "``a`b``"),
            ("a``b`c", "```a``b`c```"),
            ("`a", "`` `a ``"),
            ("a`", "`` a` ``"),
            (" a ", "`  a  `"),
            (" a", "` a`"),
            ("a ", "`a `"),
            ("  ", "`  `"),
            ("a\nb\tc", "`a b c`"),
        ] {
            assert_eq!(code_span(content), expected, "of {content:?}");
        }
    }

    #[test]
    fn only_markup_is_escaped() {
        let escaped = |word: &str| escaped(word, TextContext::default());
        for word in ["a_b", "R&D", "a&b,c", "&;", "a|b", "a]"] {
            assert_eq!(escaped(word), word);
        }
        for (word, expected) in [
            ("_a", "\\_a"),
            ("a_", "a\\_"),
            ("a_-", "a\\_-"),
            ("&lt;", "\\&lt;"),
            ("&#60;", "\\&#60;"),
        ] {
            assert_eq!(escaped(word), expected);
        }
    }

    #[test]
    fn urls_end_no_link() {
        let nested =
            |depth: usize| format!("https://a.b/{}{}", "(".repeat(depth), ")".repeat(depth));
        assert_eq!(encoded(&nested(15)), nested(15));
        assert!(
            encoded(&nested(16)).ends_with("%28%29%29%29%29%29%29%29%29%29%29%29%29%29%29%29%29")
        );
        for (address, expected) in [
            ("https://a.b/c?d=e&f", "https://a.b/c?d=e&f"),
            ("https://a.b/c d", "https://a.b/c%20d"),
            ("https://a.b/<c>", "https://a.b/%3Cc%3E"),
            ("https://a.b/\"`\\|", "https://a.b/%22%60%5C%7C"),
            ("https://a.b/(c)", "https://a.b/(c)"),
            ("https://a.b/)c(", "https://a.b/%29c%28"),
            ("https://a.b/&lt;", "https://a.b/\\&lt;"),
        ] {
            assert_eq!(encoded(address), expected, "of {address}");
        }
    }

    #[test]
    fn lines_end_between_code_spans() {
        let words = "word ".repeat(18);
        let lines = wrap(&format!("{words}`a code span` word"));
        assert_eq!(lines, [words.trim(), "`a code span` word"]);
    }
}
