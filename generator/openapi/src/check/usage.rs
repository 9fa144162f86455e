//! Which parts of a document are used by the operations that are asked for.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::Options;
use crate::diagnostic::{Diagnostic, Level};
use crate::pointer::Pointer;
use crate::references::reference;
use crate::source::Document;
use crate::terms::{METHODS, is_extension};
use crate::text::Span;
use crate::words;

/// Where operations are described.
const SECTIONS: [&str; 2] = ["paths", "webhooks"];

/// Filters diagnostics: none of parts that are not selected, no errors of unused parts.
pub fn narrow(
    document: &Document,
    options: &Options,
    left_out: &BTreeSet<Pointer>,
    mut found: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let usage = Usage::new(document, options, left_out);
    if options.only.is_empty() {
        for diagnostic in &mut found {
            if diagnostic.is_error() && usage.is_unused(diagnostic.span) {
                diagnostic.level = Level::Warning;
            }
        }
    } else {
        found.retain(|diagnostic| !usage.is_unused(diagnostic.span));
    }
    found.extend(unmatched(&document.value, options));
    found
}

/// The parts that nothing uses, by the places where they start; none within another.
struct Usage<'d> {
    document: &'d Document,
    unused: BTreeMap<usize, usize>,
    /// Places that are used although they are within such a part.
    reached: Vec<Span>,
    components: BTreeSet<Pointer>,
    pending: Vec<&'d Value>,
}

impl<'d> Usage<'d> {
    fn new(document: &'d Document, options: &Options, left_out: &BTreeSet<Pointer>) -> Self {
        let mut usage = Self {
            document,
            unused: BTreeMap::new(),
            reached: Vec::new(),
            components: BTreeSet::new(),
            pending: Vec::new(),
        };
        for section in SECTIONS {
            usage.paths(section, options, left_out);
        }
        usage.library();
        usage.security(&document.value);
        while let Some(value) = usage.pending.pop() {
            usage.value(value);
        }
        usage.components();
        usage
    }

    fn is_unused(&self, place: Span) -> bool {
        let before = self.unused.range(..=place.start).next_back();
        let is_within = |span: &Span| span.start <= place.start && place.start < span.end;
        before.is_some_and(|(_, end)| place.start < *end) && !self.reached.iter().any(is_within)
    }

    fn paths(&mut self, section: &str, options: &Options, left_out: &BTreeSet<Pointer>) {
        let root = &self.document.value;
        for (path, item) in paths(root, section) {
            let at = Pointer::root().child(section).child(path);
            let mut has_operations = false;
            for (method, operation) in operations(item) {
                if selects(options, operation) && !left_out.contains(&at.child(method)) {
                    has_operations = true;
                    self.security(operation);
                    self.pending.push(operation);
                } else {
                    self.leave_out(&at.child(method));
                }
            }
            if has_operations || options.only.is_empty() {
                let others = item.as_object().into_iter().flatten();
                let others = others.filter(|(key, _)| !METHODS.contains(&key.as_str()));
                self.pending.extend(others.map(|(_, value)| value));
                self.follow(reference(item));
            } else {
                self.leave_out(&at);
            }
        }
    }

    /// Of a document that has nothing but schemas, these are asked for.
    fn library(&mut self) {
        let root = &self.document.value;
        let has = |section: &&str| root.get(section).is_some();
        if !SECTIONS.iter().any(has) {
            let named = root
                .pointer("/components/schemas")
                .and_then(Value::as_object);
            for (name, _) in named.into_iter().flatten() {
                self.component("schemas", name);
            }
        }
    }

    /// The values that `value` refers to or contains.
    fn value(&mut self, value: &'d Value) {
        match value {
            Value::Object(fields) => {
                self.follow(reference(value));
                let mapping = value.pointer("/discriminator/mapping");
                let targets = mapping.and_then(Value::as_object).into_iter().flatten();
                for target in targets.filter_map(|(_, target)| target.as_str()) {
                    self.follow(Some(target));
                    self.component("schemas", target);
                }
                let fields = fields.iter().filter(|(key, _)| !is_extension(key));
                self.pending.extend(fields.map(|(_, value)| value));
            }
            Value::Array(items) => self.pending.extend(items),
            _ => {}
        }
    }

    fn security(&mut self, owner: &'d Value) {
        let requirements = owner.get("security").and_then(Value::as_array);
        for requirement in requirements.into_iter().flatten() {
            for (name, _) in requirement.as_object().into_iter().flatten() {
                self.component("securitySchemes", name);
            }
        }
    }

    fn component(&mut self, section: &str, name: &str) {
        self.reach(
            &Pointer::root()
                .child("components")
                .child(section)
                .child(name),
        );
    }

    fn follow(&mut self, reference: Option<&str>) {
        if let Some(pointer) = reference.and_then(Pointer::from_reference) {
            self.reach(&pointer);
        }
    }

    fn reach(&mut self, pointer: &Pointer) {
        let Some(value) = self.document.value.pointer(pointer.as_str()) else {
            return;
        };
        if self.components.insert(pointer.clone()) {
            self.pending.push(value);
            if pointer.component().is_none() || self.document.is_from_elsewhere(pointer) {
                self.reached.push(self.document.span(pointer));
            }
        }
    }

    /// Leaves out the components that were not reached.
    fn components(&mut self) {
        let components = self.document.value.get("components");
        for (section, entries) in components.and_then(Value::as_object).into_iter().flatten() {
            for (name, _) in entries.as_object().into_iter().flatten() {
                let at = Pointer::root()
                    .child("components")
                    .child(section)
                    .child(name);
                if !self.components.contains(&at) {
                    self.leave_out(&at);
                }
            }
        }
    }

    fn leave_out(&mut self, at: &Pointer) {
        let (key, value) = (self.document.key_span(at), self.document.span(at));
        if self.document.is_from_elsewhere(at) {
            self.unused.insert(key.start, key.end);
            self.unused.insert(value.start, value.end);
        } else {
            self.unused.insert(key.start, key.end.max(value.end));
        }
    }
}

fn paths<'v>(root: &'v Value, section: &str) -> impl Iterator<Item = (&'v String, &'v Value)> {
    let paths = root.get(section).and_then(Value::as_object);
    paths
        .into_iter()
        .flatten()
        .filter(|(path, _)| !is_extension(path))
}

fn operations(item: &Value) -> impl Iterator<Item = (&String, &Value)> {
    let fields = item.as_object().into_iter().flatten();
    fields.filter(|(key, _)| METHODS.contains(&key.as_str()))
}

fn selects(options: &Options, operation: &Value) -> bool {
    options.selects(id(operation), tags(operation))
}

fn id(operation: &Value) -> Option<&str> {
    operation.get("operationId")?.as_str()
}

fn tags(operation: &Value) -> impl Iterator<Item = &str> {
    let tags = operation.get("tags").and_then(Value::as_array);
    tags.into_iter().flatten().filter_map(Value::as_str)
}

/// The patterns that are those of no operation.
fn unmatched(root: &Value, options: &Options) -> Vec<Diagnostic> {
    let items = SECTIONS.iter().flat_map(|section| paths(root, section));
    let all: Vec<_> = items.flat_map(|(_, item)| operations(item)).collect();
    let names: BTreeSet<_> = all
        .iter()
        .flat_map(|(_, operation)| id(operation).into_iter().chain(tags(operation)))
        .collect();
    let is_unmatched = |pattern: &&String| {
        let alone = Options {
            only: vec![(*pattern).clone()],
            ..Options::default()
        };
        !all.iter().any(|(_, operation)| selects(&alone, operation))
    };
    options
        .only
        .iter()
        .filter(is_unmatched)
        .map(|pattern| {
            let message = format!(
                "no operation with this id or tag: `{}`",
                words::shown(pattern)
            );
            Diagnostic::new("unmatched-pattern", Span::NOWHERE, message)
                .with_hint(words::suggestion(pattern, names.iter().copied()))
        })
        .collect()
}
