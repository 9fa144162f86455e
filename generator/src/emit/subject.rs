//! What the emitters of an operation's file know of it.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::visit_mut::VisitMut;
use syn::{Ident, Type, parse_quote};

use super::items::{self, Items};
use super::shorten::Shorten;
use super::{Context, namespace};
use crate::engine::{Failure, Wire};
use crate::model::{Bounds, Namespace, Operation, Success};

/// Everything that the emission of one operation needs.
pub(super) struct Subject<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) operation: &'a Operation,
    pub(super) wire: &'a Wire,
    /// What the request holds, in the order of its fields.
    pub(super) fields: Vec<FieldOf<'a>>,
    /// The type whose methods begin requests.
    pub(super) owner: Ident,
    /// How a caller comes by that type, as in `client.actions()`.
    pub(super) receiver: String,
    /// The type of what `send` returns when all is well.
    pub(super) success: Type,
    /// How that gives its items, where it is one page of a list.
    pub(super) items: Option<Items>,
    /// The Rust types of the errors' bodies.
    pub(super) error_types: &'a [Option<String>],
}

/// A field of a request: a parameter or the body.
pub(super) struct FieldOf<'a> {
    pub(super) ident: Ident,
    pub(super) type_: Type,
    pub(super) required: bool,
    /// What is sent for the caller.
    pub(super) only_value: Option<&'a str>,
    pub(super) description: Option<&'a str>,
    pub(super) deprecated: bool,
    pub(super) default: Option<String>,
    pub(super) bounds: Bounds,
    pub(super) example: Option<&'a serde_json::Value>,
}

impl FieldOf<'_> {
    /// Whether the method takes it as an argument.
    pub(super) fn is_argument(&self) -> bool {
        self.required && self.only_value.is_none()
    }
}

impl<'a> Subject<'a> {
    pub(super) fn new(
        context: &'a Context<'a>,
        namespace: &Namespace,
        operation: &'a Operation,
        index: usize,
        shorten: &mut Shorten,
    ) -> Result<Self, Failure> {
        let wire = &context.engine.operations[index];
        let success = success_type(operation, wire, shorten);
        let receiver = match &namespace.name {
            Some(name) => format!("client.{name}()"),
            None => "client".to_owned(),
        };
        Ok(Self {
            fields: fields(operation, wire, shorten),
            items: items::of(context, operation, &success, shorten)?,
            success,
            owner: namespace::type_ident(namespace),
            error_types: &context.lowered.error_types[index],
            receiver,
            context,
            operation,
            wire,
        })
    }
}

/// What `send` returns when all is well.
fn success_type(operation: &Operation, wire: &Wire, shorten: &mut Shorten) -> Type {
    let mut success = match &operation.success {
        Success::Redirect { .. } => parse_quote!(Redirect),
        Success::Json { .. } | Success::Empty { .. } => wire.success.clone(),
    };
    shorten.visit_type_mut(&mut success);
    if matches!(&operation.success, Success::Json { empty, .. } if !empty.is_empty()) {
        success = parse_quote!(Option<#success>);
    }
    success
}

fn fields<'a>(operation: &'a Operation, wire: &Wire, shorten: &mut Shorten) -> Vec<FieldOf<'a>> {
    let mut owned = |type_: &Type| {
        let mut type_ = type_.clone();
        shorten.visit_type_mut(&mut type_);
        type_
    };
    let mut fields: Vec<_> = operation
        .parameters
        .iter()
        .zip(&wire.parameters)
        .map(|(parameter, type_)| FieldOf {
            ident: format_ident!("{}", parameter.field),
            type_: owned(type_),
            required: parameter.required,
            only_value: parameter.only_value.as_deref(),
            description: parameter.description.as_deref(),
            deprecated: parameter.deprecated,
            default: parameter.default.as_ref().map(text),
            bounds: parameter.bounds,
            example: parameter.example.as_ref(),
        })
        .collect();
    if let (Some(body), Some(argument)) = (&operation.body, &wire.body) {
        fields.push(FieldOf {
            ident: format_ident!("body"),
            type_: owned(&argument.type_),
            required: body.required,
            only_value: None,
            description: body.description.as_deref(),
            deprecated: false,
            default: None,
            bounds: Bounds::default(),
            example: None,
        });
    }
    fields
}

/// A JSON value as a person writes it.
fn text(value: &serde_json::Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Whether an argument is converted into the field's type: text, and types of one scalar.
pub(super) fn is_converted(type_: &Type, context: &Context<'_>) -> bool {
    let text = type_.to_token_stream().to_string();
    match text.strip_prefix("types :: ") {
        Some(name) => !context.lowered.enums.contains_key(name),
        None => text == "String" || text.starts_with("Vec <"),
    }
}

pub(super) fn argument_type(type_: &Type, context: &Context<'_>) -> TokenStream {
    if is_converted(type_, context) {
        quote!(impl Into<#type_>)
    } else {
        quote!(#type_)
    }
}
