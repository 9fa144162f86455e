//! Findings in the forms that programs read: JSON, and annotations of GitHub's workflows.
//!
//! A finding is a diagnostic of codegen, a difference of drift or a change. Text for people is made where each is found.

mod github;
mod json;

use std::collections::HashMap;

use serde_json::Value;

use crate::diagnostic::{self, Diagnostic};
use crate::pointer::Pointer;
use crate::source::{Document, load};
use crate::text::{Lines, Source, Span};

/// A finding of a rule at a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name, in kebab case.
    pub rule: String,
    /// How grave it is.
    pub level: Level,
    /// The message, in lower case and without a final period.
    pub message: String,
    /// How to fix it.
    pub hint: Option<String>,
    /// Where it was found.
    pub location: Location,
}

/// How grave a finding is, by GitHub's words for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It must be fixed.
    Error,
    /// It should be looked at.
    Warning,
    /// It is worth knowing.
    Notice,
}

/// A position in a file, as far as known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Location {
    /// The file's name, as the user knows it.
    pub file: String,
    /// Where it begins.
    pub start: Option<Position>,
    /// The position behind it.
    pub end: Option<Position>,
    /// The value in the document.
    pub pointer: Option<Pointer>,
}

/// A position in a text, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column in characters, if it is known.
    pub column: Option<usize>,
}

impl Finding {
    /// The findings of a document, in their order.
    ///
    /// `source` must be the one that was read.
    pub fn of_diagnostics(diagnostics: &[Diagnostic], source: &Source) -> Vec<Self> {
        let lines = Lines::new(source);
        let document = load(source).ok();
        let pointers = document.as_ref().map(pointers).unwrap_or_default();
        let finding = |diagnostic: &Diagnostic| Self {
            rule: diagnostic.rule.to_owned(),
            level: match diagnostic.level {
                diagnostic::Level::Error => Level::Error,
                diagnostic::Level::Warning => Level::Warning,
            },
            message: diagnostic.message.clone(),
            hint: diagnostic.hint.clone(),
            location: Location {
                pointer: pointers.get(&diagnostic.span).cloned(),
                ..Location::new(&lines, diagnostic.span)
            },
        };
        diagnostics.iter().map(finding).collect()
    }
}

impl Location {
    /// A file as a whole.
    pub fn of_file(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            ..Self::default()
        }
    }

    /// The place of a span.
    pub fn new(lines: &Lines<'_>, span: Span) -> Self {
        if span == Span::NOWHERE {
            return Self::of_file(lines.name);
        }
        let position = |at| {
            let (line, column) = lines.position(at);
            Some(Position {
                line,
                column: Some(column),
            })
        };
        Self {
            file: lines.name_at(span.start).to_owned(),
            start: position(span.start),
            end: position(span.end.max(span.start)),
            pointer: None,
        }
    }
}

/// The values of a document, as written, by the positions of themselves or their keys.
fn pointers(document: &Document) -> HashMap<Span, Pointer> {
    let document = document.as_written().unwrap_or(document);
    let mut found = HashMap::new();
    let mut pending = vec![(Pointer::root(), &document.value)];
    while let Some((pointer, value)) = pending.pop() {
        match value {
            Value::Object(fields) => {
                let fields = fields.iter();
                pending.extend(fields.map(|(key, value)| (pointer.child(key), value)));
            }
            Value::Array(items) => {
                let items = items.iter().enumerate();
                pending
                    .extend(items.map(|(index, value)| (pointer.child(index.to_string()), value)));
            }
            _ => {}
        }
        for span in [document.key_span(&pointer), document.span(&pointer)] {
            found.entry(span).or_insert_with(|| pointer.clone());
        }
    }
    found
}
