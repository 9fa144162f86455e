//! Findings and their positions.

use std::collections::BTreeMap;

use openapi::{Pointer, Span};

use super::rule::{Rule, Severity};

/// A difference in meaning between the fragment and upstream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The kind of difference.
    pub rule: Rule,
    /// The difference, in lower case and without a final period.
    pub message: String,
    /// The places in operations: several if they share the part that differs.
    pub places: Vec<OperationPart>,
    /// Where in the fragment.
    pub fragment: Side,
    /// Where upstream.
    pub upstream: Side,
}

/// A part of an operation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OperationPart {
    /// Its operationId in the fragment, or upstream's if the fragment doesn't have it.
    pub operation: String,
    /// The path from the operation to the part, with all references resolved:
    /// `/responses/200/content/application~1json/schema/properties/id`. Parameters are named by
    /// location and name, headers in lower case: `/parameters/query/page`.
    pub pointer: Pointer,
}

/// One document's part in a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// From the document's root.
    pub pointer: Pointer,
    /// The same in its text.
    pub span: Span,
    /// The document's side, in a few words: `never null`.
    pub summary: String,
    /// The same in full, not cut for display, and with all that lies below it.
    pub(super) full: String,
    /// Whether the document says nothing of it, and this is the nearest place around.
    pub is_absent: bool,
}

impl Finding {
    /// Returns its effect on callers.
    pub fn severity(&self) -> Severity {
        self.rule.severity()
    }

    /// The operations it is in, each once.
    pub fn operations(&self) -> Vec<&str> {
        let mut operations: Vec<_> = self
            .places
            .iter()
            .map(|place| place.operation.as_str())
            .collect();
        operations.dedup();
        operations
    }
}

/// Findings by severity, then by position, and those without a position last. A finding about a shared
/// part, or about something missing in many places, is reported once.
pub(super) fn grouped(found: Vec<Finding>) -> Vec<Finding> {
    let mut groups = BTreeMap::<_, Finding>::new();
    for finding in found {
        let is_nowhere = finding.fragment.is_absent && finding.upstream.is_absent;
        let key = (
            finding.severity(),
            is_nowhere,
            place(&finding.fragment),
            place(&finding.upstream),
            finding.rule,
            finding.message.clone(),
        );
        match groups.get_mut(&key) {
            Some(group) => group.places.extend(finding.places),
            None => drop(groups.insert(key, finding)),
        }
    }
    let sorted = |mut finding: Finding| {
        finding.places.sort();
        finding
    };
    groups.into_values().map(sorted).collect()
}

fn place(side: &Side) -> Option<(Span, Pointer)> {
    (!side.is_absent).then(|| (side.span, side.pointer.clone()))
}
