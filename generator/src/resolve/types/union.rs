//! Choices between several types.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use openapi::Pointer;
use serde_json::{Value, json};

use super::TypeBuilder;
use super::merge::{Choice, Discriminator, Merged};
use super::part::LocatedSchema;
use super::{component, enumeration, longer};
use crate::model::{Shape, Type, TypeDocs, TypeRef, Union, Variant};
use crate::names;

/// An object of which nothing is lost.
static OPEN: LazyLock<Value> = LazyLock::new(|| json!({ "additionalProperties": true }));

/// An alternative before it has a type.
struct Alternative<'a> {
    /// The alternative, and all that must hold beside it.
    parts: Vec<LocatedSchema<'a>>,
    merged: Merged<'a>,
    /// The values of the tag that select it.
    tags: Vec<String>,
}

impl<'a> TypeBuilder<'a> {
    /// The union that merged schemas make, with the properties beside it in each alternative; or
    /// the only type that is left of it.
    pub(super) fn union(
        &mut self,
        mut merged: Merged<'a>,
        name: &str,
        docs: &mut TypeDocs,
    ) -> Shape {
        let choice = merged.unions.remove(0);
        let mut beside = Vec::new();
        if !merged.properties.is_empty() || !merged.additional.is_empty() {
            beside.extend(merged.parts.iter().map(|part| LocatedSchema {
                without_alternatives: true,
                ..part.clone()
            }));
        }
        if let Some(second) = merged.unions.first() {
            self.report.add(
                "lossy-schema",
                &second.pointer,
                "several unions at once: the properties of all but the first are any JSON",
                "write one `oneOf` with the combinations",
            );
            beside.push(LocatedSchema::new(
                &OPEN,
                merged.pointer.child("additionalProperties"),
            ));
        }
        let mut alternatives = self.alternatives(&choice, &beside);
        // Properties have no effect if no alternative is an object.
        let takes_none = |alternative: &Alternative<'_>| {
            alternative.merged.conflict.is_some()
                || alternative.parts.len() == 1 && alternative.merged.is_scalar()
        };
        if !merged.properties.is_empty() && alternatives.iter().all(takes_none) {
            let properties = merged.properties.iter().flat_map(|(_, parts)| parts);
            let lists: BTreeSet<_> = properties
                .map(|property| {
                    let mut list = property.pointer.clone();
                    list.pop();
                    list
                })
                .collect();
            for list in lists {
                self.report.add(
                    "conflicting-schemas",
                    &list,
                    "properties beside alternatives that are not objects: no value matches both",
                    "keep the intended ones",
                );
            }
        }
        let tag = match &choice.discriminator {
            Some(discriminator) => {
                self.tag_by(discriminator, &mut alternatives, &beside);
                Some(discriminator.property.to_owned())
            }
            None => self.tag_by_values(&mut alternatives),
        };
        let variants = self.variants(alternatives, tag.as_deref(), name);
        match variants.as_slice() {
            [only] => {
                docs.values.clone_from(&only.docs.values);
                docs.has_other_values = only.docs.has_other_values;
                Shape::Newtype(only.type_.clone())
            }
            _ => {
                let tag = tag.filter(|_| variants.iter().any(|variant| !variant.tags.is_empty()));
                Shape::Union(Union { tag, variants })
            }
        }
    }

    fn alternatives(
        &self,
        choice: &Choice<'a>,
        beside: &[LocatedSchema<'a>],
    ) -> Vec<Alternative<'a>> {
        let alternatives = choice.alternatives.iter();
        alternatives
            .map(|alternative| self.alternative(alternative.clone(), beside))
            .collect()
    }

    fn alternative(
        &self,
        part: LocatedSchema<'a>,
        beside: &[LocatedSchema<'a>],
    ) -> Alternative<'a> {
        let (alone, _) = self.merged(std::slice::from_ref(&part));
        // Of a kind of the schema that lists it, nothing is missing.
        let is_held = |part: &LocatedSchema<'a>| {
            part.without_alternatives && alone.places.contains(&part.place(self.root).0)
        };
        let beside: Vec<_> = beside.iter().filter(|part| !is_held(part)).collect();
        let mut parts = vec![part];
        if alone.is_scalar() || beside.is_empty() {
            return Alternative {
                parts,
                merged: alone,
                tags: Vec::new(),
            };
        }
        parts.extend(beside.into_iter().cloned());
        Alternative {
            merged: self.merged(&parts).0,
            parts,
            tags: Vec::new(),
        }
    }

    /// Gives each alternative the values by which a discriminator means it.
    fn tag_by(
        &self,
        discriminator: &Discriminator<'a>,
        alternatives: &mut Vec<Alternative<'a>>,
        beside: &[LocatedSchema<'a>],
    ) {
        let mut mapped = BTreeMap::<Pointer, Vec<String>>::new();
        for (value, target) in &discriminator.mapping {
            // The checks report unresolved ones.
            let Some(part) = self.target(target) else {
                continue;
            };
            let tags = mapped.entry(part.pointer.clone()).or_default();
            tags.push((*value).to_owned());
            let is_known = alternatives
                .iter()
                .any(|known| self.is_at(&known.parts[0], &part.pointer));
            if !is_known {
                alternatives.push(self.alternative(part, beside));
            }
        }
        for alternative in alternatives {
            let Some(target) = alternative.parts[0].followed(self.root) else {
                continue;
            };
            let tags = mapped.remove(&target.pointer);
            alternative.tags = tags.unwrap_or_else(|| {
                let schema = &alternative.merged;
                let implied = self.implied(schema, discriminator.property, &target.pointer);
                implied.into_iter().collect()
            });
        }
    }

    /// The value of a discriminator that no mapping gives to a schema: the only one that the schema admits, or its name.
    pub(super) fn implied(
        &self,
        schema: &Merged<'_>,
        property: &str,
        pointer: &Pointer,
    ) -> Option<String> {
        single_value(schema, property, self.root).or_else(|| component(pointer))
    }

    /// The schema that a discriminator's mapping names, by a reference or by its name.
    pub(super) fn target(&self, target: &str) -> Option<LocatedSchema<'a>> {
        let by_name = || {
            let named = Pointer::root().child("components").child("schemas");
            Some(named.child(target))
        };
        let by_reference = Pointer::from_reference(target);
        let pointer = by_reference.or_else(by_name)?;
        let value = self.root.pointer(pointer.as_str())?;
        LocatedSchema::new(value, pointer).followed(self.root)
    }

    fn is_at(&self, part: &LocatedSchema<'a>, pointer: &Pointer) -> bool {
        part.followed(self.root)
            .is_some_and(|target| target.pointer == *pointer)
    }

    /// Finds a property that has another single value in each of the objects.
    fn tag_by_values(&self, alternatives: &mut [Alternative<'a>]) -> Option<String> {
        let objects = alternatives.iter().filter(|one| one.merged.is_object);
        let objects: Vec<_> = objects.collect();
        let first = objects.first().filter(|_| objects.len() > 1)?;
        let tag = first.merged.properties.iter().map(|(name, _)| *name);
        let is_tag = |name: &&str| {
            let mut seen = BTreeSet::new();
            objects.iter().all(|object| {
                let value = single_value(&object.merged, name, self.root);
                value.is_some_and(|value| seen.insert(value))
            })
        };
        let tag = tag.into_iter().find(is_tag)?.to_owned();
        for alternative in alternatives {
            let value = single_value(&alternative.merged, &tag, self.root);
            alternative.tags.extend(value);
        }
        Some(tag)
    }

    fn variants(
        &mut self,
        alternatives: Vec<Alternative<'a>>,
        tag: Option<&str>,
        name: &str,
    ) -> Vec<Variant> {
        let wishes: Vec<_> = alternatives
            .iter()
            .map(|alternative| self.wish(alternative, &alternatives))
            .collect();
        let mut variants = Vec::<Variant>::new();
        for (alternative, wish) in alternatives.into_iter().zip(wishes) {
            let holds_tag = tag.is_none_or(|tag| {
                let mut properties = alternative.merged.properties.iter();
                properties.any(|(property, _)| *property == tag)
            });
            let inner = wish.as_deref().unwrap_or("Value");
            let docs = TypeDocs {
                values: self.values_of_all(alternative.parts.clone()),
                ..super::docs(alternative.parts[0].value)
            };
            let type_ = match alternative.parts.as_slice() {
                // A schema named only by a discriminator's mapping is an entry itself, not a reference.
                [only] if component(&only.pointer).is_some() => self.referenced(only),
                _ => self.type_of_all(alternative.parts, &longer(name, inner)),
            };
            if let Some(known) = variants.iter_mut().find(|known| known.type_ == type_) {
                known.tags.extend(alternative.tags);
                add_values(&mut known.docs, docs.values);
                if known.docs.has_other_values && type_.type_ == Type::Boolean {
                    known.docs.values.clear();
                }
                continue;
            }
            variants.push(Variant {
                name: wish.unwrap_or_else(|| kind_name(&type_).to_owned()),
                docs,
                type_,
                tags: alternative.tags,
                holds_tag,
                boxed: false,
            });
        }
        // Any JSON always matches, so it comes last.
        variants.sort_by_key(|variant| variant.type_.type_ == Type::Any);
        make_distinct(&mut variants);
        variants
    }

    /// The name of an alternative: its schema's name, its title, the value of its tag, or a
    /// property that no other has.
    fn wish(&self, alternative: &Alternative<'a>, all: &[Alternative<'a>]) -> Option<String> {
        let part = &alternative.parts[0];
        let target = part.followed(self.root)?;
        if let Some(name) = component(&target.pointer) {
            return self.component_names.get(&name).cloned();
        }
        let title = target.value.get("title").and_then(Value::as_str);
        if let Some(title) = title.filter(|title| (1..=40).contains(&title.len())) {
            return Some(names::type_name(title));
        }
        if let Some(tag) = alternative.tags.first() {
            return Some(names::type_name(tag));
        }
        if alternative.merged.properties.is_empty() {
            return None;
        }
        let is_own = |name: &&str| {
            let holders = all.iter().filter(|other| {
                let mut properties = other.merged.properties.iter();
                properties.any(|(property, _)| property == name)
            });
            holders.count() == 1
        };
        let mut names = alternative.merged.properties.iter().map(|(name, _)| *name);
        let own = names.find(is_own);
        Some(own.map_or_else(
            || "Object".to_owned(),
            |name| format!("With{}", names::type_name(name)),
        ))
    }
}

/// Gives each variant a name of its own, and each value of the tag to the first variant that has it: a kind of a kind
/// inherits its value.
pub(super) fn make_distinct(variants: &mut [Variant]) {
    let mut taken = BTreeSet::from(["Unknown".to_owned()]);
    let mut tags = BTreeSet::new();
    for variant in variants {
        variant.name = names::free_name(&variant.name, "", &mut taken);
        variant.tags.retain(|tag| tags.insert(tag.clone()));
    }
}

/// The one string that a property admits.
fn single_value(merged: &Merged<'_>, property: &str, root: &Value) -> Option<String> {
    let (_, parts) = merged
        .properties
        .iter()
        .find(|(name, _)| *name == property)?;
    let mut enums = Merged::default();
    for part in parts {
        enums.enums.extend(
            part.followed(root)
                .filter(|part| part.value.get("enum").is_some()),
        );
    }
    match enumeration::of(&enums, root)?.values.as_slice() {
        [only] => only.value.as_str().map(str::to_owned),
        _ => None,
    }
}

fn kind_name(type_: &TypeRef) -> &'static str {
    match type_.type_ {
        Type::Any => "Other",
        Type::Boolean => "Boolean",
        Type::Text => "Text",
        Type::Date => "Date",
        Type::DateTime => "DateTime",
        Type::Integer(_) => "Integer",
        Type::Number => "Number",
        Type::List(_) => "List",
        Type::Map(_) => "Map",
        Type::Named(_) => "Value",
    }
}

/// Adds the values that another schema admits, which lists none if it admits any.
fn add_values(docs: &mut TypeDocs, more: Vec<String>) {
    docs.has_other_values |= docs.values.is_empty() || more.is_empty();
    for value in more {
        if !docs.values.contains(&value) {
            docs.values.push(value);
        }
    }
}
