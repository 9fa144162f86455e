//! Descriptions of downloadable content by a type, so that a download can be verified against it.

use quote::{format_ident, quote};
use syn::{Item, parse_quote};

use crate::model::{Definition, Struct};

/// The conversion of a type that describes content.
pub(super) fn conversion(definition: &Definition, object: &Struct) -> Option<Item> {
    let content = object.content?;
    let type_ = format_ident!("{}", definition.name);
    let find = |name: &str| object.fields.iter().find(|field| field.property == name);
    let (digest, length) = (find("digest")?, find(content.length)?);
    if definition.may_lack(length) {
        return None;
    }
    let is_optional = digest.type_.nullable || definition.may_lack(digest);
    let is_double = definition.sent && digest.type_.nullable && definition.may_lack(digest);
    let (digest, ident) = (
        format_ident!("{}", digest.name),
        format_ident!("{}", length.name),
    );
    let digest = if is_double {
        quote!(value.#digest.as_ref().and_then(|digest| digest.as_deref()))
    } else if is_optional {
        quote!(value.#digest.as_deref())
    } else {
        quote!(Some(&value.#digest))
    };
    Some(parse_quote! {
        impl From<&#type_> for crate::Content {
            fn from(value: &#type_) -> Self {
                Self::new(#digest, value.#ident)
            }
        }
    })
}
