//! Schemas that hold together, laid side by side: a schema, what it refers to, the members of its
//! `allOf`, and a `oneOf` or `anyOf` that leaves no choice.

use std::collections::BTreeSet;

use openapi::{Pointer, reference};
use serde_json::{Map, Value};

use super::alternatives::{Choice, choice};
use super::refs::leads_nowhere;

/// Schemas that must all hold.
#[derive(Default)]
pub(super) struct Conjunction<'d> {
    /// The outermost first.
    pub(super) parts: Vec<Part<'d>>,
    /// The parts that can't be flattened: the positions of alternatives.
    pub(super) choices: Vec<Vec<Pointer>>,
    /// Values that alternatives list, one list for each choice.
    pub(super) values: Vec<(Pointer, BTreeSet<String>)>,
    /// Types that alternatives name, one set for each choice.
    pub(super) types: Vec<(Pointer, BTreeSet<String>)>,
    /// The places of choices that are no types.
    pub(super) demands: BTreeSet<Pointer>,
    pub(super) broken: Option<String>,
}

/// A schema without the schemas that hold together with it.
pub(super) struct Part<'d> {
    pub(super) at: Pointer,
    pub(super) fields: &'d Map<String, Value>,
}

impl<'d> Conjunction<'d> {
    pub(super) fn of(root: &'d Value, places: &[Pointer]) -> Self {
        let mut conjunction = Self::default();
        let mut waiting: Vec<_> = places.iter().rev().cloned().collect();
        let mut seen = BTreeSet::new();
        while let Some(at) = waiting.pop() {
            if !seen.insert(at.clone()) {
                continue;
            }
            let more = conjunction.add(root, at);
            waiting.extend(more.into_iter().rev());
        }
        conjunction
    }

    /// Adds the schema at a position; returns the positions of schemas that apply together with it.
    fn add(&mut self, root: &'d Value, at: Pointer) -> Vec<Pointer> {
        let schema = root.pointer(at.as_str()).unwrap_or(&Value::Null);
        let Some(fields) = schema.as_object() else {
            return Vec::new();
        };
        let mut more = Vec::new();
        if let Some(reference) = reference(schema) {
            match Pointer::from_reference(reference)
                .filter(|to| root.pointer(to.as_str()).is_some())
            {
                Some(to) => more.push(to),
                None => self.broken = Some(leads_nowhere(reference)),
            }
        }
        let members = fields
            .get("allOf")
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        more.extend((0..members).map(|index| at.child("allOf").child(index.to_string())));
        for keyword in ["oneOf", "anyOf"] {
            match choice(root, &at.child(keyword)) {
                Choice::None => {}
                Choice::Demands => drop(self.demands.insert(at.child(keyword))),
                Choice::Only(place) => more.push(place),
                Choice::Of(places) => self.choices.push(places),
                Choice::Values(values, types) => {
                    self.values.push((at.child(keyword), values));
                    self.types.push((at.child(keyword), types));
                }
                Choice::Types(types) => self.types.push((at.child(keyword), types)),
            }
        }
        self.parts.push(Part { at, fields });
        more
    }
}
