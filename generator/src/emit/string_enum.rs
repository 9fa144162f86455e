//! Enumerations of strings.
//!
//! typify's can't hold a value that the document does not know, and it gives up on values that
//! differ in their signs alone.

use std::collections::BTreeSet;

use quote::{format_ident, quote};
use syn::parse_quote;

use super::Emitted;
use super::docs::Docs;
use crate::lower::StringEnum;
use crate::names;

/// Emits an enumeration. An open one, which a server sends, survives values not known yet.
pub(super) fn emit_string_enum(name: &str, definition: &StringEnum, is_open: bool) -> Emitted {
    let type_ = format_ident!("{name}");
    let docs = Docs::new(&definition.docs).attributes();
    let variants = variants(definition);
    let default = definition
        .default
        .as_ref()
        .filter(|default| definition.values.contains(default));
    let declared = variants.iter().map(|(variant, value)| {
        let docs = match value.as_str() {
            "" => Docs::new("The empty string."),
            value => Docs::new(&format!("`{value}`.")),
        };
        let docs = docs.attributes();
        let is_default = (default == Some(value)).then(|| quote!(#[default]));
        quote!(#docs #is_default #[serde(rename = #value)] #variant,)
    });
    let unknown = is_open.then(|| {
        quote! {
            /// A value that was not known when this code was emitted.
            #[serde(untagged)]
            Unknown(String),
        }
    });
    let derived_default = default.map(|_| quote!(Default,));
    let copy = (!is_open).then(|| quote!(Copy,));
    let written = variants
        .iter()
        .map(|(variant, value)| quote!(Self::#variant => #value,));
    let written_unknown = is_open.then(|| quote!(Self::Unknown(value) => value,));
    let parsed = variants.iter().map(|(variant, value)| {
        if is_open {
            quote!(#value => Self::#variant,)
        } else {
            quote!(#value => Ok(Self::#variant),)
        }
    });
    let receiver = if is_open { quote!(&self) } else { quote!(self) };
    let text = if is_open {
        quote!(&str)
    } else {
        quote!(&'static str)
    };
    let conversion = if is_open {
        quote! {
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
        quote! {
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
    };
    let file: syn::File = parse_quote! {
        #docs
        #[derive(Clone, #copy Debug, #derived_default Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
        #[non_exhaustive]
        pub enum #type_ {
            #(#declared)*
            #unknown
        }

        impl #type_ {
            /// The value as it is sent.
            pub fn as_str(#receiver) -> #text {
                match self {
                    #(#written)*
                    #written_unknown
                }
            }
        }

        impl fmt::Display for #type_ {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        #conversion
    };
    Emitted {
        path: String::new(),
        emitter: "generator/src/emit/string_enum.rs",
        docs: Vec::new(),
        imports: imports(is_open),
        items: file.items,
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
fn variants(definition: &StringEnum) -> Vec<(syn::Ident, String)> {
    let mut taken = BTreeSet::from(["Unknown".to_owned()]);
    let mut variants = Vec::new();
    for value in &definition.values {
        let name = names::free_name(&names::type_name(value), "", &mut taken);
        variants.push((format_ident!("{name}"), value.clone()));
    }
    variants
}
