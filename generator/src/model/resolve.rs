//! From a checked document to the model.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Api, Namespace, Operation, Schema, content, extension, operation, properties, server};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::names;
use crate::openapi::METHODS;
use crate::source::{Document, Pointer};

/// Names of modules and items at the top of the emitted code.
const RESERVED_NAMESPACES: &[&str] = &[
    "builder",
    "chrono",
    "client",
    "core",
    "examples",
    "operations",
    "reqwest",
    "runtime",
    "serde",
    "serde_json",
    "std",
    "types",
];

/// Resolves every operation of a document that passed [`check`](crate::check::check).
///
/// # Errors
///
/// Everything in the document that this generator can't express, each with its position.
pub fn resolve(document: &Document) -> Result<Api, Diagnostics> {
    let mut resolver = Resolver {
        document,
        problems: Vec::new(),
    };
    let api = resolver.api();
    properties::reject_twins(&mut resolver);
    Diagnostics::from_found(resolver.problems)?;
    Ok(api)
}

/// Follows references and collects what can't be expressed.
pub(super) struct Resolver<'a> {
    document: &'a Document,
    problems: Vec<Diagnostic>,
}

impl<'a> Resolver<'a> {
    pub(super) fn root(&self) -> &'a Value {
        &self.document.value
    }

    /// Says that the document holds something at `pointer` that can't be expressed.
    pub(super) fn reject(
        &mut self,
        rule: &'static str,
        pointer: &Pointer,
        message: String,
        hint: &str,
    ) {
        let span = self.document.span(pointer);
        self.problems
            .push(Diagnostic::new(rule, span, message).with_hint(hint));
    }

    /// The object behind a value that may be a reference, and where it is.
    ///
    /// Checked references lead somewhere; a chain of them ends.
    pub(super) fn follow(&self, value: &'a Value, pointer: &Pointer) -> (&'a Value, Pointer) {
        let mut found = (value, pointer.clone());
        while let Some(reference) = found.0.get("$ref").and_then(Value::as_str) {
            let Some(pointer) = Pointer::from_reference(reference) else {
                break;
            };
            let Some(value) = self.root().pointer(pointer.as_str()) else {
                break;
            };
            found = (value, pointer);
        }
        found
    }

    fn api(&mut self) -> Api {
        let root = self.root();
        let info = &root["info"];
        let servers = server::resolve(self);
        Api {
            title: text(info, "title").unwrap_or_default(),
            version: text(info, "version").unwrap_or_default(),
            description: text(info, "description"),
            base_url: servers.base_url,
            templates: servers.templates,
            accept: extension::accept(self),
            version_header: extension::version_header(self),
            namespaces: self.namespaces(),
            schemas: self.schemas(),
        }
    }

    fn namespaces(&mut self) -> Vec<Namespace> {
        let mut namespaces = BTreeMap::<Option<String>, BTreeMap<String, Operation>>::new();
        let operations = self.operations();
        if operations.is_empty() {
            self.reject(
                "no-operations",
                &Pointer::root().child("paths"),
                "document describes no operation".to_owned(),
                "describe one under `paths`; there is nothing to generate",
            );
        }
        for operation in operations {
            let (namespace, _) = split_id(&operation.id);
            let namespace = namespace.map(names::value_name);
            if let Some(name) = &namespace
                && RESERVED_NAMESPACES.contains(&name.as_str())
            {
                self.reject(
                    "reserved-name",
                    &operation.pointer.child("operationId"),
                    format!("operation `{}`: namespace `{name}` is taken", operation.id),
                    "choose another word before the `/`",
                );
            }
            let siblings = namespaces.entry(namespace).or_default();
            let twin = siblings
                .values()
                .find(|twin| twin.name == operation.name || twin.type_name == operation.type_name);
            if let Some(twin) = twin {
                let message = format!(
                    "operation `{}`: its name in Rust is that of `{}`",
                    operation.id, twin.id
                );
                self.reject(
                    "name-collision",
                    &operation.pointer.child("operationId"),
                    message,
                    "choose an operationId that differs in more than its spelling",
                );
            } else {
                siblings.insert(operation.name.clone(), operation);
            }
        }
        self.reject_shadowed(&namespaces);
        self.reject_twins(&namespaces);
        namespaces
            .into_iter()
            .map(|(name, operations)| Namespace {
                description: name.as_deref().and_then(|name| tag(self.root(), name)),
                name,
                operations: operations.into_values().collect(),
            })
            .collect()
    }

    /// Namespaces whose names differ, and the names of whose types do not.
    fn reject_twins(&mut self, namespaces: &BTreeMap<Option<String>, BTreeMap<String, Operation>>) {
        let mut types = BTreeMap::new();
        for (name, operations) in namespaces {
            let (Some(name), Some(operation)) = (name, operations.values().next()) else {
                continue;
            };
            if let Some(twin) = types.insert(names::namespace_type_name(name), name) {
                self.reject(
                    "name-collision",
                    &operation.pointer.child("operationId"),
                    format!(
                        "operation `{}`: its namespace is called like `{twin}` in Rust",
                        operation.id
                    ),
                    "choose a namespace that differs in more than its spelling",
                );
            }
        }
    }

    /// Operations without a namespace are methods of the client, beside its own.
    fn reject_shadowed(
        &mut self,
        namespaces: &BTreeMap<Option<String>, BTreeMap<String, Operation>>,
    ) {
        let Some(operations) = namespaces.get(&None) else {
            return;
        };
        for (name, operation) in operations {
            if name == "builder" || namespaces.contains_key(&Some(name.clone())) {
                self.reject(
                    "reserved-name",
                    &operation.pointer.child("operationId"),
                    format!(
                        "operation `{}`: the client has another method of that name",
                        operation.id
                    ),
                    "put it into a namespace, as in `namespace/name`",
                );
            }
        }
    }

    fn schemas(&mut self) -> BTreeMap<String, Schema> {
        let described = self.root().pointer("/components/schemas");
        let mut schemas = BTreeMap::<String, Schema>::new();
        let mut names = BTreeMap::<String, &String>::new();
        for (name, value) in described.and_then(Value::as_object).into_iter().flatten() {
            let pointer = Pointer::root()
                .child("components")
                .child("schemas")
                .child(name);
            let type_name = names::schema_type_name(name);
            if let Some(twin) = names.insert(type_name.clone(), name) {
                self.reject(
                    "name-collision",
                    &pointer,
                    format!("schema `{name}`: its name in Rust is that of `{twin}`: `{type_name}`"),
                    "choose a name that differs in more than its spelling",
                );
            }
            let schema = Schema {
                type_name,
                pointer,
                value: value.clone(),
                content: content::recognise(value),
            };
            schemas.insert(name.clone(), schema);
        }
        schemas
    }

    fn operations(&mut self) -> Vec<Operation> {
        let Some(paths) = self.root()["paths"].as_object() else {
            return Vec::new();
        };
        let mut operations = Vec::new();
        for (path, item) in paths {
            let at = Pointer::root().child("paths").child(path);
            let (item, at) = self.follow(item, &at);
            for method in METHODS {
                if let Some(value) = item.get(*method) {
                    let operation = operation::Described {
                        path,
                        method,
                        item,
                        item_pointer: at.clone(),
                        value,
                    };
                    operations.push(operation.resolve(self));
                }
            }
        }
        operations
    }
}

/// The parts of an operationId before and behind the first `/`.
pub(super) fn split_id(id: &str) -> (Option<&str>, &str) {
    match id.split_once('/') {
        Some((namespace, name)) => (Some(namespace), name),
        None => (None, id),
    }
}

/// A text field, unless it is absent or blank.
pub(super) fn text(value: &Value, field: &str) -> Option<String> {
    let text = value.get(field)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn tag(root: &Value, namespace: &str) -> Option<String> {
    let tags = root.get("tags")?.as_array()?;
    let tag = tags
        .iter()
        .find(|tag| text(tag, "name").is_some_and(|name| names::value_name(&name) == namespace))?;
    text(tag, "description")
}
