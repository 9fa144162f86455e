//! The variants of enums.

use super::Comparison;
use super::members::{ORDER, only};
use crate::surface::{Field, TypeItem, Variant};
use crate::{Change, Rule};

impl Comparison<'_> {
    pub(super) fn variants(&mut self, path: &str, old: &TypeItem, new: &TypeItem) {
        let (old_variants, new_variants) = (old.variants(), new.variants());
        let renamed = self.renamed_variant(old_variants, new_variants);
        for variant in old_variants {
            let member = format!("{path}::{}", variant.name);
            match new_variants.iter().find(|new| new.name == variant.name) {
                Some(new) => self.variant(&member, variant, new),
                None => self.found.push(match &renamed {
                    Some((gone, new)) if *gone == variant.name => {
                        Change::new(Rule::VariantRenamed, member).becomes(format!("{path}::{new}"))
                    }
                    _ => Change::new(Rule::VariantRemoved, member),
                }),
            }
        }
        for variant in new_variants {
            let is_known = old_variants.iter().any(|old| old.name == variant.name)
                || renamed
                    .as_ref()
                    .is_some_and(|(_, new)| *new == variant.name);
            if !is_known {
                let rule = if old.marks.non_exhaustive {
                    Rule::VariantAdded
                } else {
                    Rule::VariantAddedToWhole
                };
                let member = format!("{path}::{}", variant.name);
                self.found.push(Change::new(rule, member));
            }
        }
        self.variant_order(path, old, new);
        let default = |all: &[Variant]| {
            let default = all.iter().find(|variant| variant.is_default);
            default.map(|variant| variant.name.clone())
        };
        if let (Some(old), Some(new)) = (default(old_variants), default(new_variants))
            && old != new
        {
            self.found
                .push(Change::new(Rule::DefaultMoved, path).was(old).becomes(new));
        }
    }

    /// Derived comparison goes by the order of the variants, and `as` by their numbers, which those
    /// of an enum without fields have.
    fn variant_order(&mut self, path: &str, old: &TypeItem, new: &TypeItem) {
        let names = |item: &TypeItem| -> Vec<String> {
            let variants = item.variants().iter();
            variants.map(|variant| variant.name.clone()).collect()
        };
        let is_plain = |item: &TypeItem| {
            let mut variants = item.variants().iter();
            variants.all(|variant| variant.fields.is_empty())
        };
        let (before, after) = (names(old), names(new));
        let known = self.found.len();
        if old.implements(ORDER) && new.implements(ORDER) {
            let rule = Rule::VariantsReordered;
            self.order(path, rule, before.clone(), after.clone());
        }
        let moved = before.iter().enumerate().any(|(number, name)| {
            let now = after.iter().position(|other| other == name);
            now.is_some_and(|now| now != number)
        });
        if moved && is_plain(old) && is_plain(new) && self.found.len() == known {
            let change = Change::new(Rule::VariantsRenumbered, path);
            self.found
                .push(change.was(before.join(", ")).becomes(after.join(", ")));
        }
    }

    fn variant(&mut self, member: &str, old: &Variant, new: &Variant) {
        self.marks(member, &old.marks, &new.marks);
        if !self.same_fields(&old.fields, &new.fields) {
            self.found.push(
                Change::new(Rule::VariantRetyped, member)
                    .was(listed(&old.fields))
                    .becomes(listed(&new.fields)),
            );
        }
    }

    fn renamed_variant(&self, old: &[Variant], new: &[Variant]) -> Option<(String, String)> {
        let (at, gone) = only(old, |one| !new.iter().any(|new| new.name == one.name))?;
        let (still_at, added) = only(new, |one| !old.iter().any(|old| old.name == one.name))?;
        let is_same = at == still_at && self.same_fields(&gone.fields, &added.fields);
        is_same.then(|| (gone.name.clone(), added.name.clone()))
    }
}

fn listed(fields: &[Field]) -> String {
    let types: Vec<_> = fields
        .iter()
        .map(|field| field.type_.shown.as_str())
        .collect();
    types.join(", ")
}
