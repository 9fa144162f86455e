//! Operations as progenitor takes them, and the document they make.

use std::collections::BTreeSet;

use openapiv3::OpenAPI;
use serde_json::{Map, Value, json};

use super::named::Named;
use super::schema::Schemas;
use super::{TypedExample, parameter, usage};
use crate::model::{Api, Example, Operation, Place, Success};
use crate::names;

/// The name that progenitor knows an operation by.
pub fn operation_id(index: usize) -> String {
    format!("op{index}")
}

pub(super) struct Lowering<'s, 'a> {
    schemas: &'s mut Schemas<'a>,
    pub(super) paths: Map<String, Value>,
    pub(super) examples: Vec<TypedExample>,
    pub(super) error_types: Vec<Vec<Option<String>>>,
    pub(super) received: BTreeSet<String>,
    pub(super) sent: BTreeSet<String>,
}

impl<'s, 'a> Lowering<'s, 'a> {
    pub(super) fn new(schemas: &'s mut Schemas<'a>) -> Self {
        Self {
            schemas,
            paths: Map::new(),
            examples: Vec::new(),
            error_types: Vec::new(),
            received: BTreeSet::new(),
            sent: BTreeSet::new(),
        }
    }

    pub(super) fn add(&mut self, index: usize, operation: &'a Operation) {
        let wish = names::type_name(&operation.id);
        let parameters = self.parameters(operation, &wish);
        let responses = self.responses(operation, &wish);
        self.errors(operation, &wish);
        let mut lowered = json!({
            "operationId": operation_id(index),
            "parameters": parameters,
            "responses": responses,
        });
        if let Some(body) = &operation.body {
            let schema = self.schemas.lower(&body.schema, &format!("{wish}Body"));
            self.sent.extend(usage::references(&schema));
            self.keep_examples(&body.examples, &schema);
            lowered["requestBody"] = json!({ "required": true, "content": { "application/json": { "schema": schema } } });
        }
        self.paths
            .entry(path(operation))
            .or_insert_with(|| json!({}))[&operation.method] = lowered;
    }

    fn parameters(&mut self, operation: &'a Operation, wish: &str) -> Vec<Value> {
        let mut lowered = Vec::new();
        for (index, parameter) in operation.parameters.iter().enumerate() {
            let wish = format!("{wish}{}", names::type_name(&parameter.name));
            let schema = parameter::lower(self.schemas, parameter, &wish);
            self.sent.extend(usage::references(&schema));
            lowered.push(json!({
                "name": parameter_name(index),
                "in": match parameter.place {
                    Place::Path => "path",
                    Place::Query => "query",
                    Place::Header => "header",
                },
                "required": parameter.required,
                "schema": schema,
            }));
        }
        lowered
    }

    fn responses(&mut self, operation: &'a Operation, wish: &str) -> Value {
        match &operation.success {
            Success::Json {
                statuses,
                schema,
                examples,
                ..
            } => {
                let schema = self.schemas.lower(schema, &format!("{wish}Response"));
                self.received.extend(usage::references(&schema));
                self.keep_examples(examples, &schema);
                let response = json!({ "description": "", "content": { "application/json": { "schema": schema } } });
                same_for_all(statuses, &response)
            }
            Success::Empty { statuses, .. } => {
                same_for_all(statuses, &json!({ "description": "" }))
            }
            Success::Redirect { statuses, .. } => {
                same_for_all(statuses, &json!({ "description": "" }))
            }
        }
    }

    /// The bodies of errors are types too, though no method returns them.
    fn errors(&mut self, operation: &'a Operation, wish: &str) {
        let mut types = Vec::new();
        for error in &operation.errors {
            let type_ = error.schema.as_ref().map(|schema| {
                let wish = format!("{wish}Error{}", names::type_name(&error.status));
                let schema = self.schemas.lower(schema, &wish);
                self.received.extend(usage::references(&schema));
                self.keep_examples(&error.examples, &schema);
                rust_type(&schema)
            });
            types.push(type_);
        }
        self.error_types.push(types);
    }

    fn keep_examples(&mut self, examples: &[Example], schema: &Value) {
        for example in examples {
            self.examples.push(TypedExample {
                name: example.name.clone(),
                type_: rust_type(schema),
                value: example.value.clone(),
            });
        }
    }
}

/// The document around lowered operations and schemas.
pub(super) fn openapi(
    api: &Api,
    paths: Map<String, Value>,
    named: &Named,
) -> Result<OpenAPI, serde_json::Error> {
    let mut schemas: Map<String, Value> = named
        .schemas
        .iter()
        .map(|(name, schema)| (name.clone(), schema.clone()))
        .collect();
    // Progenitor is told to replace these by types emitted beside its output.
    for name in named.enums.keys() {
        schemas.insert(name.clone(), json!({ "type": "string" }));
    }
    serde_json::from_value(json!({
        "openapi": "3.0.3",
        "info": { "title": api.title, "version": api.version },
        "paths": paths,
        "components": { "schemas": schemas },
    }))
}

fn parameter_name(index: usize) -> String {
    format!("p{index:02}")
}

/// The path with its parameters under the names that progenitor knows them by.
fn path(operation: &Operation) -> String {
    let mut path = String::new();
    let mut rest = operation.path.as_str();
    while let Some((literal, (name, behind))) = rest
        .split_once('{')
        .and_then(|(literal, behind)| Some((literal, behind.split_once('}')?)))
    {
        let index = operation
            .parameters
            .iter()
            .position(|parameter| parameter.place == Place::Path && parameter.name == name);
        path.push_str(literal);
        if let Some(index) = index {
            path.push_str(&format!("{{{}}}", parameter_name(index)));
        }
        rest = behind;
    }
    path + rest
}

fn same_for_all(statuses: &[String], response: &Value) -> Value {
    statuses
        .iter()
        .map(|status| (status.clone(), response.clone()))
        .collect::<Map<_, _>>()
        .into()
}

/// The Rust type that a lowered schema stands for.
fn rust_type(schema: &Value) -> String {
    if let Some(only) = schema.get("allOf").and_then(|members| members.get(0)) {
        return optional(schema, rust_type(only));
    }
    if let Some(name) = super::named::referenced(schema) {
        return format!("types::{name}");
    }
    let format = schema.get("format").and_then(Value::as_str);
    let written = match schema.get("type").and_then(Value::as_str) {
        Some("array") => format!("Vec<{}>", rust_type(&schema["items"])),
        Some("boolean") => "bool".to_owned(),
        Some("integer") if format == Some("int32") => "i32".to_owned(),
        Some("integer") => "i64".to_owned(),
        Some("number") => "f64".to_owned(),
        Some("string") => "String".to_owned(),
        _ => "serde_json::Value".to_owned(),
    };
    optional(schema, written)
}

fn optional(schema: &Value, written: String) -> String {
    if schema.get("nullable") == Some(&Value::Bool(true)) {
        format!("Option<{written}>")
    } else {
        written
    }
}
