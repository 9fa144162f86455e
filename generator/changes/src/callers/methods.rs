//! Changes of methods: added and removed ones, arguments, results.

use std::collections::BTreeMap;

use super::Comparison;
use super::arguments::names;
use super::modifiers;
use crate::surface::{Method, TypeItem};
use crate::{Change, Rule};

impl Comparison<'_> {
    pub(super) fn methods(&mut self, path: &str, old: &TypeItem, new: &TypeItem) {
        for (name, method) in &old.methods {
            let member = format!("{path}::{name}");
            match new.methods.get(name) {
                Some(now) => self.method(&member, method, now),
                None => self
                    .found
                    .push(Change::new(Rule::MethodRemoved, member).was(call(method))),
            }
        }
        for (name, method) in &new.methods {
            if !old.methods.contains_key(name) {
                let member = format!("{path}::{name}");
                self.found
                    .push(Change::new(Rule::MethodAdded, member).becomes(call(method)));
            }
        }
    }

    /// Makes one change of the one method that a type has lost and the one that it has gained, if
    /// they are called in the same way.
    pub(super) fn join_renamed_methods(&mut self) {
        let of = |rule| {
            let mut members = BTreeMap::<String, Vec<String>>::new();
            for change in self.found.iter().filter(|change| change.rule == rule) {
                if let Some((owner, name)) = change.subjects[0].rsplit_once("::") {
                    let names = members.entry(owner.to_owned()).or_default();
                    names.push(name.to_owned());
                }
            }
            members
        };
        let (lost, gained) = (of(Rule::MethodRemoved), of(Rule::MethodAdded));
        for (owner, lost) in lost {
            if let ([old], Some([new])) = (
                lost.as_slice(),
                gained.get(&owner).map(|names| names.as_slice()),
            ) && self.is_called_alike(&owner, old, new)
            {
                let (old, new) = (format!("{owner}::{old}"), format!("{owner}::{new}"));
                self.found.retain(|change| {
                    let is = |rule, path: &str| change.rule == rule && change.subjects[0] == path;
                    !is(Rule::MethodRemoved, &old) && !is(Rule::MethodAdded, &new)
                });
                let change = Change::new(Rule::MethodRenamed, old);
                self.found.push(change.becomes(new));
            }
        }
    }

    fn is_called_alike(&self, owner: &str, old: &str, new: &str) -> bool {
        let mut was = self.renamed.iter();
        let was = was.find_map(|(old, new)| (new == owner).then_some(old.as_str()));
        let method = |types: &BTreeMap<String, TypeItem>, owner: &str, name: &str| {
            types.get(owner)?.methods.get(name).cloned()
        };
        let old = method(&self.before.types, was.unwrap_or(owner), old);
        let (Some(old), Some(new)) = (old, method(&self.after.types, owner, new)) else {
            return false;
        };
        let mut arguments = old.arguments.iter().zip(&new.arguments);
        form(&old) == form(&new)
            && self.same(&old.output, &new.output)
            && old.arguments.len() == new.arguments.len()
            && arguments.all(|(old, new)| self.same(&old.type_, &new.type_))
    }

    pub(super) fn method(&mut self, path: &str, old: &Method, new: &Method) {
        self.marks(path, &old.marks, &new.marks);
        let (before, after) = (self.renamed(&form(old)), form(new));
        if before != after {
            let rule = if modifiers::is_looser(&before, &after) {
                Rule::SignatureLoosened
            } else {
                Rule::SignatureChanged
            };
            let change = Change::new(rule, path);
            self.found.push(change.was(before).becomes(after));
        }
        self.arguments(path, old, new);
        if !self.same(&old.output, &new.output) {
            let (was, becomes) = old.output.apart(&new.output);
            let change = Change::new(Rule::ResultRetyped, path);
            self.found.push(change.was(was).becomes(becomes));
        }
    }
}

/// The rest of a method, beside name, arguments and result.
fn form(method: &Method) -> String {
    let receiver = method.receiver.as_deref().unwrap_or("");
    format!("{}fn{}({receiver})", method.modifiers, method.generics)
}

/// The arguments with their types, in parentheses.
fn call(method: &Method) -> String {
    let arguments = method.arguments.iter();
    let arguments: Vec<_> = arguments
        .map(|argument| format!("{}: {}", argument.name, argument.type_.shown))
        .collect();
    format!("({})", arguments.join(", "))
}

/// A call of the method at `path`, as in `Actions::get_artifact(owner, repo)`.
pub(super) fn named(path: &str, method: &Method) -> String {
    let mut starts = path.rmatch_indices("::").skip(1);
    let short = starts.next().map_or(path, |(at, _)| &path[at + 2..]);
    format!("{short}({})", names(&method.arguments).join(", "))
}
