//! The context of all checks: the document, the diagnostics found, and a resolver of references.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::node::Node;
use super::validator::Patterns;
use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;
use crate::references::{follow, reference};
use crate::source::Document;
use crate::terms::Version;
use crate::text::Span;

pub(super) struct Context<'v> {
    pub(super) document: &'v Document,
    pub(super) found: Vec<Diagnostic>,
    /// Diagnostics of fields, keys and references as such, whatever their values.
    pub(super) misshapen: Vec<Diagnostic>,
    /// The operations that links name, and where they do.
    pub(super) linked: Vec<(Span, &'v str)>,
    /// Targets of references that are not components, with the section that they would belong to.
    pub(super) inline: BTreeSet<(&'static str, Pointer)>,
    /// How many schemas the walk is in at the moment, one within the other.
    pub(super) open_schemas: usize,
    /// The compiled patterns of values.
    pub(super) patterns: Patterns,
}

impl<'v> Context<'v> {
    pub(super) fn new(document: &'v Document) -> Self {
        Self {
            document,
            found: Vec::new(),
            misshapen: Vec::new(),
            linked: Vec::new(),
            inline: BTreeSet::new(),
            open_schemas: 0,
            patterns: Patterns::default(),
        }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Reports a diagnostic of a field, key or reference as such.
    pub(super) fn report_shape(&mut self, diagnostic: Diagnostic) {
        self.misshapen.push(diagnostic);
    }

    /// The version that the document is in.
    pub(super) fn version(&self) -> Version {
        self.document.version
    }

    /// A diagnostic at the key of a value; at the value itself if it is an item of a list.
    pub(super) fn at_key(
        &self,
        rule: &'static str,
        node: &Node<'_, '_>,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::new(rule, self.key_span(node), message)
    }

    /// A diagnostic at a value.
    pub(super) fn at_value(
        &self,
        rule: &'static str,
        node: &Node<'_, '_>,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::new(rule, self.value_span(node), message)
    }

    pub(super) fn key_span(&self, node: &Node<'_, '_>) -> Span {
        self.document.key_span(&node.pointer())
    }

    pub(super) fn value_span(&self, node: &Node<'_, '_>) -> Span {
        self.document.span(&node.pointer())
    }

    pub(super) fn exists(&self, pointer: &Pointer) -> bool {
        self.document.value.pointer(pointer.as_str()).is_some()
    }

    /// The names under `components/{section}`.
    pub(super) fn component_names(&self, section: &str) -> Vec<&'v str> {
        let components = self.document.value.get("components");
        let entries = components.and_then(|components| components.get(section)?.as_object());
        entries
            .into_iter()
            .flat_map(Map::keys)
            .map(String::as_str)
            .collect()
    }

    /// The value and its position: the node's own, or the target of its reference.
    ///
    /// `None` if a reference leads nowhere, which is reported where references are checked.
    pub(super) fn resolve(&self, node: &Node<'v, '_>) -> Option<(Pointer, &'v Value)> {
        match reference(node.value) {
            Some(reference) => follow(&self.document.value, reference),
            None => Some((node.pointer(), node.value)),
        }
    }
}
