//! The lines of texts: where a place is, and the line around it.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::outline::Outline;
use super::{Source, Span, Text};
use crate::pointer::Pointer;
use crate::words;

/// Lines longer than this (minified JSON is one line) are shown in part.
pub(crate) const LONGEST_LINE: usize = 160;
/// Block of bytes whose characters are counted at once.
const BLOCK: usize = 4096;
/// Bytes of a long line shown before the marked part.
const LEAD: usize = 40;

/// The texts of a source by their lines.
#[derive(Debug)]
pub struct Lines<'a> {
    /// That of the document itself.
    pub name: &'a str,
    texts: Vec<TextLines<'a>>,
}

/// A text by its lines.
#[derive(Debug)]
struct TextLines<'a> {
    text: Text<'a>,
    starts: Vec<usize>,
    /// The number of characters before each block of bytes; none for ASCII, where both are the same.
    blocks: Vec<usize>,
    /// Made when a line is too long to be found in by its columns.
    outline: OnceCell<Outline>,
}

/// The line, or a part of it, with the start of a span.
#[derive(Debug)]
pub struct Excerpt {
    pub(crate) text: String,
    /// In [`Self::text`].
    pub(crate) span: Span,
    pub(crate) line: usize,
    /// One-based, in characters, in the whole line.
    column: usize,
    /// The same in [`Self::text`].
    shown_column: usize,
    /// Where it is in a document of long lines.
    pointer: Option<Pointer>,
}

impl<'a> Lines<'a> {
    /// `source` must be the one that was read.
    pub fn new(source: &'a Source) -> Self {
        Self {
            name: &source.name,
            texts: source.texts().into_iter().map(TextLines::new).collect(),
        }
    }

    /// The name of the text that a place is in.
    pub(crate) fn name_at(&self, at: usize) -> &str {
        &self.text_at(at).text.name
    }

    /// The line and the column of a place, both counted from one, and columns in characters.
    pub fn position(&self, at: usize) -> (usize, usize) {
        let lines = self.text_at(at);
        lines.position(at - lines.text.first)
    }

    /// `spec/artifacts.yaml:12:3`, and a pointer where the line is long.
    pub fn place(&self, at: usize) -> String {
        let lines = self.text_at(at);
        let own = at - lines.text.first;
        let (line, column) = lines.position(own);
        let place = format!("{}:{line}:{column}", lines.text.name);
        with_pointer(place, lines.pointer(own).as_ref())
    }

    /// The line in which a span starts.
    pub fn excerpt(&self, span: Span) -> Excerpt {
        let lines = self.text_at(span.start);
        let first = lines.text.first;
        lines.excerpt(Span::new(
            span.start - first,
            span.end.max(span.start) - first,
        ))
    }

    fn text_at(&self, at: usize) -> &TextLines<'a> {
        let after = self.texts.partition_point(|lines| lines.text.first <= at);
        &self.texts[after - 1]
    }
}

impl<'a> TextLines<'a> {
    fn new(text: Text<'a>) -> Self {
        let after_breaks = text.content.match_indices('\n').map(|(at, _)| at + 1);
        let mut blocks = Vec::new();
        if !text.content.is_ascii() {
            let mut count = 0;
            for block in text.content.as_bytes().chunks(BLOCK) {
                blocks.push(count);
                count += characters(block);
            }
            blocks.push(count);
        }
        Self {
            starts: std::iter::once(0).chain(after_breaks).collect(),
            text,
            blocks,
            outline: OnceCell::new(),
        }
    }

    /// The number of characters before a place.
    fn characters_before(&self, at: usize) -> usize {
        match self.blocks.get(at / BLOCK) {
            Some(count) => {
                count + characters(&self.text.content.as_bytes()[at / BLOCK * BLOCK..at])
            }
            None => at,
        }
    }

    /// Where a place is in the document, if its line is too long to be searched.
    fn pointer(&self, at: usize) -> Option<Pointer> {
        let text = self.text.content;
        let (line, _) = self.position(at);
        let is_long = self.line_end(line) - self.starts[line - 1] > LONGEST_LINE;
        let is_json = text.trim_start().starts_with(['{', '[']);
        (is_long && is_json).then(|| {
            let outline = self.outline.get_or_init(|| Outline::new(text));
            outline.pointer(text, at)
        })
    }

    fn position(&self, at: usize) -> (usize, usize) {
        let text = self.text.content;
        let at = floor(text, at);
        let line = self.starts.partition_point(|&first| first <= at);
        let start = self.starts[line - 1];
        let column = self.characters_before(at) - self.characters_before(start);
        (line, column + 1)
    }

    fn excerpt(&self, span: Span) -> Excerpt {
        let text = self.text.content;
        let start = floor(text, span.start);
        let (line, column) = self.position(start);
        let line_start = self.starts[line - 1];
        let line_end = self.line_end(line).max(start);
        let end = floor(text, span.end).clamp(start, line_end);

        let (from, to) = if line_end - line_start > LONGEST_LINE {
            let from = floor(text, start.saturating_sub(LEAD).max(line_start));
            (from, floor(text, line_end.min(from + LONGEST_LINE)))
        } else {
            (line_start, line_end)
        };
        let cut = if from > line_start { "…" } else { "" };
        let cut_end = if to < line_end { "…" } else { "" };
        let shift = |at: usize| at.clamp(from, to) - from + cut.len();
        let before = chars(&text[from..start]) + chars(cut);
        Excerpt {
            text: format!("{cut}{}{cut_end}", &text[from..to]),
            span: Span::new(shift(start), shift(end)),
            line,
            column,
            shown_column: before + 1,
            pointer: self.pointer(start),
        }
    }

    fn line_end(&self, line: usize) -> usize {
        let next = self.starts.get(line).copied();
        let end = next.map_or(self.text.content.len(), |next| next - 1);
        let text = &self.text.content[self.starts[line - 1]..end];
        self.starts[line - 1] + text.trim_end_matches('\r').len()
    }
}

impl Excerpt {
    fn is_cut(&self) -> bool {
        self.column != self.shown_column || self.pointer.is_some()
    }

    fn place(&self, name: &str) -> String {
        let place = format!("{name}:{}:{}", self.line, self.column);
        with_pointer(place, self.pointer.as_ref())
    }

    /// The name to show, with the place in it where a cut line has another one than its text.
    pub(crate) fn path<'a>(&self, name: &'a str) -> Cow<'a, str> {
        if self.is_cut() {
            Cow::Owned(self.place(name))
        } else {
            Cow::Borrowed(name)
        }
    }

    /// annotate-snippets counts columns in its input, which lacks the start of a cut line: the true
    /// place went in as its path, and what it adds is taken away.
    pub fn without_shown_column(&self, rendered: String, name: &str) -> String {
        if !self.is_cut() {
            return rendered;
        }
        let place = self.place(name);
        let shown = format!("{place}:{}:{}", self.line, self.shown_column);
        rendered.replacen(&shown, &place, 1)
    }
}

fn with_pointer(place: String, pointer: Option<&Pointer>) -> String {
    match pointer {
        Some(pointer) => format!("{place}, #{}", words::printable(pointer.as_str())),
        None => place,
    }
}

/// How many characters begin in these bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}
