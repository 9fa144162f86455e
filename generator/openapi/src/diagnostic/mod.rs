//! Diagnostics: a mistake in a document, its position, and how to fix it.

mod digest;
mod render;
mod rules;
mod unplaced;

pub use render::{renderer, snippet};
pub use rules::{Example, Level, Rule};
pub use unplaced::Unplaced;

use crate::text::{Source, Span};

/// One mistake in a document or in the options.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The rule's name, in kebab case: `unknown-field`.
    pub rule: &'static str,
    /// That of the rule, unless callers or the document want it otherwise.
    pub level: Level,
    /// The mistake, in lower case and without a final period.
    pub message: String,
    /// Where it is wrong.
    pub span: Span,
    /// How to fix it.
    pub hint: Option<String>,
    /// Other places that explain this one, each with a label.
    pub related: Vec<(Span, String)>,
}

/// The diagnostics of a document: at least one, sorted by position, without duplicates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostic {
    /// A diagnostic of the rule's level, without hint and related places.
    pub fn new(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            level: rules::level(rule),
            message: message.into(),
            span,
            hint: None,
            related: Vec::new(),
        }
    }

    /// The same at another level than the rule's.
    #[must_use]
    pub(crate) fn with_level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// Adds a hint on how to fix it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Whether nothing is generated for it.
    pub fn is_error(&self) -> bool {
        self.level == Level::Error
    }

    /// The same, so many bytes further on.
    pub(crate) fn moved_by(mut self, bytes: usize) -> Self {
        let moved = |span: Span| Span::new(span.start + bytes, span.end + bytes);
        self.span = moved(self.span);
        for (span, _) in &mut self.related {
            *span = moved(*span);
        }
        self
    }

    /// Points to another place that explains this one.
    #[must_use]
    pub(crate) fn with_related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }
}

impl Diagnostics {
    /// Takes all that was found for errors, and sorts it.
    ///
    /// # Errors
    ///
    /// When anything was found.
    pub fn from_found(mut found: Vec<Diagnostic>) -> Result<(), Self> {
        for diagnostic in &mut found {
            diagnostic.level = Level::Error;
        }
        Self::from_judged(found).map(drop)
    }

    /// Sorts the diagnostics.
    ///
    /// # Errors
    ///
    /// When there is an error in it, with the warnings beside it.
    pub(crate) fn from_judged(mut found: Vec<Diagnostic>) -> Result<Vec<Diagnostic>, Self> {
        found.sort_by(|a, b| key(a).cmp(&key(b)));
        found.dedup_by(|a, b| key(a) == key(b));
        if found.iter().any(Diagnostic::is_error) {
            Err(Self(found))
        } else {
            Ok(found)
        }
    }

    /// The diagnostics, in the order of their positions.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// The same.
    pub fn as_slice(&self) -> &[Diagnostic] {
        &self.0
    }

    /// Shows every diagnostic with its line, and how many there are; see [`render`].
    pub fn render(&self, source: &Source, color: bool) -> String {
        render::render(&self.0, source, color)
    }
}

/// Shows every diagnostic with its line, and how many there are.
///
/// `source` must be the one that was read; with `color`, ANSI escapes are used.
pub fn render(diagnostics: &[Diagnostic], source: &Source, color: bool) -> String {
    render::render(diagnostics, source, color)
}

/// Shows up to a hundred errors with their lines; groups warnings by rule, each with its count, first position and loss;
/// and ends with the totals.
///
/// `source` must be the one that was read; with `color`, ANSI escapes are used.
pub fn digest(diagnostics: &[Diagnostic], source: &Source, color: bool) -> String {
    digest::digest(diagnostics, source, color)
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

fn key(diagnostic: &Diagnostic) -> (Span, &str, &str) {
    (diagnostic.span, diagnostic.rule, &diagnostic.message)
}
