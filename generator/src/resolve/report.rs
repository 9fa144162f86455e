//! Findings about the document, before they get positions.

use openapi::Pointer;
use openapi::diagnostic::Unplaced;

/// Findings in the order in which they were made.
#[derive(Default)]
pub(super) struct Report {
    pub(super) findings: Vec<Unplaced>,
}

impl Report {
    pub(super) fn add(
        &mut self,
        rule: &'static str,
        pointer: &Pointer,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.findings.push(Unplaced {
            rule,
            pointer: pointer.clone(),
            message: message.into(),
            hint: hint.into(),
        });
    }
}
