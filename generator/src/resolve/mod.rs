//! From a checked document to the model.
//!
//! Accepts the document with its mistakes: reads the parts that the checks warn about as well as possible,
//! and reports those that can't be generated.

mod body;
mod error_fields;
mod examples;
mod extension;
mod namespaces;
mod operation;
mod paging;
mod parameter;
mod report;
mod response;
mod security;
mod server;
mod types;
mod webhook;

use std::cell::RefCell;
use std::collections::BTreeSet;

use openapi::{
    Diagnostic, Document, Level, METHODS, Options, Pointer, Rule, follow_chain, reference,
};
use serde_json::Value;

use self::examples::Candidate;
use self::report::Report;
use self::types::TypeBuilder;
use crate::model::{Api, SecurityScheme, TypeRef};

/// The result of resolving a document.
pub struct Resolved {
    /// The model.
    pub api: Api,
    /// Warnings beyond those of [`check`](openapi::check::check).
    pub found: Vec<Diagnostic>,
    /// The operations that are left out, since no code can be made of them.
    pub(crate) left_out: BTreeSet<Pointer>,
}

/// Resolves every selected operation.
pub fn resolve(document: &Document, options: &Options) -> Resolved {
    let mut resolver = Resolver::new(&document.value, options);
    let api = resolver.api();
    let findings = resolver.report.findings.into_iter();
    let found = findings.map(|finding| {
        // A wrong scalar is marked itself; for anything else, its key says more than its first line.
        let value = document.value.pointer(finding.pointer.as_str());
        let is_scalar = value.is_some_and(|value| !value.is_object() && !value.is_array());
        let span = if is_scalar {
            document.span(&finding.pointer)
        } else {
            document.key_span(&finding.pointer)
        };
        finding.at(span)
    });
    Resolved {
        api,
        found: found.collect(),
        left_out: resolver.left_out,
    }
}

/// The document, and the findings so far.
struct Resolver<'a> {
    root: &'a Value,
    options: &'a Options,
    types: TypeBuilder<'a>,
    report: Report,
    schemes: Vec<SecurityScheme>,
    /// The response header with the id of a request.
    request_id_header: String,
    /// The types in requests.
    sent: Vec<TypeRef>,
    /// The types in responses.
    received: Vec<TypeRef>,
    examples: Vec<Candidate>,
    left_out: BTreeSet<Pointer>,
    /// References that lead nowhere, among those that were followed.
    unresolved: RefCell<Vec<String>>,
}

impl<'a> Resolver<'a> {
    fn new(root: &'a Value, options: &'a Options) -> Self {
        Self {
            root,
            options,
            types: TypeBuilder::new(root),
            report: Report::default(),
            schemes: Vec::new(),
            request_id_header: String::new(),
            sent: Vec::new(),
            received: Vec::new(),
            examples: Vec::new(),
            left_out: BTreeSet::new(),
            unresolved: RefCell::default(),
        }
    }

    fn api(&mut self) -> Api {
        let info = &self.root["info"];
        let servers = server::resolve(self);
        let methods = server::methods(&servers);
        self.schemes = security::schemes(self, methods);
        self.request_id_header = extension::request_id_header(self);
        let operations = self.operations();
        webhook::resolve(self);
        if operations.is_empty() {
            self.resolve_types_alone();
        }
        let namespaces = namespaces::resolve(self, operations);
        let examples = std::mem::take(&mut self.examples);
        let builder = std::mem::replace(&mut self.types, TypeBuilder::new(&Value::Null));
        let (types, report) = builder.finish(&self.sent, &self.received);
        self.report.findings.extend(report.findings);
        Api {
            title: text(info, "title").unwrap_or_default(),
            version: scalar_text(info, "version").unwrap_or_default(),
            description: text(info, "description"),
            servers,
            accept: extension::accept(self),
            version_header: extension::version_header(self),
            request_id_header: std::mem::take(&mut self.request_id_header),
            rate_limit_errors: extension::rate_limit_errors(self),
            error_fields: error_fields::recognise(&namespaces, &types),
            environment: extension::environment(self),
            schemes: std::mem::take(&mut self.schemes),
            namespaces,
            examples: examples::decodable(examples, &types, &mut self.report),
            types,
        }
    }

    /// The object behind a value that may be a reference, and where it is.
    fn follow(&self, value: &'a Value, pointer: &Pointer) -> (&'a Value, Pointer) {
        let (pointer, value) = follow_chain(self.root, (pointer.clone(), value), reference)
            .unwrap_or_else(|broken| {
                if !broken.is_circle {
                    let mut unresolved = self.unresolved.borrow_mut();
                    unresolved.push(broken.reference.to_owned());
                }
                broken.last
            });
        (value, pointer)
    }

    /// Whether a value is a selected operation.
    fn selects(&self, operation: &Value) -> bool {
        let id = operation.get("operationId").and_then(Value::as_str);
        let tags = items(operation, "tags").filter_map(Value::as_str);
        operation.is_object() && self.options.selects(id, tags)
    }

    /// Resolves an operation, unless it can't be expressed and such operations are left out.
    fn attempt(
        &mut self,
        described: &operation::DescribedOperation<'a>,
    ) -> Option<operation::ResolvedOperation> {
        let (known, sent, received) = (
            self.report.findings.len(),
            self.sent.len(),
            self.received.len(),
        );
        let examples = self.examples.len();
        let found = described.resolve(self);
        let problem = self.problem(known, sent, received);
        let Some(problem) = problem.filter(|_| self.options.partial) else {
            return Some(found);
        };
        let pointer = found.operation.pointer;
        self.report.findings.truncate(known);
        self.sent.truncate(sent);
        self.received.truncate(received);
        self.examples.truncate(examples);
        self.report.add(
            "left-out",
            &pointer,
            format!("operation `{}` is left out: {problem}", found.operation.id),
            "without `--partial` this is an error",
        );
        self.left_out.insert(pointer);
        None
    }

    /// Why the last resolved operation can't be generated, according to its findings.
    fn problem(&mut self, known: usize, sent: usize, received: usize) -> Option<String> {
        let nowhere = self.unresolved.take();
        let is_error = |rule| Rule::named(rule).is_none_or(|rule| rule.level == Level::Error);
        let mut findings = self.report.findings[known..].iter();
        let error = findings.find(|finding| is_error(finding.rule));
        error.map(|finding| finding.message.clone()).or_else(|| {
            let types = [&self.sent[sent..], &self.received[received..]].concat();
            let reference = nowhere
                .first()
                .or_else(|| self.types.unresolved_in(&types))?;
            Some(format!("unresolved reference: `{reference}`"))
        })
    }

    fn operations(&mut self) -> Vec<operation::ResolvedOperation> {
        let root = self.root;
        let paths = root.get("paths").and_then(Value::as_object);
        let mut operations = Vec::new();
        for (path, item) in paths.into_iter().flatten() {
            if path.starts_with("x-") {
                continue;
            }
            let at = Pointer::root().child("paths").child(path);
            let (item, at) = self.follow(item, &at);
            for method in METHODS {
                if let Some(value) = item.get(*method).filter(|value| self.selects(value)) {
                    let described = operation::DescribedOperation {
                        path,
                        method,
                        item,
                        item_pointer: at.clone(),
                        value,
                    };
                    if let Some(found) = self.attempt(&described) {
                        operations.push(found);
                    }
                }
            }
        }
        operations
    }

    /// Has the types of a document that describes no requests, be it for others to refer to.
    fn resolve_types_alone(&mut self) {
        let has_types =
            |resolver: &Self| !resolver.sent.is_empty() || !resolver.received.is_empty();
        let is_chosen = !self.options.only.is_empty();
        if has_types(self) || is_chosen && self.left_out.is_empty() {
            return;
        }
        let (message, hint) = if self.left_out.is_empty() {
            webhook::resolve_components(self);
            (
                "document describes neither operations nor schemas",
                "nothing to generate: describe an operation under `paths`",
            )
        } else {
            (
                "nothing to generate: every operation is left out",
                "fix one of them",
            )
        };
        if !has_types(self) {
            let paths = Pointer::root().child("paths");
            self.report.add("no-operations", &paths, message, hint);
        }
    }
}

/// A text field, unless it is absent or blank.
fn text(value: &Value, field: &str) -> Option<String> {
    let text = value.get(field)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The same of a field that YAML may read as a number.
fn scalar_text(value: &Value, field: &str) -> Option<String> {
    match value.get(field)? {
        Value::String(_) => text(value, field),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A boolean field, false where it is absent.
fn flag(value: &Value, field: &str) -> bool {
    value.get(field).and_then(Value::as_bool).unwrap_or(false)
}

/// The fields of an object under a keyword, without extensions.
fn entries<'v>(value: &'v Value, field: &str) -> impl Iterator<Item = (&'v String, &'v Value)> {
    let entries = value.get(field).and_then(Value::as_object);
    let entries = entries.into_iter().flatten();
    entries.filter(|(name, _)| !name.starts_with("x-"))
}

/// The items of a list under a keyword.
fn items<'v>(value: &'v Value, field: &str) -> impl Iterator<Item = &'v Value> {
    let items = value.get(field).and_then(Value::as_array);
    items.into_iter().flatten()
}
