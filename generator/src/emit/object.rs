//! The table by which a struct is read from an object of JSON, and written as one.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::punctuated::Punctuated;
use syn::{Attribute, Field, Fields, Item, ItemStruct, Meta, Token, parse_quote};

use super::polish;
use crate::engine::Failure;
use crate::model::{Definition, Struct};

/// The attribute of a property that is absent, `null`, or a value; the word is not serde's own.
pub(super) const NULLABLE: &str = "nullable";

/// The derives of types without a table.
pub(super) const DERIVED: [&str; 2] = ["Deserialize", "Serialize"];

/// Turns the serde attributes of a struct's fields into a table, and removes them. The fields are in
/// the order of the model.
pub(super) fn take_table(
    item: &mut ItemStruct,
    definition: &Definition,
    object: &Struct,
) -> Result<Item, Failure> {
    let Fields::Named(fields) = &mut item.fields else {
        let what = format!("`{}` has fields without names", definition.name);
        return Err(Failure::Surprise(what));
    };
    let name = format_ident!("{}", definition.name);
    let properties = object.fields.iter().map(|field| Some(&field.property));
    let properties = properties.chain(std::iter::repeat(None));
    let rows = fields.named.iter_mut().zip(properties);
    let rows = rows
        .map(|(field, property)| row(field, property))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(parse_quote!(json_object! { #name { #(#rows,)* } }))
}

fn row(field: &mut Field, property: Option<&String>) -> Result<TokenStream, Failure> {
    let has_items = polish::is_left_out_when_empty(field);
    let (serde, others): (Vec<_>, Vec<_>) = std::mem::take(&mut field.attrs)
        .into_iter()
        .partition(|attribute| attribute.path().is_ident("serde"));
    field.attrs = others;
    let ident = &field.ident;
    let words = words(&serde);
    let has = |word: &str| words.iter().any(|other| other == word);
    match property {
        Some(property) if has(NULLABLE) => Ok(quote!(#property => nullable(#ident))),
        Some(property) if words.is_empty() || words == ["deserialize_with"] => {
            Ok(quote!(#property => required(#ident)))
        }
        Some(property) if words.iter().all(|word| is_of_absence(word)) => Ok(if has_items {
            quote!(#property => items(#ident))
        } else {
            quote!(#property => optional(#ident))
        }),
        None if words == ["flatten"] => Ok(quote!(_ => additional(#ident))),
        _ => {
            let serde = serde
                .iter()
                .map(|serde| serde.to_token_stream().to_string());
            let serde = serde.collect::<String>();
            Err(Failure::Surprise(format!("`{serde}`")))
        }
    }
}

fn is_of_absence(word: &str) -> bool {
    ["default", "skip_serializing_if"].contains(&word)
}

/// The names of serde's attributes.
fn words(serde: &[Attribute]) -> Vec<String> {
    let parse = Punctuated::<Meta, Token![,]>::parse_terminated;
    let metas = serde
        .iter()
        .filter_map(|attribute| attribute.parse_args_with(parse).ok());
    let names = metas
        .flatten()
        .filter_map(|meta| meta.path().get_ident().map(ToString::to_string));
    names.collect()
}
