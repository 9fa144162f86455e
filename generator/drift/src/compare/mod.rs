//! Two normalised operations, side by side.

mod bodies;
mod choice;
mod flags;
mod headers;
mod limits;
mod objects;
mod operation;
mod parameters;
mod responses;
mod scalars;
mod summary;
mod value;

use std::collections::BTreeMap;

use openapi::{Document, Pointer, words};

use super::finding::{Finding, OperationPart, Side};
use super::quoted::{quoted, without_quotes};
use super::rule::{Facet, Rule, Subject};
use super::view::{Child, Graph, ShapeId};
use summary::{LocatedSummary, Summary, absent, present};

/// Both documents, each with its schemas.
#[derive(Clone, Copy)]
pub(super) struct Documents<'a> {
    pub(super) fragment: (&'a Document, &'a Graph<'a>),
    pub(super) upstream: (&'a Document, &'a Graph<'a>),
}

/// Compares, and collects findings.
pub(super) struct Comparer<'a> {
    documents: Documents<'a>,
    /// The operation being compared.
    operation: String,
    /// The pairs of schemas that the walk is in at the moment.
    open: Vec<(ShapeId, ShapeId)>,
    /// How often a pair of schemas was met in this operation.
    met: BTreeMap<(ShapeId, ShapeId), usize>,
    pub(super) found: Vec<Finding>,
}

/// A part of the operation that both documents have.
#[derive(Clone, Debug)]
struct Spot {
    subject: Subject,
    /// The path to it from the operation.
    place: Pointer,
    /// Its name in messages.
    name: String,
}

impl Documents<'_> {
    pub(super) fn in_fragment(&self, summary: LocatedSummary<'_>) -> Side {
        side(self.fragment.0, summary)
    }

    pub(super) fn in_upstream(&self, summary: LocatedSummary<'_>) -> Side {
        side(self.upstream.0, summary)
    }
}

/// A missing keyword is shown at the object that could have it.
fn side(document: &Document, (pointer, summary): LocatedSummary<'_>) -> Side {
    let mut pointer = pointer.clone();
    while document.value.pointer(pointer.as_str()).is_none() {
        pointer.pop();
    }
    let is_absent = summary.is_none();
    let Summary { shown, full } = summary.unwrap_or_else(|| "absent".into());
    Side {
        span: document.key_span(&pointer),
        pointer,
        is_absent,
        summary: shown,
        full,
    }
}

impl<'a> Comparer<'a> {
    pub(super) fn new(documents: Documents<'a>) -> Self {
        Self {
            documents,
            operation: String::new(),
            open: Vec::new(),
            met: BTreeMap::new(),
            found: Vec::new(),
        }
    }

    /// The fragment's side of a schema without a counterpart.
    fn all_of(&self, child: &Child, shown: String) -> Summary {
        let fingerprint = self.documents.fragment.1.fingerprint(child.shape);
        Summary::with_hash(shown, fingerprint.structure)
    }

    fn report(
        &mut self,
        spot: &Spot,
        facet: Facet,
        message: String,
        fragment: LocatedSummary<'_>,
        upstream: LocatedSummary<'_>,
    ) {
        self.found.push(Finding {
            rule: Rule::new(spot.subject, facet),
            message,
            places: vec![OperationPart {
                operation: self.operation.clone(),
                pointer: spot.place.clone(),
            }],
            fragment: self.documents.in_fragment(fragment),
            upstream: self.documents.in_upstream(upstream),
        });
    }
}

impl Spot {
    fn new(subject: Subject, place: &[&str], name: String) -> Self {
        let place = place
            .iter()
            .fold(Pointer::root(), |place, segment| place.child(segment));
        Self {
            subject,
            place,
            name,
        }
    }

    /// The same part, as one of something else.
    fn of(&self, subject: Subject) -> Self {
        let mut spot = self.clone();
        spot.subject = subject;
        spot
    }

    /// A part of this part.
    fn part(&self, segments: &[&str], name: String) -> Self {
        let mut part = self.clone();
        for segment in segments {
            part.place.push(segment);
        }
        part.name = name;
        part
    }

    /// A keyword of the same part.
    fn keyword(&self, keyword: &str) -> Self {
        self.part(&[keyword], self.name.clone())
    }
}

/// Names as a list.
fn listed<'n>(names: impl IntoIterator<Item = &'n String>) -> String {
    let plain: Vec<_> = names.into_iter().map(|name| without_quotes(name)).collect();
    words::listed(plain.iter().map(String::as_str))
}
