//! Enumerations.
//!
//! typify's can't hold a value that the document does not know, and it gives up on values that
//! differ in their signs alone.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::{Ident, Item, ItemEnum, parse_quote};

use super::Emitted;
use super::docs::{Docs, code_span};
use super::types::type_docs;
use crate::model::{Definition, Enum, EnumKind, EnumValue};

/// Emits an enumeration. An open one, which a server sends, survives values not known yet.
pub(super) fn emit_enumeration(definition: &Definition, enumeration: &Enum) -> Emitted {
    let mut items = vec![expand_definition(definition, enumeration)];
    let mut imports = BTreeSet::new();
    let type_ = format_ident!("{}", definition.name);
    let is_open = definition.received;
    match enumeration.kind {
        EnumKind::Text => {
            items.push(expand_text(&type_, enumeration, is_open));
            items.push(expand_display(&type_, &quote!(f.write_str(self.as_str()))));
            items.push(expand_parsing(&type_, enumeration, is_open));
            items.push(expand_json(&type_, is_open));
            imports.extend(["std::fmt", "crate::runtime::json_text"]);
            if !is_open {
                imports.extend(["crate::runtime::UnknownValue", "std::str::FromStr"]);
            }
        }
        EnumKind::Integer => {
            items.push(expand_integer(&type_, enumeration, is_open));
            items.push(expand_display(&type_, &quote!(i64::from(*self).fmt(f))));
            items.push(expand_from_integer(&type_, enumeration, is_open));
            imports.extend(["std::fmt", "serde::Deserialize", "serde::Serialize"]);
            if !is_open {
                imports.insert("crate::runtime::UnknownValue");
            }
        }
        EnumKind::Mixed => {
            items.push(expand_value(&type_, enumeration));
            items.push(expand_from_value(&type_, enumeration));
            imports.extend(["serde::Deserialize", "serde::Serialize"]);
        }
    }
    Emitted {
        path: String::new(),
        emitter: "generator/src/emit/enumeration.rs",
        docs: Vec::new(),
        imports: imports.into_iter().map(str::to_owned).collect(),
        items,
    }
}

fn expand_definition(definition: &Definition, enumeration: &Enum) -> Item {
    let type_ = format_ident!("{}", definition.name);
    let is_open = definition.received;
    let derived_default = enumeration.default.map(|_| quote!(Default,));
    let copy = (!is_open || enumeration.kind == EnumKind::Integer).then(|| quote!(Copy,));
    let (traits, serde, unknown) = match enumeration.kind {
        EnumKind::Text => (
            quote!(Clone, #copy Debug, #derived_default Eq, Hash, Ord, PartialEq, PartialOrd),
            None,
            is_open.then(|| quote!(Unknown(String))),
        ),
        EnumKind::Integer => {
            let from = if is_open { "from" } else { "try_from" };
            let from = format_ident!("{from}");
            (
                quote!(Clone, #copy Debug, #derived_default Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize),
                Some(quote!(#[serde(#from = "i64", into = "i64")])),
                is_open.then(|| quote!(Unknown(i64))),
            )
        }
        EnumKind::Mixed => (
            quote!(Clone, Debug, #derived_default Deserialize, Eq, PartialEq, Serialize),
            Some(quote!(#[serde(from = "serde_json::Value", into = "serde_json::Value")])),
            Some(quote!(Unknown(serde_json::Value))),
        ),
    };
    let variants = enumeration.values.iter().enumerate().map(|(index, value)| {
        let variant = ident(value);
        let is_default = (enumeration.default == Some(index)).then(|| quote!(#[default]));
        quote!(#is_default #variant,)
    });
    let unknown = unknown.map(|unknown| {
        quote! {
            /// A value that was not known when this code was emitted.
            #unknown,
        }
    });
    let mut expanded: ItemEnum = parse_quote! {
        #[derive(#traits)]
        #serde
        #[non_exhaustive]
        pub enum #type_ {
            #(#variants)*
            #unknown
        }
    };
    Docs::new(&type_docs(&definition.docs)).describe(&mut expanded.attrs);
    for (variant, value) in expanded.variants.iter_mut().zip(&enumeration.values) {
        let docs = match &value.value {
            Value::String(text) if text.is_empty() => Docs::new("The empty string."),
            Value::String(text) => Docs::new(&format!("{}.", code_span(text))),
            other => Docs::new(&format!("`{other}`.")),
        };
        let docs = match &value.description {
            Some(description) => docs.markdown(description),
            None => docs,
        };
        docs.describe(&mut variant.attrs);
    }
    Item::Enum(expanded)
}

fn ident(value: &EnumValue) -> Ident {
    format_ident!("{}", value.name)
}

fn expand_text(type_: &Ident, enumeration: &Enum, is_open: bool) -> Item {
    let (receiver, text) = if is_open {
        (quote!(&self), quote!(&str))
    } else {
        (quote!(self), quote!(&'static str))
    };
    let written = enumeration.values.iter().map(|value| {
        let (variant, text) = (ident(value), value.value.as_str());
        quote!(Self::#variant => #text,)
    });
    let written_unknown = is_open.then(|| quote!(Self::Unknown(value) => value,));
    parse_quote! {
        impl #type_ {
            /// The value as it is sent.
            pub fn as_str(#receiver) -> #text {
                match self {
                    #(#written)*
                    #written_unknown
                }
            }
        }
    }
}

fn expand_display(type_: &Ident, written: &TokenStream) -> Item {
    parse_quote! {
        impl fmt::Display for #type_ {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                #written
            }
        }
    }
}

/// serde's traits, implemented with the existing methods.
fn expand_json(type_: &Ident, is_open: bool) -> Item {
    if is_open {
        parse_quote!(json_text!(#type_ as From);)
    } else {
        parse_quote!(json_text!(#type_ as FromStr);)
    }
}

fn expand_parsing(type_: &Ident, enumeration: &Enum, is_open: bool) -> Item {
    let parsed = enumeration.values.iter().map(|value| {
        let (variant, text) = (ident(value), value.value.as_str());
        if is_open {
            quote!(#text => Self::#variant,)
        } else {
            quote!(#text => Ok(Self::#variant),)
        }
    });
    if is_open {
        parse_quote! {
            impl From<&str> for #type_ {
                fn from(value: &str) -> Self {
                    match value {
                        #(#parsed)*
                        unknown => Self::Unknown(unknown.to_owned()),
                    }
                }
            }
        }
    } else {
        parse_quote! {
            impl FromStr for #type_ {
                type Err = UnknownValue;

                fn from_str(value: &str) -> Result<Self, UnknownValue> {
                    match value {
                        #(#parsed)*
                        unknown => Err(UnknownValue::new(unknown)),
                    }
                }
            }
        }
    }
}

fn integer(value: &EnumValue) -> TokenStream {
    let number = value.value.as_i64().unwrap_or_default();
    number.to_string().parse().expect("a number is a token")
}

fn expand_integer(type_: &Ident, enumeration: &Enum, is_open: bool) -> Item {
    let written = enumeration.values.iter().map(|value| {
        let (variant, number) = (ident(value), integer(value));
        quote!(#type_::#variant => #number,)
    });
    let unknown = is_open.then(|| quote!(#type_::Unknown(value) => value,));
    parse_quote! {
        impl From<#type_> for i64 {
            fn from(value: #type_) -> Self {
                match value {
                    #(#written)*
                    #unknown
                }
            }
        }
    }
}

fn expand_from_integer(type_: &Ident, enumeration: &Enum, is_open: bool) -> Item {
    let read = enumeration.values.iter().map(|value| {
        let (variant, number) = (ident(value), integer(value));
        if is_open {
            quote!(#number => Self::#variant,)
        } else {
            quote!(#number => Ok(Self::#variant),)
        }
    });
    if is_open {
        parse_quote! {
            impl From<i64> for #type_ {
                fn from(value: i64) -> Self {
                    match value {
                        #(#read)*
                        unknown => Self::Unknown(unknown),
                    }
                }
            }
        }
    } else {
        parse_quote! {
            impl TryFrom<i64> for #type_ {
                type Error = UnknownValue;

                fn try_from(value: i64) -> Result<Self, UnknownValue> {
                    match value {
                        #(#read)*
                        unknown => Err(UnknownValue::new(&unknown.to_string())),
                    }
                }
            }
        }
    }
}

fn expand_value(type_: &Ident, enumeration: &Enum) -> Item {
    let written = enumeration.values.iter().map(|value| {
        let (variant, json) = (ident(value), scalar(&value.value));
        quote!(#type_::#variant => Self::from(#json),)
    });
    parse_quote! {
        impl From<#type_> for serde_json::Value {
            fn from(value: #type_) -> Self {
                match value {
                    #(#written)*
                    #type_::Unknown(value) => value,
                }
            }
        }
    }
}

fn expand_from_value(type_: &Ident, enumeration: &Enum) -> Item {
    let read = enumeration.values.iter().map(|value| {
        let (variant, json) = (ident(value), scalar(&value.value));
        quote! {
            if value == #json {
                return Self::#variant;
            }
        }
    });
    parse_quote! {
        impl From<serde_json::Value> for #type_ {
            fn from(value: serde_json::Value) -> Self {
                #(#read)*
                Self::Unknown(value)
            }
        }
    }
}

/// A JSON scalar as Rust writes it.
fn scalar(value: &Value) -> TokenStream {
    match value {
        Value::Bool(value) => quote!(#value),
        Value::Number(number) => {
            let text = match (number.as_i64(), number.as_u64()) {
                (Some(whole), _) => format!("{whole}_i64"),
                (None, Some(whole)) => format!("{whole}_u64"),
                // As `Debug` writes it: with an exponent where it is far from one.
                (None, None) => format!("{:?}_f64", number.as_f64().unwrap_or_default()),
            };
            text.parse().expect("a number is a token")
        }
        Value::String(text) => quote!(#text),
        Value::Null | Value::Array(_) | Value::Object(_) => quote!(()),
    }
}
