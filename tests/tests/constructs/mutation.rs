//! Parts of the documents replaced by something else: nothing panics, and accepted documents give valid Rust.

use generator::Source;
use serde_json::{Value, json};

use crate::emitted::CONSTRUCTS;

/// How many parts are left as they are before another one is replaced: all of them would take minutes.
const STRIDE: usize = 5;

#[test]
fn replaced_parts_never_surprise() {
    let replacements = [
        json!(null),
        json!(true),
        json!(-1.5),
        json!("x"),
        json!([]),
        json!([{}]),
        json!({}),
        json!({"x": {}}),
        json!({"$ref": "#/components/schemas/x"}),
        json!({"type": "object", "properties": {"x": {"type": "x"}}}),
        json!({"allOf": [{"type": "string"}, {"type": "object"}]}),
    ];
    let mut mutations = Vec::new();
    for construct in CONSTRUCTS {
        let whole = value(construct);
        let pointers = tests::pointers(&whole).into_iter().step_by(STRIDE);
        for (index, pointer) in pointers.enumerate() {
            let mut mutated = whole.clone();
            let replacement = &replacements[index % replacements.len()];
            *mutated.pointer_mut(&pointer).expect("a part") = replacement.clone();
            mutations.push((construct, mutated));
        }
    }
    let accepted = tests::count_in_parallel(&mutations, |(construct, mutated)| {
        survives(construct, mutated)
    });
    // If none were accepted, no emitted code would have been tested.
    assert!(accepted > 500, "{accepted}");
}

fn value(construct: &str) -> Value {
    let source = crate::source(construct);
    openapi::load(&source)
        .expect("the document can be read")
        .value
}

/// Whether a document is accepted. A rejection has a line.
fn survives(construct: &str, document: &Value) -> bool {
    let source = Source::new(format!("{construct}.json"), document.to_string());
    match crate::generate(&source) {
        Ok(_) => true,
        Err(message) => {
            let is_defect = message.contains("defect of the generator");
            assert!(!is_defect, "{construct}: {message}\n{document}");
            false
        }
    }
}
