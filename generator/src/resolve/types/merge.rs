//! Merges schemas that apply together.

use std::collections::BTreeSet;

use openapi::Pointer;
use serde_json::Value;

use super::TypeBuilder;
use super::conflict::Conflict;
use super::part::{self, LocatedSchema};
use crate::model::TypeDocs;

/// Several schemas, merged.
#[derive(Clone, Debug, Default)]
pub(super) struct Merged<'a> {
    /// The position of the first of them.
    pub(super) pointer: Pointer,
    /// Their documentation.
    pub(super) docs: TypeDocs,
    /// The merged schemas.
    pub(super) parts: Vec<LocatedSchema<'a>>,
    /// The positions of all of them, parts included.
    pub(super) places: BTreeSet<Pointer>,
    /// The types that are named, and where.
    types: Vec<(&'a str, Pointer)>,
    /// A contradiction between them.
    pub(super) conflict: Option<Conflict>,
    /// The properties in the document's order, each with all that must hold of it.
    pub(super) properties: Vec<(&'a str, Vec<LocatedSchema<'a>>)>,
    pub(super) required: BTreeSet<&'a str>,
    /// Whether the schemas declare an object.
    pub(super) is_object: bool,
    /// The schemas of other properties, if they are allowed explicitly; `None` allows any value.
    pub(super) additional: Vec<Option<LocatedSchema<'a>>>,
    /// The choices found.
    pub(super) unions: Vec<Choice<'a>>,
    /// Schemas of arrays.
    pub(super) arrays: Vec<LocatedSchema<'a>>,
    /// Schemas with a list of values.
    pub(super) enums: Vec<LocatedSchema<'a>>,
    /// Schemas of scalars, and those whose type is unknown.
    pub(super) scalars: Vec<LocatedSchema<'a>>,
}

/// Several schemas of which one holds.
#[derive(Clone, Debug)]
pub(super) struct Choice<'a> {
    /// Where the alternatives are listed.
    pub(super) pointer: Pointer,
    pub(super) alternatives: Vec<LocatedSchema<'a>>,
    /// Whether these are all: those that are no types are left out.
    pub(super) is_complete: bool,
    pub(super) discriminator: Option<Discriminator<'a>>,
}

/// The property that selects the alternative.
#[derive(Clone, Debug)]
pub(super) struct Discriminator<'a> {
    pub(super) property: &'a str,
    /// Values, and the targets that they refer to.
    pub(super) mapping: Vec<(&'a str, &'a str)>,
}

impl<'a> Discriminator<'a> {
    pub(super) fn of(schema: &'a Value) -> Option<Self> {
        let discriminator = schema.get("discriminator")?;
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        let mapping = mapping.into_iter().flatten();
        Some(Self {
            property: discriminator.get("propertyName")?.as_str()?,
            mapping: mapping
                .filter_map(|(value, target)| Some((value.as_str(), target.as_str()?)))
                .collect(),
        })
    }
}

impl<'a> TypeBuilder<'a> {
    /// Merges schemas; returns whether they allow null.
    pub(super) fn merged(&self, parts: &[LocatedSchema<'a>]) -> (Merged<'a>, bool) {
        self.merged_of(None, parts)
    }

    /// The same of the parts of a named schema.
    pub(super) fn merged_of(
        &self,
        whole: Option<&Pointer>,
        parts: &[LocatedSchema<'a>],
    ) -> (Merged<'a>, bool) {
        let mut merged = Merged::default();
        if let Some(first) = parts.first() {
            merged.pointer = first.pointer.clone();
        }
        let mut seen: BTreeSet<_> = whole.into_iter().cloned().collect();
        let mut nullable = false;
        for part in parts {
            nullable |= part.reference().is_none() && part::is_nullable(part.value);
            merged.add(part, self.root, &mut seen, 0);
        }
        merged.parts = parts.to_vec();
        merged.places = seen;
        merged.narrow(self.root);
        (merged, nullable)
    }
}

impl<'a> Merged<'a> {
    fn add(
        &mut self,
        part: &LocatedSchema<'a>,
        root: &'a Value,
        seen: &mut BTreeSet<Pointer>,
        depth: usize,
    ) {
        let is_reference = part.reference().is_some();
        let without_alternatives = part.without_alternatives;
        let Some(part) = part.followed(root) else {
            return;
        };
        if depth > super::DEPTH || !seen.insert(part.pointer.clone()) {
            return;
        }
        for member in part.members("allOf") {
            let mut member = member;
            member.without_alternatives |= without_alternatives;
            self.add(&member, root, seen, depth + 1);
        }
        if !is_reference || depth == 0 {
            self.describe(part.value);
        }
        self.add_object(&part);
        self.add_choices(&part, is_reference, root, seen);
        if part.value.get("enum").is_some_and(Value::is_array) {
            self.enums.push(part.clone());
        }
        let at = |keyword| part.pointer.child(keyword);
        match type_name(part.value) {
            Some(name) => self.types.push((name, at("type"))),
            None if part.has_properties() => self.types.push(("object", at("properties"))),
            None if has(part.value, "items") => self.types.push(("array", at("items"))),
            None => {}
        }
        match type_name(part.value) {
            Some("object") => self.is_object = true,
            Some("array") => self.arrays.push(part),
            Some(_) => self.scalars.push(part),
            None if has(part.value, "items") => self.arrays.push(part),
            None => {}
        }
    }

    /// Removes choices that are wider than their siblings: a list of known items, or a scalar. Types that exclude each other
    /// are all removed.
    fn narrow(&mut self, root: &Value) {
        let is_known = !self.scalars.is_empty() || !self.arrays.is_empty();
        let of_choices = || Conflict::of_choices(&self.types, &self.unions, root);
        self.conflict =
            Conflict::of_types(&self.types).or_else(|| is_known.then(of_choices).flatten());
        if self.conflict.is_some() {
            *self = Self {
                pointer: std::mem::take(&mut self.pointer),
                docs: std::mem::take(&mut self.docs),
                parts: std::mem::take(&mut self.parts),
                places: std::mem::take(&mut self.places),
                conflict: self.conflict.take(),
                ..Self::default()
            };
            return;
        }
        self.conflict = Conflict::of_dates(&self.scalars).or_else(|| Conflict::of_enums(self));
        let mut arrays = self.arrays.iter();
        let is_narrower = !self.scalars.is_empty()
            || !self.enums.is_empty()
            || arrays.any(|array| array.child("items").is_some());
        if is_narrower && !self.is_object && super::enumeration::of(self, root).is_none() {
            self.unions.clear();
        }
    }

    fn add_choices(
        &mut self,
        part: &LocatedSchema<'a>,
        is_reference: bool,
        root: &'a Value,
        seen: &BTreeSet<Pointer>,
    ) {
        for keyword in ["oneOf", "anyOf"] {
            let alternatives = part.alternatives(keyword);
            // Of a parent that lists its children, a child is not one of them again.
            let is_own = |alternative: &LocatedSchema<'a>| {
                alternative
                    .followed(root)
                    .is_some_and(|target| seen.contains(&target.pointer))
            };
            let is_listed_child = is_reference && alternatives.iter().any(is_own);
            if !alternatives.is_empty() && !is_listed_child {
                self.unions.push(Choice {
                    pointer: part.pointer.child(keyword),
                    is_complete: alternatives.len() == part.members(keyword).count(),
                    alternatives,
                    discriminator: Discriminator::of(part.value),
                });
            }
        }
    }

    fn add_object(&mut self, part: &LocatedSchema<'a>) {
        let properties = part.value.get("properties").and_then(Value::as_object);
        for (name, value) in properties.into_iter().flatten() {
            self.is_object = true;
            let pointer = part.pointer.child("properties").child(name);
            let property = LocatedSchema::new(value, pointer);
            match self.properties.iter_mut().find(|(known, _)| known == name) {
                Some((_, parts)) => parts.push(property),
                None => self.properties.push((name, vec![property])),
            }
        }
        self.required
            .extend(part::list(part.value, "required").filter_map(Value::as_str));
        match part.value.get("additionalProperties") {
            Some(Value::Bool(true)) => {
                self.is_object = true;
                self.additional.push(None);
            }
            Some(Value::Object(_)) => {
                self.is_object = true;
                self.additional.push(part.child("additionalProperties"));
            }
            _ => {}
        }
    }

    fn describe(&mut self, schema: &Value) {
        let docs = part::docs(schema);
        self.docs.deprecated |= docs.deprecated;
        if docs.description.is_some() {
            self.docs.description = docs.description;
        }
        if docs.default.is_some() {
            self.docs.default = docs.default;
        }
    }

    /// Whether it is not an object, whatever its siblings.
    pub(super) fn is_scalar(&self) -> bool {
        let is_known =
            !self.scalars.is_empty() || !self.arrays.is_empty() || !self.enums.is_empty();
        !self.is_object && is_known
    }

    /// Whether it makes an enumeration, a union or a struct.
    pub(super) fn needs_name(&self, root: &Value) -> bool {
        !self.properties.is_empty()
            || !self.unions.is_empty()
            || super::enumeration::of(self, root).is_some()
    }

    /// The schemas of an array's items.
    pub(super) fn items(&self) -> Vec<LocatedSchema<'a>> {
        let described = self.arrays.iter().filter_map(|array| array.child("items"));
        described.filter(|items| items.value.is_object()).collect()
    }
}

/// The type that a schema names: the only one beside null where it names several.
pub(super) fn type_name(schema: &Value) -> Option<&str> {
    match schema.get("type")? {
        Value::String(name) => Some(name),
        Value::Array(names) => {
            let mut names = names.iter().filter_map(Value::as_str);
            let mut names = names.by_ref().filter(|name| *name != "null");
            match (names.next(), names.next()) {
                (Some(name), None) => Some(name),
                _ => None,
            }
        }
        _ => None,
    }
}

fn has(schema: &Value, keyword: &str) -> bool {
    schema.get(keyword).is_some()
}
