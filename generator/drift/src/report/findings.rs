//! Differences as findings of the fragment.

use openapi::report::{self, Location};
use openapi::text::Lines;

use super::Report;
use crate::Finding;

pub(super) fn findings(report: &Report<'_>) -> Vec<report::Finding> {
    let lines = Lines::new(report.fragment);
    let differences = report.judgement.findings.iter();
    let mut found: Vec<_> = differences.map(|one| finding(one, &lines)).collect();
    found.extend(stale(report));
    found
}

/// Waivers and pins of nothing.
pub(super) fn stale(report: &Report<'_>) -> Vec<report::Finding> {
    match (&report.judgement.stale, report.ledger) {
        (Some(stale), Some(ledger)) => report::Finding::of_diagnostics(stale.as_slice(), ledger),
        _ => Vec::new(),
    }
}

/// A difference, by its position in the fragment.
pub(super) fn finding(finding: &Finding, ours: &Lines<'_>) -> report::Finding {
    report::Finding {
        rule: finding.rule.id(),
        level: finding.severity().level(),
        message: finding.message.clone(),
        hint: Some(finding.rule.help().to_owned()),
        location: Location {
            pointer: Some(finding.fragment.pointer.clone()),
            ..Location::new(ours, finding.fragment.span)
        },
    }
}
