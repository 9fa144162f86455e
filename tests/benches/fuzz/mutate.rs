//! A document made of another one by changes that keep its structure.

use serde_json::{Map, Value, json};

use crate::corpus::Corpus;
use crate::random::Random;

/// Changes at most so many parts.
const CHANGES: usize = 5;

/// Texts that have a meaning somewhere on the way to Rust, and some that are merely odd.
const TEXTS: &[&str] = &[
    "",
    " ",
    "\u{0}",
    "\r\n\t",
    "\"",
    "\\",
    "{",
    "}}",
    "{a}{a}",
    "*/ pub fn f() {}",
    "/*",
    "//!",
    "#![deny(warnings)]",
    "```\nfn main() { panic!() }\n```",
    "~~~rust\nassert!(false);\n~~~",
    "    let indented = 1;",
    "<script>alert(1)</script>",
    "<a href='x'>",
    "&lt;&#x3c;b&#x3e;",
    "[x](javascript:alert(1))",
    "[`crate::types::X`]",
    "![i](http://e.com/i.png)",
    "a | b\n--|--\n1 | 2",
    "- a\n\n      b\n1. c\n> d",
    "r#\"raw\"#",
    "self",
    "Self",
    "super",
    "crate",
    "type",
    "async",
    "_",
    "__",
    "con",
    "1",
    "-1",
    "1e999",
    "9223372036854775808",
    "\u{202e}abc",
    "é\u{301}ﷺ",
    "\u{1F600}",
    "../../etc/passwd",
    "/a/{b}/c{d}.{e}",
    "a\nb",
    "%00%2f%",
    "?#&=;:@",
    "application/json",
    "text/event-stream",
    "multipart/form-data; boundary=x",
    "*/*",
    "2XX",
    "default",
    "99",
    "$ref",
    "x-x",
    "https://{a}.example.com/{b}",
    "http://user:pass@[::1]:99999/?q#f",
    "date-time",
    "binary",
    "(?<x>a)\\k<x>[",
];

/// Replacements with rare schemas.
fn schemas() -> Vec<Value> {
    vec![
        json!({}),
        json!({ "type": "object" }),
        json!({ "type": "array" }),
        json!({ "type": "array", "items": { "type": "array", "items": {} } }),
        json!({ "type": "string", "format": "binary" }),
        json!({ "type": "string", "format": "date-time", "nullable": true }),
        json!({ "type": "integer", "format": "uint64", "minimum": 1, "maximum": 0 }),
        json!({ "enum": [1, "1", true, null, 1.5, {}, []] }),
        json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }, {}] }),
        json!({ "anyOf": [{ "required": ["a"] }, { "not": {} }] }),
        json!({ "allOf": [{ "type": "string" }, { "type": "object", "properties": { "a": {} } }] }),
        json!({ "type": "object", "additionalProperties": { "type": "integer" }, "properties": { "extra": {} }, "required": ["b"] }),
        json!({ "discriminator": { "propertyName": "a" }, "oneOf": [] }),
        json!({ "type": "object", "properties": { "self": { "readOnly": true }, "Self": { "writeOnly": true }, "_": {}, "": {} }, "required": ["self", "Self"] }),
    ]
}

/// Makes a document of one of the corpus; gives the name of that as well.
pub(crate) fn document<'c>(corpus: &'c Corpus, random: &mut Random) -> (&'c str, Value) {
    let (name, original) = random.one_of(&corpus.documents);
    let mut document = original.clone();
    for _ in 0..=random.below(CHANGES) {
        change(&mut document, corpus, random);
    }
    (name, document)
}

fn change(document: &mut Value, corpus: &Corpus, random: &mut Random) {
    let places = places(document);
    let place = random.one_of(&places).clone();
    match random.below(12) {
        0 => remove(document, &place),
        1 => rename(document, &place, corpus, random),
        2 => double(document, &place, corpus, random),
        3 => {
            let other = random.one_of(&places);
            let other = document.pointer(other).cloned().unwrap_or_default();
            put(document, &place, other);
        }
        4 => {
            let target = random.one_of(&places).replace('%', "%25");
            put(document, &place, json!({ "$ref": format!("#{target}") }));
        }
        5 => {
            let inner = document.pointer(&place).cloned().unwrap_or_default();
            let wrapped = match random.below(4) {
                0 => json!({ "allOf": [inner] }),
                1 => json!({ "oneOf": [inner, { "type": "string" }] }),
                2 => json!({ "type": "array", "items": inner }),
                _ => json!([inner]),
            };
            put(document, &place, wrapped);
        }
        6 | 7 => {
            let key = last(&place);
            let alike: Vec<_> = corpus
                .parts
                .iter()
                .filter(|(other, _)| *other == key)
                .collect();
            let part = if alike.is_empty() {
                random.one_of(&corpus.parts)
            } else {
                random.one_of(&alike)
            };
            put(document, &place, part.1.clone());
        }
        8 => put(document, &place, random.one_of(&schemas()).clone()),
        9 => {
            let scalars = [
                json!(null),
                json!(true),
                json!(false),
                json!(0),
                json!(-1),
                json!(1.5),
                json!(u64::MAX),
                json!(i64::MIN),
                json!(1e300),
                json!([]),
                json!({}),
            ];
            put(document, &place, random.one_of(&scalars).clone());
        }
        _ => put(document, &place, json!(text(random))),
    }
}

fn text(random: &mut Random) -> String {
    let mut text = (*random.one_of(TEXTS)).to_owned();
    if random.below(4) == 0 {
        text.push_str(random.one_of::<&str>(TEXTS));
    }
    if random.below(40) == 0 {
        text = text.repeat(100);
    }
    text
}

/// Pointers to all values but the whole, and to one that is not there.
fn places(document: &Value) -> Vec<String> {
    let mut found = tests::pointers(document);
    found.retain(|place| !place.is_empty());
    found.push("/x".to_owned());
    found
}

fn split(place: &str) -> (&str, String) {
    let (parent, key) = place.rsplit_once('/').expect("a place begins with a slash");
    (parent, key.replace("~1", "/").replace("~0", "~"))
}

fn last(place: &str) -> String {
    split(place).1
}

fn put(document: &mut Value, place: &str, value: Value) {
    if let Some(old) = document.pointer_mut(place) {
        *old = value;
    }
}

fn remove(document: &mut Value, place: &str) {
    let (parent, key) = split(place);
    match document.pointer_mut(parent) {
        Some(Value::Object(fields)) => {
            fields.shift_remove(&key);
        }
        Some(Value::Array(items)) => {
            if let Some(index) = key.parse().ok().filter(|index| *index < items.len()) {
                items.remove(index);
            }
        }
        _ => {}
    }
}

fn key(corpus: &Corpus, random: &mut Random) -> String {
    if random.below(2) == 0 {
        random.one_of(&corpus.keys).clone()
    } else {
        text(random)
    }
}

fn rename(document: &mut Value, place: &str, corpus: &Corpus, random: &mut Random) {
    let (parent, old) = split(place);
    let new = key(corpus, random);
    if let Some(Value::Object(fields)) = document.pointer_mut(parent) {
        let renamed: Map<_, _> = std::mem::take(fields)
            .into_iter()
            .map(|(key, value)| (if key == old { new.clone() } else { key }, value))
            .collect();
        *fields = renamed;
    }
}

/// Has a value twice: under another key, or as another item.
fn double(document: &mut Value, place: &str, corpus: &Corpus, random: &mut Random) {
    let (parent, old) = split(place);
    let mut new = key(corpus, random);
    if random.below(3) == 0 {
        // One that differs in its spelling alone.
        new = old.to_uppercase();
    }
    match document.pointer_mut(parent) {
        Some(Value::Object(fields)) => {
            let value = fields.get(&old).cloned().unwrap_or_default();
            fields.insert(new, value);
        }
        Some(Value::Array(items)) => {
            if let Some(item) = old.parse::<usize>().ok().and_then(|index| items.get(index)) {
                items.push(item.clone());
            }
        }
        _ => {}
    }
}
