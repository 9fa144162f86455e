//! What a type tells of content that can be downloaded, so that a download can be held against it.

use quote::{ToTokens, quote};
use syn::{Item, ItemStruct, parse_quote};

use super::{Context, polish};

/// The conversion of a type that tells of content.
pub(super) fn conversion(context: &Context<'_>, definition: &ItemStruct) -> Option<Item> {
    let type_ = &definition.ident;
    let content = context.contents.get(type_.to_string().as_str())?;
    let mut fields = definition.fields.iter();
    let digest = fields.find(|field| polish::property(field) == "digest")?;
    let mut fields = definition.fields.iter();
    let length = fields.find(|field| polish::property(field) == content.length)?;
    let (ident, length) = (&digest.ident, &length.ident);
    let digest = if digest.ty.to_token_stream().to_string() == "String" {
        quote!(Some(&value.#ident))
    } else {
        quote!(value.#ident.as_deref())
    };
    Some(parse_quote! {
        impl From<&#type_> for crate::Content {
            fn from(value: &#type_) -> Self {
                Self::new(#digest, value.#length)
            }
        }
    })
}
