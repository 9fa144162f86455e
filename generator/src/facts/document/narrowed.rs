//! Schemas that apply together: one of them may rule out what another one states.

use std::collections::{BTreeMap, HashSet};

use openapi::Pointer;
use serde_json::Value;

use super::{DEPTH, Located, Reader, fields, items};

impl<'d> Reader<'d, '_> {
    /// Finds the values that are left of each list among schemas that apply together, and the schemas that are lost
    /// together with another one.
    pub(super) fn narrow(&mut self, schemas: Vec<Located<'d>>, depth: usize) {
        if depth > DEPTH {
            return;
        }
        let group = self.group(schemas);
        if let [(_, only)] = group.as_slice() {
            self.narrow_lists(&[*only]);
            return;
        }
        let mut members = group.iter();
        if members.any(|(pointer, schema)| self.is_lost(pointer, schema, 0)) {
            let addresses = group.iter().map(|(_, schema)| std::ptr::from_ref(*schema));
            self.lost.extend(addresses);
            return;
        }
        let schemas = group.iter().map(|(_, schema)| *schema);
        self.narrow_lists(&schemas.collect::<Vec<_>>());
        let mut properties = BTreeMap::<&String, Vec<Located<'d>>>::new();
        for (pointer, schema) in &group {
            let pointer = pointer.child("properties");
            for (name, property) in fields(schema.get("properties")) {
                let parts = properties.entry(name).or_default();
                parts.push((pointer.child(name), property));
            }
        }
        let shared = properties.into_values().filter(|parts| parts.len() > 1);
        for parts in shared {
            self.narrow(parts, depth + 1);
        }
    }

    /// No message has a value that is not in all of the lists.
    fn narrow_lists(&mut self, schemas: &[&'d Value]) {
        let values = |schema: &'d Value| items(schema.get("enum"));
        let lists = schemas
            .iter()
            .filter(|schema| values(schema).next().is_some());
        let lists: Vec<_> = lists.collect();
        let Some((first, others)) = lists.split_first() else {
            return;
        };
        let is_left = |value: &&Value| {
            let mut others = others.iter();
            others.all(|other| values(other).any(|known| known == *value))
        };
        let left: Vec<_> = values(first).filter(is_left).collect();
        // Lists without a common value are a mistake.
        if left.is_empty() {
            return;
        }
        let is_left = |value: &&Value| left.contains(value);
        for alternative in self.alternatives(schemas) {
            let left = values(alternative).filter(is_left).collect();
            self.left.insert(alternative, left);
        }
        for list in lists.iter().filter(|_| lists.len() > 1) {
            self.left.insert(**list, left.clone());
        }
    }

    fn alternatives(&self, schemas: &[&'d Value]) -> Vec<&'d Value> {
        let alternatives = schemas.iter().flat_map(|schema| {
            let lists = ["oneOf", "anyOf"].into_iter();
            lists.flat_map(|keyword| items(schema.get(keyword)))
        });
        let resolved = alternatives.filter_map(|part| self.resolve(Pointer::root(), part));
        resolved.map(|(_, schema)| schema).collect()
    }

    /// The schemas, behind their references, and the members of their `allOf`.
    fn group(&self, mut waiting: Vec<Located<'d>>) -> Vec<Located<'d>> {
        let mut seen = HashSet::new();
        let mut group = Vec::new();
        while let Some((pointer, schema)) = waiting.pop() {
            let Some((pointer, schema)) = self.resolve(pointer, schema) else {
                continue;
            };
            if seen.insert(std::ptr::from_ref(schema)) {
                let at = pointer.child("allOf");
                let members = items(schema.get("allOf")).enumerate();
                waiting.extend(members.map(|(index, part)| (at.child(index.to_string()), part)));
                group.push((pointer, schema));
            }
        }
        group
    }
}
