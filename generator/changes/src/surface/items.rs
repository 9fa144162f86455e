//! From the items of a crate to its public API.

use std::collections::BTreeMap;

use syn::{ImplItem, Item, ItemImpl, ItemMacro, Type};

use super::attributes::{Conditions, conditions, derives};
use super::crates::unnamed;
use super::declared::{attributes, defined};
use super::members::{marks, structure, variant};
use super::methods::method;
use super::names::Names;
use super::objects::{Table, apply_texts};
use super::others::{constant, other_item};
use super::reach::Reach;
use super::traits::{argument, associated, without_lifetimes};
use super::tree::{Tree, join};
use super::{Implementation, Shape, Surface, TypeItem};

pub(super) fn read(tree: &Tree, reach: Reach) -> Surface {
    let mut reader = Reader {
        reach: &reach,
        surface: Surface::default(),
    };
    let names = |module| Names {
        tree,
        public: &reach.paths,
        module,
    };
    for (path, module) in tree.modules() {
        for item in &module.items {
            reader.define(&names(path), item, &module.conditions);
        }
    }
    for (path, module) in tree.modules() {
        for item in &module.items {
            match item {
                Item::Impl(implementation) => {
                    reader.implement(&names(path), implementation, &module.conditions);
                }
                Item::Macro(call) => reader.add_implementations(&names(path), call),
                _ => {}
            }
        }
    }
    let mut surface = reader.surface;
    // A path that leads nowhere in these files leads to the runtime, which is not among them.
    let foreign = reach.foreign.iter().filter(|(_, item)| !is_ours(item));
    let foreign = foreign.map(|(path, item)| (path.clone(), format!("use {item}")));
    surface.others.extend(foreign);
    surface.aliases = reach.aliases;
    surface.unnamed = unnamed(tree);
    surface
}

fn is_ours(path: &str) -> bool {
    ["crate", "self", "super"].contains(&path.split("::").next().unwrap_or_default())
}

struct Reader<'a> {
    reach: &'a Reach,
    surface: Surface,
}

impl Reader<'_> {
    /// Adds an item that callers can name. `around` are the conditions of the module that it is in.
    fn define(&mut self, names: &Names<'_>, item: &Item, around: &Conditions) {
        let path = |name: &str| {
            let path = join(names.module, name);
            self.reach.paths.get(&path).cloned()
        };
        let (name, marked, generics, shape) = match item {
            Item::Struct(item) => (
                &item.ident,
                &item.attrs,
                &item.generics,
                structure(names, &item.attrs, &item.fields),
            ),
            Item::Enum(item) => {
                let variants = item.variants.iter();
                let variants = variants.map(|one| variant(names, one)).collect();
                let shape = Shape::Enum { variants };
                (&item.ident, &item.attrs, &item.generics, shape)
            }
            other => {
                if let Some((name, _)) = defined(other)
                    && let Some(path) = path(&name)
                    && let Some(text) = other_item(&names.item(other))
                {
                    let mut conditions = conditions(attributes(other));
                    conditions.extend(self.on_the_way(&path, around));
                    let text = conditions
                        .iter()
                        .rfold(text, |text, one| format!("#[cfg({one})] {text}"));
                    self.surface.others.insert(path, text);
                }
                return;
            }
        };
        let Some(path) = path(&name.to_string()) else {
            return;
        };
        let derived = derives(marked)
            .into_iter()
            .map(|path| (names.path(&path), Implementation::default()));
        let mut marks = marks(marked);
        marks.conditions.extend(self.on_the_way(&path, around));
        let definition = TypeItem {
            shape,
            generics: names.generics(generics),
            marks,
            methods: BTreeMap::new(),
            traits: derived.collect(),
        };
        self.surface.types.insert(path, definition);
    }

    /// The conditions of an item and of the path to it.
    fn on_the_way(&self, path: &str, around: &Conditions) -> Conditions {
        match self.reach.conditions.get(path) {
            Some(conditions) => conditions | around,
            None => around.clone(),
        }
    }

    /// Adds the methods and traits of an implementation to its type. `around` are the conditions of
    /// the module that it is in.
    fn implement(&mut self, names: &Names<'_>, implementation: &ItemImpl, around: &Conditions) {
        let self_type = names.type_(&implementation.self_ty).exact;
        let conditions = around | &conditions(&implementation.attrs);
        let Some((trait_, _)) = &implementation.trait_ else {
            self.inherent(names, implementation, &self_type, &conditions);
            return;
        };
        if names.is_internal(trait_) {
            return;
        }
        let trait_ = without_lifetimes(trait_);
        let name = names.path(&trait_);
        let argument = argument(&trait_).map(|argument| names.type_(argument).exact);
        let (owner, name) = match (self.owner(&self_type), &argument) {
            (Some(owner), _) => (owner, name),
            (None, Some(argument)) => match self.owner(argument.trim_start_matches('&')) {
                Some(owner) => (owner, format!("{name} for {self_type}")),
                None => return,
            },
            (None, None) => return,
        };
        let implemented = Implementation {
            generics: names.generics(&implementation.generics),
            associated: associated(names, implementation),
            conditions: &conditions - &owner.marks.conditions,
        };
        owner.traits.insert(name, implemented);
    }

    /// Adds the implementations that a macro of the runtime generates.
    fn add_implementations(&mut self, names: &Names<'_>, call: &ItemMacro) {
        if let Some(table) = Table::read(call)
            && let Ok(type_) = syn::parse_str::<Type>(&table.type_)
            && let Some(owner) = self.owner(&names.type_(&type_).exact)
        {
            table.apply(owner);
        }
    }

    fn inherent(
        &mut self,
        names: &Names<'_>,
        implementation: &ItemImpl,
        self_type: &str,
        conditions: &Conditions,
    ) {
        let generics = names.generics(&implementation.generics);
        for item in &implementation.items {
            if let ImplItem::Fn(item) = item
                && item.sig.ident == "as_str"
                && let Some(owner) = self.owner(self_type)
            {
                apply_texts(item, owner);
            }
        }
        let items = implementation.items.iter();
        let methods: Vec<_> = items
            .filter_map(|item| method(names, item, &generics))
            .collect();
        let constants = implementation.items.iter().filter_map(constant);
        let constants: Vec<_> = constants
            .map(|(name, text)| (join(name_of(self_type), &name), text))
            .collect();
        if methods.is_empty() && constants.is_empty() {
            return;
        }
        let Some(owner) = self.owner_or_foreign(names, self_type) else {
            return;
        };
        for (name, mut method) in methods {
            let own = &method.marks.conditions | conditions;
            method.marks.conditions = &own - &owner.marks.conditions;
            owner.methods.insert(name, method);
        }
        self.surface.others.extend(constants);
    }

    fn owner(&mut self, type_: &str) -> Option<&mut TypeItem> {
        self.surface.types.get_mut(name_of(type_))
    }

    /// The type that callers can name, or one that is not defined here at all.
    fn owner_or_foreign(&mut self, names: &Names<'_>, type_: &str) -> Option<&mut TypeItem> {
        let name = name_of(type_);
        let is_ours = self.surface.types.contains_key(name) || names.tree.defines(name);
        if is_ours {
            self.owner(type_)
        } else {
            Some(self.surface.types.entry(name.to_owned()).or_default())
        }
    }
}

/// A type's name without its arguments.
fn name_of(type_: &str) -> &str {
    type_.split('<').next().unwrap_or(type_)
}
