//! The operation as the emitters of its files see it.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, Type as RustType, parse_quote};

use super::errors::SharedErrors;
use super::items::{self, Items};
use super::{Context, body, headers, names_types, namespace, rust_type, success};
use crate::model::{Bounds, Namespace, Operation, Parameter};

/// Everything that the emission of one operation needs.
pub(super) struct Subject<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) namespace: &'a Namespace,
    pub(super) operation: &'a Operation,
    /// The fields of the request, in order.
    pub(super) fields: Vec<RequestField<'a>>,
    /// The type whose methods begin requests.
    pub(super) owner: Ident,
    /// The module of the namespace.
    pub(super) module: &'a str,
    /// How a caller comes by that type, as in `client.actions()`.
    pub(super) receiver: String,
    /// The success type of `send`.
    pub(super) success: RustType,
    /// How that gives its items, where it is one page of a list.
    pub(super) items: Option<Items>,
    /// The errors that operations of the namespace share.
    pub(super) errors: &'a SharedErrors<'a>,
}

/// A field of a request: a parameter or the body.
pub(super) struct RequestField<'a> {
    pub(super) ident: Ident,
    pub(super) type_: RustType,
    /// Whether arguments are converted into the type.
    pub(super) is_converted: bool,
    /// The imports of the type.
    pub(super) imports: Vec<&'static str>,
    /// The parameter; none for the body.
    pub(super) parameter: Option<&'a Parameter>,
    pub(super) required: bool,
    pub(super) description: Option<&'a str>,
    pub(super) deprecated: bool,
}

impl<'a> RequestField<'a> {
    fn of_parameter(context: &'a Context<'a>, parameter: &'a Parameter) -> Self {
        let types = &context.api.types;
        Self {
            ident: format_ident!("{}", parameter.field),
            type_: rust_type::outside(types, &parameter.type_),
            is_converted: rust_type::is_converted(types, &parameter.type_),
            imports: rust_type::imports(&parameter.type_),
            parameter: Some(parameter),
            required: parameter.required,
            description: parameter.description.as_deref(),
            deprecated: parameter.deprecated,
        }
    }

    /// Whether the method takes it as an argument.
    pub(super) fn is_argument(&self) -> bool {
        self.required && self.only_value().is_none()
    }

    /// Values that are sent without the caller.
    pub(super) fn only_value(&self) -> Option<&'a str> {
        self.parameter?.only_value.as_deref()
    }

    pub(super) fn bounds(&self) -> Bounds {
        self.parameter
            .map_or(Bounds::default(), |parameter| parameter.bounds)
    }

    pub(super) fn example(&self) -> Option<&'a serde_json::Value> {
        self.parameter?.example.as_ref()
    }

    /// The type of an argument for it.
    pub(super) fn argument_type(&self) -> TokenStream {
        let type_ = &self.type_;
        if self.is_converted {
            quote!(impl Into<#type_>)
        } else {
            quote!(#type_)
        }
    }
}

impl<'a> Subject<'a> {
    pub(super) fn new(
        context: &'a Context<'a>,
        namespace: &'a Namespace,
        operation: &'a Operation,
        errors: &'a SharedErrors<'a>,
    ) -> Self {
        let receiver = match &namespace.name {
            Some(name) => format!("client.{name}()"),
            None => "client".to_owned(),
        };
        let parameters = operation.parameters.iter();
        let mut fields: Vec<_> = parameters
            .map(|parameter| RequestField::of_parameter(context, parameter))
            .collect();
        if let Some(body) = &operation.body {
            fields.push(RequestField {
                ident: format_ident!("body"),
                type_: body::type_of(context, body),
                is_converted: body::is_converted(context, body),
                imports: body::imports(body),
                parameter: None,
                required: body.required,
                description: body.description.as_deref(),
                deprecated: false,
            });
        }
        Self {
            fields,
            items: items::of(context, operation),
            success: success::type_of(context, &operation.success),
            owner: namespace::type_ident(namespace),
            module: namespace::module(namespace),
            receiver,
            context,
            namespace,
            operation,
            errors,
        }
    }

    /// The imports of the types in the file.
    pub(super) fn type_imports(&self) -> BTreeSet<String> {
        let mut imports: BTreeSet<_> = self
            .fields
            .iter()
            .flat_map(|field| &field.imports)
            .chain(self.items.iter().flat_map(|items| &items.imports))
            .map(|path| (*path).to_owned())
            .collect();
        imports.extend(success::imports(self.operation));
        imports.extend(body::part_imports(self.operation));
        imports.extend(headers::imports(self.operation));
        let fields = self.fields.iter().map(|field| &field.type_);
        let mut types = fields
            .chain([&self.success])
            .chain(self.items.as_ref().map(|items| &items.type_));
        let headers = self.operation.success.headers.iter();
        let mut others = success::variant_types(self.context, self.operation)
            .chain(body::variant_types(self.context, self.operation))
            .chain(headers.map(|header| self.header_type(header)));
        if types.any(names_types) || others.any(|type_| names_types(&type_)) {
            imports.insert("crate::generated::types".to_owned());
        }
        imports
    }
}

/// `()`.
pub(super) fn unit() -> RustType {
    parse_quote!(())
}
