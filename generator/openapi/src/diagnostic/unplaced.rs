//! Diagnostics of those who know values, and not where in a text they stand.

use super::Diagnostic;
use crate::pointer::Pointer;
use crate::text::Span;

/// A diagnostic of a value, until its position is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplaced {
    /// The rule's name.
    pub rule: &'static str,
    /// The value.
    pub pointer: Pointer,
    /// The mistake, in lower case and without a final period.
    pub message: String,
    /// How to fix it.
    pub hint: String,
}

impl Unplaced {
    /// The diagnostic, of the rule's level.
    pub fn at(self, span: Span) -> Diagnostic {
        Diagnostic::new(self.rule, span, self.message).with_hint(self.hint)
    }
}
