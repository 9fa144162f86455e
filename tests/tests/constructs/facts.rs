//! The emitted code has every fact of a document.

use generator::facts;

use crate::emitted::CONSTRUCTS;

#[test]
fn nothing_is_missing() {
    let missing: Vec<_> = CONSTRUCTS.iter().flat_map(|name| missing(name)).collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

fn missing(construct: &str) -> Vec<String> {
    let source = crate::source(construct);
    let document = openapi::load(&source).expect("the document can be read");
    let output = crate::output(construct);
    let missing = facts::missing(&document, &output.files, &output.warnings).into_iter();
    missing.map(|fact| format!("{construct}: {fact}")).collect()
}
