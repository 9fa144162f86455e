//! Constants and examples.

use std::collections::BTreeSet;

use serde_json::Value;

use super::schema::{Schema, Term, is_annotation};

/// The names of the values of an enumeration, as many generators know them.
const NAMES: &str = "x-enum-varnames";
/// The schema of each of them.
const DESCRIPTIONS: &str = "x-enum-descriptions";

/// A choice between constants is a list of them, and their titles are the names of numbers.
pub(super) fn list_choice(schema: &mut Schema<'_>) {
    for key in ["oneOf", "anyOf"] {
        let members = schema.members(key);
        let is_listed = ["enum", "const", "discriminator"]
            .iter()
            .any(|key| schema.has(key));
        if members.len() < 2 || is_listed || !members.iter().all(|(member, _)| is_constant(member))
        {
            continue;
        }
        let at = schema.place(key);
        let texts = |field: &str| -> BTreeSet<_> {
            let members = members.iter();
            members
                .filter_map(|(member, _)| member.get(field)?.as_str())
                .collect()
        };
        let (titles, types) = (texts("title"), texts("type"));
        let values = members
            .iter()
            .map(|(member, at)| (&member["const"], at.child("const")));
        let values: Vec<_> = values.collect();
        if titles.len() == values.len() && values.iter().all(|(value, _)| value.is_number()) {
            let titles = members.iter().map(|(member, _)| member["title"].clone());
            schema.set(NAMES, Term::made(titles.collect::<Vec<_>>(), at.clone()));
        }
        let descriptions = members.iter().map(|(member, _)| &member["description"]);
        let descriptions: Vec<_> = descriptions.cloned().collect();
        if descriptions.iter().any(Value::is_string) {
            schema.set(DESCRIPTIONS, Term::made(descriptions, at.clone()));
        }
        if let (1, Some(only)) = (types.len(), types.first())
            && !schema.has("type")
        {
            schema.set("type", Term::made(*only, at.clone()));
        }
        let values = values
            .into_iter()
            .map(|(value, at)| Term::Written(value, at));
        schema.replace(key, "enum", Term::List(values.collect(), at));
    }
}

/// Whether a schema admits one value other than null, and says nothing else of it.
fn is_constant(schema: &Value) -> bool {
    let is_known = |key: &str| is_annotation(key) || matches!(key, "const" | "type");
    schema.get("const").is_some_and(|value| !value.is_null())
        && schema
            .as_object()
            .is_some_and(|fields| fields.keys().all(|key| is_known(key)))
}

/// A constant is a list of one value.
pub(super) fn list_constant(schema: &mut Schema<'_>) {
    let Some(constant) = schema.get("const") else {
        return;
    };
    let at = schema.place("const");
    let listed = schema.get("enum").and_then(Value::as_array);
    if constant.is_null() && schema.get("type").is_none() {
        schema.set("nullable", Term::made(true, at.clone()));
    }
    if listed.is_some_and(|listed| !listed.contains(constant)) {
        // Nothing fits both: the list alone makes a type.
        schema.remove("const");
        return;
    }
    let values = vec![Term::Written(constant, at.clone())];
    schema.replace("const", "enum", Term::List(values, at));
}

/// Of several examples the first is one as 3.0 has it.
pub(super) fn keep_example(schema: &mut Schema<'_>) {
    let Some(Value::Array(examples)) = schema.get("examples") else {
        return;
    };
    if let Some(first) = examples.first()
        && !schema.has("example")
    {
        let at = schema.place("examples").child("0");
        schema.set("example", Term::Written(first, at));
    }
}
