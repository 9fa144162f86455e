//! Members of types: fields and variants.

use super::Comparison;
use crate::surface::{Field, Shape, TypeItem, TypeText};
use crate::{Change, Rule};

/// The trait whose derived form compares members in their order.
pub(super) const ORDER: &str = "PartialOrd";

impl Comparison<'_> {
    pub(super) fn shape(&mut self, path: &str, old: &TypeItem, new: &TypeItem) {
        if self.renamed(&old.generics) != new.generics {
            self.found.push(
                Change::new(Rule::GenericsChanged, path)
                    .was(old.generics.as_str())
                    .becomes(new.generics.as_str()),
            );
        }
        match &old.shape {
            Shape::Struct { has_private, .. } => {
                let is_open = *has_private || old.marks.non_exhaustive;
                self.fields(path, is_open, old, new);
                if !is_open && new.shape.has_private() {
                    self.found.push(Change::new(Rule::PrivateFieldAdded, path));
                }
            }
            Shape::Enum { .. } => self.variants(path, old, new),
            Shape::Foreign => {}
        }
    }

    fn fields(&mut self, path: &str, is_open: bool, old: &TypeItem, new: &TypeItem) {
        let (old_fields, new_fields) = (old.fields(), new.fields());
        let renamed = self.renamed_field(old_fields, new_fields);
        for field in old_fields {
            let member = member(path, field);
            match new_fields.iter().find(|new| new.name == field.name) {
                Some(new) => self.field(&member, field, new),
                None => self.found.push(match &renamed {
                    Some((gone, new)) if *gone == field.name => {
                        Change::new(Rule::FieldRenamed, member).becomes(format!("{path}::{new}"))
                    }
                    _ => Change::new(Rule::FieldRemoved, member).was(field.type_.shown.as_str()),
                }),
            }
        }
        for field in new_fields {
            let is_known = old_fields.iter().any(|old| old.name == field.name)
                || renamed.as_ref().is_some_and(|(_, new)| *new == field.name);
            if !is_known {
                let rule = if is_open {
                    Rule::FieldAdded
                } else {
                    Rule::FieldAddedToWhole
                };
                self.found.push(
                    Change::new(rule, member(path, field)).becomes(field.type_.shown.as_str()),
                );
            }
        }
        let names = |fields: &[Field]| fields.iter().map(|field| field.name.clone()).collect();
        if old.implements(ORDER) && new.implements(ORDER) {
            self.order(
                path,
                Rule::FieldsReordered,
                names(old_fields),
                names(new_fields),
            );
        }
    }

    fn field(&mut self, member: &str, old: &Field, new: &Field) {
        self.marks(member, &old.marks, &new.marks);
        if self.same(&old.type_, &new.type_) {
            return;
        }
        let is_option_of = |outer: &TypeText, inner: &TypeText| {
            outer
                .inside("Option")
                .is_some_and(|text| text == inner.exact)
        };
        let renamed = TypeText {
            exact: self.renamed(&old.type_.exact),
            ..old.type_.clone()
        };
        let rule = if is_option_of(&new.type_, &renamed) {
            Rule::FieldOptional
        } else if is_option_of(&renamed, &new.type_) {
            Rule::FieldRequired
        } else {
            Rule::FieldRetyped
        };
        let (was, becomes) = old.type_.apart(&new.type_);
        let change = Change::new(rule, member);
        self.found.push(change.was(was).becomes(becomes));
    }

    /// The only removed field and the only added one, if they differ only by name.
    fn renamed_field(&self, old: &[Field], new: &[Field]) -> Option<(String, String)> {
        let (at, gone) = only(old, |field| !new.iter().any(|new| new.name == field.name))?;
        let (still_at, added) = only(new, |field| !old.iter().any(|old| old.name == field.name))?;
        let is_same = at == still_at && self.same(&gone.type_, &added.type_);
        is_same.then(|| (gone.name.clone(), added.name.clone()))
    }

    pub(super) fn same_fields(&self, old: &[Field], new: &[Field]) -> bool {
        old.len() == new.len()
            && old
                .iter()
                .zip(new)
                .all(|(old, new)| old.name == new.name && self.same(&old.type_, &new.type_))
    }

    /// Reports common members in another order.
    pub(super) fn order(
        &mut self,
        path: &str,
        rule: Rule,
        mut old: Vec<String>,
        mut new: Vec<String>,
    ) {
        old.retain(|name| new.contains(name));
        new.retain(|name| old.contains(name));
        if old != new {
            self.found.push(
                Change::new(rule, path)
                    .was(old.join(", "))
                    .becomes(new.join(", ")),
            );
        }
    }
}

/// The path of a field; an unnamed one means the type.
fn member(path: &str, field: &Field) -> String {
    if field.name.starts_with(|first: char| first.is_ascii_digit()) {
        path.to_owned()
    } else {
        format!("{path}::{}", field.name)
    }
}

/// The only item that satisfies a condition, and its index.
pub(super) fn only<T>(items: &[T], condition: impl Fn(&T) -> bool) -> Option<(usize, &T)> {
    let mut found = items.iter().enumerate().filter(|(_, item)| condition(item));
    let only = found.next()?;
    found.next().is_none().then_some(only)
}
