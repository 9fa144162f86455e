//! The other crates that an API is made of.

use std::collections::BTreeSet;

use syn::Item;

use super::imports::imports;
use super::tree::{Definition, Tree};
use super::{Field, Method, Shape, Surface, TypeItem};

impl Surface {
    /// The first names of all paths that callers meet: in signatures, bounds, fields and traits, and
    /// in what is passed on. Those of other crates are among them.
    pub(crate) fn crates(&self) -> BTreeSet<&str> {
        let others = self.others.values().map(String::as_str);
        let of_types = self.types.iter().flat_map(|(path, item)| {
            let is_foreign = matches!(item.shape, Shape::Foreign);
            texts(item).chain(is_foreign.then_some(path.as_str()))
        });
        let mut crates: BTreeSet<_> = others.chain(of_types).flat_map(first_names).collect();
        crates.extend(self.unnamed.iter().map(String::as_str));
        crates
    }
}

/// The crates of which a module takes all names, so that it is not known which.
pub(super) fn unnamed(tree: &Tree) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (path, module) in tree.modules() {
        let uses = module.items.iter().filter_map(|item| match item {
            Item::Use(import) => Some(imports(import)),
            _ => None,
        });
        for import in uses.flatten().filter(|import| import.name.is_none()) {
            if let Definition::Foreign(all) = tree.resolve(path, &import.path) {
                found.extend(all.into_iter().next());
            }
        }
    }
    found
}

/// The references to other types, with full names.
fn texts(item: &TypeItem) -> impl Iterator<Item = &str> {
    let variants = item.variants().iter();
    let fields = variants.flat_map(|variant| &variant.fields);
    let fields = item.fields().iter().chain(fields).map(exact);
    let methods = item.methods.values().flat_map(signature);
    let traits = item.traits.iter().flat_map(|(name, implemented)| {
        let generics = implemented.generics.as_str();
        [name.as_str(), generics, &implemented.associated]
    });
    let own = std::iter::once(item.generics.as_str());
    own.chain(fields).chain(methods).chain(traits)
}

fn exact(field: &Field) -> &str {
    &field.type_.exact
}

fn signature(method: &Method) -> impl Iterator<Item = &str> {
    let arguments = method.arguments.iter();
    let arguments = arguments.map(|argument| argument.type_.exact.as_str());
    arguments.chain([method.generics.as_str(), &method.output.exact])
}

/// `tokio` of `tokio::io::AsyncRead`, wherever in the text the path stands. A name alone is that of
/// a crate only where it is passed on.
fn first_names(text: &str) -> impl Iterator<Item = &str> {
    let is_between = |c: char| !c.is_alphanumeric() && c != '_' && c != ':';
    let paths = text.split(is_between).map(|path| path.trim_matches(':'));
    let in_paths = paths.filter_map(|path| Some(path.split_once("::")?.0));
    in_paths.chain(text.strip_prefix("use "))
}
