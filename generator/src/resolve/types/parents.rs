//! Parent schemas: their alternatives are the schemas that list them in `allOf`.

use std::collections::{BTreeMap, BTreeSet};

use openapi::Pointer;
use serde_json::Value;

use super::TypeBuilder;
use super::merge::{Discriminator, Merged};
use super::part::LocatedSchema;
use super::{component, docs, union};
use crate::model::{Shape, Type, TypeDocs, TypeRef, Union, Variant};

/// The named schemas that say by `allOf` that they are a kind of another one, directly or not.
pub(super) fn children(root: &Value) -> BTreeMap<Pointer, Vec<Pointer>> {
    let schemas = Pointer::root().child("components").child("schemas");
    let named = root.pointer(schemas.as_str()).and_then(Value::as_object);
    let mut direct = BTreeMap::<Pointer, Vec<Pointer>>::new();
    for (name, schema) in named.into_iter().flatten() {
        let child = schemas.child(name);
        for parent in LocatedSchema::new(schema, child.clone())
            .members("allOf")
            .filter_map(|member| openapi::follow(root, member.reference()?))
            .map(|(parent, _)| parent)
        {
            direct.entry(parent).or_default().push(child.clone());
        }
    }
    let parents = direct.keys().filter(|parent| {
        let schema = root.pointer(parent.as_str());
        schema.is_some_and(|schema| schema.get("discriminator").is_some())
    });
    let descendants = |parent: &Pointer| {
        let mut seen = BTreeSet::from([parent]);
        let mut found = Vec::new();
        let mut waiting: Vec<_> = direct[parent].iter().rev().collect();
        while let Some(child) = waiting.pop() {
            if seen.insert(child) {
                found.push(child.clone());
                waiting.extend(direct.get(child).into_iter().flatten().rev());
            }
        }
        found
    };
    parents
        .map(|parent| (parent.clone(), descendants(parent)))
        .collect()
}

impl<'a> TypeBuilder<'a> {
    /// The union of a schema and its kinds, if it has a discriminator and there are some.
    pub(super) fn parent(
        &mut self,
        merged: &Merged<'a>,
        pointer: &Pointer,
        name: &str,
    ) -> Option<Union> {
        let value = self.root.pointer(pointer.as_str())?;
        let discriminator = Discriminator::of(value)?;
        if !merged.unions.is_empty() {
            self.report_unlisted(merged, &discriminator, pointer);
            return None;
        }
        let mut kinds = self.kinds(&discriminator, pointer);
        // What has no properties is nothing but its kinds.
        let is_kind = !merged.properties.is_empty() || !merged.additional.is_empty();
        kinds.retain(|(kind, tags)| kind != pointer || is_kind || !tags.is_empty());
        if kinds.iter().all(|(kind, _)| kind == pointer) {
            return None;
        }
        let mut variants = Vec::new();
        for (kind, mut tags) in kinds {
            let value = self.root.pointer(kind.as_str())?;
            let part = LocatedSchema::new(value, kind);
            let (held, _) = self.merged(std::slice::from_ref(&part));
            if tags.is_empty() {
                tags.extend(self.implied(&held, discriminator.property, &part.pointer));
            }
            let (wish, type_) = if part.pointer == *pointer {
                ("Base".to_owned(), self.base(merged, pointer, name))
            } else {
                (self.kind_name(&part.pointer), self.referenced(&part))
            };
            let mut held = held.properties.iter();
            variants.push(Variant {
                name: wish,
                docs: docs(value),
                type_,
                tags,
                holds_tag: held.any(|(property, _)| *property == discriminator.property),
                boxed: false,
            });
        }
        union::make_distinct(&mut variants);
        Some(Union {
            tag: Some(discriminator.property.to_owned()),
            variants,
        })
    }

    /// Reports the kinds of a schema that its own list of alternatives lacks. One that only stands between the schema and
    /// a listed kind is a part of that.
    fn report_unlisted(
        &mut self,
        merged: &Merged<'a>,
        discriminator: &Discriminator<'a>,
        pointer: &Pointer,
    ) {
        let alternatives = merged.unions.iter().flat_map(|choice| &choice.alternatives);
        let mapped = discriminator.mapping.iter();
        let mapped = mapped.filter_map(|(_, target)| self.target(target));
        let listed = alternatives.cloned().chain(mapped);
        let listed: BTreeSet<_> = listed
            .flat_map(|part| self.merged(&[part]).0.places)
            .collect();
        let children = self.children.get(pointer).into_iter().flatten();
        let unlisted = children.filter(|child| !listed.contains(child));
        for child in unlisted {
            let parent = super::last_name(pointer);
            self.report.add(
                "unreachable-discriminator",
                child,
                format!("`{parent}` lists its kinds, but not this one"),
                "add it to the list, or to the discriminator's `mapping`",
            );
        }
    }

    /// The kinds of a schema and itself, each with the values that the discriminator's mapping gives it.
    fn kinds(
        &self,
        discriminator: &Discriminator<'a>,
        pointer: &Pointer,
    ) -> Vec<(Pointer, Vec<String>)> {
        let mut kinds = Vec::<(Pointer, Vec<String>)>::new();
        for (value, target) in &discriminator.mapping {
            // The checks report unresolved ones.
            let Some(part) = self.target(target) else {
                continue;
            };
            match kinds.iter_mut().find(|(kind, _)| *kind == part.pointer) {
                Some((_, tags)) => tags.push((*value).to_owned()),
                None => kinds.push((part.pointer, vec![(*value).to_owned()])),
            }
        }
        let children = self.children.get(pointer).into_iter().flatten();
        for kind in children.chain([pointer]) {
            if !kinds.iter().any(|(known, _)| known == kind) {
                kinds.push((kind.clone(), Vec::new()));
            }
        }
        kinds
    }

    /// The schema itself, without its kinds.
    fn base(&mut self, merged: &Merged<'a>, pointer: &Pointer, name: &str) -> TypeRef {
        let name = self.free_name(&format!("{name}Base"));
        let id = self.reserve();
        let object = self.object(merged, &name);
        let mut docs = merged.docs.clone();
        let shape = if object.fields.is_empty() {
            let any = || (TypeRef::new(Type::Any), TypeDocs::default());
            let others = object.additional.map(|others| (others.values, others.docs));
            let (values, described) = others.unwrap_or_else(any);
            docs.values = described.values;
            Shape::Newtype(TypeRef::new(Type::Map(Box::new(values))))
        } else {
            Shape::Struct(object)
        };
        self.define(id, name, pointer.clone(), docs, shape);
        TypeRef::new(Type::Named(id))
    }

    fn kind_name(&self, pointer: &Pointer) -> String {
        component(pointer)
            .and_then(|name| self.component_names.get(&name).cloned())
            .unwrap_or_else(|| super::last_name(pointer))
    }
}
