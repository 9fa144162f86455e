//! Items that callers can name, and their paths.

use std::collections::{BTreeMap, BTreeSet};

use syn::Item;

use super::attributes::{Conditions, conditions, is_public};
use super::declared::{attributes, defined};
use super::imports::imports;
use super::tree::{Definition, FURTHEST, Tree, join};

/// The items that callers can name.
#[derive(Debug, Default)]
pub(super) struct Reach {
    /// Public paths by the paths of definitions. Of several the one without conditions, and of those
    /// the shortest.
    pub(super) paths: BTreeMap<String, String>,
    /// The conditions of a public path.
    pub(super) conditions: BTreeMap<String, Conditions>,
    /// Further public paths of an item, each with its main one.
    pub(super) aliases: BTreeMap<String, String>,
    /// Items of other crates by their public paths.
    pub(super) foreign: BTreeMap<String, String>,
}

/// A re-export of a module; a glob if it has no name.
struct Offer {
    name: Option<String>,
    definition: Definition,
    conditions: Conditions,
}

impl Reach {
    pub(super) fn of(tree: &Tree) -> Self {
        let mut reach = Self::default();
        let mut found = BTreeMap::<_, BTreeSet<_>>::new();
        let mut seen = BTreeSet::new();
        let mut waiting = vec![(String::new(), String::new(), Conditions::new())];
        while let Some((module, path, conditions)) = waiting.pop() {
            let is_far = path.matches("::").count() > FURTHEST;
            if is_far || !seen.insert((module.clone(), path.clone())) {
                continue;
            }
            for offer in offers(tree, &module) {
                let conditions = &conditions | &offer.conditions;
                match (offer.name, offer.definition) {
                    (None, Definition::Module(all)) => {
                        waiting.push((all, path.clone(), conditions));
                    }
                    (Some(name), Definition::Module(one)) => {
                        waiting.push((one, join(&path, &name), conditions));
                    }
                    (Some(name), Definition::Item(item, _)) => {
                        let path = join(&path, &name);
                        let ways = found.entry(item).or_default();
                        ways.insert((conditions.len(), path.len(), path, conditions));
                    }
                    (Some(name), Definition::Foreign(item)) => {
                        reach.foreign.insert(join(&path, &name), item.join("::"));
                    }
                    _ => {}
                }
            }
        }
        for (item, ways) in found {
            reach.add(item, ways.into_iter().map(|(_, _, path, way)| (path, way)));
        }
        reach
    }

    /// Adds an item with the ways to it, the best one first.
    fn add(&mut self, item: String, mut ways: impl Iterator<Item = (String, Conditions)>) {
        let Some((path, conditions)) = ways.next() else {
            return;
        };
        let others = ways.filter(|(other, _)| *other != path);
        self.aliases
            .extend(others.map(|(other, _)| (other, path.clone())));
        self.conditions.insert(path.clone(), conditions);
        self.paths.insert(item, path);
    }
}

fn offers(tree: &Tree, module: &str) -> Vec<Offer> {
    let mut offers = Vec::new();
    for item in tree.items(module) {
        let mut offer = |name, definition| {
            let conditions = conditions(attributes(item));
            offers.push(Offer {
                name,
                definition,
                conditions,
            });
        };
        match item {
            Item::Mod(declared) if is_public(&declared.vis) => {
                let name = declared.ident.to_string();
                let path = join(module, &name);
                offer(Some(name), Definition::Module(path));
            }
            Item::Use(import) => {
                for import in imports(import).into_iter().filter(|one| one.is_public) {
                    offer(import.name, tree.resolve(module, &import.path));
                }
            }
            item => {
                if let Some((name, true)) = defined(item) {
                    let path = join(module, &name);
                    offer(Some(name), Definition::Item(path, Vec::new()));
                }
            }
        }
    }
    offers
}
