//! Code that differs where callers do not see it.

use std::collections::{BTreeMap, BTreeSet};

use generator::File;
use quote::ToTokens;
use syn::visit_mut::VisitMut;
use syn::{Attribute, File as Code, Item};

use super::{Change, Rule, surface};

/// Emitted files with the examples of the document, with paths relative to `src/generated`.
const EXAMPLES: [&str; 3] = ["examples.rs", "examples/tests.rs", "mock/examples.rs"];

/// The paths of files whose code is another one, docs, comments and layout aside. Files that are on
/// one side only are among them.
pub fn changed_inside(before: &[File], after: &[File]) -> Vec<String> {
    let (before, after) = (by_path(before), by_path(after));
    let paths: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let is_changed = |path: &&&&str| match (before.get(**path), after.get(**path)) {
        (Some(old), Some(new)) => old != new && code(old) != code(new),
        _ => true,
    };
    let changed = paths.iter().filter(is_changed);
    changed.map(|path| (**path).to_owned()).collect()
}

/// One change for all emitted files whose code is another one, were it only in the names that errors
/// tell. Their paths begin with `prefix`.
pub(super) fn emitted(before: &[File], after: &[File], prefix: &str) -> Option<Change> {
    let mut subjects = changed_inside(before, after);
    subjects.retain(|path| {
        let emitted = path.strip_prefix(prefix);
        emitted.is_some_and(|path| !EXAMPLES.contains(&path))
    });
    let first = subjects.first()?.clone();
    Some(Change {
        subjects,
        ..Change::new(Rule::CodeChanged, first)
    })
}

fn by_path(files: &[File]) -> BTreeMap<&str, &str> {
    let files = files.iter();
    files
        .map(|file| (file.path.as_str(), file.contents.as_str()))
        .collect()
}

/// The tokens of a file without docs, tests and examples; `None` if it is not valid Rust.
fn code(text: &str) -> Option<String> {
    let mut code: Code = syn::parse_file(text).ok()?;
    code.items
        .retain(|item| !surface::is_for_tests(item) && !declares_examples(item));
    Bare.visit_file_mut(&mut code);
    Some(code.to_token_stream().to_string())
}

/// Whether an item declares a module of the document's examples, which the first of them adds.
fn declares_examples(item: &Item) -> bool {
    matches!(item, Item::Mod(module) if module.ident == "examples" && module.content.is_none())
}

/// Takes docs away.
struct Bare;

impl VisitMut for Bare {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    }
}
