//! Constants and examples.

use serde_json::Value;

use super::schema::{Schema, Term};

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
