//! The methods that types come from, such as that of a namespace which begins a request.

use std::collections::BTreeMap;

use super::methods;
use crate::changes::surface::{Method, Surface};

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

impl Beginning<'_> {
    pub(super) fn path(&self) -> String {
        format!("{}::{}", self.owner, self.name)
    }

    pub(super) fn call(&self) -> String {
        methods::named(&self.path(), self.method)
    }
}
