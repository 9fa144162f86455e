//! One module for each namespace.

use std::collections::BTreeSet;

use quote::{format_ident, quote};
use syn::{Ident, Item, ItemStruct, parse_quote};

use super::docs::{Docs, code_span, in_cell, sentence};
use super::errors::SharedErrors;
use super::{Emitted, access, headers};
use crate::model::{BodyKind, Namespace, Operation};

/// The module of operations that are in no namespace.
pub(super) const ROOT: &str = "operations";

/// The namespace's module.
pub(crate) fn module(namespace: &Namespace) -> &str {
    namespace.name.as_deref().unwrap_or(ROOT)
}

/// The type whose methods begin the namespace's requests.
pub(super) fn type_ident(namespace: &Namespace) -> Ident {
    format_ident!("{}", namespace.type_name)
}

/// Emits the module of a namespace.
pub(super) fn emit_namespace(namespace: &Namespace, errors: &SharedErrors<'_>) -> Emitted {
    let type_ = type_ident(namespace);
    let modules = namespace.operations.iter().map(|operation| {
        let module = format_ident!("{}", operation.module);
        quote!(mod #module;)
    });
    let exports = namespace.operations.iter().map(|operation| {
        let module = format_ident!("{}", operation.module);
        let mut names: Vec<_> = exported(operation)
            .map(|name| format_ident!("{name}"))
            .collect();
        names.sort();
        match names.as_slice() {
            [only] => quote!(pub use #module::#only;),
            names => quote!(pub use #module::{#(#names),*};),
        }
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
        docs: errors.describe(docs(namespace)).of_module(),
        imports: BTreeSet::from([import.to_owned()]),
        items,
    }
}

/// The types of an operation's file.
pub(super) fn exported(operation: &Operation) -> impl Iterator<Item = &str> {
    let body = operation.body.as_ref();
    let choice = body
        .filter(|body| body.contents.len() > 1)
        .map(|body| body.choice.as_str());
    let forms = body.into_iter().flat_map(|body| &body.contents);
    let forms = forms.filter_map(|content| match &content.kind {
        BodyKind::Multipart(multipart) => Some(multipart.type_name.as_str()),
        _ => None,
    });
    let success = &operation.success;
    let success = success.is_choice().then_some(success.choice.as_str());
    std::iter::once(operation.type_name.as_str())
        .chain(choice)
        .chain(forms)
        .chain(success)
        .chain(headers::struct_name(operation))
}

fn definition(name: &str, type_: &Ident) -> Item {
    let docs = Docs::default().text(&format!(
        "The operations of the namespace `{name}`: see [`Client::{name}`](crate::Client::{name})."
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
    let rows = namespace.operations.iter().map(|operation| {
        let method = operation.method.to_uppercase();
        let request = code_span(&format!("{method} {}", operation.path));
        let link = format!("[`{type_}::{}`]", operation.name);
        let permissions = in_cell(&access::in_one_line(&operation.access));
        [link, in_cell(&request), permissions]
    });
    let rows: Vec<_> = rows.collect();
    let has_permissions = rows.iter().any(|[.., permissions]| !permissions.is_empty());
    let columns = if has_permissions { 3 } else { 2 };
    let heads = ["operation", "request", "permissions"].map(str::to_owned);
    let table = [heads, ["---"; 3].map(str::to_owned)];
    let table = table.into_iter().chain(rows);
    docs.lines(table.map(|row| format!("| {} |", row[..columns].join(" | "))))
}
