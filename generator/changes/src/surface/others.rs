//! Items that are no types.

use generator::tidy;
use syn::visit_mut::VisitMut;
use syn::{Attribute, ImplItem, Item};

use super::attributes::{is_public, is_test};

/// The relevant parts of an item that is not a type.
pub(super) fn other_item(item: &Item) -> Option<String> {
    match item {
        Item::Fn(item) => Some(tidy(&item.sig)),
        Item::Const(item) => Some(format!("const {}", tidy(&item.ty))),
        Item::Static(item) => Some(format!("static {}", tidy(&item.ty))),
        Item::Type(item) => Some(format!("type {}", tidy(&item.ty))),
        Item::Trait(item) => {
            let mut plain = item.clone();
            Undocumented.visit_item_trait_mut(&mut plain);
            Some(tidy(&plain))
        }
        _ => None,
    }
}

/// Takes all attributes away.
struct Undocumented;

impl VisitMut for Undocumented {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        attributes.clear();
    }
}

/// A public constant of an implementation.
pub(super) fn constant(item: &ImplItem) -> Option<(String, String)> {
    match item {
        ImplItem::Const(item) if is_public(&item.vis) && !is_test(&item.attrs) => {
            Some((item.ident.to_string(), format!("const {}", tidy(&item.ty))))
        }
        _ => None,
    }
}
