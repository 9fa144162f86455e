//! One file for each type.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase;
use quote::{format_ident, quote};
use syn::visit_mut::VisitMut;
use syn::{Item, ItemStruct, Path, parse_quote};

use super::docs::Docs;
use super::shorten::Shorten;
use super::{Context, Emitted, content, polish, string_enum};
use crate::engine::{Failure, TypeItems};
use crate::names;

const EMITTER: &str = "generator/src/emit/types.rs";

/// Emits the module `types` and a file for each type in it.
pub(super) fn emit_types(context: &Context<'_>) -> Result<Vec<Emitted>, Failure> {
    let modules = modules(context.own);
    let mut files = vec![emit_module(&modules)];
    for (name, items) in &context.engine.types {
        let mut file = emit_type(context, name, items)?;
        file.path = format!("types/{}.rs", modules[name]);
        files.push(file);
    }
    for (name, definition) in &context.lowered.enums {
        let is_open = context.lowered.received.contains(name);
        let mut file = string_enum::emit_string_enum(name, definition, is_open);
        file.path = format!("types/{}.rs", modules[name]);
        files.push(file);
    }
    Ok(files)
}

/// A module's name for each type; types that differ in case alone get a number.
fn modules(types: &BTreeSet<String>) -> BTreeMap<String, String> {
    let mut taken = BTreeSet::new();
    types
        .iter()
        .map(|name| {
            let module = names::value_name(&name.to_snake_case());
            (name.clone(), names::free_name(&module, "_", &mut taken))
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
    let file: syn::File = parse_quote!(#(#declarations)* #(#exports)*);
    Emitted {
        path: "types/mod.rs".to_owned(),
        emitter: EMITTER,
        docs: docs.of_module(),
        imports: BTreeSet::new(),
        items: file.items,
    }
}

fn emit_type(context: &Context<'_>, name: &str, items: &TypeItems) -> Result<Emitted, Failure> {
    let mut shorten = Shorten::default();
    let mut definition = items.definition.clone();
    shorten.visit_item_mut(&mut definition);
    let mut emitted = match definition {
        Item::Struct(definition) => emit_struct(context, name, definition, items, &mut shorten),
        Item::Enum(mut definition) => {
            polish::polish_enum(&mut definition, context.lowered.schema(name), context);
            polish::derive(&mut definition.attrs, &[], &mut shorten);
            let implementations = implementations(items, false, &mut shorten);
            std::iter::once(Item::Enum(definition))
                .chain(implementations)
                .collect()
        }
        _ => {
            return Err(Failure::Surprise(format!(
                "`{name}` is neither struct nor enum"
            )));
        }
    };
    let mut siblings = Siblings {
        own: context.own,
        name,
        used: BTreeSet::new(),
    };
    for item in &mut emitted {
        siblings.visit_item_mut(item);
    }
    let mut imports = shorten.into_imports()?;
    imports.extend(siblings.used.iter().map(|name| format!("super::{name}")));
    Ok(Emitted {
        path: String::new(),
        emitter: EMITTER,
        docs: Vec::new(),
        imports,
        items: emitted,
    })
}

/// A struct, what makes one, and what is implemented for it.
fn emit_struct(
    context: &Context<'_>,
    name: &str,
    mut definition: ItemStruct,
    items: &TypeItems,
    shorten: &mut Shorten,
) -> Vec<Item> {
    let is_sent = context.lowered.sent.contains(name);
    polish::polish_struct(&mut definition, context.lowered.schema(name));
    if is_sent {
        polish::tell_empty_from_absent(&mut definition);
    }
    let scalar = polish::scalar(&definition);
    let derives = polish::scalar_derives(scalar.as_deref());
    polish::derive(&mut definition.attrs, derives, shorten);
    let constructor = if is_sent {
        polish::constructor(&definition)
    } else {
        None
    };
    let mut implementations = implementations(items, scalar.is_some(), shorten);
    if let Some(scalar) = &scalar {
        polish::polish_scalar(&definition.ident, scalar, &mut implementations, shorten);
    }
    let conversion = content::conversion(context, &definition);
    std::iter::once(Item::Struct(definition))
        .chain(constructor)
        .chain(implementations)
        .chain(conversion)
        .collect()
}

fn implementations(items: &TypeItems, is_scalar: bool, shorten: &mut Shorten) -> Vec<Item> {
    let mut kept = Vec::new();
    for implementation in &items.implementations {
        if !polish::is_redundant(implementation, is_scalar) {
            let mut implementation = Item::Impl(implementation.clone());
            shorten.visit_item_mut(&mut implementation);
            kept.push(implementation);
        }
    }
    kept
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
