//! One module for each namespace.

use std::collections::BTreeSet;

use quote::{format_ident, quote};
use syn::{Ident, Item, ItemStruct, parse_quote};

use super::Emitted;
use super::docs::{Docs, sentence};
use crate::model::Namespace;
use crate::names;

/// The module of operations that are in no namespace.
const ROOT: &str = "operations";

/// The namespace's module.
pub(super) fn module(namespace: &Namespace) -> &str {
    namespace.name.as_deref().unwrap_or(ROOT)
}

/// The type whose methods begin the namespace's requests.
pub(super) fn type_ident(namespace: &Namespace) -> Ident {
    let name = namespace.name.as_deref().map(names::namespace_type_name);
    format_ident!("{}", name.as_deref().unwrap_or("Client"))
}

/// Emits the module of a namespace.
pub(super) fn emit_namespace(namespace: &Namespace) -> Emitted {
    let type_ = type_ident(namespace);
    let modules = namespace.operations.iter().map(|operation| {
        let module = format_ident!("{}", operation.module);
        quote!(mod #module;)
    });
    let exports = namespace.operations.iter().map(|operation| {
        let module = format_ident!("{}", operation.module);
        let request = format_ident!("{}", operation.type_name);
        quote!(pub use #module::#request;)
    });
    let file: syn::File = parse_quote!(#(#modules)* #(#exports)*);
    let mut items = file.items;
    items.extend(namespace.name.as_ref().map(|name| definition(name, &type_)));
    let import = match &namespace.name {
        Some(_) => "crate::runtime::Session",
        None => "crate::generated::client::Client",
    };
    Emitted {
        path: format!("{}/mod.rs", module(namespace)),
        emitter: "generator/src/emit/namespace.rs",
        docs: docs(namespace).of_module(),
        imports: BTreeSet::from([import.to_owned()]),
        items,
    }
}

fn definition(name: &str, type_: &Ident) -> Item {
    let docs = Docs::default().text(&format!(
        "The operations of the namespace `{name}`, as [`Client::{name}`](crate::Client::{name}) \
         gives them."
    ));
    let mut definition: ItemStruct = parse_quote! {
        #[derive(Clone, Debug)]
        pub struct #type_ {
            pub(super) session: Session,
        }
    };
    docs.describe(&mut definition.attrs);
    Item::Struct(definition)
}

fn docs(namespace: &Namespace) -> Docs {
    let docs = match (&namespace.description, &namespace.name) {
        (Some(description), _) => Docs::new(&sentence(description)),
        (None, Some(name)) => Docs::new(&format!("The operations of the namespace `{name}`.")),
        (None, None) => Docs::new("The operations that are in no namespace."),
    };
    let type_ = type_ident(namespace);
    let mut table = vec![
        "| operation | request |".to_owned(),
        "| --- | --- |".to_owned(),
    ];
    table.extend(namespace.operations.iter().map(|operation| {
        let method = operation.method.to_uppercase();
        format!(
            "| [`{type_}::{}`] | `{method} {}` |",
            operation.name, operation.path
        )
    }));
    docs.lines(table)
}
