//! The methods that types come from, such as that of a namespace which begins a request.

use std::collections::BTreeMap;

use super::{Comparison, methods};
use crate::surface::{Method, Surface};
use crate::{Change, Rule};

/// By the path of the type that is given.
pub(super) type Beginnings<'a> = BTreeMap<&'a str, Beginning<'a>>;

/// A method that gives a value of a type.
#[derive(Clone, Copy)]
pub(super) struct Beginning<'a> {
    owner: &'a str,
    name: &'a str,
    method: &'a Method,
}

/// The methods that give types, such as `Actions::get_artifact` for `GetArtifact`.
pub(super) fn beginnings(surface: &Surface) -> Beginnings<'_> {
    let mut beginnings = BTreeMap::new();
    for (owner, item) in &surface.types {
        for (name, method) in &item.methods {
            if let Some((given, _)) = surface.types.get_key_value(&method.output.exact)
                && given != owner
                && method.receiver.is_some()
            {
                let beginning = Beginning {
                    owner,
                    name,
                    method,
                };
                beginnings.entry(given.as_str()).or_insert(beginning);
            }
        }
    }
    beginnings
}

impl Comparison<'_> {
    /// The method that gave a type is gone, and another one gives it under its new name.
    pub(super) fn beginning_renamed(&mut self, path: &str, new_path: &str) {
        let (before, after) = (self.before, self.after);
        let old = self.beginnings.0.get(path).copied();
        let new = self.beginnings.1.get(new_path).copied();
        if let (Some(old), Some(new)) = (old, new)
            && !old.is_in(after)
            && !new.is_in(before)
        {
            let (old_path, new_path) = (old.path(), new.path());
            let change = Change::new(Rule::MethodRenamed, old_path.as_str());
            self.found.push(change.becomes(new_path.as_str()));
            self.method(&new_path, old.method, new.method);
            self.covered.insert((Rule::MethodRemoved, old_path));
            self.covered.insert((Rule::MethodAdded, new_path));
        }
    }
}

impl Beginning<'_> {
    fn is_in(&self, surface: &Surface) -> bool {
        let owner = surface.types.get(self.owner);
        owner.is_some_and(|owner| owner.methods.contains_key(self.name))
    }

    pub(super) fn path(&self) -> String {
        format!("{}::{}", self.owner, self.name)
    }

    pub(super) fn call(&self) -> String {
        methods::named(&self.path(), self.method)
    }
}
