//! What is wrong with a document, where, and how to mend it.

pub(crate) mod render;

use crate::source::Source;

/// A range of bytes in [`Source::text`](crate::source::Source).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

/// One mistake in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The rule's name, in kebab case: `unknown-field`.
    pub rule: &'static str,
    /// What is wrong, in lower case and without a final period.
    pub message: String,
    /// Where it is wrong.
    pub span: Span,
    /// How to mend it.
    pub hint: Option<String>,
    /// Other places that explain this one, each with a label.
    pub related: Vec<(Span, String)>,
}

/// Everything that is wrong with a document: at least one diagnostic, sorted by position, none twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Span {
    /// The bytes from `start` up to and without `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

impl Diagnostic {
    /// A diagnostic without hint and related places.
    pub fn new(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            message: message.into(),
            span,
            hint: None,
            related: Vec::new(),
        }
    }

    /// Says how to mend it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Points to another place that explains this one.
    #[must_use]
    pub fn with_related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }
}

impl Diagnostics {
    /// Sorts what was found.
    ///
    /// # Errors
    ///
    /// When anything was found.
    pub fn from_found(mut found: Vec<Diagnostic>) -> Result<(), Self> {
        found.sort_by(|a, b| key(a).cmp(&key(b)));
        found.dedup_by(|a, b| key(a) == key(b));
        if found.is_empty() {
            Ok(())
        } else {
            Err(Self(found))
        }
    }

    /// The diagnostics, in the order of their positions.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Shows every diagnostic with its line, and how many there are.
    ///
    /// `source` must be the one that was read; with `color`, ANSI escapes are used.
    pub fn render(&self, source: &Source, color: bool) -> String {
        render::render(&self.0, source, color)
    }
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
