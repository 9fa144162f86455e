//! The items that code spans of the document's Markdown name.

use std::collections::BTreeMap;

/// The code spans that become links, by their content.
#[derive(Default)]
pub(in crate::emit) struct Links(BTreeMap<String, Target>);

/// An item as docs link to it.
pub(super) struct Target {
    /// Its name in Rust.
    pub(super) name: String,
    /// Its path, as rustdoc resolves it.
    pub(super) path: String,
}

impl Links {
    /// Lets `code` be a link to an item.
    pub(in crate::emit) fn add(&mut self, code: &str, name: &str, path: String) {
        let name = name.to_owned();
        self.0.insert(code.to_owned(), Target { name, path });
    }

    pub(super) fn get(&self, code: &str) -> Option<&Target> {
        self.0.get(code)
    }
}
