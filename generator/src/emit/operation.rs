//! One file for each operation: the method that begins a request, and the request.

use std::collections::BTreeSet;

use quote::{ToTokens, format_ident, quote};
use syn::{ImplItemFn, Item, ItemStruct, parse_quote};

use super::docs::Docs;
use super::shorten::Shorten;
use super::subject::{FieldOf, Subject, argument_type, is_converted};
use super::{Context, Emitted, implementation, namespace, request};
use crate::engine::Failure;
use crate::model::{Namespace, Operation, Success};

/// Emits the file of one operation; `index` is its place among the lowered ones.
pub(super) fn emit_operation(
    context: &Context<'_>,
    namespace: &Namespace,
    operation: &Operation,
    index: usize,
) -> Result<Emitted, Failure> {
    let mut shorten = Shorten::default();
    let subject = Subject::new(context, namespace, operation, index, &mut shorten)?;
    let mut items = vec![
        subject.expand_constant(),
        subject.expand_method(),
        subject.expand_request(),
        subject.expand_implementation(),
    ];
    items.extend(subject.expand_download());
    items.push(subject.expand_decode()?);
    items.extend(subject.expand_items());
    let mut imports = subject.imports();
    imports.extend(shorten.into_imports()?);
    Ok(Emitted {
        path: format!("{}/{}.rs", namespace::module(namespace), operation.module),
        emitter: "generator/src/emit/operation.rs",
        docs: Vec::new(),
        imports,
        items,
    })
}

impl Subject<'_> {
    fn imports(&self) -> BTreeSet<String> {
        let owner = &self.owner;
        let mut imports = BTreeSet::from([
            "reqwest::RequestBuilder".to_owned(),
            "crate::runtime::Answer".to_owned(),
            "crate::runtime::Error".to_owned(),
            "crate::runtime::Operation".to_owned(),
            "crate::runtime::Response".to_owned(),
            "crate::runtime::Session".to_owned(),
            format!("super::{owner}"),
        ]);
        let types = self.fields.iter().map(|field| &field.type_);
        let uses_types = types
            .chain([&self.success])
            .any(|type_| type_.to_token_stream().to_string().contains("types ::"));
        if uses_types {
            imports.insert("crate::generated::types".to_owned());
        }
        if matches!(self.operation.success, Success::Redirect { .. }) {
            imports.insert("crate::runtime::Redirect".to_owned());
        }
        imports.extend(request::imports(self));
        imports.extend(self.sending_imports().into_iter().map(str::to_owned));
        imports.extend(self.download_imports().iter().map(|&path| path.to_owned()));
        imports
    }

    fn expand_constant(&self) -> Item {
        let id = &self.operation.id;
        parse_quote!(const OPERATION: Operation = Operation { id: #id };)
    }

    /// The method that begins the request.
    fn expand_method(&self) -> Item {
        let name = format_ident!("{}", self.operation.name);
        let type_ = format_ident!("{}", self.operation.type_name);
        let deprecated = self.operation.deprecated.then(|| quote!(#[deprecated]));
        let arguments = self
            .fields
            .iter()
            .filter(|field| field.is_argument())
            .map(|field| {
                let ident = &field.ident;
                let type_ = argument_type(&field.type_, self.context);
                quote!(#ident: #type_)
            });
        let values = self.fields.iter().map(|field| {
            let ident = &field.ident;
            match field.only_value {
                Some(value) => quote!(#ident: #value.to_owned()),
                None if !field.required => quote!(#ident: None),
                None if is_converted(&field.type_, self.context) => quote!(#ident: #ident.into()),
                None => quote!(#ident),
            }
        });
        let lint = (self
            .fields
            .iter()
            .filter(|field| field.is_argument())
            .count()
            > 6)
        .then(
            || quote!(#[expect(clippy::too_many_arguments, reason = "the API requires them all")]),
        );
        let convention = (self.operation.name == "new").then(
            || quote!(#[expect(clippy::new_ret_no_self, reason = "it is the operation's name")]),
        );
        let mut method: ImplItemFn = parse_quote! {
            #deprecated
            #lint
            #convention
            pub fn #name(&self, #(#arguments),*) -> #type_ {
                #type_ { session: self.session.clone(), #(#values),* }
            }
        };
        self.method_docs().describe(&mut method.attrs);
        implementation(&self.owner, [method])
    }

    /// The request's type.
    fn expand_request(&self) -> Item {
        let type_ = format_ident!("{}", self.operation.type_name);
        let docs = Docs::default().text(&format!(
            "The request of [`{}::{}`].",
            self.owner, self.operation.name
        ));
        let fields = self.fields.iter().map(|field| {
            let (ident, type_) = (&field.ident, &field.type_);
            if field.required {
                quote!(#ident: #type_)
            } else {
                quote!(#ident: Option<#type_>)
            }
        });
        let mut request: ItemStruct = parse_quote! {
            #[derive(Clone, Debug)]
            #[must_use = "a request does nothing until it is sent"]
            pub struct #type_ {
                session: Session,
                #(#fields,)*
            }
        };
        docs.describe(&mut request.attrs);
        Item::Struct(request)
    }

    /// The request's methods.
    fn expand_implementation(&self) -> Item {
        let type_ = format_ident!("{}", self.operation.type_name);
        let setters = self.fields.iter().filter(|field| !field.is_argument());
        let mut methods: Vec<_> = setters.map(|field| self.expand_setter(field)).collect();
        methods.extend(self.expand_sending());
        let request = request::expand_request(self);
        methods.push(parse_quote! {
            fn request(&self) -> Result<RequestBuilder, Error> {
                #request
            }
        });
        implementation(&type_, methods)
    }

    fn expand_setter(&self, field: &FieldOf<'_>) -> ImplItemFn {
        let ident = &field.ident;
        let argument = argument_type(&field.type_, self.context);
        let value = if is_converted(&field.type_, self.context) {
            quote!(#ident.into())
        } else {
            quote!(#ident)
        };
        let value = if field.required {
            value
        } else {
            quote!(Some(#value))
        };
        let mut docs = Docs::new(field.description.unwrap_or("A parameter of the API."));
        docs = docs.lines(request::limits(field));
        let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
        let mut setter: ImplItemFn = parse_quote! {
            #deprecated
            pub fn #ident(mut self, #ident: #argument) -> Self {
                self.#ident = #value;
                self
            }
        };
        docs.describe(&mut setter.attrs);
        setter
    }
}
