//! What has changed.

use super::rules::{Rule, Verdict};

/// The differences between two documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changes {
    /// Changes for callers of the Rust API.
    pub callers: Vec<Change>,
    /// Changes of requests, and of the decoding of responses.
    pub wire: Vec<Change>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The changed items.
    pub rule: Rule,
    /// Rust paths or requests; several where the same happened to each.
    pub subjects: Vec<String>,
    /// The argument or parameter that it is about.
    pub part: Option<String>,
    /// As it was.
    pub before: Option<String>,
    /// Its present form.
    pub after: Option<String>,
    /// The reason, if the document does not show it there.
    pub cause: Option<&'static str>,
    /// Where a document says so.
    pub place: Option<DocumentLine>,
}

/// A line of one of the two documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentLine {
    /// Of the old document, counted from 1, for something removed.
    Before(usize),
    /// Of the new one, counted from 1.
    After(usize),
}

impl Changes {
    /// All changes.
    pub fn iter(&self) -> impl Iterator<Item = &Change> {
        self.callers.iter().chain(&self.wire)
    }

    /// The gravest of all verdicts.
    pub fn verdict(&self) -> Verdict {
        gravest(self.iter())
    }
}

/// The gravest verdict on any of these changes.
pub fn gravest<'c>(changes: impl IntoIterator<Item = &'c Change>) -> Verdict {
    let verdicts = changes.into_iter().map(|change| change.rule.verdict());
    verdicts.max().unwrap_or_default()
}

impl Change {
    pub(crate) fn new(rule: Rule, subject: impl Into<String>) -> Self {
        Self {
            rule,
            subjects: vec![subject.into()],
            part: None,
            before: None,
            after: None,
            cause: None,
            place: None,
        }
    }

    pub(crate) fn of(mut self, part: impl Into<String>) -> Self {
        self.part = Some(part.into());
        self
    }

    pub(crate) fn was(mut self, before: impl Into<String>) -> Self {
        self.before = Some(before.into());
        self
    }

    pub(crate) fn becomes(mut self, after: impl Into<String>) -> Self {
        self.after = Some(after.into());
        self
    }

    pub(crate) fn at(mut self, place: DocumentLine) -> Self {
        self.place = Some(place);
        self
    }
}
