//! The schemas that editors use for the files in `spec`: they admit what we read, and name every rule.

use std::collections::BTreeSet;

use openapi::{Level, Rule, Source, load};
use serde_json::{Map, Value};

const DRIFT: &str = include_str!("../../../../spec/drift.yaml");
const ARTIFACTS: &str = include_str!("../../../../spec/artifacts.yaml");

fn schema(name: &str) -> Value {
    let path = format!(
        "{}/../../spec/{name}.schema.json",
        env!("CARGO_MANIFEST_DIR")
    );
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn value(text: &str) -> Value {
    load(&Source::new("document.yaml", text)).unwrap().value
}

/// Fails where the schema does not admit the value. Of JSON Schema it knows what our schemas use.
fn admits(schema: &Value, value: &Value, root: &Value) -> Result<(), String> {
    let fault = |what: &str| Err(format!("{what}: {value} by {schema}"));
    if let Some(reference) = schema["$ref"].as_str() {
        return match reference.strip_prefix('#') {
            Some(pointer) => admits(root.pointer(pointer).unwrap(), value, root),
            // The schema of OpenAPI itself.
            None => Ok(()),
        };
    }
    match schema["type"].as_str() {
        Some("object") if !value.is_object() => return fault("no object"),
        Some("array") if !value.is_array() => return fault("no array"),
        Some("string") if !value.is_string() => return fault("no string"),
        Some("integer") if !value.is_u64() => return fault("no integer"),
        _ => {}
    }
    if schema["enum"]
        .as_array()
        .is_some_and(|values| !values.contains(value))
    {
        return fault("not listed");
    }
    if let Some(choices) = schema["anyOf"].as_array()
        && !choices
            .iter()
            .any(|choice| admits(choice, value, root).is_ok())
    {
        return fault("none of the alternatives");
    }
    for required in schema["required"].as_array().into_iter().flatten() {
        if value.get(required.as_str().unwrap()).is_none() {
            return fault("incomplete");
        }
    }
    let none = Map::new();
    let known = schema["properties"].as_object().unwrap_or(&none);
    for (name, value) in value.as_object().into_iter().flatten() {
        match (known.get(name), &schema["additionalProperties"]) {
            (Some(schema), _) => admits(schema, value, root)?,
            (None, Value::Bool(false)) => return fault(&format!("unknown `{name}`")),
            (None, schema) => admits(schema, value, root)?,
        }
    }
    for item in value.as_array().into_iter().flatten() {
        admits(&schema["items"], item, root)?;
    }
    Ok(())
}

#[track_caller]
fn check(schema_name: &str, text: &str, is_right: bool) {
    let schema = schema(schema_name);
    let admitted = admits(&schema, &value(text), &schema);
    assert_eq!(admitted.is_ok(), is_right, "{admitted:?}");
}

#[test]
fn the_files_are_admitted() {
    check("drift", DRIFT, true);
    check("artifacts", ARTIFACTS, true);
}

#[test]
fn mistakes_are_not_admitted() {
    let waiver = "waivers: [{rule: operation-moved, operation: a, reason: r}]";
    check("drift", waiver, true);
    check("drift", &waiver.replace("moved", "mvoed"), false);
    check("drift", &waiver.replace("reason", "raeson"), false);
    check("drift", &waiver.replace(", reason: r", ""), false);
    check("artifacts", "x-accept: 5", false);
    let limits = "x-rate-limit-errors: {statuses: [403], phrases: [too fast]}";
    check("artifacts", limits, true);
    check("artifacts", &limits.replace("phrases", "phrase"), false);
    check("artifacts", &limits.replace("statuses", "status"), false);
    check("artifacts", &limits.replace("[403]", "['403']"), false);
    check("artifacts", "x-diagnostics: {deny: [no-operations]}", false);
    let operation = "paths: {/a: {get: {x-permissions: {classic: [repo]}}}}";
    check("artifacts", operation, true);
    check("artifacts", &operation.replace("[repo]", "repo"), false);
}

fn listed(schema: &Value, pointer: &str) -> BTreeSet<String> {
    let names = schema.pointer(pointer).unwrap().as_array().unwrap().iter();
    names
        .map(|name| name.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn every_rule_is_listed() {
    let rules: BTreeSet<_> = drift::Rule::all().map(drift::Rule::id).collect();
    let pointer = "/properties/waivers/items/properties/rule/anyOf/0/enum";
    assert_eq!(listed(&schema("drift"), pointer), rules);
    let warnings = Rule::ALL.iter().filter(|rule| rule.level == Level::Warning);
    let warnings: BTreeSet<_> = warnings.map(|rule| rule.name.to_owned()).collect();
    let pointer = "/properties/x-diagnostics/properties/allow/items/enum";
    assert_eq!(listed(&schema("artifacts"), pointer), warnings);
    let mut denied = listed(&schema("artifacts"), &pointer.replace("allow", "deny"));
    assert!(denied.remove("warnings"));
    assert_eq!(denied, warnings);
}
