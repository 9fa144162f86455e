//! Descriptions of both sides of a difference.

use openapi::Pointer;

use super::quoted;

/// One side of a difference: in a few words, and in full, to notice changes.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) shown: String,
    pub(crate) full: String,
}

/// The position and content of one side; without content, that side has nothing.
pub(crate) type Says<'p> = (&'p Pointer, Option<Said>);

/// A document says something at this place.
pub(super) fn says(at: &Pointer, said: impl Into<Said>) -> Says<'_> {
    (at, Some(said.into()))
}

/// A document says nothing; this is the nearest place around.
pub(super) fn absent(at: &Pointer) -> Says<'_> {
    (at, None)
}

impl Said {
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

impl From<String> for Said {
    fn from(shown: String) -> Self {
        Self {
            full: shown.clone(),
            shown,
        }
    }
}

impl From<&str> for Said {
    fn from(shown: &str) -> Self {
        shown.to_owned().into()
    }
}
