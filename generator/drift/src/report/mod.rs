//! A judged comparison as text, as Markdown, and as JSON.
//!
//! Markdown and JSON never quote the upstream description's wording: only names, values and numbers.

mod findings;
mod json;
mod markdown;
mod text;

use std::collections::BTreeMap;

use openapi::words::{printable, shown};
use openapi::{Source, report};

use super::finding::Finding;
use super::rule::Severity;
use super::{Comparison, Judgement};

/// The content of a report.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The fragment as it was read.
    pub fragment: &'a Source,
    /// The upstream description as it was read.
    pub upstream: &'a Source,
    /// The waivers and pins as they were read, if there are any.
    pub ledger: Option<&'a Source>,
    /// The name of the description: `api.github.com`.
    pub name: &'a str,
    /// The comparison.
    pub comparison: &'a Comparison,
    /// Its result after waivers and pins.
    pub judgement: &'a Judgement,
}

impl Report<'_> {
    /// For a terminal, every difference with the lines of both documents.
    pub fn text(&self, color: bool) -> String {
        text::text(self, color)
    }

    /// For an issue: a table, and then the advice for each difference.
    pub fn markdown(&self) -> String {
        markdown::markdown(self)
    }

    /// For programs: one object, on several lines.
    pub fn json(&self) -> String {
        json::json(self)
    }

    /// For programs: differences at their positions in the fragment, then stale waivers and pins.
    pub fn findings(&self) -> Vec<report::Finding> {
        findings::findings(self)
    }

    /// The upstream description: `api.github.com 23.0.2`.
    pub fn title(&self) -> String {
        let version = &self.comparison.version;
        let space = if version.is_empty() { "" } else { " " };
        format!("{}{space}{}", self.name, shown(version))
    }

    /// How many findings there are of each severity, the worst first.
    fn counts(&self) -> BTreeMap<Severity, usize> {
        let mut counts = BTreeMap::new();
        for finding in &self.judgement.findings {
            *counts.entry(finding.severity()).or_default() += 1;
        }
        counts
    }

    /// `1 breaks decoding, 2 news, 1 stale waiver or pin`.
    fn tally(&self) -> String {
        let mut parts: Vec<_> = self
            .counts()
            .iter()
            .map(|(severity, count)| format!("{count} {}", severity.name()))
            .collect();
        if let Some(stale) = &self.judgement.stale {
            parts.push(format!(
                "{} stale in {}",
                stale.iter().count(),
                self.ledger.map_or("", |ledger| &ledger.name)
            ));
        }
        parts.join(", ")
    }

    /// Waived findings, each counted once.
    fn waived(&self) -> usize {
        self.judgement.waived.len()
    }

    /// The version that was accepted, if it is another one.
    fn other_version(&self) -> Option<&str> {
        let accepted = self.judgement.accepted.as_deref();
        accepted.filter(|accepted| *accepted != self.comparison.version)
    }
}

/// `1 difference`, `2 differences`.
fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// Where a finding is in its operations: the first few places, and how many more there are.
fn places(finding: &Finding, most: usize) -> (Vec<String>, Option<String>) {
    let place = |place: &super::OperationPart| {
        let space = if place.pointer.as_str().is_empty() {
            ""
        } else {
            " "
        };
        printable(&format!("{}{space}{}", place.operation, place.pointer))
    };
    let places = finding.places.iter().take(most).map(place).collect();
    let more = finding.places.len().checked_sub(most);
    let more = more.filter(|more| *more > 0);
    (places, more.map(|more| format!("and {more} more")))
}
