//! `spec/drift.yaml`: intended differences, and the accepted state of each description.

mod accept;
mod changed;
mod judge;
mod read;
mod waived;

use std::collections::BTreeMap;

use openapi::report::Level;
use openapi::{Diagnostic, Diagnostics, Document, Source, Span, load};

use super::Fingerprint;
use super::finding::Finding;

/// Waivers and pins.
#[derive(Debug)]
pub struct Ledger {
    waivers: Vec<Waiver>,
    pins: BTreeMap<String, Pin>,
    /// None if there is no file.
    document: Option<Document>,
}

/// Differences that are meant, and why.
#[derive(Debug)]
struct Waiver {
    rules: Vec<Word>,
    operations: Vec<Word>,
    /// Empty for differences of whole operations.
    pointers: Vec<Word>,
    /// The descriptions it is limited to; empty if it is for all.
    upstreams: Vec<Word>,
    reason: String,
    span: Span,
}

/// One word of a waiver, and its position.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    span: Span,
}

/// The accepted state of a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// The version that the description gave itself.
    pub version: String,
    /// By the fragment's operationIds.
    pub operations: BTreeMap<String, Accepted>,
}

/// The accepted state of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Accepted {
    /// Upstream's side.
    pub upstream: Fingerprint,
    /// The hash of waived differences, with the fragment's side. `None` if it was not pinned.
    pub waived: Option<u64>,
}

/// The result of a comparison, after waivers and pins.
#[derive(Debug)]
pub struct Judgement {
    /// Findings that are neither waived nor accepted.
    pub findings: Vec<Finding>,
    /// Waived findings, with the reason. A finding of several places can be waived in some of them.
    pub waived: Vec<(Finding, String)>,
    /// Waivers that match nothing, and pins of nothing.
    pub stale: Option<Diagnostics>,
    /// The version that was accepted, if any was.
    pub accepted: Option<String>,
    /// The names of pinned descriptions.
    pub pinned: Vec<String>,
}

impl Judgement {
    /// How many findings break callers.
    pub fn breaks(&self) -> usize {
        let breaks = |finding: &&Finding| finding.severity().level() == Level::Error;
        self.findings.iter().filter(breaks).count()
    }

    /// Whether there is anything to be done.
    pub fn is_drift(&self) -> bool {
        !self.findings.is_empty() || self.stale.is_some()
    }
}

impl Waiver {
    /// Whether both have the same text, whatever their positions.
    fn is_like(&self, other: &Self) -> bool {
        let words = |waiver: &Self| {
            let words = [
                &waiver.rules,
                &waiver.operations,
                &waiver.pointers,
                &waiver.upstreams,
            ];
            words.map(|words| {
                words
                    .iter()
                    .map(|word| word.text.clone())
                    .collect::<Vec<_>>()
            })
        };
        words(self) == words(other) && self.reason == other.reason
    }
}

impl Ledger {
    /// Of a fragment that has no such file: nothing is waived, and nothing accepted.
    pub fn empty() -> Self {
        Self {
            waivers: Vec::new(),
            pins: BTreeMap::new(),
            document: None,
        }
    }

    /// Reads the file.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn read(source: &Source) -> Result<Self, Diagnostics> {
        if source.text.trim().is_empty() {
            let message = "the document is empty";
            let empty = Diagnostic::new("empty-document", Span::default(), message);
            return Err(empty
                .with_hint("write `waivers: []`, or remove the file")
                .into());
        }
        let document = load(source)?;
        let mut reader = read::Reader::new(&document);
        let (waivers, pins) = reader.ledger();
        let mut found: Vec<Diagnostic> = reader.found;
        found.extend(document.warnings.iter().cloned());
        Diagnostics::from_found(found)?;
        Ok(Self {
            waivers,
            pins,
            document: Some(document),
        })
    }
}
