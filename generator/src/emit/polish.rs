//! Passes that turn typify's items into code as a person would have written it.

use std::collections::{BTreeMap, BTreeSet};

use quote::{ToTokens, format_ident};
use syn::punctuated::Punctuated;
use syn::{Attribute, Field, Fields, Item, ItemImpl, ItemStruct, Path, Token, Type, parse_quote};

use super::docs::{Docs, Target};
use super::object;
use super::shorten::Shorten;
use super::types::type_docs;
use crate::lower;
use crate::model::{self, Definition, Shape, Struct};

/// Traits of a type of one scalar, beyond typify's.
const SCALAR_DERIVES: &[&str] = &["Eq", "Hash", "Ord", "PartialOrd"];

/// Gives the fields the names, docs and order that the model has for them.
pub(super) fn polish_struct(definition: &mut ItemStruct, model: &Definition, object: &Struct) {
    definition.attrs.retain(|attribute| !is_doc(attribute));
    definition.attrs.push(parse_quote!(#[non_exhaustive]));
    let Fields::Named(fields) = &mut definition.fields else {
        return;
    };
    let by_name: BTreeMap<_, _> = (0..object.fields.len())
        .map(|index| (lower::field_name(index), index))
        .collect();
    let mut named: Vec<_> = std::mem::take(&mut fields.named)
        .into_iter()
        .map(|field| {
            let name = field.ident.as_ref().map(ToString::to_string);
            let index = name.and_then(|name| by_name.get(&name).copied());
            (index.unwrap_or(usize::MAX), field)
        })
        .collect();
    named.sort_by_key(|(index, _)| *index);
    for (index, field) in &mut named {
        match object.fields.get(*index) {
            Some(described) => polish_field(field, model, described),
            None => polish_additional(field, object),
        }
    }
    fields.named = named.into_iter().map(|(_, field)| field).collect();
}

fn polish_field(field: &mut Field, model: &Definition, described: &model::Field) {
    field.attrs.retain(|attribute| !is_doc(attribute));
    let name = &described.name;
    field.ident = Some(format_ident!("{name}"));
    if model.sent && described.type_.nullable && model.may_lack(described) {
        distinguish_null_from_absent(field);
    }
    let others =
        |property: &str| field_of(model, property).filter(|_| property != described.property);
    let docs = Docs::default().linked(&field_docs(described), &others);
    docs.describe(&mut field.attrs);
}

/// The field of a struct that has a property of this name.
pub(super) fn field_of(model: &Definition, property: &str) -> Option<Target> {
    let Shape::Struct(object) = &model.shape else {
        return None;
    };
    let mut fields = object.fields.iter();
    let field = fields.find(|field| field.property == property)?;
    Some(Target {
        name: field.name.clone(),
        path: format!("field@{}::{}", model.name, field.name),
    })
}

/// The properties that the document has no names for.
fn polish_additional(field: &mut Field, object: &Struct) {
    field.attrs.retain(|attribute| !is_doc(attribute));
    let mut docs = Docs::new("The properties that the API does not document.");
    if let Some(additional) = &object.additional {
        field.ident = Some(format_ident!("{}", additional.field));
        docs = docs.markdown(&type_docs(&additional.docs));
    }
    docs.describe(&mut field.attrs);
}

fn field_docs(field: &model::Field) -> String {
    let docs = type_docs(&field.docs);
    if docs.is_empty() && field.name.trim_end_matches('_') != field.property {
        return format!("`{}` in JSON.", field.property);
    }
    docs
}

/// Lets a property be cleared by null, or be left unchanged.
fn distinguish_null_from_absent(field: &mut Field) {
    let type_ = &field.ty;
    field.ty = parse_quote!(Option<#type_>);
    field
        .attrs
        .retain(|attribute| !attribute.path().is_ident("serde"));
    let word = format_ident!("{}", object::NULLABLE);
    field.attrs.push(parse_quote!(#[serde(#word)]));
}

fn is_doc(attribute: &Attribute) -> bool {
    attribute.path().is_ident("doc")
}

/// The type inside of a struct that is one scalar.
pub(super) fn scalar(definition: &ItemStruct) -> Option<String> {
    let Fields::Unnamed(fields) = &definition.fields else {
        return None;
    };
    let name = fields.unnamed.first()?.ty.to_token_stream().to_string();
    ["String", "bool", "i32", "i64", "u64"]
        .contains(&name.as_str())
        .then_some(name)
}

pub(super) fn scalar_derives(scalar: Option<&str>) -> &'static [&'static str] {
    match scalar {
        None => &[],
        Some("String") => SCALAR_DERIVES,
        Some(_) => &["Copy", "Eq", "Hash", "Ord", "PartialOrd"],
    }
}

/// Writes the derived traits in the order of their names, with `more` among them and without `fewer`.
pub(super) fn derive(
    attrs: &mut Vec<Attribute>,
    more: &[&str],
    fewer: &[&str],
    shorten: &mut Shorten,
) {
    let mut traits = BTreeSet::new();
    traits.extend(more.iter().map(|name| (*name).to_owned()));
    attrs.retain(|attribute| {
        if !attribute.path().is_ident("derive") {
            return true;
        }
        if let Ok(paths) =
            attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated)
        {
            for path in paths {
                let text = path.to_token_stream().to_string().replace(' ', "");
                if fewer
                    .iter()
                    .any(|name| text.ends_with(&format!("::{name}")))
                {
                    continue;
                }
                let short = text
                    .strip_prefix("::")
                    .and_then(|path| shorten.shorten(path));
                traits.insert(short.unwrap_or(&text).to_owned());
            }
        }
        false
    });
    let traits = traits
        .iter()
        .map(|name| syn::parse_str::<Path>(name).expect("a trait's path"));
    let position = attrs
        .iter()
        .take_while(|attribute| attribute.path().is_ident("doc"))
        .count();
    attrs.insert(position, parse_quote!(#[derive(#(#traits),*)]));
}

/// What a person would not have written: text is parsed by `FromStr`, the scalar of a newtype is
/// its field, and defaults are derived.
pub(super) fn is_redundant(implementation: &ItemImpl, is_scalar: bool) -> bool {
    let Some((path, _)) = &implementation.trait_ else {
        return false;
    };
    let name = path.segments.last().map(|last| last.ident.to_string());
    match name.as_deref() {
        Some("TryFrom" | "Default") => true,
        Some("Deref") => is_scalar,
        // typify parses alternatives one after another; which of them is meant is not for it to say.
        _ => implementation
            .to_token_stream()
            .to_string()
            .contains("self :: error :: ConversionError"),
    }
}

/// Writes what a person would have: the error of parsing an integer by its name, and a conversion
/// from text that needs no `String` first.
pub(super) fn polish_scalar(
    name: &syn::Ident,
    scalar: &str,
    implementations: &mut Vec<Item>,
    shorten: &mut Shorten,
) {
    if scalar == "String" {
        implementations.push(parse_quote! {
            impl From<&str> for #name {
                fn from(value: &str) -> Self {
                    Self(value.to_owned())
                }
            }
        });
    }
    for item in implementations {
        let Item::Impl(implementation) = item else {
            continue;
        };
        for item in &mut implementation.items {
            if let syn::ImplItem::Type(type_) = item
                && scalar.starts_with(['i', 'u'])
                && type_.ty.to_token_stream().to_string()
                    == format!("< {scalar} as FromStr > :: Err")
            {
                type_.ty = parse_quote!(ParseIntError);
                shorten.imports.insert("std::num::ParseIntError".to_owned());
            }
        }
    }
}

/// Lets a list or map that a caller may leave out be sent empty, too.
pub(super) fn distinguish_empty_from_absent(definition: &mut ItemStruct) {
    for field in &mut definition.fields {
        if is_left_out_when_empty(field) {
            let type_ = &field.ty;
            field.ty = parse_quote!(Option<#type_>);
            field
                .attrs
                .retain(|attribute| !attribute.path().is_ident("serde"));
            field
                .attrs
                .push(parse_quote!(#[serde(skip_serializing_if = "Option::is_none")]));
        }
    }
}

/// Whether a field is a list or map that typify leaves out when it is empty.
pub(super) fn is_left_out_when_empty(field: &Field) -> bool {
    let Type::Path(path) = &field.ty else {
        return false;
    };
    let last = path.path.segments.last();
    let is_collection = last.is_some_and(|last| {
        let collections = ["Vec", "BTreeMap", "Map"];
        collections.iter().any(|name| last.ident == name)
    });
    is_collection && is_optional(field) && !is_flattened(field)
}

fn is_flattened(field: &Field) -> bool {
    field
        .attrs
        .iter()
        .any(|attribute| attribute.to_token_stream().to_string().contains("(flatten"))
}

/// Whether a field can be left out.
pub(super) fn is_optional(field: &Field) -> bool {
    let serde = field
        .attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"));
    let mut text = serde.map(|attribute| attribute.to_token_stream().to_string());
    let words = ["skip_serializing_if", "flatten", object::NULLABLE];
    text.any(|text| words.iter().any(|word| text.contains(word)))
}
