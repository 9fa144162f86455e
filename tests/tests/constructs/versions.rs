//! A document gives the same code in OpenAPI 3.0 and in 3.1.

use generator::Source;
use serde_json::{Map, Value, json};

use crate::emitted::CONSTRUCTS;

#[test]
fn both_versions_give_the_same_code() {
    let rewritten = tests::count_in_parallel(CONSTRUCTS, |construct| {
        let document = document(construct);
        if document["openapi"] != "3.0.3" {
            return false;
        }
        let mut later = document.clone();
        upgrade(&mut later);
        let mut parts = ["components", "paths"].into_iter();
        let is_rewritten = parts.any(|part| later[part] != document[part]);
        // The files name the document.
        let source = Source::new(crate::source(construct).name, later.to_string());
        let later = crate::generate(&source).unwrap_or_else(|message| panic!("{message}"));
        let (earlier, later) = (&crate::output(construct).files, later.files);
        for (one, other) in earlier.iter().zip(&later) {
            assert_eq!(one.path, other.path, "{construct}");
            assert_eq!(one.contents, other.contents, "{construct}: {}", one.path);
        }
        assert_eq!(earlier.len(), later.len(), "{construct}");
        is_rewritten
    });
    // Were none rewritten, nothing would have been shown.
    assert!(rewritten > 12, "{rewritten}");
}

#[test]
fn a_library_may_have_paths_and_webhooks_without_types() {
    let library = document("library");
    let files = |document: &Value| {
        let source = Source::new("library.json", document.to_string());
        let output = crate::generate(&source).unwrap_or_else(|message| panic!("{message}"));
        output.files
    };
    let expected = files(&library);
    assert!(expected.iter().any(|file| file.path == "types/thing.rs"));
    let responses = json!({ "200": { "description": "OK" } });
    for (field, value) in [
        ("paths", json!({})),
        ("paths", json!({ "x-owner": {}, "/things": {} })),
        (
            "webhooks",
            json!({ "changed": { "post": { "responses": responses } } }),
        ),
    ] {
        let mut document = library.clone();
        document[field] = value;
        assert_eq!(files(&document), expected, "{document}");
    }
}

#[test]
fn schemas_are_upgraded() {
    #[track_caller]
    fn check(mut schema: Value, expected: &Value) {
        self::schema(&mut schema);
        assert_eq!(schema, *expected);
    }
    check(
        json!({ "type": "string", "nullable": true, "enum": ["a"], "example": "a" }),
        &json!({ "type": ["string", "null"], "const": "a", "examples": ["a"] }),
    );
    check(
        json!({ "nullable": true, "allOf": [{ "$ref": "#/a" }], "description": "b" }),
        &json!({ "anyOf": [{ "$ref": "#/a" }, { "type": "null" }], "description": "b" }),
    );
    check(
        json!({ "allOf": [{ "$ref": "#/a" }], "description": "b" }),
        &json!({ "$ref": "#/a", "description": "b" }),
    );
    check(
        json!({ "type": "integer", "minimum": 1, "exclusiveMinimum": true, "maximum": 9 }),
        &json!({ "type": "integer", "exclusiveMinimum": 1, "maximum": 9 }),
    );
    check(
        json!({ "type": "array", "items": {} }),
        &json!({ "type": "array", "items": true }),
    );
}

fn document(construct: &str) -> Value {
    let text = crate::source(construct).text;
    serde_yaml::from_str(&text).expect("a document")
}

/// Writes a document of 3.0 in the terms of 3.1, wherever it has schemas.
fn upgrade(document: &mut Value) {
    document["openapi"] = "3.1.0".into();
    if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") {
        schemas.values_mut().for_each(schema);
    }
    within(document);
}

/// Looks for schemas in all but the named ones.
fn within(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(within),
        Value::Object(fields) => {
            for (key, field) in fields {
                match key.as_str() {
                    "schema" => schema(field),
                    "schemas" | "example" | "examples" => {}
                    _ => within(field),
                }
            }
        }
        _ => {}
    }
}

fn schema(value: &mut Value) {
    let Value::Object(fields) = value else {
        return;
    };
    for (key, field) in fields.iter_mut() {
        match (key.as_str(), field) {
            ("items" | "additionalProperties" | "not", inner) => schema(inner),
            ("properties", Value::Object(inner)) => inner.values_mut().for_each(schema),
            ("allOf" | "anyOf" | "oneOf", Value::Array(inner)) => {
                inner.iter_mut().for_each(schema);
            }
            _ => {}
        }
    }
    if fields.is_empty() {
        *value = true.into();
        return;
    }
    if let Some(example) = fields.shift_remove("example") {
        fields.insert("examples".to_owned(), json!([example]));
    }
    if let Some(Value::Array(values)) = fields.get("enum")
        && let [only] = values.as_slice()
    {
        let only = only.clone();
        rename(fields, "enum", "const", only);
    }
    for (bound, exclusive) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        if let Some(Value::Bool(is_exclusive)) = fields.shift_remove(exclusive)
            && is_exclusive
            && let Some(value) = fields.get(bound).cloned()
        {
            rename(fields, bound, exclusive, value);
        }
    }
    match fields.get("format").and_then(Value::as_str) {
        Some("byte") => rename(fields, "format", "contentEncoding", "base64".into()),
        Some("binary") => rename(
            fields,
            "format",
            "contentMediaType",
            "application/octet-stream".into(),
        ),
        _ => {}
    }
    admit_null(fields);
}

fn admit_null(fields: &mut Map<String, Value>) {
    let is_nullable = fields.shift_remove("nullable") == Some(Value::Bool(true));
    let reference = match fields
        .get("allOf")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
    {
        Some([only]) if only.get("$ref").is_some() => Some(only.clone()),
        _ => None,
    };
    match (is_nullable, fields.get("type").cloned(), reference) {
        (true, Some(name), _) => drop(fields.insert("type".to_owned(), json!([name, "null"]))),
        (true, None, Some(reference)) => {
            let choice = json!([reference, { "type": "null" }]);
            rename(fields, "allOf", "anyOf", choice);
        }
        (true, None, None) => {
            for key in ["anyOf", "oneOf"] {
                if let Some(Value::Array(members)) = fields.get_mut(key) {
                    members.insert(0, json!({ "type": "null" }));
                    return;
                }
            }
            fields.insert("nullable".to_owned(), true.into());
        }
        (false, None, Some(reference)) => {
            rename(fields, "allOf", "$ref", reference["$ref"].clone());
        }
        _ => {}
    }
}

/// Puts another field in the place of one.
fn rename(fields: &mut Map<String, Value>, from: &str, to: &str, value: Value) {
    let all = std::mem::take(fields);
    for (key, old) in all {
        if key == from {
            fields.insert(to.to_owned(), value.clone());
        } else {
            fields.insert(key, old);
        }
    }
}
