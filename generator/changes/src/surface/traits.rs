//! The head of a trait implementation.

use syn::{GenericArgument, ImplItem, ItemImpl, Path, PathArguments, Type};

use super::names::Names;

/// The associated types of an implementation.
pub(super) fn associated(names: &Names<'_>, implementation: &ItemImpl) -> String {
    let types = implementation.items.iter().filter_map(|item| match item {
        ImplItem::Type(item) => Some(format!("{} = {}", item.ident, names.type_(&item.ty).exact)),
        _ => None,
    });
    types.collect::<Vec<_>>().join(", ")
}

/// `Deserialize` of `Deserialize<'de>`: a derived trait is written without.
pub(super) fn without_lifetimes(trait_: &Path) -> Path {
    let mut plain = trait_.clone();
    if let Some(last) = plain.segments.last_mut()
        && let PathArguments::AngleBracketed(arguments) = &last.arguments
        && arguments
            .args
            .iter()
            .all(|argument| matches!(argument, GenericArgument::Lifetime(_)))
    {
        last.arguments = PathArguments::None;
    }
    plain
}

/// The type in `From<Type>`.
pub(super) fn argument(trait_: &Path) -> Option<&Type> {
    match &trait_.segments.last()?.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
            GenericArgument::Type(type_) => Some(type_),
            _ => None,
        },
        _ => None,
    }
}
