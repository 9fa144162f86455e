//! One file for each operation: the method that begins a request, and the request.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{ImplItemFn, Item, ItemStruct, parse_quote};

use super::docs::Docs;
use super::subject::{RequestField, Subject};
use super::{Emitted, decode, implementation, request};

/// Emits the file of one operation.
pub(super) fn emit_operation(subject: &Subject<'_>) -> Emitted {
    let operation = subject.operation;
    let mut items = vec![
        subject.expand_method(),
        subject.expand_request(),
        subject.expand_implementation(),
    ];
    let others = operation.success.representations.iter();
    items.extend(others.flat_map(|other| subject.expand_representation(other)));
    items.extend([subject.expand_into_future(), subject.expand_trait()]);
    items.extend(subject.expand_items());
    items.extend(subject.expand_body_types());
    items.extend(subject.expand_choice());
    items.extend(subject.expand_headers());
    Emitted {
        path: format!("{}/{}.rs", subject.module, operation.module),
        emitter: "generator/src/emit/operation.rs",
        docs: Vec::new(),
        imports: subject.imports(),
        items,
    }
}

impl Subject<'_> {
    fn imports(&self) -> BTreeSet<String> {
        let owner = &self.owner;
        let runtime = [
            "Answer",
            "Error",
            "Operation",
            "Request",
            "Response",
            "Security",
            "Session",
        ];
        let mut imports = BTreeSet::from(["reqwest::RequestBuilder".to_owned()]);
        imports.extend(runtime.map(|name| format!("crate::runtime::{name}")));
        imports.insert(format!("super::{owner}"));
        imports.extend(self.type_imports());
        imports.extend(request::imports(self));
        if !self.operation.success.representations.is_empty() {
            imports.insert("crate::runtime::accepting".to_owned());
        }
        imports.extend(self.sending_imports().into_iter().map(str::to_owned));
        imports
    }

    /// The runtime's description of the operation.
    fn expand_trait(&self) -> Item {
        let type_ = format_ident!("{}", self.operation.type_name);
        let (success, id) = (&self.success, &self.operation.id);
        let security = self.expand_security();
        let server = match &self.operation.server {
            Some(server) => quote!(Some(#server)),
            None => quote!(None),
        };
        let request = request::expand_request(self);
        let decode = decode::expand_decode(&self.context.api.types, self.operation);
        parse_quote! {
            impl Request for #type_ {
                type Output = #success;

                const OPERATION: &'static Operation = &Operation {
                    id: #id,
                    security: #security,
                    server: #server,
                };

                fn session(&self) -> &Session {
                    &self.session
                }

                fn request(&self) -> Result<RequestBuilder, Error> {
                    #request
                }

                #decode
            }
        }
    }

    /// The alternatives that the document has for signing the request.
    fn expand_security(&self) -> TokenStream {
        let Some(alternatives) = &self.operation.access.alternatives else {
            return quote!(Security::Unspecified);
        };
        let filled = alternatives.iter().filter(|schemes| !schemes.is_empty());
        let alternatives = filled.map(|schemes| {
            let schemes = schemes.iter();
            let schemes = schemes.map(|&scheme| self.context.api.schemes[scheme].setting());
            quote!(&[#(#schemes),*])
        });
        quote!(Security::Alternatives(&[#(#alternatives),*]))
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
                let type_ = field.argument_type();
                quote!(#ident: #type_)
            });
        let values = self.fields.iter().map(|field| {
            let ident = &field.ident;
            match field.only_value() {
                Some(value) => quote!(#ident: #value.to_owned()),
                None if !field.required => quote!(#ident: None),
                None if field.is_converted => quote!(#ident: #ident.into()),
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
            "A request of [`{}::{}`], which has an example.",
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
        implementation(&type_, methods)
    }

    fn expand_setter(&self, field: &RequestField<'_>) -> ImplItemFn {
        let ident = &field.ident;
        let argument = field.argument_type();
        let value = if field.is_converted {
            quote!(#ident.into())
        } else {
            quote!(#ident)
        };
        let value = if field.required {
            value
        } else {
            quote!(Some(#value))
        };
        let docs = self.setter_docs(field);
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
