//! Every part of a valid document replaced by something else, in turn: nothing panics, and what is accepted
//! can be read by openapiv3. The tests take some of the replacements for each part, and the benchmark `fuzz` all of them.

use generator::{Diagnostics, Source};
use openapi::check::check;
use openapi::load;
use openapiv3::OpenAPI;
use serde_json::{Value, json};

/// How many replacements are left out before another one is taken.
const STRIDE: usize = 3;

const KITCHEN_SINK: &str = include_str!("kitchen_sink.yaml");
const ARTIFACTS: &str = include_str!("../../../spec/artifacts.yaml");

#[test]
fn kitchen_sink_is_accepted() {
    let source = yaml(KITCHEN_SINK);
    let document = load(&source).unwrap_or_else(|found| panic!("{}", found.render(&source, false)));
    if let Err(found) = Diagnostics::from_found(check(&document)) {
        panic!("{}", found.render(&source, false));
    }
    serde_json::from_value::<OpenAPI>(document.value).unwrap();
}

#[test]
fn own_specification_survives_every_loss() {
    let whole = value_of(ARTIFACTS);
    assert!(survives(&whole, "whole"));
    tests::map_in_parallel(&tests::pointers(&whole), |pointer| {
        let mut mutated = whole.clone();
        *mutated.pointer_mut(pointer).unwrap() = Value::Null;
        survives(&mutated, &format!("{pointer} = null"))
    });
}

#[test]
fn replaced_values_never_surprise() {
    let replacements = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1.5),
        json!(u64::MAX),
        json!("x"),
        json!([]),
        json!([{}]),
        json!(["x"]),
        json!({}),
        json!({"x": {}}),
        json!({"$ref": "#/components/schemas/id"}),
        json!({"$ref": 1}),
    ];
    let whole = value_of(KITCHEN_SINK);
    let mut cases = Vec::new();
    for (index, pointer) in tests::pointers(&whole).into_iter().enumerate() {
        let some = replacements.iter().skip(index % STRIDE).step_by(STRIDE);
        cases.extend(some.map(|value| (pointer.clone(), value)));
    }
    let accepted = tests::count_in_parallel(&cases, |(pointer, replacement)| {
        let mut mutated = whole.clone();
        *mutated.pointer_mut(pointer).unwrap() = (*replacement).clone();
        survives(&mutated, &format!("{pointer} = {replacement}"))
    });
    // Were none accepted, nothing would have been shown about openapiv3.
    assert!(accepted > 200 / STRIDE, "{accepted}");
}

#[test]
fn removed_and_renamed_values_never_surprise() {
    let whole = value_of(KITCHEN_SINK);
    let pointers = tests::pointers(&whole);
    let parts = pointers.iter().filter(|pointer| !pointer.is_empty());
    let parts: Vec<_> = parts.enumerate().collect();
    tests::map_in_parallel(&parts, |(index, pointer)| {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let key = key.replace("~1", "/").replace("~0", "~");
        let mut removed = whole.clone();
        match removed.pointer_mut(parent).unwrap() {
            Value::Object(fields) => drop(fields.shift_remove(&key)),
            Value::Array(items) => drop(items.remove(key.parse().unwrap())),
            _ => unreachable!("a parent is a collection"),
        }
        survives(&removed, &format!("without {pointer}"));
        let names = ["", "$ref", "x-other", "get", "é{"];
        for name in names.into_iter().skip(index % STRIDE).step_by(STRIDE) {
            let mut renamed = whole.clone();
            if let Value::Object(fields) = renamed.pointer_mut(parent).unwrap() {
                let value = fields.shift_remove(&key).unwrap();
                fields.insert(name.to_owned(), value);
                survives(&renamed, &format!("{pointer} called {name}"));
            }
        }
    });
}

#[test]
fn cut_off_and_garbled_text_never_panics() {
    let bytes: Vec<char> = KITCHEN_SINK.chars().collect();
    for at in (0..bytes.len()).step_by(197) {
        let cut: String = bytes[..at].iter().collect();
        let _ = load(&yaml(&cut)).map(|document| check(&document));
        for garbage in [
            '{', '"', '\'', ':', '\n', '\t', '&', '*', '!', '|', '-', '\u{0}', 'é',
        ] {
            let mut garbled = bytes.clone();
            garbled[at] = garbage;
            let source = yaml(&garbled.iter().collect::<String>());
            match load(&source) {
                Ok(document) => drop(check(&document)),
                Err(found) => drop(found.render(&source, true)),
            }
        }
    }
}

/// Whether the document is accepted; fails if openapiv3 then cannot read it.
fn survives(value: &Value, what: &str) -> bool {
    let source = Source::new("mutated.json", value.to_string());
    let Ok(document) = load(&source) else {
        return false;
    };
    if let Err(found) = Diagnostics::from_found(check(&document)) {
        let text = found.render(&source, false);
        assert!(text.contains("mutated.json"), "{what}: {text}");
        return false;
    }
    if let Err(error) = serde_json::from_value::<OpenAPI>(document.value) {
        panic!("{what}: accepted, but {error}");
    }
    true
}

fn value_of(text: &str) -> Value {
    load(&yaml(text)).unwrap().value
}

fn yaml(text: &str) -> Source {
    Source::new("document.yaml", text)
}
