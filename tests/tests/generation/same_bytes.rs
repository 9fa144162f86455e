//! The same document gives the same bytes.

use generator::Source;
use serde_json::{Map, Value};

#[test]
fn twice() {
    let again = generator::generate(&super::spec(), &generator::Options::strict());
    assert_eq!(again.as_ref(), Ok(super::output()));
}

/// The order of paths and components does not matter; properties and parameters keep theirs.
#[test]
fn in_another_order() {
    let spec = super::spec();
    let document = openapi::load(&spec).expect("the document is right");
    let mut value = document.value.clone();
    reverse(&mut value["paths"]);
    for section in value["components"]
        .as_object_mut()
        .expect("a map")
        .values_mut()
    {
        reverse(section);
    }
    reverse(&mut value);
    let reordered = Source::new(&spec.name, value.to_string());
    assert_ne!(reordered.text, document.value.to_string());
    let output = generator::generate(&reordered, &generator::Options::strict());
    assert_eq!(output.as_ref(), Ok(super::output()));
}

fn reverse(value: &mut Value) {
    if let Value::Object(fields) = value {
        *fields = std::mem::take(fields)
            .into_iter()
            .rev()
            .collect::<Map<_, _>>();
    }
}
