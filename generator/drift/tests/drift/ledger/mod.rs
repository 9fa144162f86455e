//! Waivers and pins.

mod judging;
mod pins;
mod reading;

use drift::{Judgement, Ledger};
use openapi::Source;

use crate::{compared, document};

const FRAGMENT: &str = "responses: { '200': { content: { a/b: { schema: { type: object, properties: { a: {}, b: {} } } } } }, '404': {} }";
const UPSTREAM: &str = "responses: { '200': { content: { a/b: { schema: { type: object, properties: { a: { type: string } } } } } } }";
/// Waivers for all differences.
const WAIVERS: &str = "
waivers:
  - { rule: error-status-removed, operation: things/get, pointer: /responses/404, reason: it happens }
  - { rule: [response-optional-property-removed, response-narrowed], operation: 'things/*', pointer: '/responses/200/**/properties/?', reason: meant }
";

fn source(text: &str) -> Source {
    Source::new("spec/drift.yaml", text)
}

fn waivers() -> String {
    WAIVERS.replace("/properties/?", "/properties/*")
}

#[track_caller]
fn read(text: &str) -> Ledger {
    let source = source(text);
    Ledger::read(&source).unwrap_or_else(|found| panic!("{}", found.render(&source, false)))
}

#[track_caller]
fn judged(ledger: &str, upstream: &str) -> Judgement {
    let (fragment, upstream) = (
        document(FRAGMENT, "schemas: {}"),
        document(upstream, "schemas: {}"),
    );
    read(ledger).judge(&compared(&fragment, &upstream), "api.github.com")
}

/// The text with the upstream description pinned.
#[track_caller]
fn accepted(text: &str, upstream: &str, name: &str) -> String {
    let comparison = compared(
        &document(FRAGMENT, "schemas: {}"),
        &document(upstream, "schemas: {}"),
    );
    let source = source(text);
    read(text)
        .accepted(Some(&source), &comparison, name)
        .unwrap_or_else(|found| panic!("{}", found.render(&source, false)))
}

fn open(judgement: &Judgement) -> Vec<String> {
    judgement
        .findings
        .iter()
        .map(|finding| finding.rule.id())
        .collect()
}

fn stale(judgement: &Judgement) -> Vec<String> {
    let stale = judgement.stale.iter().flatten();
    stale.map(|diagnostic| diagnostic.message.clone()).collect()
}
