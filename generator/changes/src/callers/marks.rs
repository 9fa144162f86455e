//! Changes common to all kinds of items: traits, attributes, conditions.

use super::Comparison;
use crate::surface::{Conditions, Implementation, Marks, TypeItem};
use crate::{Change, Rule};

impl Comparison<'_> {
    pub(super) fn traits(&mut self, path: &str, old: &TypeItem, new: &TypeItem) {
        let (mut lost, mut kept) = (Vec::new(), Vec::new());
        for (name, before) in &old.traits {
            let now_called = self.renamed(name);
            match new.traits.get(&now_called) {
                Some(after) => self.implementation(path, &now_called, before, after),
                None => lost.push(name.as_str()),
            }
            kept.push(now_called);
        }
        let names = new.traits.keys().filter(|name| !kept.contains(name));
        let gained: Vec<_> = names.map(String::as_str).collect();
        if !lost.is_empty() {
            let change = Change::new(Rule::TraitRemoved, path);
            self.found.push(change.was(lost.join(", ")));
        }
        if !gained.is_empty() {
            let change = Change::new(Rule::TraitImplemented, path);
            self.found.push(change.becomes(gained.join(", ")));
        }
    }

    fn implementation(
        &mut self,
        path: &str,
        name: &str,
        old: &Implementation,
        new: &Implementation,
    ) {
        let is_bound = !old.generics.is_empty() && !new.generics.is_empty();
        if is_bound && self.renamed(&old.generics) != new.generics {
            let change = Change::new(Rule::TraitChanged, path);
            let text = |one: &Implementation| format!("{name} for {}", one.generics);
            self.found.push(change.was(text(old)).becomes(text(new)));
        }
        // Awaiting a request returns the result of `send`, which is compared with the methods.
        let is_sent = name == "IntoFuture";
        if !is_sent && self.renamed(&old.associated) != new.associated {
            let text = |one: &Implementation| format!("{name} with {}", one.associated);
            let change = Change::new(Rule::TraitChanged, path);
            self.found.push(change.was(text(old)).becomes(text(new)));
        }
        self.conditions(path, &old.conditions, &new.conditions);
    }

    pub(super) fn marks(&mut self, path: &str, old: &Marks, new: &Marks) {
        let rule = match (old.non_exhaustive, new.non_exhaustive) {
            (false, true) => Some(Rule::NonExhaustiveAdded),
            (true, false) => Some(Rule::NonExhaustiveRemoved),
            _ => None,
        };
        let warned = match (old.deprecated, new.deprecated) {
            (false, true) => Some(Rule::Deprecated),
            (true, false) => Some(Rule::DeprecationRemoved),
            _ => None,
        };
        let used = (!old.must_use && new.must_use).then_some(Rule::MustUseAdded);
        let docs = (old.docs != new.docs).then_some(Rule::DocsChanged);
        let rules = [rule, warned, used, docs].into_iter().flatten();
        self.found.extend(rules.map(|rule| Change::new(rule, path)));
        self.conditions(path, &old.conditions, &new.conditions);
    }

    fn conditions(&mut self, path: &str, old: &Conditions, new: &Conditions) {
        if old != new {
            let rule = if new.is_subset(old) {
                Rule::ConditionRemoved
            } else {
                Rule::ConditionAdded
            };
            let text = |conditions: &Conditions| {
                let conditions: Vec<_> = conditions.iter().map(String::as_str).collect();
                (!conditions.is_empty()).then(|| conditions.join(", "))
            };
            let mut change = Change::new(rule, path);
            (change.before, change.after) = (text(old), text(new));
            self.found.push(change);
        }
    }
}
