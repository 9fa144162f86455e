//! The search for the schema that gives rise to a type without a name in the document.

use serde_json::Value;

use crate::changes::Side;
use crate::model::Operation;
use crate::names;
use crate::schema::{fields, list};
use crate::source::Pointer;

/// The schema whose name by lowering is that of a type, or the one that leads to it.
pub(super) fn find(side: &Side, name: &str) -> Option<Pointer> {
    let mut search = Search {
        document: side.value(),
        name,
        found: None,
    };
    for schema in side.api.schemas.values() {
        search.visit(&schema.value, &schema.pointer, &schema.type_name, 0);
    }
    for operation in side.api.operations() {
        search.visit_operation(operation);
    }
    search.found.map(|(_, pointer)| pointer)
}

/// The search for a schema by the name that lowering gives it.
struct Search<'a> {
    document: &'a Value,
    name: &'a str,
    /// The longest name so far that the name begins with.
    found: Option<(usize, Pointer)>,
}

impl Search<'_> {
    fn visit_operation(&mut self, operation: &Operation) {
        let name = names::type_name(&operation.id);
        if !self.name.starts_with(&name) {
            return;
        }
        self.keep(&operation.pointer, &name);
        for parameter in &operation.parameters {
            let name = format!("{name}{}", names::type_name(&parameter.name));
            let pointer = parameter.pointer.child("schema");
            self.visit(&parameter.schema, &pointer, &name, 0);
        }
        let body = operation.pointer.child("requestBody");
        self.visit_content(&body, &format!("{name}Body"));
        let responses = operation.pointer.child("responses");
        let statuses = self.document.pointer(responses.as_str());
        let statuses = statuses.and_then(Value::as_object).into_iter().flatten();
        for (status, _) in statuses {
            let error = format!("{name}Error{}", names::type_name(status));
            let answer = responses.child(status);
            self.visit_content(&answer, &error);
            if status.starts_with('2') {
                self.visit_content(&answer, &format!("{name}Response"));
            }
        }
    }

    fn visit_content(&mut self, holder: &Pointer, name: &str) {
        let Some(value) = self.document.pointer(holder.as_str()) else {
            return;
        };
        for (media_type, media) in fields(value, "content") {
            if let Some(schema) = media.get("schema") {
                let pointer = holder.child("content").child(media_type).child("schema");
                self.visit(schema, &pointer, name, 0);
            }
        }
    }

    fn visit(&mut self, schema: &Value, pointer: &Pointer, name: &str, depth: usize) {
        if !self.name.starts_with(name) || schema.get("$ref").is_some() || depth > 32 {
            return;
        }
        self.keep(pointer, name);
        for (property, value) in fields(schema, "properties") {
            let name = format!("{name}{}", names::type_name(property));
            let pointer = pointer.child("properties").child(property);
            self.visit(value, &pointer, &name, depth + 1);
        }
        for (field, suffix) in [("items", "Item"), ("additionalProperties", "Value")] {
            if let Some(value) = schema.get(field) {
                let name = format!("{name}{suffix}");
                self.visit(value, &pointer.child(field), &name, depth + 1);
            }
        }
        for field in ["allOf", "oneOf", "anyOf"] {
            for (index, member) in list(schema, field).enumerate() {
                let title = member.get("title").and_then(Value::as_str);
                let variant = title.map_or_else(|| format!("Variant{index}"), names::type_name);
                let pointer = pointer.child(field).child(index.to_string());
                self.visit(member, &pointer, name, depth + 1);
                self.visit(member, &pointer, &format!("{name}{variant}"), depth + 1);
            }
        }
    }

    fn keep(&mut self, pointer: &Pointer, name: &str) {
        if self
            .found
            .as_ref()
            .is_none_or(|(length, _)| *length < name.len())
        {
            self.found = Some((name.len(), pointer.clone()));
        }
    }
}
