//! The positions of keys and values.

use generator::Source;
use openapi::{Document, Pointer, load};
use serde_json::{Value, json};

const KITCHEN_SINK: &str = include_str!("kitchen_sink.yaml");
const ARTIFACTS: &str = include_str!("../../../spec/artifacts.yaml");

#[test]
fn of_yaml() {
    for text in [KITCHEN_SINK, ARTIFACTS] {
        let document = document("document.yaml", text);
        for_each(
            &document.value,
            &Pointer::root(),
            &mut |pointer, key, value| {
                let span = document.span(pointer);
                let shown = &text[span.start..span.end];
                if !value.is_object() && !value.is_array() && !shown.contains('\n') {
                    assert_eq!(&read(shown), value, "{pointer}: {shown}");
                }
                let span = document.key_span(pointer);
                let shown = &text[span.start..span.end];
                if let Some(key) = key {
                    assert_eq!(shown.trim_matches(['"', '\'']), key, "{pointer}: {shown}");
                }
            },
        );
    }
}

#[test]
fn of_json() {
    for spec in [KITCHEN_SINK, ARTIFACTS] {
        let text = serde_json::to_string_pretty(&document("document.yaml", spec).value).unwrap();
        let document = document("document.json", &text);
        for_each(
            &document.value,
            &Pointer::root(),
            &mut |pointer, key, value| {
                let span = document.span(pointer);
                let shown: Value = serde_json::from_str(&text[span.start..span.end]).unwrap();
                assert_eq!(&shown, value, "{pointer}");
                let span = document.key_span(pointer);
                if let Some(key) = key {
                    let shown: String = serde_json::from_str(&text[span.start..span.end]).unwrap();
                    assert_eq!(shown, key, "{pointer}");
                }
            },
        );
    }
}

#[test]
fn around_brackets_no_deeper_than_their_key() {
    let lines = [
        "a:",
        "  b: [",
        "    \"one # no comment\", # 'é'",
        "    # [\"",
        "  ]",
        "  c: {\"d\": [1], e: it's \"f\"",
        "}",
        "  # \"",
        "  g: [{h: \"#",
        "    # i\"},",
        "",
        "]",
        "  j: >",
        "",
        "     ' [",
        "  k: l",
        "    [ '",
        "  m: [!!str \"n\", http://o,",
        "  ]",
        "  \"p\": q",
    ];
    for end in ["\n", "\r\n"] {
        let text = lines.join(end);
        let document = document("document.yaml", &text);
        let expected = json!({"a": {
            "b": ["one # no comment"],
            "c": {"d": [1], "e": "it's \"f\""},
            "g": [{"h": "# # i"}],
            "j": "\n' [\n",
            "k": "l [ '",
            "m": ["n", "http://o"],
            "p": "q",
        }});
        assert_eq!(document.value, expected);
        let shown = |steps: &[&str]| shown(&document, &text, steps);
        assert_eq!(shown(&["a", "b", "0"]), "\"one # no comment\"");
        assert_eq!(shown(&["a", "c", "e"]), "it's \"f\"");
        assert_eq!(shown(&["a", "m", "1"]), "http://o");
        assert_eq!(shown(&["a", "p"]), "q");
    }
}

#[test]
fn of_missing_values() {
    let text = "a:\n  b: [1, 2]\n";
    let document = document("document.yaml", text);
    let shown = |steps: &[&str]| shown(&document, text, steps);
    assert_eq!(shown(&["a", "c", "d"]), "a");
    assert_eq!(shown(&["a", "b", "2"]), "b");
    assert_eq!(shown(&["a", "b", "1"]), "2");
    assert_eq!(shown(&["x"]), "");
}

#[test]
fn of_aliased_values() {
    let text = "first: &it {name: one}\nsecond: *it\n";
    let document = document("document.yaml", text);
    let second = Pointer::root().child("second");
    let (alias, name) = (document.span(&second), document.span(&second.child("name")));
    assert_eq!(&text[alias.start..alias.end], "*it");
    assert_eq!(&text[name.start..name.end], "one");
}

fn for_each(
    value: &Value,
    pointer: &Pointer,
    see: &mut impl FnMut(&Pointer, Option<&str>, &Value),
) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let pointer = pointer.child(key);
                see(&pointer, Some(key), value);
                for_each(value, &pointer, see);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                let pointer = pointer.child(index.to_string());
                see(&pointer, None, value);
                for_each(value, &pointer, see);
            }
        }
        _ => {}
    }
}

fn read(scalar: &str) -> Value {
    document("scalar.yaml", &format!("it: {scalar}\n")).value["it"].clone()
}

/// The text of the value that these steps lead to.
fn shown<'t>(document: &Document, text: &'t str, steps: &[&str]) -> &'t str {
    let pointer = steps
        .iter()
        .fold(Pointer::root(), |pointer, step| pointer.child(step));
    let span = document.span(&pointer);
    &text[span.start..span.end]
}

fn document(name: &str, text: &str) -> Document {
    let source = Source::new(name, text);
    load(&source).unwrap_or_else(|found| panic!("{}", found.render(&source, false)))
}
