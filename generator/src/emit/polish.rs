//! Passes over typify's items that make them what a person would have written.

use std::collections::{BTreeMap, BTreeSet};

use quote::{ToTokens, quote};
use serde_json::Value;
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Field, Fields, Item, ItemEnum, ItemImpl, ItemStruct, Meta, Path, Token, Type,
    parse_quote,
};

use super::Context;
use super::docs::Docs;
use super::shorten::Shorten;

/// What a type that is one scalar can do beside what typify derives.
const SCALAR_DERIVES: &[&str] = &["Eq", "Hash", "Ord", "PartialOrd"];

pub(super) fn polish_struct(definition: &mut ItemStruct, schema: Option<&Value>) {
    document(&mut definition.attrs);
    if let Fields::Named(fields) = &mut definition.fields {
        definition.attrs.push(parse_quote!(#[non_exhaustive]));
        for field in &mut fields.named {
            document(&mut field.attrs);
            if !is_documented(&field.attrs) {
                let docs = format!("`{}` of the API.", property(field));
                Docs::new(&docs).describe(&mut field.attrs);
            }
            split_serde(&mut field.attrs);
        }
        let order = property_order(schema);
        let mut named: Vec<_> = std::mem::take(&mut fields.named).into_iter().collect();
        named.sort_by_cached_key(|field| order.get(property(field).as_str()).copied());
        fields.named = Punctuated::from_iter(named);
    }
}

pub(super) fn polish_enum(
    definition: &mut ItemEnum,
    schema: Option<&Value>,
    context: &Context<'_>,
) {
    document(&mut definition.attrs);
    definition.attrs.push(parse_quote!(#[non_exhaustive]));
    let alternatives = schema.and_then(|schema| schema.get("oneOf")?.as_array());
    for (index, variant) in definition.variants.iter_mut().enumerate() {
        document(&mut variant.attrs);
        if !is_documented(&variant.attrs) {
            let alternative = alternatives.and_then(|alternatives| alternatives.get(index));
            let docs = alternative
                .and_then(|alternative| description(alternative, context))
                .unwrap_or_else(|| format!("`{}` of the API.", variant.ident));
            Docs::new(&docs).describe(&mut variant.attrs);
        }
    }
}

/// What the document says of a lowered schema or of the type that it refers to.
fn description(schema: &Value, context: &Context<'_>) -> Option<String> {
    let own = schema.get("description");
    let referred = schema
        .get("$ref")
        .and_then(|reference| reference.as_str()?.rsplit('/').next())
        .and_then(|name| context.lowered.schema(name)?.get("description"));
    own.or(referred)?.as_str().map(str::to_owned)
}

fn is_documented(attrs: &[Attribute]) -> bool {
    attrs
        .iter()
        .any(|attribute| attribute.path().is_ident("doc"))
}

/// The document's order of an object's properties.
fn property_order(schema: Option<&Value>) -> BTreeMap<&str, usize> {
    let properties = schema.and_then(|schema| schema.get("properties")?.as_object());
    properties
        .into_iter()
        .flatten()
        .enumerate()
        .map(|(index, (name, _))| (name.as_str(), index))
        .collect()
}

/// The property that a field holds.
pub(super) fn property(field: &Field) -> String {
    let serde = field
        .attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"));
    let renamed = serde.filter_map(|attribute| {
        let metas = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
        metas.ok()?.iter().find_map(renamed)
    });
    let own = || field.ident.as_ref().map(ToString::to_string);
    let mut renamed = renamed;
    renamed.next().or_else(own).unwrap_or_default()
}

/// `x` of `rename = "x"`.
fn renamed(meta: &Meta) -> Option<String> {
    match meta {
        Meta::NameValue(renamed) if renamed.path.is_ident("rename") => match &renamed.value {
            syn::Expr::Lit(literal) => match &literal.lit {
                syn::Lit::Str(name) => Some(name.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// Writes typify's one doc string as the lines of a doc comment.
fn document(attrs: &mut Vec<Attribute>) {
    let mut text = Vec::new();
    attrs.retain(|attribute| match &attribute.meta {
        Meta::NameValue(doc) if doc.path.is_ident("doc") => {
            if let syn::Expr::Lit(literal) = &doc.value
                && let syn::Lit::Str(line) = &literal.lit
            {
                text.push(line.value());
            }
            false
        }
        _ => true,
    });
    Docs::new(&text.join("\n")).describe(attrs);
}

/// Gives a field's name a line of its own, so that none is too long.
fn split_serde(attrs: &mut Vec<Attribute>) {
    let mut split = Vec::new();
    for attribute in attrs.drain(..) {
        let metas = attribute
            .path()
            .is_ident("serde")
            .then(|| attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated));
        match metas {
            Some(Ok(metas)) => {
                let (renames, others): (Vec<_>, Vec<_>) = metas
                    .into_iter()
                    .partition(|meta| meta.path().is_ident("rename"));
                for group in [renames, others] {
                    if !group.is_empty() {
                        split.push(parse_quote!(#[serde(#(#group),*)]));
                    }
                }
            }
            _ => split.push(attribute),
        }
    }
    *attrs = split;
}

/// The type inside of a struct that is one scalar.
pub(super) fn scalar(definition: &ItemStruct) -> Option<String> {
    let Fields::Unnamed(fields) = &definition.fields else {
        return None;
    };
    let name = fields.unnamed.first()?.ty.to_token_stream().to_string();
    ["String", "bool", "i32", "i64"]
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

/// Writes the derived traits in the order of their names, with `more` among them.
pub(super) fn derive(attrs: &mut Vec<Attribute>, more: &[&str], shorten: &mut Shorten) {
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

/// Conversions that a person would not have written: text is parsed by `FromStr`, and the scalar of
/// a newtype is its field.
pub(super) fn is_redundant(implementation: &ItemImpl, is_scalar: bool) -> bool {
    let Some((path, _)) = &implementation.trait_ else {
        return false;
    };
    let name = path.segments.last().map(|last| last.ident.to_string());
    match name.as_deref() {
        Some("TryFrom") => true,
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
                && scalar.starts_with('i')
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
pub(super) fn tell_empty_from_absent(definition: &mut ItemStruct) {
    for field in &mut definition.fields {
        if is_left_out_when_empty(field) {
            let type_ = &field.ty;
            field.ty = parse_quote!(Option<#type_>);
            field
                .attrs
                .retain(|attribute| !attribute.path().is_ident("serde") || renames(attribute));
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

fn renames(attribute: &Attribute) -> bool {
    attribute
        .to_token_stream()
        .to_string()
        .starts_with("# [serde (rename =")
}

fn is_flattened(field: &Field) -> bool {
    field
        .attrs
        .iter()
        .any(|attribute| attribute.to_token_stream().to_string().contains("(flatten"))
}

/// `new` with an argument for each field that can't be left out, for structs that callers make.
pub(super) fn constructor(definition: &ItemStruct) -> Option<Item> {
    let Fields::Named(fields) = &definition.fields else {
        return None;
    };
    let name = &definition.ident;
    let (optional, required): (Vec<_>, Vec<_>) =
        fields.named.iter().partition(|field| is_optional(field));
    let required_names: Vec<_> = required.iter().map(|field| &field.ident).collect();
    let required_types = required.iter().map(|field| &field.ty);
    let optional_names = optional.iter().map(|field| &field.ident);
    let lint = (required.len() > 7).then(
        || quote!(#[expect(clippy::too_many_arguments, reason = "the document requires them all")]),
    );
    let optional_values = quote!(#(#optional_names: Default::default(),)*);
    Some(parse_quote! {
        impl #name {
            /// With everything that can't be left out.
            #lint
            pub fn new(#(#required_names: #required_types),*) -> Self {
                Self { #(#required_names,)* #optional_values }
            }
        }
    })
}

fn is_optional(field: &Field) -> bool {
    let serde = field
        .attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"));
    let mut text = serde.map(|attribute| attribute.to_token_stream().to_string());
    text.any(|text| text.contains("skip_serializing_if") || text.contains("flatten"))
}
