//! Diagnostics as text: rustc's form, by annotate-snippets.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::Diagnostic;
use crate::text::{Excerpt, LONGEST_LINE, Lines, Source, Span};

pub(super) fn render(diagnostics: &[Diagnostic], source: &Source, color: bool) -> String {
    let lines = Lines::new(source);
    let renderer = renderer(color);
    let mut text = String::new();
    for diagnostic in diagnostics {
        text += &render_one(diagnostic, &lines, &renderer);
        text += "\n\n";
    }
    text += &summary(diagnostics, &source.name);
    text
}

/// Returns the renderer for excerpts.
pub fn renderer(color: bool) -> Renderer {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.term_width(2 * LONGEST_LINE)
}

/// `1 error, 2 warnings in spec/artifacts.yaml`.
pub(super) fn summary(diagnostics: &[Diagnostic], name: &str) -> String {
    let errors = diagnostics.iter().filter(|one| one.is_error()).count();
    let counts = [(errors, "error"), (diagnostics.len() - errors, "warning")];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<_> = counts
        .map(|(count, noun)| format!("{count} {noun}{}", if *count == 1 { "" } else { "s" }))
        .collect();
    format!("{} in {name}\n", counts.join(", "))
}

pub(super) fn render_one(
    diagnostic: &Diagnostic,
    lines: &Lines<'_>,
    renderer: &Renderer,
) -> String {
    let title = level(diagnostic)
        .primary_title(&diagnostic.message)
        .id(diagnostic.rule);
    if diagnostic.span == Span::NOWHERE {
        let group = title.element(Origin::path(lines.name));
        return renderer.render(&[with_hint(group, diagnostic)]);
    }
    let primary = lines.excerpt(diagnostic.span);
    let name = lines.name_at(diagnostic.span.start);
    let related: Vec<_> = diagnostic
        .related
        .iter()
        .map(|(span, label)| (lines.excerpt(*span), lines.name_at(span.start), label))
        .collect();

    let mut group = title.element(snippet(&primary, AnnotationKind::Primary, name, None));
    for (excerpt, name, label) in &related {
        let kind = AnnotationKind::Context;
        group = group.element(snippet(excerpt, kind, name, Some(label)));
    }

    let mut text = renderer.render(&[with_hint(group, diagnostic)]);
    text = primary.without_shown_column(text, name);
    for (excerpt, name, _) in &related {
        text = excerpt.without_shown_column(text, name);
    }
    text
}

pub(super) fn level(diagnostic: &Diagnostic) -> Level<'static> {
    match diagnostic.level {
        super::Level::Error => Level::ERROR,
        super::Level::Warning => Level::WARNING,
    }
}

fn with_hint<'a>(group: Group<'a>, diagnostic: &'a Diagnostic) -> Group<'a> {
    match &diagnostic.hint {
        Some(hint) => group.element(Level::HELP.message(hint)),
        None => group,
    }
}

/// A line with a marked part.
pub fn snippet<'a>(
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
