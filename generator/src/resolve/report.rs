//! What there is to say about the document, until it is said with positions.

use openapi::Pointer;

/// Findings in the order in which they were made.
#[derive(Default)]
pub(super) struct Report {
    pub(super) findings: Vec<Finding>,
}

/// A finding.
pub(super) struct Finding {
    pub(super) rule: &'static str,
    pub(super) pointer: Pointer,
    pub(super) message: String,
    pub(super) hint: String,
}

impl Report {
    pub(super) fn add(
        &mut self,
        rule: &'static str,
        pointer: &Pointer,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.findings.push(Finding {
            rule,
            pointer: pointer.clone(),
            message: message.into(),
            hint: hint.into(),
        });
    }
}
