//! typify's types, split into their parts.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{Item, ItemEnum, ItemImpl, ItemStruct, Type};

use super::Failure;

/// A type's definition and its implementations.
#[derive(Clone)]
pub struct TypeItems {
    /// A struct or an enum.
    pub definition: Item,
    /// In typify's order.
    pub implementations: Vec<ItemImpl>,
}

/// Modules of typify's that hold no type of the document.
const HELPERS: &[&str] = &["defaults", "error"];

pub(super) fn collect(file: syn::File) -> Result<BTreeMap<String, TypeItems>, Failure> {
    let mut types = BTreeMap::<String, TypeItems>::new();
    for item in file.items {
        match item {
            Item::Struct(ItemStruct { ref ident, .. }) | Item::Enum(ItemEnum { ref ident, .. }) => {
                let name = ident.to_string();
                let items = TypeItems {
                    definition: item,
                    implementations: Vec::new(),
                };
                types.insert(name, items);
            }
            Item::Impl(implementation) => owner(&implementation, &mut types)?
                .implementations
                .push(implementation),
            Item::Mod(module) if HELPERS.iter().any(|name| module.ident == name) => {}
            other => return Err(unknown(&other)),
        }
    }
    Ok(types)
}

/// The type that an implementation belongs to: the one it is for, or else the one it converts from.
fn owner<'t>(
    implementation: &ItemImpl,
    types: &'t mut BTreeMap<String, TypeItems>,
) -> Result<&'t mut TypeItems, Failure> {
    let converted = implementation.trait_.as_ref().and_then(|(path, _)| {
        let last = path.segments.last()?;
        match &last.arguments {
            syn::PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
                syn::GenericArgument::Type(type_) => name(type_),
                _ => None,
            },
            _ => None,
        }
    });
    let names = [name(&implementation.self_ty), converted];
    let known = names
        .into_iter()
        .flatten()
        .find(|name| types.contains_key(name));
    match known.and_then(|name| types.get_mut(&name)) {
        Some(items) => Ok(items),
        None => Err(unknown(implementation)),
    }
}

fn name(type_: &Type) -> Option<String> {
    match type_ {
        Type::Path(path) => path.path.get_ident().map(ToString::to_string),
        Type::Reference(reference) => name(&reference.elem),
        _ => None,
    }
}

fn unknown(item: &impl ToTokens) -> Failure {
    let text = item.to_token_stream().to_string();
    let start: String = text.chars().take(80).collect();
    Failure::Surprise(format!("`{start}`"))
}
