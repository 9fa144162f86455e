//! No input makes the generator panic.

use generator::Source;
use serde_json::{Value, json};

/// The replacements for a part of the document.
fn replacements() -> [Value; 6] {
    [
        json!(null),
        json!(-1),
        json!("…"),
        json!([]),
        json!({}),
        json!([{ "type": "object" }]),
    ]
}

/// One in so many parts is replaced. The fuzzing replaces the others.
const STRIDE: usize = 5;

/// Replaces parts of a document, each by another kind of value than the one before.
#[test]
fn mutations() {
    let original = super::source("tests/tests/generation/hazards.yaml");
    let document = openapi::load(&original)
        .expect("the document is right")
        .value;
    let pointers: Vec<_> = tests::pointers(&document).into_iter().enumerate().collect();
    let some: Vec<_> = pointers.iter().step_by(STRIDE).collect();
    let accepted = tests::count_in_parallel(&some, |(index, pointer)| {
        let replacements = replacements();
        let mut mutated = document.clone();
        let place = mutated
            .pointer_mut(pointer)
            .expect("a place in the document");
        *place = replacements[index % replacements.len()].clone();
        let source = Source::new("mutated.json", mutated.to_string());
        match generator::generate(&source, &generator::Options::strict()) {
            Ok(_) => true,
            Err(found) => {
                let engine = found.iter().find(|found| found.rule.starts_with("engine"));
                assert!(engine.is_none(), "{pointer}: {engine:?}");
                false
            }
        }
    });
    let rejected = some.len() - accepted;
    assert!(
        accepted > 20 && rejected > 100,
        "{accepted} accepted, {rejected} rejected"
    );
}
