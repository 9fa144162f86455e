//! The arguments of a method.

use std::collections::BTreeMap;

use super::Comparison;
use super::methods::named;
use crate::surface::{Argument, Method, TypeItem, TypeText};
use crate::{Change, Rule};

impl Comparison<'_> {
    pub(super) fn arguments(&mut self, path: &str, old: &Method, new: &Method) {
        let (before, after) = (names(&old.arguments), names(&new.arguments));
        if before != after && self.same_but_names(&old.arguments, &new.arguments) {
            let change = Change::new(Rule::ArgumentRenamed, path);
            self.found
                .push(change.was(before.join(", ")).becomes(after.join(", ")));
            return;
        }
        for argument in &old.arguments {
            match find(&new.arguments, &argument.name) {
                Some(now) => self.argument(path, argument, now),
                None => self.argument_removed(path, argument, old, new),
            }
        }
        for argument in &new.arguments {
            if find(&old.arguments, &argument.name).is_none() {
                self.argument_added(path, argument, old, new);
            }
        }
        let kept = |names: &[&str], others: &[&str]| -> Vec<String> {
            let kept = names.iter().filter(|name| others.contains(name));
            kept.map(|name| (*name).to_owned()).collect()
        };
        let (old, new) = (kept(&before, &after), kept(&after, &before));
        if old != new {
            let change = Change::new(Rule::ArgumentsReordered, path);
            self.found
                .push(change.was(before.join(", ")).becomes(after.join(", ")));
        }
    }

    /// Whether the same values are passed in the same order: arguments that have changed places
    /// are not.
    fn same_but_names(&self, old: &[Argument], new: &[Argument]) -> bool {
        old.len() == new.len()
            && old.iter().zip(new).all(|(before, after)| {
                let is_new = find(old, &after.name).is_none() && find(new, &before.name).is_none();
                (before.name == after.name || is_new) && self.same(&before.type_, &after.type_)
            })
    }

    fn argument(&mut self, path: &str, old: &Argument, new: &Argument) {
        if self.same(&old.type_, &new.type_) {
            return;
        }
        let rule = if self.is_generalised(&old.type_, &new.type_) {
            Rule::ArgumentGeneralised
        } else {
            Rule::ArgumentRetyped
        };
        let change = Change::new(rule, path).of(old.name.as_str());
        let (was, becomes) = old.type_.apart(&new.type_);
        self.found.push(change.was(was).becomes(becomes));
    }

    /// Whether an argument of the old type converts into the new one.
    fn is_generalised(&self, old: &TypeText, new: &TypeText) -> bool {
        let old = self.renamed(&old.exact);
        let Some(target) = new
            .inside("impl Into")
            .filter(|_| !old.starts_with("impl "))
        else {
            return false;
        };
        let target_item = self.after.types.get(target);
        target == old
            || target_item.is_some_and(|target| target.implements(&format!("From<{old}>")))
    }

    /// An argument that can be set by a method of the request now is optional.
    fn argument_removed(&mut self, path: &str, argument: &Argument, old: &Method, new: &Method) {
        match self.setter(&self.after.types, old, new, argument) {
            Some(setter) => {
                self.covered.insert((Rule::MethodAdded, setter.clone()));
                let change = Change::new(Rule::ParameterOptional, setter);
                let (was, becomes) = (named(path, old), named(path, new));
                self.found.push(change.was(was).becomes(becomes));
            }
            None => {
                let change = Change::new(Rule::ArgumentRemoved, path).of(argument.name.as_str());
                self.found.push(change.was(argument.type_.shown.as_str()));
            }
        }
    }

    /// An argument that could be set by a method of the request is required now.
    fn argument_added(&mut self, path: &str, argument: &Argument, old: &Method, new: &Method) {
        match self.setter(&self.before.types, old, new, argument) {
            Some(setter) => {
                self.covered.insert((Rule::MethodRemoved, setter.clone()));
                let change = Change::new(Rule::ParameterRequired, setter);
                let (was, becomes) = (named(path, old), named(path, new));
                self.found.push(change.was(was).becomes(becomes));
            }
            None => {
                let change = Change::new(Rule::ArgumentAdded, path).of(argument.name.as_str());
                let becomes = argument.type_.shown.as_str();
                self.found.push(change.becomes(becomes));
            }
        }
    }

    /// The setter of one side's request for an argument of the other side.
    fn setter(
        &self,
        types: &BTreeMap<String, TypeItem>,
        old: &Method,
        new: &Method,
        argument: &Argument,
    ) -> Option<String> {
        let given = [&old.output.exact, &new.output.exact];
        let (path, item) = given.iter().find_map(|path| types.get_key_value(*path))?;
        item.methods
            .contains_key(&argument.name)
            .then(|| format!("{}::{}", self.renamed(path), argument.name))
    }
}

pub(super) fn names(arguments: &[Argument]) -> Vec<&str> {
    arguments
        .iter()
        .map(|argument| argument.name.as_str())
        .collect()
}

fn find<'a>(arguments: &'a [Argument], name: &str) -> Option<&'a Argument> {
    arguments.iter().find(|argument| argument.name == name)
}
