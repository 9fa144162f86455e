//! Full names: the public path of an item, for a path in the code.

use std::collections::BTreeMap;

use generator::tidy;
use syn::visit_mut::{self, VisitMut};
use syn::{Generics, Item, Path, Type, TypePath};

use super::TypeText;
use super::tree::{Definition, Tree};

/// The meaning of names in one module.
pub(super) struct Names<'a> {
    pub(super) tree: &'a Tree,
    /// Public paths by the paths of definitions.
    pub(super) public: &'a BTreeMap<String, String>,
    pub(super) module: &'a str,
}

impl Names<'_> {
    pub(super) fn type_(&self, type_: &Type) -> TypeText {
        let mut exact = type_.clone();
        Full(self).visit_type_mut(&mut exact);
        TypeText {
            shown: tidy(type_).replace("crate::", ""),
            exact: tidy(&exact),
        }
    }

    /// Generic parameters with their bounds.
    pub(super) fn generics(&self, generics: &Generics) -> String {
        let mut exact = generics.clone();
        Full(self).visit_generics_mut(&mut exact);
        tidy(&exact) + &tidy(&exact.where_clause)
    }

    pub(super) fn item(&self, item: &Item) -> Item {
        let mut exact = item.clone();
        Full(self).visit_item_mut(&mut exact);
        exact
    }

    pub(super) fn path(&self, path: &Path) -> String {
        let mut exact = path.clone();
        Full(self).visit_path_mut(&mut exact);
        tidy(&exact)
    }

    /// Whether a trait is the crate's own and callers cannot name it.
    pub(super) fn is_internal(&self, trait_: &Path) -> bool {
        match self.tree.resolve(self.module, &segments(trait_)) {
            Definition::Item(item, _) => !self.public.contains_key(&item),
            Definition::Module(_) => false,
            // The runtime has no trait for callers.
            Definition::Foreign(path) => path.first().is_some_and(|first| first == "crate"),
        }
    }

    /// The public path of a definition, or its own where callers cannot name it.
    fn in_full(&self, segments: &[String]) -> Vec<String> {
        match self.tree.resolve(self.module, segments) {
            Definition::Item(item, behind) => {
                let path = self.public.get(&item).unwrap_or(&item);
                path.split("::").map(str::to_owned).chain(behind).collect()
            }
            Definition::Module(module) => module.split("::").map(str::to_owned).collect(),
            // Missing files are the runtime's, which re-exports its types at the root.
            Definition::Foreign(path) => match path.as_slice() {
                [first, rest @ ..] if first == "crate" && !rest.is_empty() => {
                    let rest = rest.strip_prefix(&["runtime".to_owned()]).unwrap_or(rest);
                    rest.to_vec()
                }
                _ => path,
            },
        }
    }
}

fn segments(path: &Path) -> Vec<String> {
    let segments = path.segments.iter();
    segments.map(|segment| segment.ident.to_string()).collect()
}

/// Writes paths in full.
struct Full<'a>(&'a Names<'a>);

impl VisitMut for Full<'_> {
    /// `<T as Trait>::Name`, of which the types alone are written in full.
    fn visit_type_path_mut(&mut self, type_: &mut TypePath) {
        match &mut type_.qself {
            Some(own) => self.visit_type_mut(&mut own.ty),
            None => self.visit_path_mut(&mut type_.path),
        }
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let full = self.0.in_full(&segments(path)).join("::");
        let Ok(mut full) = syn::parse_str::<Path>(&full) else {
            return;
        };
        let arguments = path.segments.last().map(|last| last.arguments.clone());
        if let (Some(last), Some(arguments)) = (full.segments.last_mut(), arguments) {
            last.arguments = arguments;
        }
        *path = full;
    }
}
