//! The modules of a crate, and the resolution of names in them.

use std::collections::BTreeMap;

use generator::File;
use syn::Item;

use super::attributes::{Conditions, conditions};
use super::declared::{defined, is_for_tests};
use super::imports::imports;

/// Maximum imports followed from a name to its item, which ends cycles.
pub(super) const FURTHEST: usize = 16;

/// The modules that are part of a build, by their paths from the root.
pub(super) struct Tree {
    modules: BTreeMap<String, Module>,
}

/// The items of one module.
pub(super) struct Module {
    /// Without items for tests.
    pub(super) items: Vec<Item>,
    /// The conditions of the module.
    pub(super) conditions: Conditions,
}

/// The target of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Definition {
    Module(String),
    /// An item of the crate by the path of its definition, and the rest of the path.
    Item(String, Vec<String>),
    /// A path that leads out of the crate.
    Foreign(Vec<String>),
}

impl Tree {
    /// Reads the files of a crate, whose root is `lib.rs`.
    ///
    /// # Errors
    ///
    /// The path of a file that is not valid Rust.
    pub(super) fn read(files: &[File]) -> Result<Self, String> {
        let files: BTreeMap<_, _> = files
            .iter()
            .filter_map(|file| Some((module_of(&file.path)?, file)))
            .collect();
        let parsed = |module: &str| match files.get(module) {
            Some(file) => match syn::parse_file(&file.contents) {
                Ok(code) => Ok(code.items),
                Err(_) => Err(file.path.clone()),
            },
            None => Ok(Vec::new()),
        };
        let mut modules = BTreeMap::new();
        let mut waiting = vec![(String::new(), parsed("")?, Conditions::new())];
        while let Some((module, mut items, conditions)) = waiting.pop() {
            items.retain(|item| !is_for_tests(item));
            for item in &items {
                if let Item::Mod(declared) = item {
                    let path = join(&module, &declared.ident.to_string());
                    let below = match &declared.content {
                        Some((_, items)) => items.clone(),
                        None => parsed(&path)?,
                    };
                    let own = self::conditions(&declared.attrs);
                    waiting.push((path, below, &conditions | &own));
                }
            }
            modules.insert(module, Module { items, conditions });
        }
        Ok(Self { modules })
    }

    /// Every module by its path.
    pub(super) fn modules(&self) -> impl Iterator<Item = (&str, &Module)> {
        self.modules
            .iter()
            .map(|(path, module)| (path.as_str(), module))
    }

    /// The items of one module.
    pub(super) fn items(&self, module: &str) -> &[Item] {
        self.modules
            .get(module)
            .map_or(&[], |module| module.items.as_slice())
    }

    /// Whether an item is defined at a path from the root.
    pub(super) fn defines(&self, path: &str) -> bool {
        let (module, name) = path.rsplit_once("::").unwrap_or(("", path));
        let mut names = self.items(module).iter().filter_map(defined);
        names.any(|(known, _)| known == name)
    }

    /// Resolves the path `segments` in a module.
    pub(super) fn resolve(&self, module: &str, segments: &[String]) -> Definition {
        self.follow(module, segments, FURTHEST)
            .unwrap_or_else(|| Definition::Foreign(segments.to_vec()))
    }

    fn follow(&self, module: &str, segments: &[String], left: usize) -> Option<Definition> {
        let (first, rest) = segments.split_first()?;
        let mut found = match first.as_str() {
            "crate" => Definition::Module(String::new()),
            "self" => Definition::Module(module.to_owned()),
            "super" => Definition::Module(parent(module).to_owned()),
            name => self.look_up(module, name, left)?,
        };
        for segment in rest {
            found = match found {
                Definition::Module(module) if segment == "super" => {
                    Definition::Module(parent(&module).to_owned())
                }
                Definition::Module(module) => self.look_up(&module, segment, left)?,
                Definition::Item(item, mut behind) => {
                    behind.push(segment.clone());
                    Definition::Item(item, behind)
                }
                Definition::Foreign(mut path) => {
                    path.push(segment.clone());
                    Definition::Foreign(path)
                }
            };
        }
        Some(found)
    }

    fn look_up(&self, module: &str, name: &str, left: usize) -> Option<Definition> {
        let left = left.checked_sub(1)?;
        let path = join(module, name);
        if self.modules.contains_key(&path) {
            return Some(Definition::Module(path));
        }
        let items = self.items(module);
        if items
            .iter()
            .filter_map(defined)
            .any(|(known, _)| known == name)
        {
            return Some(Definition::Item(path, Vec::new()));
        }
        let imports = || {
            items.iter().filter_map(|item| match item {
                Item::Use(import) => Some(imports(import)),
                _ => None,
            })
        };
        let named = imports()
            .flatten()
            .find(|import| import.name.as_deref() == Some(name));
        if let Some(import) = named {
            let definition = self.follow(module, &import.path, left);
            return Some(definition.unwrap_or(Definition::Foreign(import.path)));
        }
        let all = imports().flatten().filter(|import| import.name.is_none());
        all.filter_map(|import| self.follow(module, &import.path, left))
            .find_map(|definition| match definition {
                Definition::Module(module) => self.look_up(&module, name, left),
                _ => None,
            })
    }
}

/// A path from the root, one step further.
pub(super) fn join(module: &str, name: &str) -> String {
    if module.is_empty() {
        name.to_owned()
    } else {
        format!("{module}::{name}")
    }
}

fn parent(module: &str) -> &str {
    module.rsplit_once("::").map_or("", |(parent, _)| parent)
}

/// The module that a file holds.
fn module_of(path: &str) -> Option<String> {
    let path = path.strip_suffix(".rs")?;
    let path = path.strip_suffix("/mod").unwrap_or(path);
    Some(if path == "lib" {
        String::new()
    } else {
        path.replace('/', "::")
    })
}
