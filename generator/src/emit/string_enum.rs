//! Enumerations of strings.
//!
//! typify's can't hold a value that the document does not know, and it gives up on values that
//! differ in their signs alone.

use std::collections::BTreeSet;

use quote::{format_ident, quote};
use syn::{Ident, Item, ItemEnum, parse_quote};

use super::Emitted;
use super::docs::Docs;
use crate::lower::StringEnum;
use crate::names;

/// Emits an enumeration. An open one, which a server sends, survives values not known yet.
pub(super) fn emit_string_enum(name: &str, definition: &StringEnum, is_open: bool) -> Emitted {
    let type_ = format_ident!("{name}");
    let variants = variants(definition);
    Emitted {
        path: String::new(),
        emitter: "generator/src/emit/string_enum.rs",
        docs: Vec::new(),
        imports: imports(is_open),
        items: vec![
            expand_definition(&type_, definition, &variants, is_open),
            expand_text(&type_, &variants, is_open),
            expand_display(&type_),
            expand_conversion(&type_, &variants, is_open),
        ],
    }
}

fn expand_definition(
    type_: &Ident,
    definition: &StringEnum,
    variants: &[(Ident, String)],
    is_open: bool,
) -> Item {
    let default = definition
        .default
        .as_ref()
        .filter(|default| definition.values.contains(default));
    let derived_default = default.map(|_| quote!(Default,));
    let copy = (!is_open).then(|| quote!(Copy,));
    let unknown = is_open.then(|| {
        quote! {
            /// A value that was not known when this code was emitted.
            #[serde(untagged)]
            Unknown(String),
        }
    });
    let variants = variants.iter().map(|(variant, value)| {
        let is_default = (default == Some(value)).then(|| quote!(#[default]));
        quote!(#is_default #[serde(rename = #value)] #variant,)
    });
    let mut expanded: ItemEnum = parse_quote! {
        #[derive(Clone, #copy Debug, #derived_default Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
        #[non_exhaustive]
        pub enum #type_ {
            #(#variants)*
            #unknown
        }
    };
    Docs::new(&definition.docs).describe(&mut expanded.attrs);
    for (variant, value) in expanded.variants.iter_mut().zip(&definition.values) {
        let docs = match value.as_str() {
            "" => Docs::new("The empty string."),
            value => Docs::new(&format!("`{value}`.")),
        };
        docs.describe(&mut variant.attrs);
    }
    Item::Enum(expanded)
}

fn expand_text(type_: &Ident, variants: &[(Ident, String)], is_open: bool) -> Item {
    let (receiver, text) = if is_open {
        (quote!(&self), quote!(&str))
    } else {
        (quote!(self), quote!(&'static str))
    };
    let written = variants
        .iter()
        .map(|(variant, value)| quote!(Self::#variant => #value,));
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

fn expand_display(type_: &Ident) -> Item {
    parse_quote! {
        impl fmt::Display for #type_ {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    }
}

fn expand_conversion(type_: &Ident, variants: &[(Ident, String)], is_open: bool) -> Item {
    let parsed = variants.iter().map(|(variant, value)| {
        if is_open {
            quote!(#value => Self::#variant,)
        } else {
            quote!(#value => Ok(Self::#variant),)
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

fn imports(is_open: bool) -> BTreeSet<String> {
    let mut imports = vec!["serde::Deserialize", "serde::Serialize", "std::fmt"];
    if !is_open {
        imports.extend(["crate::runtime::UnknownValue", "std::str::FromStr"]);
    }
    imports.into_iter().map(str::to_owned).collect()
}

/// A variant for each value; those that would have the same name get a number.
fn variants(definition: &StringEnum) -> Vec<(Ident, String)> {
    let mut taken = BTreeSet::from(["Unknown".to_owned()]);
    let mut variants = Vec::new();
    for value in &definition.values {
        let name = names::free_name(&names::type_name(value), "", &mut taken);
        variants.push((format_ident!("{name}"), value.clone()));
    }
    variants
}
