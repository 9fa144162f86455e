//! The public API of a crate, read from its text.
//!
//! Types are compared by what their names stand for, so that neither an import nor the place of a
//! definition makes a difference.

mod attributes;
mod crates;
mod declared;
mod imports;
mod items;
mod members;
mod methods;
mod model;
mod names;
mod objects;
mod others;
mod reach;
mod traits;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

use generator::File;

pub(super) use attributes::Conditions;
pub(super) use declared::is_for_tests;
pub(super) use model::{
    Argument, Field, Implementation, Marks, Method, Shape, TypeItem, TypeText, Variant,
};
use reach::Reach;
use tree::Tree;

/// Where emitted files are in a crate's sources.
pub(super) const EMITTED: &str = "generated/";

/// The public API of a crate.
#[derive(Debug, Default)]
pub(super) struct Surface {
    /// Types by their public paths: `types::Artifact`. A type of another crate is here if methods are
    /// added to it.
    pub(super) types: BTreeMap<String, TypeItem>,
    /// Functions, constants, traits and the like, as tokens, by their public paths.
    pub(super) others: BTreeMap<String, String>,
    /// Further public paths of types and of others, each with the one that is used here.
    pub(super) aliases: BTreeMap<String, String>,
    /// Other crates that some of these names may come from.
    unnamed: BTreeSet<String>,
}

impl Surface {
    /// Reads a crate whose root is `lib.rs`.
    ///
    /// # Errors
    ///
    /// The path of a file that is not valid Rust.
    pub(super) fn of_crate(files: &[File]) -> Result<Self, String> {
        let tree = Tree::read(files)?;
        let reach = Reach::of(&tree);
        Ok(items::read(&tree, reach))
    }

    /// Reads emitted files, with paths relative to `src/generated`. The mock's are not among them: it
    /// has the operations of the client, and a change of the document is reported for those.
    ///
    /// # Errors
    ///
    /// The path of a file that is not valid Rust.
    pub(super) fn of_emitted(files: &[File]) -> Result<Self, String> {
        let root = File {
            path: "lib.rs".to_owned(),
            contents: "mod generated;\npub use generated::*;\n".to_owned(),
        };
        let files = files.iter().filter(|file| !is_of_mock(&file.path));
        let below = files.map(|file| File {
            path: format!("{EMITTED}{}", file.path),
            contents: file.contents.clone(),
        });
        Self::of_crate(&std::iter::once(root).chain(below).collect::<Vec<_>>())
    }
}

impl Surface {
    /// Whether callers can name something by this path.
    pub(super) fn offers(&self, path: &str) -> bool {
        self.types.contains_key(path)
            || self.others.contains_key(path)
            || self.aliases.contains_key(path)
    }
}

/// Whether an emitted file is one that the mock has for the client's namespaces and operations.
fn is_of_mock(path: &str) -> bool {
    path.starts_with("mock/") && path != "mock/mod.rs"
}
