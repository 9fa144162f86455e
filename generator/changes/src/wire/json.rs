//! JSON of types: serde attributes of members that keep their name and type in Rust.

use std::collections::{BTreeMap, BTreeSet};

use super::Wire;
use crate::surface::{Field, TypeItem, Variant};
use crate::{Change, Rule, places};

/// The use of a type: in requests, responses, or both.
#[derive(Clone, Copy)]
struct Use {
    is_received: bool,
    is_sent: bool,
}

impl Wire<'_> {
    pub(super) fn json(
        &mut self,
        renamed: &BTreeMap<&str, &str>,
        fields: &BTreeMap<String, String>,
    ) {
        let (before, after) = (self.before, self.after);
        for (path, new) in &after.surface.types {
            let old_path = renamed.get(path.as_str()).copied().unwrap_or(path);
            let Some(old) = before.surface.types.get(old_path) else {
                continue;
            };
            let is_in = |path: &str, names: &BTreeSet<String>| {
                path.strip_prefix("types::")
                    .is_some_and(|name| names.contains(name))
            };
            let is_used = |old: &BTreeSet<String>, new: &BTreeSet<String>| {
                is_in(old_path, old) && is_in(path, new)
            };
            let usage = Use {
                is_received: is_used(&before.received, &after.received),
                is_sent: is_used(&before.sent, &after.sent),
            };
            self.type_(path, usage, (old, new), fields);
        }
    }

    fn type_(
        &mut self,
        path: &str,
        usage: Use,
        (old, new): (&TypeItem, &TypeItem),
        fields: &BTreeMap<String, String>,
    ) {
        // A different shape is reported to callers.
        if old.shape.form() != new.shape.form() {
            return;
        }
        for field in new.fields() {
            let member = format!("{path}::{}", field.name);
            let old_path = fields.get(&member);
            let old_name = old_path.and_then(|path| path.rsplit("::").next());
            let old_name = old_name.unwrap_or(&field.name);
            match old.fields().iter().find(|old| old.name == *old_name) {
                Some(before) => self.field(&member, usage, before, field),
                None if usage.is_received && !may_be_absent(field) => {
                    self.report(Change::new(Rule::FieldExpected, member));
                }
                None => {}
            }
        }
        for variant in new.variants() {
            let mut variants = old.variants().iter();
            if let Some(before) = variants.find(|old| old.name == variant.name) {
                self.variant(&format!("{path}::{}", variant.name), before, variant);
            }
        }
        self.alternatives(path, old, new);
    }

    /// Alternatives are tried one after the other: one that is new and stands in front of another
    /// may be taken in its place.
    fn alternatives(&mut self, path: &str, old: &TypeItem, new: &TypeItem) {
        let is_tried = |item: &TypeItem| {
            item.marks
                .serde
                .iter()
                .any(|attribute| attribute == "untagged")
        };
        let names = |item: &TypeItem| -> Vec<String> {
            // An unknown value is kept when no alternative matches.
            let names = item.variants().iter().map(|variant| variant.name.clone());
            names.filter(|name| name != "Unknown").collect()
        };
        let (before, after) = (names(old), names(new));
        let kept = |names: &[String], others: &[String]| -> Vec<String> {
            let kept = names.iter().filter(|name| others.contains(name));
            kept.cloned().collect()
        };
        let is_behind = before.iter().enumerate().any(|(index, name)| {
            let now = after.iter().position(|other| other == name);
            now.is_some_and(|now| now > index)
        });
        let is_moved = is_behind || kept(&before, &after) != kept(&after, &before);
        if is_moved && is_tried(old) && is_tried(new) {
            self.report(
                Change::new(Rule::AlternativesReordered, path)
                    .was(before.join(", "))
                    .becomes(after.join(", ")),
            );
        }
    }

    fn field(&mut self, member: &str, usage: Use, old: &Field, new: &Field) {
        let (before, after) = (json_name(old), json_name(new));
        if before != after {
            let change = Change::new(Rule::FieldRespelt, member);
            self.report(change.was(before).becomes(after));
        }
        // Another type is reported to callers, and includes absence.
        if old.type_ != new.type_ {
            return;
        }
        let (before, after) = (may_be_absent(old), may_be_absent(new));
        if before == after {
            return;
        }
        if usage.is_received {
            let rule = if after {
                Rule::FieldSpared
            } else {
                Rule::FieldDemanded
            };
            self.report(Change::new(rule, member));
        }
        if usage.is_sent {
            self.report(Change::new(Rule::AbsenceRespelt, member));
        }
    }

    fn variant(&mut self, member: &str, old: &Variant, new: &Variant) {
        let spelling = |variant: &Variant| {
            renamed(&variant.marks.serde).unwrap_or_else(|| variant.name.clone())
        };
        let (before, after) = (spelling(old), spelling(new));
        if before != after {
            let change = Change::new(Rule::ValueRespelt, member);
            self.report(change.was(before).becomes(after));
        }
    }

    fn report(&mut self, mut change: Change) {
        change.place = places::of_item(&change, self.before, self.after);
        self.found.push(change);
    }
}

fn json_name(field: &Field) -> String {
    renamed(&field.marks.serde).unwrap_or_else(|| field.name.clone())
}

/// `x` of `rename = "x"`.
fn renamed(attributes: &[String]) -> Option<String> {
    let mut attributes = attributes.iter();
    let name = attributes.find_map(|one| one.strip_prefix("rename = "))?;
    Some(name.trim_matches('"').to_owned())
}

/// Whether JSON without the field can be read.
fn may_be_absent(field: &Field) -> bool {
    let is_spared =
        |attribute: &String| attribute == "default" || attribute.starts_with("skip_serializing_if");
    let is_demanded = |attribute: &String| attribute.starts_with("deserialize_with");
    let attributes = &field.marks.serde;
    attributes
        .iter()
        .any(|one| is_spared(one) || one == "flatten")
        && !attributes.iter().any(is_demanded)
}
