//! Lists of types: 3.0 has one type a schema, and a flag for null.

use serde_json::{Value, json};

use super::Downgrader;
use super::schema::{Schema, Term};
use crate::diagnostic::Unplaced;

const ALL: [&str; 5] = ["string", "number", "boolean", "array", "object"];

/// Gives a schema one type, or an alternative for each.
pub(super) fn choose(schema: &mut Schema<'_>) {
    let at = schema.place("type");
    if let Some(names) = schema.get("type").map(names) {
        let is_nullable = names.contains(&"null");
        let is_number = names.contains(&"number");
        let kinds = names.into_iter().filter(|name| *name != "null");
        let kinds = kinds.filter(|name| *name != "integer" || !is_number);
        let kinds: Vec<_> = kinds.collect();
        if is_nullable {
            schema.set("nullable", Term::made(true, at.clone()));
        }
        match kinds.as_slice() {
            [] => {
                schema.remove("type");
                if is_nullable && !schema.has("enum") && other_keyword(schema).is_none() {
                    schema.set("enum", Term::made(vec![Value::Null], at.clone()));
                }
            }
            [only] => schema.set("type", Term::made(*only, at.clone())),
            // Other keywords imply the types as well.
            several
                if is_chosen_otherwise(schema) || ALL.iter().all(|kind| several.contains(kind)) =>
            {
                schema.remove("type");
            }
            several => choose_between(schema, several),
        }
    }
    if schema.get("type").is_some_and(|kind| kind == "array") || schema.has_made("type", "array") {
        admit_items(schema);
    }
}

impl Downgrader<'_> {
    /// Reports `null` alone beside keywords for other values: null was meant as one of them.
    pub(super) fn report_lone_null(&mut self, schema: &Schema<'_>) {
        let is_lone = schema
            .get("type")
            .is_some_and(|types| names(types) == ["null"]);
        if is_lone && let Some(other) = other_keyword(schema) {
            self.found.push(Unplaced {
                rule: "conflicting-schemas",
                pointer: schema.place("type"),
                message: format!("`null` beside `{other}`: no value matches both"),
                hint: match other {
                    "items" => "write `type: [array, 'null']`".to_owned(),
                    "properties" => "write `type: [object, 'null']`".to_owned(),
                    "allOf" => "remove it, and allow null in each alternative".to_owned(),
                    _ => format!("remove it, and add `{{type: 'null'}}` to `{other}`"),
                },
            });
        }
    }
}

/// The keyword by which a schema describes values other than null.
fn other_keyword(schema: &Schema<'_>) -> Option<&'static str> {
    ["allOf", "anyOf", "oneOf", "properties", "items"]
        .into_iter()
        .find(|key| schema.has(key))
}

/// The types, each once.
fn names(types: &Value) -> Vec<&str> {
    let types = match types {
        Value::Array(types) => types.as_slice(),
        other => std::slice::from_ref(other),
    };
    let mut names = Vec::new();
    for name in types.iter().filter_map(Value::as_str) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn is_chosen_otherwise(schema: &Schema<'_>) -> bool {
    ["anyOf", "enum", "oneOf"].iter().any(|key| schema.has(key))
}

fn choose_between(schema: &mut Schema<'_>, kinds: &[&str]) {
    let at = schema.place("type");
    let mut alternatives = Vec::new();
    for kind in kinds {
        let mut alternative = Schema::new(schema.at.clone());
        alternative.set("type", Term::made(*kind, at.clone()));
        let own: Vec<_> = schema
            .keys()
            .filter(|key| is_of(schema, key, kind))
            .collect();
        for key in own {
            if let Some(term) = schema.remove(key) {
                alternative.set(key, term);
            }
        }
        if *kind == "array" {
            admit_items(&mut alternative);
        }
        alternatives.push(Term::Schema(alternative));
    }
    schema.replace("type", "anyOf", Term::List(alternatives, at));
}

/// In 3.0 an array must have `items`.
fn admit_items(schema: &mut Schema<'_>) {
    if !schema.has("items") {
        let at = schema.at.clone();
        schema.set("items", Term::made(json!({}), at));
    }
}

/// Whether a keyword speaks of values of a type alone.
fn is_of(schema: &Schema<'_>, key: &str, kind: &str) -> bool {
    match key {
        "multipleOf" | "maximum" | "minimum" | "exclusiveMaximum" | "exclusiveMinimum" => {
            matches!(kind, "integer" | "number")
        }
        "maxLength" | "minLength" | "pattern" => kind == "string",
        "format" => {
            let format = schema.get(key).and_then(Value::as_str).unwrap_or_default();
            let is_of_numbers = ["int", "uint", "float", "double", "decimal"]
                .iter()
                .any(|start| format.starts_with(start));
            is_of_numbers == matches!(kind, "integer" | "number")
                && matches!(kind, "integer" | "number" | "string")
        }
        "items" | "maxItems" | "minItems" | "uniqueItems" => kind == "array",
        "properties" | "required" | "additionalProperties" | "maxProperties" | "minProperties" => {
            kind == "object"
        }
        _ => false,
    }
}
