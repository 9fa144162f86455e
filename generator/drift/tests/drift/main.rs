//! Findings of the comparison with an upstream description: a small pair of documents for each difference.

mod equal;
mod hostile;
mod ledger;
mod operations;
mod pairs;
mod places;
mod report;
mod schemas;
mod values;
mod versions;

use drift::{Comparison, compare};
use openapi::{Source, load};

/// A document of one operation, from the fields of the operation and of `components` as YAML.
fn document(operation: &str, components: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{ title: Things, version: '1' }}\npaths:\n  /things/{{id}}:\n    get:\n      operationId: things/get\n{}components:\n{}",
        indented(operation, 6),
        indented(components, 2),
    )
}

fn indented(yaml: &str, by: usize) -> String {
    let lines = yaml.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| format!("{}{line}\n", " ".repeat(by)))
        .collect()
}

fn source(text: &str) -> Source {
    Source::new("document.yaml", text)
}

#[track_caller]
fn compared(fragment: &str, upstream: &str) -> Comparison {
    let loaded = |text: &str| {
        let source = source(text);
        load(&source).unwrap_or_else(|found| panic!("{}", found.render(&source, false)))
    };
    let refused =
        |found: openapi::Diagnostics| panic!("{}", found.render(&source(upstream), false));
    compare(&loaded(fragment), loaded(upstream)).unwrap_or_else(refused)
}

/// Findings as `rule operation pointer`, in the order of the report.
fn findings(comparison: &Comparison) -> Vec<String> {
    let lines = comparison.findings.iter().flat_map(|finding| {
        let places = finding.places.iter();
        places.map(move |place| format!("{} {}{}", finding.rule, place.operation, place.pointer))
    });
    lines.collect()
}

/// The rules of the differences, sorted.
#[track_caller]
fn rules(fragment: &str, upstream: &str) -> Vec<String> {
    let mut rules: Vec<_> = compared(fragment, upstream)
        .findings
        .iter()
        .map(|finding| finding.rule.id())
        .collect();
    rules.sort();
    rules
}

/// The upstream hash of the document's first operation.
#[track_caller]
fn structure(document: &str) -> u64 {
    let comparison = compared(document, document);
    assert_eq!(
        findings(&comparison),
        [""; 0],
        "a document differs from itself"
    );
    comparison
        .operations
        .values()
        .next()
        .expect("an operation")
        .fingerprint
        .structure
}
