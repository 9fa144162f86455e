//! Descriptions of both sides of a difference.

use openapi::Pointer;

use super::quoted;

/// One side of a difference: in a few words, and in full, to notice changes.
#[derive(Clone, Debug)]
pub(crate) struct Summary {
    pub(crate) shown: String,
    pub(crate) full: String,
}

/// The position and content of one side; without content, that side has nothing.
pub(crate) type LocatedSummary<'p> = (&'p Pointer, Option<Summary>);

/// A part of the document, at its position.
pub(super) fn present(at: &Pointer, summary: impl Into<Summary>) -> LocatedSummary<'_> {
    (at, Some(summary.into()))
}

/// A missing part, at the nearest position around.
pub(super) fn absent(at: &Pointer) -> LocatedSummary<'_> {
    (at, None)
}

impl Summary {
    /// The short form is incomplete.
    pub(super) fn more(shown: String, full: &str) -> Self {
        let full = format!("{shown} {full}");
        Self { shown, full }
    }

    /// A text of the document, of which a part is shown.
    pub(super) fn text(text: &str) -> Self {
        Self::more(quoted(text), text)
    }

    /// There is more below it, of which this is the hash.
    pub(super) fn with_hash(shown: String, hash: u64) -> Self {
        Self::more(shown, &format!("{hash:016x}"))
    }
}

impl From<String> for Summary {
    fn from(shown: String) -> Self {
        Self {
            full: shown.clone(),
            shown,
        }
    }
}

impl From<&str> for Summary {
    fn from(shown: &str) -> Self {
        shown.to_owned().into()
    }
}
