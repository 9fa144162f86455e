//! Imports of `use` declarations.

use syn::{ItemUse, UseTree};

use super::attributes::is_public;

/// A name that a `use` declaration brings into scope; none for all names of a module.
pub(super) struct Import {
    pub(super) name: Option<String>,
    pub(super) path: Vec<String>,
    pub(super) is_public: bool,
}

pub(super) fn imports(declaration: &ItemUse) -> Vec<Import> {
    let is_public = is_public(&declaration.vis);
    let mut found = Vec::new();
    let mut waiting = vec![(Vec::new(), &declaration.tree)];
    while let Some((mut path, tree)) = waiting.pop() {
        let name = match tree {
            UseTree::Path(step) => {
                path.push(step.ident.to_string());
                waiting.push((path, &step.tree));
                continue;
            }
            UseTree::Group(group) => {
                waiting.extend(group.items.iter().map(|tree| (path.clone(), tree)));
                continue;
            }
            UseTree::Glob(_) => None,
            UseTree::Name(name) if name.ident == "self" => path.last().cloned(),
            UseTree::Name(name) => {
                path.push(name.ident.to_string());
                Some(name.ident.to_string())
            }
            UseTree::Rename(renamed) => {
                path.push(renamed.ident.to_string());
                Some(renamed.rename.to_string())
            }
        };
        found.push(Import {
            name,
            path,
            is_public,
        });
    }
    found
}
