//! Unions: one of several types, selected by a tag, or as the one that decodes without loss.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, Item, ItemEnum, Type as RustType, parse_quote};

use super::docs::Docs;
use super::types::type_docs;
use super::{Context, Emitted, rust_type};
use crate::model::{Definition, Shape, Type, TypeDocs, TypeId, TypeRef, Union, Variant};

/// A union, with the input of its emission.
struct UnionSubject<'a> {
    context: &'a Context<'a>,
    definition: &'a Definition,
    union: &'a Union,
    /// Whether it can be `Eq`.
    is_exact: bool,
    type_: Ident,
}

/// Emits a union. An open one, which a server sends, keeps unknown values.
pub(super) fn emit_union(context: &Context<'_>, id: TypeId, union: &Union) -> Emitted {
    let definition = context.api.types.get(id);
    let subject = UnionSubject {
        context,
        definition,
        union,
        is_exact: !context.inexact.contains(&id),
        type_: format_ident!("{}", definition.name),
    };
    let mut items = vec![subject.expand_definition()];
    items.push(subject.expand_deserialize());
    items.extend(subject.expand_serialize());
    items.extend(subject.expand_conversions());
    Emitted {
        path: String::new(),
        emitter: "generator/src/emit/union.rs",
        docs: Vec::new(),
        imports: subject.imports(),
        items,
    }
}

/// The properties that a type keeps without a name for them.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum KeptProperties {
    None,
    OfOneType,
    Any,
}

impl UnionSubject<'_> {
    /// Whether values of no alternative are kept unchanged.
    fn is_open(&self) -> bool {
        self.definition.received && !self.has_any()
    }

    /// Whether an alternative is any JSON.
    fn has_any(&self) -> bool {
        let mut variants = self.union.variants.iter();
        variants.any(|variant| variant.type_.type_ == Type::Any)
    }

    fn is_written_plainly(&self) -> bool {
        self.union
            .variants
            .iter()
            .all(|variant| variant.holds_tag || variant.tags.is_empty())
    }

    fn tagged(&self) -> impl Iterator<Item = &Variant> {
        let has_tag = self.union.tag.is_some();
        self.union
            .variants
            .iter()
            .filter(move |variant| has_tag && !variant.tags.is_empty())
    }

    /// The alternatives in the order in which they are tried: those that keep any property would always be right.
    fn untagged(&self) -> Vec<&Variant> {
        let has_tag = self.union.tag.is_some();
        let variants = self.union.variants.iter();
        let untagged = variants.filter(|variant| !has_tag || variant.tags.is_empty());
        let mut untagged: Vec<_> = untagged.collect();
        untagged.sort_by_key(|variant| self.kept_properties(variant));
        untagged
    }

    /// Which properties an alternative keeps beside those that it names.
    fn kept_properties(&self, variant: &Variant) -> KeptProperties {
        let of_values = |values: &TypeRef| match values.type_ {
            Type::Any => KeptProperties::Any,
            _ => KeptProperties::OfOneType,
        };
        let of_type = |type_: &Type| match type_ {
            Type::Any => KeptProperties::Any,
            Type::Map(values) => of_values(values),
            _ => KeptProperties::None,
        };
        let Type::Named(id) = &variant.type_.type_ else {
            return of_type(&variant.type_.type_);
        };
        match &self.context.api.types.get(*id).shape {
            Shape::Struct(object) => {
                let values = object.additional.as_ref().map(|others| &others.values);
                values.map_or(KeptProperties::None, of_values)
            }
            Shape::Newtype(inner) => of_type(&inner.type_),
            Shape::Enum(_) | Shape::Union(_) => KeptProperties::None,
        }
    }

    fn type_of(&self, variant: &Variant) -> RustType {
        let type_ = rust_type::inside(&self.context.api.types, &variant.type_);
        if variant.boxed {
            parse_quote!(Box<#type_>)
        } else {
            type_
        }
    }

    fn imports(&self) -> BTreeSet<String> {
        let mut imports = BTreeSet::from([
            "serde::Deserialize".to_owned(),
            "serde::Deserializer".to_owned(),
            "serde::Serialize".to_owned(),
        ]);
        if !self.is_written_plainly() {
            imports.insert("serde::Serializer".to_owned());
            imports.insert("crate::runtime::encode_tagged".to_owned());
        }
        if self.tagged().next().is_some() {
            imports.insert("crate::runtime::union_tag".to_owned());
        }
        if !self.untagged().is_empty() {
            imports.insert("crate::runtime::closest".to_owned());
        }
        imports.insert("crate::runtime::decode_value".to_owned());
        let types = &self.context.api.types;
        for variant in &self.union.variants {
            imports.extend(
                rust_type::imports(&variant.type_)
                    .into_iter()
                    .map(str::to_owned),
            );
            let mut names = Vec::new();
            variant.type_.names(&mut names);
            let others = names.into_iter().map(|id| &types.get(id).name);
            let others = others.filter(|name| **name != self.definition.name);
            imports.extend(others.map(|name| format!("super::{name}")));
        }
        imports
    }

    fn expand_definition(&self) -> Item {
        let type_ = &self.type_;
        let variants = self.union.variants.iter().map(|variant| {
            let (name, inner) = (format_ident!("{}", variant.name), self.type_of(variant));
            quote!(#name(#inner),)
        });
        let unknown = self.is_open().then(|| {
            quote! {
                /// A value of none of the known alternatives.
                Unknown(serde_json::Value),
            }
        });
        let (serialize, untagged) = if self.is_written_plainly() {
            (quote!(, Serialize), Some(quote!(#[serde(untagged)])))
        } else {
            (quote!(), None)
        };
        let eq = self.is_exact.then(|| quote!(, Eq));
        let mut expanded: ItemEnum = parse_quote! {
            #[derive(Clone, Debug #eq, PartialEq #serialize)]
            #untagged
            #[allow(clippy::large_enum_variant, reason = "the document decides how large they are")]
            #[non_exhaustive]
            pub enum #type_ {
                #(#variants)*
                #unknown
            }
        };
        Docs::new(&type_docs(&self.definition.docs)).describe(&mut expanded.attrs);
        for (expanded, variant) in expanded.variants.iter_mut().zip(&self.union.variants) {
            Docs::new(&self.variant_docs(variant)).describe(&mut expanded.attrs);
        }
        Item::Enum(expanded)
    }

    /// The docs of an alternative: its own description, that of its type, or its tag.
    fn variant_docs(&self, variant: &Variant) -> String {
        let named = variant.type_.named();
        let of_type = named.and_then(|id| {
            let docs = &self.context.api.types.get(id).docs;
            docs.description.clone()
        });
        let by_tag = || {
            let tag = self.union.tag.as_ref()?;
            let values: Vec<_> = variant
                .tags
                .iter()
                .map(|value| format!("`{value}`"))
                .collect();
            (!values.is_empty()).then(|| format!("`{tag}` is {}.", values.join(" or ")))
        };
        let description = variant.docs.description.clone();
        type_docs(&TypeDocs {
            description: description.or(of_type).or_else(by_tag),
            values: variant.docs.values.clone(),
            has_other_values: variant.docs.has_other_values,
            ..TypeDocs::default()
        })
    }

    fn expand_deserialize(&self) -> Item {
        let type_ = &self.type_;
        let decoded = self.expand_decoding();
        parse_quote! {
            impl<'de> Deserialize<'de> for #type_ {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let value = serde_json::Value::deserialize(deserializer)?;
                    #decoded
                }
            }
        }
    }

    fn expand_decoding(&self) -> TokenStream {
        let rest = self.expand_untagged();
        let Some(tag) = self
            .union
            .tag
            .as_ref()
            .filter(|_| self.tagged().next().is_some())
        else {
            return rest;
        };
        let rest = if self.untagged().is_empty() {
            quote!(return #rest)
        } else {
            quote!(return { #rest })
        };
        let arms = self.tagged().map(|variant| {
            let (name, values) = (format_ident!("{}", variant.name), &variant.tags);
            quote!(Some(#(#values)|*) => decode_value(&value).map(Self::#name),)
        });
        quote! {
            let decoded = match union_tag(&value, #tag) {
                #(#arms)*
                _ => #rest,
            };
            decoded.map_err(serde::de::Error::custom)
        }
    }

    /// The decoding of a value with an unknown tag, or without one.
    fn expand_untagged(&self) -> TokenStream {
        let candidates = self.untagged().into_iter().map(|variant| {
            let name = format_ident!("{}", variant.name);
            quote!(|value| decode_value(value).map(Self::#name),)
        });
        let candidates: Vec<_> = candidates.collect();
        let unfit = format!(
            "none of the alternatives of `{}` fits",
            self.definition.name
        );
        match (candidates.is_empty(), self.is_open()) {
            (true, true) => quote!(Ok(Self::Unknown(value))),
            (true, false) => quote!(Err(serde::de::Error::custom(#unfit))),
            (false, true) => quote! {
                let closest = closest(&value, &[#(#candidates)*]);
                Ok(closest.unwrap_or(Self::Unknown(value)))
            },
            (false, false) => quote! {
                let closest = closest(&value, &[#(#candidates)*]);
                closest.ok_or_else(|| serde::de::Error::custom(#unfit))
            },
        }
    }

    /// How a union is written whose alternatives do not hold the tag themselves.
    fn expand_serialize(&self) -> Option<Item> {
        if self.is_written_plainly() {
            return None;
        }
        let type_ = &self.type_;
        let tag = self.union.tag.as_ref()?;
        let arms = self.union.variants.iter().map(|variant| {
            let name = format_ident!("{}", variant.name);
            match variant.tags.first() {
                Some(value) if !variant.holds_tag => {
                    quote!(Self::#name(value) => encode_tagged(#tag, #value, value, serializer),)
                }
                _ => quote!(Self::#name(value) => value.serialize(serializer),),
            }
        });
        let unknown = self
            .is_open()
            .then(|| quote!(Self::Unknown(value) => value.serialize(serializer),));
        Some(parse_quote! {
            impl Serialize for #type_ {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    match self {
                        #(#arms)*
                        #unknown
                    }
                }
            }
        })
    }

    /// Conversions from alternatives that no other has the type of.
    fn expand_conversions(&self) -> Vec<Item> {
        let type_ = &self.type_;
        let types = &self.context.api.types;
        let is_convertible = |variant: &&Variant| {
            let is_itself = || {
                let named = variant.type_.named().map(|id| &types.get(id).name);
                named == Some(&self.definition.name)
            };
            !variant.type_.nullable
                && !matches!(variant.type_.type_, Type::Any | Type::Text)
                && !is_itself()
        };
        let variants = self.union.variants.iter().filter(is_convertible);
        variants
            .map(|variant| {
                let name = format_ident!("{}", variant.name);
                let inner = rust_type::inside(types, &variant.type_);
                let value = if variant.boxed {
                    quote!(Box::new(value))
                } else {
                    quote!(value)
                };
                parse_quote! {
                    impl From<#inner> for #type_ {
                        fn from(value: #inner) -> Self {
                            Self::#name(#value)
                        }
                    }
                }
            })
            .collect()
    }
}
