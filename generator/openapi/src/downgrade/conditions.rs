//! Conditions and exclusions, which no type expresses.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Downgrader;
use super::schema::{Schema, Term, is_annotation};
use crate::diagnostic::Unplaced;
use crate::words;

/// Keywords on how to read or find a schema.
const IDENTIFIERS: [&str; 8] = [
    "$anchor",
    "$comment",
    "$dynamicAnchor",
    "$id",
    "$schema",
    "$vocabulary",
    "maxContains",
    "minContains",
];

impl<'v> Downgrader<'v> {
    /// Keeps the properties that only a condition brings: they may be any JSON, or absent.
    pub(super) fn read_conditions(&mut self, schema: &mut Schema<'v>) {
        let mut conditional = Vec::new();
        for key in ["then", "else"] {
            if let Some(branch) = schema.get(key) {
                conditional.extend(properties(branch).map(|name| (name, schema.place(key))));
            }
        }
        let is_conditional = schema.has("then") || schema.has("else");
        if let Some(Value::Object(branches)) = schema.get("dependentSchemas") {
            for (name, branch) in branches {
                let at = schema.place("dependentSchemas").child(name);
                conditional.extend(properties(branch).map(|name| (name, at.clone())));
            }
        }
        if schema.has("if") && is_conditional {
            self.lose(schema.place("if"), "no type expresses this: `if`");
        }
        for key in ["dependentSchemas", "dependentRequired"] {
            if schema.has(key) {
                self.lose(
                    schema.place(key),
                    format!("no type expresses this: `{key}`"),
                );
            }
        }
        for key in [
            "if",
            "then",
            "else",
            "dependentSchemas",
            "dependentRequired",
        ] {
            schema.remove(key);
        }
        let named = schema.get("properties").and_then(Value::as_object);
        let at = schema.place("properties");
        let own = named.into_iter().flatten();
        let own = own.filter(|(_, property)| **property != false);
        let mut all: Vec<_> = own
            .map(|(name, property)| (name.as_str(), Term::Written(property, at.child(name))))
            .collect();
        let count = all.len();
        let mut added = BTreeSet::new();
        for (name, at) in conditional {
            let is_known = named.is_some_and(|named| named.contains_key(name));
            if !is_known && added.insert(name) {
                let at = at.child("properties").child(name);
                all.push((name, Term::made(Map::new(), at)));
            }
        }
        if all.len() > count {
            schema.set("properties", Term::Map(all, at));
        }
    }

    /// Removes exclusions of values.
    pub(super) fn report_narrowing(&mut self, schema: &mut Schema<'v>) {
        for key in [
            "contains",
            "contentSchema",
            "not",
            "propertyNames",
            "unevaluatedItems",
        ] {
            let Some(value) = schema.get(key) else {
                continue;
            };
            let excludes_nothing = match key {
                "propertyNames" => admits_texts(value),
                _ => *value == true,
            };
            if !excludes_nothing {
                let message = format!("no type expresses this: `{}`", words::shown(key));
                self.lose(schema.place(key), message);
            }
            // 3.0 has it as well.
            if key != "not" {
                schema.remove(key);
            }
        }
        if schema.has("$dynamicRef") {
            self.found.push(Unplaced {
                rule: "malformed-reference",
                pointer: schema.place("$dynamicRef"),
                message: "dynamic references are not supported: `$dynamicRef`".to_owned(),
                hint: "write `$ref: '#/components/schemas/NAME'`".to_owned(),
            });
        }
        for key in IDENTIFIERS {
            schema.remove(key);
        }
    }
}

/// The names of the properties that a schema has by itself.
fn properties(schema: &Value) -> impl Iterator<Item = &str> {
    let properties = schema.get("properties").and_then(Value::as_object);
    let properties = properties.into_iter().flatten();
    let admitted = properties.filter(|(_, property)| **property != false);
    admitted.map(|(name, _)| name.as_str())
}

/// Whether a schema admits every name of a property.
fn admits_texts(schema: &Value) -> bool {
    match schema {
        Value::Object(fields) => fields
            .iter()
            .all(|(key, value)| is_annotation(key) || (key == "type" && value == "string")),
        other => *other == true,
    }
}
