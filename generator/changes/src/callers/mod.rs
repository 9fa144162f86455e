//! Changes for callers: compares two public APIs item by item.

mod arguments;
mod beginnings;
mod marks;
mod members;
mod methods;
mod modifiers;
mod renames;
mod variants;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::surface::{Shape, Surface, TypeItem, TypeText};
use super::{Change, Rule};
use beginnings::{Beginnings, beginnings};

/// Compares two public APIs. `hints` are types that are known to bear another name now.
pub(super) fn compare(
    before: &Surface,
    after: &Surface,
    hints: &BTreeMap<String, String>,
) -> Vec<Change> {
    let mut renamed = renames::find(before, after, hints);
    renamed.extend(renames::moved(before, after));
    let mut comparison = Comparison {
        before,
        after,
        beginnings: (beginnings(before), beginnings(after)),
        renamed,
        found: Vec::new(),
        covered: BTreeSet::new(),
    };
    comparison.types();
    comparison.others();
    comparison.drop_covered();
    comparison.join_renamed_methods();
    comparison.found
}

struct Comparison<'a> {
    before: &'a Surface,
    after: &'a Surface,
    /// For both sides, the method that gives a type, by the type's path.
    beginnings: (Beginnings<'a>, Beginnings<'a>),
    /// The new paths of types by the old ones.
    renamed: BTreeMap<String, String>,
    found: Vec<Change>,
    /// Items that belong to another change.
    covered: BTreeSet<(Rule, String)>,
}

impl Comparison<'_> {
    fn types(&mut self) {
        let (before, after) = (self.before, self.after);
        let mut kept = Vec::new();
        for (path, old) in &before.types {
            let new_path = self.renamed.get(path).unwrap_or(path).clone();
            let Some(new) = after.types.get(&new_path) else {
                match old.shape {
                    // Only implementations for a type of another crate can be removed.
                    Shape::Foreign => self.methods(path, old, &TypeItem::default()),
                    _ => self.type_removed(path),
                }
                continue;
            };
            if after.aliases.contains_key(path) {
                let change = Change::new(Rule::ItemAdded, new_path.as_str());
                self.found.push(change.becomes(format!("use {path}")));
            } else if new_path != *path {
                self.type_renamed(path, &new_path);
            }
            kept.push((new_path, old, new));
        }
        for (path, new) in &after.types {
            if !kept.iter().any(|(known, _, _)| known == path) {
                match new.shape {
                    Shape::Foreign => self.methods(path, &TypeItem::default(), new),
                    _ => self.type_added(path),
                }
            }
        }
        for (path, old, new) in kept {
            self.type_(&path, old, new);
        }
    }

    fn drop_covered(&mut self) {
        let covered = &self.covered;
        self.found
            .retain(|change| !covered.contains(&(change.rule, change.subjects[0].clone())));
    }

    fn type_added(&mut self, path: &str) {
        let change = Change::new(Rule::TypeAdded, path);
        let beginning = self.beginnings.1.get(path).copied();
        self.found.push(match beginning {
            Some(beginning) => {
                self.covered.insert((Rule::MethodAdded, beginning.path()));
                change.becomes(beginning.call())
            }
            None => change,
        });
    }

    fn type_removed(&mut self, path: &str) {
        let change = Change::new(Rule::TypeRemoved, path);
        let beginning = self.beginnings.0.get(path).copied();
        self.found.push(match beginning {
            Some(beginning) => {
                self.covered.insert((Rule::MethodRemoved, beginning.path()));
                change.was(beginning.call())
            }
            None => change,
        });
    }

    fn type_renamed(&mut self, path: &str, new_path: &str) {
        self.found
            .push(Change::new(Rule::TypeRenamed, path).becomes(new_path));
        self.beginning_renamed(path, new_path);
    }

    fn type_(&mut self, path: &str, old: &TypeItem, new: &TypeItem) {
        let (before, after) = (old.shape.form(), new.shape.form());
        if before != after {
            let change = Change::new(Rule::TypeReshaped, path);
            self.found.push(change.was(before).becomes(after));
            return;
        }
        self.marks(path, &old.marks, &new.marks);
        self.shape(path, old, new);
        self.traits(path, old, new);
        self.methods(path, old, new);
    }

    fn others(&mut self) {
        let (before, after) = (self.before, self.after);
        for (path, old) in &before.others {
            let change = match after.others.get(path) {
                Some(new) if self.renamed(old) == *new => continue,
                Some(new) if modifiers::is_looser_function(old, new) => {
                    Change::new(Rule::SignatureLoosened, path).becomes(new.as_str())
                }
                Some(new) => Change::new(Rule::ItemChanged, path).becomes(new.as_str()),
                None if after.aliases.contains_key(path) => continue,
                None => Change::new(Rule::ItemRemoved, path),
            };
            self.found.push(change.was(old.as_str()));
        }
        for (path, new) in &after.others {
            if !before.others.contains_key(path) && !before.aliases.contains_key(path) {
                self.found
                    .push(Change::new(Rule::ItemAdded, path).becomes(new.as_str()));
            }
        }
        for (path, target) in &before.aliases {
            if !after.offers(path) {
                let change = Change::new(Rule::ItemRemoved, path);
                self.found.push(change.was(format!("use {target}")));
            }
        }
        for (path, target) in &after.aliases {
            if !before.offers(path) {
                let change = Change::new(Rule::ItemAdded, path);
                self.found.push(change.becomes(format!("use {target}")));
            }
        }
    }

    /// Whether two types are the same but for the names of types.
    fn same(&self, old: &TypeText, new: &TypeText) -> bool {
        self.renamed(&old.exact) == new.exact
    }

    /// Text of the old API with the types' new names in it.
    fn renamed(&self, text: &str) -> String {
        renames::apply(&self.renamed, text)
    }
}
