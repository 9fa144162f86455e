//! A judged comparison as text, as Markdown, and as JSON.
//!
//! No words of the upstream description are told in Markdown and JSON: names, values and numbers only.

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

/// What is to be told.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The fragment as it was read.
    pub fragment: &'a Source,
    /// The upstream description as it was read.
    pub upstream: &'a Source,
    /// The waivers and pins as they were read, if there are any.
    pub ledger: Option<&'a Source>,
    /// What the description is called: `api.github.com`.
    pub name: &'a str,
    /// What was found.
    pub comparison: &'a Comparison,
    /// What remains of it.
    pub judgement: &'a Judgement,
}

impl Report<'_> {
    /// For a terminal, every difference with the lines of both documents.
    pub fn text(&self, color: bool) -> String {
        text::text(self, color)
    }

    /// For an issue: a table first, and then what to do about each difference.
    pub fn markdown(&self) -> String {
        markdown::markdown(self)
    }

    /// For programs: one object, on several lines.
    pub fn json(&self) -> String {
        json::json(self)
    }

    /// For programs of any kind: differences where they stand in the fragment, then stale waivers and pins.
    pub fn findings(&self) -> Vec<report::Finding> {
        findings::findings(self)
    }

    /// What was compared with: `api.github.com 23.0.2`.
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
