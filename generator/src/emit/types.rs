//! One file for each type.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase;
use quote::{format_ident, quote};
use syn::visit_mut::VisitMut;
use syn::{Item, Path, parse_quote};

use super::docs::Docs;
use super::shorten::Shorten;
use super::{Context, Emitted, polish, string_enum};
use crate::engine::TypeItems;
use crate::names;

const EMITTER: &str = "generator/src/emit/types.rs";

/// Emits the module `types` and a file for each type in it.
pub(super) fn emit_types(context: &Context<'_>) -> Vec<Emitted> {
    let modules = modules(context.own);
    let mut files = vec![emit_module(&modules)];
    for (name, items) in &context.engine.types {
        let mut file = emit_type(context, name, items);
        file.path = format!("types/{}.rs", modules[name]);
        files.push(file);
    }
    for (name, definition) in &context.lowered.enums {
        let is_open = context.lowered.received.contains(name);
        let mut file = string_enum::emit_string_enum(name, definition, is_open);
        file.path = format!("types/{}.rs", modules[name]);
        files.push(file);
    }
    files
}

/// A module's name for each type; types that differ in case alone get a number.
fn modules(types: &BTreeSet<String>) -> BTreeMap<String, String> {
    let mut taken = BTreeSet::new();
    types
        .iter()
        .map(|name| {
            let module = names::value_name(&name.to_snake_case());
            let numbered = (2..).map(|number| format!("{module}_{number}"));
            let module = std::iter::once(module.clone())
                .chain(numbered)
                .find(|module| taken.insert(module.clone()))
                .expect("there are more numbers than types");
            (name.clone(), module)
        })
        .collect()
}

fn emit_module(modules: &BTreeMap<String, String>) -> Emitted {
    let docs = Docs::new(
        "What requests and responses consist of.\n\n\
         Structs that a server sends are `#[non_exhaustive]`: it may send more one day. To have one in \
         a test, deserialize it from JSON, as the client does.",
    );
    let mut by_module: Vec<_> = modules.iter().collect();
    by_module.sort_by_key(|(_, module)| *module);
    let declarations = by_module.iter().map(|(_, module)| {
        let module = format_ident!("{module}");
        quote!(mod #module;)
    });
    let exports = by_module.iter().map(|(name, module)| {
        let (name, module) = (format_ident!("{name}"), format_ident!("{module}"));
        quote!(pub use #module::#name;)
    });
    let docs = docs.inner_attributes();
    let file: syn::File = parse_quote!(#docs #(#declarations)* #(#exports)*);
    Emitted {
        path: "types/mod.rs".to_owned(),
        emitter: EMITTER,
        docs: file.attrs,
        imports: BTreeSet::new(),
        items: file.items,
    }
}

fn emit_type(context: &Context<'_>, name: &str, items: &TypeItems) -> Emitted {
    let own = context.own;
    let mut shorten = Shorten::new(own);
    let schema = context.lowered.schema(name);
    let mut definition = items.definition.clone();
    shorten.visit_item_mut(&mut definition);
    let mut emitted = Vec::new();
    let is_scalar = match &mut definition {
        Item::Struct(definition) => {
            polish::polish_struct(definition, schema);
            let scalar = polish::scalar(definition);
            polish::derive(
                &mut definition.attrs,
                polish::scalar_derives(scalar.as_deref()),
                &mut shorten,
            );
            scalar.is_some()
        }
        Item::Enum(definition) => {
            polish::polish_enum(definition, schema, context);
            polish::derive(&mut definition.attrs, &[], &mut shorten);
            false
        }
        _ => false,
    };
    let constructor = match &definition {
        Item::Struct(definition) if context.lowered.sent.contains(name) => {
            polish::constructor(definition)
        }
        _ => None,
    };
    emitted.push(definition);
    emitted.extend(constructor);
    for implementation in &items.implementations {
        if !polish::is_redundant(implementation, is_scalar) {
            let mut implementation = Item::Impl(implementation.clone());
            shorten.visit_item_mut(&mut implementation);
            emitted.push(implementation);
        }
    }
    let mut siblings = Siblings {
        own,
        name,
        used: BTreeSet::new(),
    };
    for item in &mut emitted {
        siblings.visit_item_mut(item);
    }
    let mut imports = shorten.imports;
    imports.extend(siblings.used.iter().map(|name| format!("super::{name}")));
    Emitted {
        path: String::new(),
        emitter: EMITTER,
        docs: Vec::new(),
        imports,
        items: emitted,
    }
}

/// Finds the types that a file must import from its siblings, and drops `types::` before them.
struct Siblings<'a> {
    own: &'a BTreeSet<String>,
    name: &'a str,
    used: BTreeSet<String>,
}

impl VisitMut for Siblings<'_> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        syn::visit_mut::visit_path_mut(self, path);
        if path.leading_colon.is_none()
            && path.segments.len() == 2
            && path.segments[0].ident == "types"
        {
            *path = path.segments[1].ident.clone().into();
        }
        if let Some(name) = path.get_ident().map(ToString::to_string)
            && name != self.name
            && self.own.contains(&name)
        {
            self.used.insert(name);
        }
    }
}
