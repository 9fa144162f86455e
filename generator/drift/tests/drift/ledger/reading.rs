//! Invalid files.

use drift::Ledger;

use super::source;

/// The errors in a file.
#[track_caller]
fn wrong(text: &str) -> String {
    let source = source(text);
    Ledger::read(&source).unwrap_err().render(&source, false)
}

#[test]
fn mistakes_have_positions() {
    for (text, expect) in [
        (
            "waiver: []",
            "error[unknown-field]: unknown field: `waiver`\n --> spec/drift.yaml:1:1",
        ),
        (
            "waivers: {}",
            "error[wrong-type]: `waivers` must be a list\n --> spec/drift.yaml:1:10",
        ),
        (
            "waivers: [a]",
            "error[wrong-type]: expected an object\n --> spec/drift.yaml:1:11",
        ),
        (
            "waivers: [{ rule: parameter-added, operation: a }]",
            "error[missing-field]: missing field: `reason`\n --> spec/drift.yaml:1:11",
        ),
        (
            "waivers: [{ rule: parameter-added, operation: a, reason: ' ' }]",
            "error[missing-reason]: waiver has no reason\n",
        ),
        (
            "waivers: [{ rule: parameter-added, operation: a, reason: }]",
            "error[missing-reason]: waiver has no reason\n",
        ),
        (
            "waivers: [{ rule: parameter-added, reason: r }]",
            "missing field: `operation`",
        ),
        (
            "waivers: [{ operation: a, reason: r }]",
            "missing field: `rule`",
        ),
        (
            "waivers: [{ rule: parameter-aded, operation: a, reason: r }]",
            "error[unknown-rule]: unknown rule: `parameter-aded`\n --> spec/drift.yaml:1:19",
        ),
        (
            "waivers: [{ rule: parameter-aded, operation: a, reason: r }]",
            "did you mean `parameter-added`?",
        ),
        (
            "waivers: [{ rule: operation-docs-changed, operation: a, reason: r }]",
            "rule can't be waived: `operation-docs-changed`",
        ),
        (
            "waivers: [{ rule: parameter-added, operation: a, reason: r, place: /a }]",
            "unknown field: `place`\n --> spec/drift.yaml:1:61",
        ),
        (
            "waivers: [{ rule: parameter-added, operation: 1, reason: r }]",
            "error[wrong-type]: expected a string, or a list of strings\n",
        ),
        (
            "waivers: [{ rule: parameter-added, operation: [], reason: r }]",
            "expected a string, or a list of strings",
        ),
        (
            "waivers: [{ rule: parameter-added, operation: a, pointer: [/a, 1], reason: r }]",
            "expected a string, or a list of strings",
        ),
        ("pins: []", "expected an object"),
        (
            "pins: { a: { version: 1, operations: {} } }",
            "expected a string",
        ),
        (
            "pins: { a: { version: '1' } }",
            "missing field: `operations`",
        ),
        (
            "pins: { a: { version: '1', operations: {}, more: 1 } }",
            "unknown field: `more`",
        ),
        (
            "pins: { a: { version: '1', operations: { b: { structure: 12, docs: '0123456789abcdef' } } } }",
            "expected 16 hexadecimal digits in quotes",
        ),
        (
            "waivers: []\nwaivers: []",
            "error[duplicate-key]: duplicate key: `waivers`\n --> spec/drift.yaml:2:1",
        ),
        ("", "the document is empty"),
        ("\n", "write `waivers: []`, or remove the file"),
        ("\u{1}", "error["),
    ] {
        let message = wrong(text);
        assert!(message.contains(expect), "{text}\n{message}");
    }
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let message = wrong("a: 1\nwaivers: [{ rule: x, operation: a, reason: r }, {}]\n");
    assert!(
        message.ends_with("5 errors in spec/drift.yaml\n"),
        "{message}"
    );
}
