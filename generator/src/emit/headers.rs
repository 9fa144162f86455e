//! The headers of a response that the document describes, with their types.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, Item, ItemStruct, Type as RustType, parse_quote};

use super::docs::{Docs, code_span};
use super::rust_type;
use super::subject::Subject;
use crate::model::{Operation, ResponseHeader};

/// The name of the struct of an operation's headers, if it has any.
pub(super) fn struct_name(operation: &Operation) -> Option<&str> {
    let success = &operation.success;
    (!success.headers.is_empty()).then_some(success.headers_name.as_str())
}

/// The imports of the struct.
pub(super) fn imports(operation: &Operation) -> BTreeSet<String> {
    let headers = &operation.success.headers;
    let mut imports: BTreeSet<_> = headers
        .iter()
        .flat_map(|header| rust_type::imports(&header.type_))
        .map(str::to_owned)
        .collect();
    if !headers.is_empty() {
        imports.insert("crate::runtime::response_header".to_owned());
    }
    imports
}

impl Subject<'_> {
    /// The struct of the headers, and the code that reads them.
    pub(super) fn expand_headers(&self) -> Vec<Item> {
        let Some(name) = struct_name(self.operation) else {
            return Vec::new();
        };
        let type_ = format_ident!("{name}");
        vec![
            self.expand_header_struct(&type_),
            self.expand_header_reader(&type_),
        ]
    }

    fn expand_header_struct(&self, type_: &Ident) -> Item {
        let headers = &self.operation.success.headers;
        let fields = headers.iter().map(|header| {
            let (field, type_) = (format_ident!("{}", header.field), self.header_type(header));
            quote!(pub #field: Option<#type_>,)
        });
        let mut types = headers.iter().map(|header| &header.type_);
        let eq = types
            .all(|type_| self.context.is_exact(type_))
            .then(|| quote!(, Eq));
        let mut item: ItemStruct = parse_quote! {
            #[derive(Clone, Debug, Default #eq, PartialEq)]
            #[non_exhaustive]
            pub struct #type_ {
                #(#fields)*
            }
        };
        let docs = Docs::default().text(&format!(
            "The headers of what [`{}::{}`] gives. One that is absent, or is not of its type, is \
             `None`; [`Response::headers`] has all of them as text.",
            self.owner, self.operation.name
        ));
        docs.describe(&mut item.attrs);
        for (field, header) in item.fields.iter_mut().zip(headers) {
            let description = header.description.clone();
            let docs = description.unwrap_or_else(|| format!("{}.", code_span(&header.name)));
            Docs::new(&docs).describe(&mut field.attrs);
        }
        Item::Struct(item)
    }

    fn expand_header_reader(&self, type_: &Ident) -> Item {
        let headers = self.operation.success.headers.iter();
        let values: Vec<TokenStream> = headers
            .map(|header| {
                let (field, name) = (format_ident!("{}", header.field), &header.name);
                quote!(#field: response_header(headers, #name))
            })
            .collect();
        parse_quote! {
            impl #type_ {
                /// Reads the headers of a response.
                pub fn of<T>(response: &Response<T>) -> Self {
                    let headers = response.headers();
                    Self { #(#values),* }
                }
            }
        }
    }

    /// The type of a header's value.
    pub(super) fn header_type(&self, header: &ResponseHeader) -> RustType {
        rust_type::outside(&self.context.api.types, &header.type_)
    }
}
