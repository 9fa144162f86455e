//! Diagnostics as text: rustc's form, by annotate-snippets.

use std::borrow::Cow;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::{Diagnostic, Span};
use crate::source::Source;

/// Lines longer than this (minified JSON is one line) are shown in part.
const LONGEST_LINE: usize = 160;
/// How much of a long line is shown before the place that is meant.
const LEAD: usize = 40;

pub(super) fn render(diagnostics: &[Diagnostic], source: &Source, color: bool) -> String {
    let lines = Lines::new(source);
    let renderer = renderer(color);
    let mut text = String::new();
    for diagnostic in diagnostics {
        text += &render_one(diagnostic, &lines, &renderer);
        text += "\n\n";
    }
    text += &summary(diagnostics.len(), &source.name);
    text
}

/// The form in which excerpts are shown.
pub(crate) fn renderer(color: bool) -> Renderer {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.term_width(2 * LONGEST_LINE)
}

fn summary(count: usize, name: &str) -> String {
    let errors = if count == 1 { "error" } else { "errors" };
    format!("{count} {errors} in {name}\n")
}

fn render_one(diagnostic: &Diagnostic, lines: &Lines<'_>, renderer: &Renderer) -> String {
    let primary = lines.excerpt(diagnostic.span);
    let related: Vec<_> = diagnostic
        .related
        .iter()
        .map(|(span, label)| (lines.excerpt(*span), label))
        .collect();

    let mut group = Level::ERROR
        .primary_title(&diagnostic.message)
        .id(diagnostic.rule)
        .element(snippet(&primary, AnnotationKind::Primary, lines.name, None));
    for (excerpt, label) in &related {
        let kind = AnnotationKind::Context;
        group = group.element(snippet(excerpt, kind, lines.name, Some(label)));
    }
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.message(hint));
    }

    let mut text = renderer.render(&[group]);
    for excerpt in std::iter::once(&primary).chain(related.iter().map(|(excerpt, _)| excerpt)) {
        text = excerpt.without_shown_column(text, lines.name);
    }
    text
}

/// A line, with what is meant in it.
pub(crate) fn snippet<'a>(
    excerpt: &'a Excerpt,
    kind: AnnotationKind,
    name: &'a str,
    label: Option<&'a str>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    Snippet::source(&excerpt.text)
        .line_start(excerpt.line)
        .path(excerpt.path(name))
        .annotation(kind.span(excerpt.span.start..excerpt.span.end).label(label))
}

/// A text by its lines.
pub(crate) struct Lines<'a> {
    pub(crate) name: &'a str,
    text: &'a str,
    starts: Vec<usize>,
}

/// The line, or a part of it, that holds the start of a span.
pub(crate) struct Excerpt {
    text: String,
    span: Span,
    line: usize,
    /// One-based, in characters, in the whole line.
    column: usize,
    /// The same in [`Self::text`].
    shown_column: usize,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(source: &'a Source) -> Self {
        let text = source.text.as_str();
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            name: &source.name,
            text,
            starts: std::iter::once(0).chain(after_breaks).collect(),
        }
    }

    /// The line and the column of a place, both counted from one, and columns in characters.
    pub(crate) fn position(&self, at: usize) -> (usize, usize) {
        let at = floor(self.text, at);
        let line = self.starts.partition_point(|&first| first <= at);
        (line, chars(&self.text[self.starts[line - 1]..at]) + 1)
    }

    pub(crate) fn excerpt(&self, span: Span) -> Excerpt {
        let start = floor(self.text, span.start);
        let (line, column) = self.position(start);
        let line_start = self.starts[line - 1];
        let line_end = self.line_end(line).max(start);
        let end = floor(self.text, span.end).clamp(start, line_end);

        let (from, to) = if line_end - line_start > LONGEST_LINE {
            let from = floor(self.text, start.saturating_sub(LEAD).max(line_start));
            (from, floor(self.text, line_end.min(from + LONGEST_LINE)))
        } else {
            (line_start, line_end)
        };
        let cut = if from > line_start { "…" } else { "" };
        let cut_end = if to < line_end { "…" } else { "" };
        let shift = |at: usize| at.clamp(from, to) - from + cut.len();
        let before = chars(&self.text[from..start]) + chars(cut);
        Excerpt {
            text: format!("{cut}{}{cut_end}", &self.text[from..to]),
            span: Span::new(shift(start), shift(end)),
            line,
            column,
            shown_column: before + 1,
        }
    }

    fn line_end(&self, line: usize) -> usize {
        let next = self.starts.get(line).copied();
        let end = next.map_or(self.text.len(), |next| next - 1);
        let text = &self.text[self.starts[line - 1]..end];
        self.starts[line - 1] + text.trim_end_matches('\r').len()
    }
}

impl Excerpt {
    fn is_cut(&self) -> bool {
        self.column != self.shown_column
    }

    fn place(&self, name: &str) -> String {
        format!("{name}:{}:{}", self.line, self.column)
    }

    fn path<'a>(&self, name: &'a str) -> Cow<'a, str> {
        if self.is_cut() {
            Cow::Owned(self.place(name))
        } else {
            Cow::Borrowed(name)
        }
    }

    /// annotate-snippets counts columns in what it is shown, which lacks the start of a cut line: the true
    /// place went in as its path, and what it adds is taken away.
    pub(crate) fn without_shown_column(&self, rendered: String, name: &str) -> String {
        if !self.is_cut() {
            return rendered;
        }
        let place = self.place(name);
        let shown = format!("{place}:{}:{}", self.line, self.shown_column);
        rendered.replacen(&shown, &place, 1)
    }
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
