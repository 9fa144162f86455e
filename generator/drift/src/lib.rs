//! Differences in meaning between the fragment and an official description of the same API.
//!
//! 1. [`compare()`]: both documents to findings. Each operation of the fragment is looked up upstream,
//!    both are normalised (`view`), and the remaining differences are reported by rule (`compare`).
//! 2. [`Ledger::judge`]: removes waived findings, and adds changes since the last acceptance.
//! 3. [`Report`]: the rest as text, Markdown or JSON.
//!
//! Rules take upstream's view: `added` means that upstream has it, and the fragment does not.

mod compare;
mod finding;
mod ledger;
mod pairs;
mod patch;
mod quoted;
mod report;
mod rule;
mod versions;
mod view;

use std::collections::BTreeMap;

use openapi::{Diagnostic, Diagnostics, Document, Pointer, Span, Version};
use serde_json::Value;

use compare::{Comparer, Documents};
use pairs::Paired;
use view::{Graph, Interner, Operation, fingerprint};

pub use finding::{Finding, OperationPart, Side};
pub use ledger::{Accepted, Judgement, Ledger, Pin};
pub use report::Report;
pub use rule::{Rule, Severity};
pub use view::Fingerprint;

/// The result of a comparison.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Comparison {
    /// Sorted by severity, then by their positions.
    pub findings: Vec<Finding>,
    /// Upstream's version, as it says itself.
    pub version: String,
    /// How many of upstream's announced changes are part of the version that the fragment speaks.
    pub changesets: usize,
    /// The fragment's operations upstream, by operationId, with their positions in the fragment.
    pub operations: BTreeMap<String, Compared>,
}

/// An operation that both documents have.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Compared {
    /// Hashes of upstream's side.
    pub fingerprint: Fingerprint,
    /// Where it is in the fragment.
    pub fragment: Side,
    /// Where it is upstream.
    pub upstream: Side,
}

/// Compares the operations that the fragment has. The fragment should have passed [`check`](openapi::check::check).
///
/// # Errors
///
/// When upstream is not a document of OpenAPI 3.0 or 3.1.
pub fn compare(fragment: &Document, mut upstream: Document) -> Result<Comparison, Diagnostics> {
    refuse_others(&upstream)?;
    let requested = versions::requested(&fragment.value);
    let changesets = upstream.edit(|upstream| versions::apply(upstream, requested));
    let upstream = &upstream;

    let pairs = pairs::pairs(&fragment.value, &upstream.value);
    let mut schemas = (
        Interner::new(&fragment.value),
        Interner::new(&upstream.value),
    );
    let mut read = Vec::new();
    for Paired { fragment, upstream } in pairs.both.iter().cloned() {
        let fragment = Operation::read(&mut schemas.0, fragment);
        read.push((fragment, Operation::read(&mut schemas.1, upstream)));
    }
    let graphs = (Graph::read(schemas.0), Graph::read(schemas.1));

    let documents = Documents {
        fragment: (fragment, &graphs.0),
        upstream: (upstream, &graphs.1),
    };
    let mut comparer = Comparer::new(documents);
    let mut operations = BTreeMap::new();
    for (ours, theirs) in &read {
        comparer.operation(ours, theirs);
        let compared = Compared {
            fingerprint: fingerprint(theirs, &graphs.1),
            fragment: documents.in_fragment((&ours.entry.at, None)),
            upstream: documents.in_upstream((&theirs.entry.at, None)),
        };
        operations.insert(ours.entry.name(), compared);
    }
    comparer.missing(&pairs.missing);
    comparer.not_in_fragment(&pairs.section());
    let version = upstream
        .value
        .pointer("/info/version")
        .and_then(Value::as_str);
    Ok(Comparison {
        findings: finding::grouped(comparer.found),
        version: version.unwrap_or_default().to_owned(),
        changesets,
        operations,
    })
}

fn refuse_others(upstream: &Document) -> Result<(), Diagnostics> {
    let refused = |span, message: &str, hint: &str| {
        Err(Diagnostic::new("not-openapi", span, message)
            .with_hint(hint)
            .into())
    };
    let at = |field: &str| upstream.span(&Pointer::root().child(field));
    let hint = "give a description of OpenAPI 3.0 or 3.1, as GitHub publishes them";
    if Version::of(&upstream.value).is_none() {
        let version = upstream.value.get("openapi");
        return if version.is_some_and(Value::is_string) {
            let message = "the upstream description is not OpenAPI 3.0 or 3.1";
            refused(at("openapi"), message, hint)
        } else {
            let message = "the upstream description is not an OpenAPI document";
            refused(Span::default(), message, hint)
        };
    }
    if upstream
        .value
        .get("paths")
        .is_none_or(|paths| !paths.is_object())
    {
        return refused(at("paths"), "the upstream description has no `paths`", hint);
    }
    Ok(())
}
