//! Sorts findings into waived, accepted and open ones.

use std::collections::BTreeSet;

use openapi::glob::matches;
use openapi::words::{shown, suggestion};
use openapi::{Diagnostic, Diagnostics, Pointer};

use super::changed::changed;
use super::{Judgement, Ledger, Waiver, Word};
use crate::Comparison;
use crate::finding::{Finding, OperationPart, grouped};

/// The words of a waiver that have matched something.
#[derive(Default)]
struct Used {
    rules: Vec<bool>,
    operations: Vec<bool>,
    pointers: Vec<bool>,
}

/// Findings, sorted by whether they are waived.
pub(super) struct Sorted<'l> {
    open: Vec<Finding>,
    pub(super) waived: Vec<(Finding, String)>,
    waivers: Vec<(&'l Waiver, Used)>,
}

impl Ledger {
    /// Judges a comparison with the description called `name`.
    pub fn judge(&self, comparison: &Comparison, name: &str) -> Judgement {
        let Sorted {
            mut open,
            waived,
            waivers,
        } = self.sorted_out(comparison, name);
        let pin = self.pins.get(name);
        let changed = changed(comparison, pin, name, &open, &waived);
        open.extend(changed);
        let mut stale: Vec<_> = waivers
            .iter()
            .flat_map(|(waiver, used)| used.stale(waiver, name, comparison))
            .collect();
        stale.extend(self.stale_limits(name));
        stale.extend(self.stale_pins(comparison, name));
        Judgement {
            findings: grouped(open),
            waived,
            stale: Diagnostics::from_found(stale).err(),
            accepted: pin.map(|pin| pin.version.clone()),
            pinned: self.pins.keys().cloned().collect(),
        }
    }

    pub(super) fn sorted_out(&self, comparison: &Comparison, name: &str) -> Sorted<'_> {
        let mut waivers: Vec<_> = self
            .waivers
            .iter()
            .filter(|waiver| waiver.is_for(name))
            .map(|waiver| (waiver, Used::of(waiver)))
            .collect();
        let (mut open, mut waived) = (Vec::new(), Vec::new());
        for finding in &comparison.findings {
            let mut rest = finding.clone();
            for (waiver, used) in &mut waivers {
                // Every waiver is tried on every place, so that one is not stale because of another.
                let matched: Vec<_> = finding
                    .places
                    .iter()
                    .filter(|place| used.note(waiver, finding, place))
                    .collect();
                let taken: Vec<_> = rest
                    .places
                    .iter()
                    .filter(|place| matched.contains(place))
                    .cloned()
                    .collect();
                rest.places.retain(|place| !taken.contains(place));
                if !taken.is_empty() {
                    let mut part = finding.clone();
                    part.places = taken;
                    waived.push((part, waiver.reason.clone()));
                }
            }
            if !rest.places.is_empty() {
                open.push(rest);
            }
        }
        Sorted {
            open,
            waived,
            waivers,
        }
    }

    /// Limits to an unknown description: their waivers would never be judged.
    fn stale_limits(&self, name: &str) -> Vec<Diagnostic> {
        let limits = self.waivers.iter().flat_map(|waiver| &waiver.upstreams);
        let known: BTreeSet<_> = self.pins.keys().map(String::as_str).chain([name]).collect();
        let unknown =
            limits.filter(|limit| !known.iter().any(|name| matches(&limit.text, name, None)));
        let stale = unknown.map(|limit| {
            let message = format!(
                "no pinned description has this name: `{}`",
                shown(&limit.text)
            );
            let hint = suggestion(&limit.text, known.iter().copied());
            Diagnostic::new("stale-waiver", limit.span, message).with_hint(hint)
        });
        stale.collect()
    }

    fn stale_pins(&self, comparison: &Comparison, name: &str) -> Vec<Diagnostic> {
        let (Some(pin), Some(document)) = (self.pins.get(name), &self.document) else {
            return Vec::new();
        };
        let names = pin
            .operations
            .keys()
            .filter(|operation| !comparison.operations.contains_key(*operation));
        let at = ["pins", name, "operations"]
            .iter()
            .fold(Pointer::root(), |at, segment| at.child(segment));
        let stale = names.map(|operation| {
            let message = format!(
                "pinned operation is not in both documents: `{}`",
                shown(operation)
            );
            Diagnostic::new(
                "stale-pin",
                document.key_span(&at.child(operation)),
                message,
            )
            .with_hint("run with `--accept`")
        });
        stale.collect()
    }
}

impl Waiver {
    fn is_for(&self, name: &str) -> bool {
        self.upstreams.is_empty()
            || self
                .upstreams
                .iter()
                .any(|upstream| matches(&upstream.text, name, None))
    }
}

impl Used {
    fn of(waiver: &Waiver) -> Self {
        Self {
            rules: vec![false; waiver.rules.len()],
            operations: vec![false; waiver.operations.len()],
            pointers: vec![false; waiver.pointers.len()],
        }
    }

    /// Whether the waiver covers this place; if so, marks the words that matched.
    fn note(&mut self, waiver: &Waiver, finding: &Finding, place: &OperationPart) -> bool {
        let id = finding.rule.id();
        let rules: Vec<_> = waiver.rules.iter().map(|rule| rule.text == id).collect();
        let operations = hits(&waiver.operations, &place.operation, None);
        let pointers = hits(&waiver.pointers, place.pointer.as_str(), Some('/'));
        let has = |hits: &[bool]| hits.contains(&true);
        let is_pointed = if waiver.pointers.is_empty() {
            place.pointer.as_str().is_empty()
        } else {
            has(&pointers)
        };
        let is_waived = has(&rules) && has(&operations) && is_pointed;
        if is_waived {
            mark(&mut self.rules, &rules);
            mark(&mut self.operations, &operations);
            mark(&mut self.pointers, &pointers);
        }
        is_waived
    }

    fn stale(&self, waiver: &Waiver, name: &str, comparison: &Comparison) -> Vec<Diagnostic> {
        let misspelt = |word: &Word| Some((word.span, respelt(&word.text, comparison)?));
        let report = |span, message, respelt: Option<String>| {
            let hint = match respelt {
                Some(respelt) => {
                    format!("did you mean `{respelt}`? header names are in lower case")
                }
                None => {
                    "remove it; if another description needs it, add `upstream` with that one's name"
                        .to_owned()
                }
            };
            Diagnostic::new("stale-waiver", span, message).with_hint(hint)
        };
        if !self.rules.contains(&true) {
            let message = format!("waiver matches nothing in {}", shown(name));
            return match waiver.pointers.iter().find_map(misspelt) {
                Some((span, respelt)) => vec![report(span, message, Some(respelt))],
                None => vec![report(waiver.span, message, None)],
            };
        }
        let words = [
            (&waiver.rules, &self.rules),
            (&waiver.operations, &self.operations),
            (&waiver.pointers, &self.pointers),
        ];
        let words = words
            .into_iter()
            .flat_map(|(words, used)| words.iter().zip(used));
        let unused = words.filter(|(_, used)| !**used).map(|(word, _)| {
            let message = format!("`{}` matches nothing in {}", shown(&word.text), shown(name));
            report(word.span, message, respelt(&word.text, comparison))
        });
        unused.collect()
    }
}

/// A pointer with the names of headers as they are compared, if it then matches something.
fn respelt(pointer: &str, comparison: &Comparison) -> Option<String> {
    let (before, header) = pointer.split_once("/headers/")?;
    let end = header.find('/').unwrap_or(header.len());
    let (header, rest) = header.split_at(end);
    let respelt = format!("{before}/headers/{}{rest}", header.to_lowercase());
    let mut places = comparison
        .findings
        .iter()
        .flat_map(|finding| &finding.places);
    let is_found = places.any(|place| matches(&respelt, place.pointer.as_str(), Some('/')));
    (is_found && respelt != pointer).then_some(respelt)
}

fn hits(words: &[Word], text: &str, end: Option<char>) -> Vec<bool> {
    words
        .iter()
        .map(|word| matches(&word.text, text, end))
        .collect()
}

fn mark(used: &mut [bool], hits: &[bool]) {
    used.iter_mut()
        .zip(hits)
        .for_each(|(used, hit)| *used |= hit);
}
