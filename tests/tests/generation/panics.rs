//! No input makes the generator panic.

use generator::Source;
use serde_json::{Value, json};

/// What a part of the document is replaced by.
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

/// Of so many parts, one is replaced. The fuzzing replaces the others.
const STRIDE: usize = 5;

/// Replaces parts of a document, each by another kind of value than the one before.
#[test]
fn mutations() {
    let original = super::source("tests/tests/generation/hazards.yaml");
    let document = openapi::load(&original)
        .expect("the document is right")
        .value;
    let mut pointers = Vec::new();
    collect(&document, "", &mut pointers);
    let (mut accepted, mut rejected) = (0, 0);
    for (index, pointer) in pointers.iter().enumerate().step_by(STRIDE) {
        let replacements = replacements();
        let mut mutated = document.clone();
        let place = mutated
            .pointer_mut(pointer)
            .expect("a place in the document");
        *place = replacements[index % replacements.len()].clone();
        let source = Source::new("mutated.json", mutated.to_string());
        match generator::generate(&source, &generator::Options::strict()) {
            Ok(_) => accepted += 1,
            Err(found) => {
                rejected += 1;
                let engine = found.iter().find(|found| found.rule.starts_with("engine"));
                assert!(engine.is_none(), "{pointer}: {engine:?}");
            }
        }
    }
    assert!(
        accepted > 20 && rejected > 100,
        "{accepted} accepted, {rejected} rejected"
    );
}

fn collect(value: &Value, pointer: &str, pointers: &mut Vec<String>) {
    let children: Vec<_> = match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| (key.replace('~', "~0").replace('/', "~1"), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, value)| (index.to_string(), value))
            .collect(),
        _ => Vec::new(),
    };
    for (key, value) in children {
        let child = format!("{pointer}/{key}");
        collect(value, &child, pointers);
        pointers.push(child);
    }
}
