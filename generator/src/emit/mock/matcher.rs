//! The methods by which a test expects something of a request.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{ImplItemFn, parse_quote};

use crate::emit::docs::{Docs, code_span};
use crate::emit::subject::{RequestField, Subject};
use crate::emit::{body, request};
use crate::model::{
    Body, BodyKind, Encoding, Parameter, ParameterLocation, Shape, Style, Type, TypeRef, Types,
};
use crate::names;

/// All methods of an operation. Those that are of no field give way to those that are.
pub(super) fn expand_all(subject: &Subject<'_>) -> Vec<ImplItemFn> {
    let fields = subject.fields.iter();
    let mut taken: BTreeSet<_> = fields.map(|field| field.ident.to_string()).collect();
    let mut free = |wish: String| names::free_name(&wish, "_", &mut taken);
    let mut matchers = Vec::new();
    for field in &subject.fields {
        matchers.push(expand_value(subject, field));
        if can_be_missing(&subject.context.api.types, field) {
            let ident = field.ident.to_string();
            let name = free(format!("{}_missing", ident.trim_end_matches('_')));
            matchers.push(expand_missing(field, &name));
        }
    }
    if let Some(body) = &subject.operation.body {
        if has(body, |kind| {
            matches!(kind, BodyKind::Text | BodyKind::Upload)
        }) {
            matchers.push(expand_body_contains(&free("body_contains".to_owned())));
        }
        if has(body, |kind| {
            matches!(kind, BodyKind::Multipart(_) | BodyKind::Parts)
        }) {
            matchers.push(expand_body_part(&free("body_part".to_owned())));
        }
    }
    matchers
}

fn has(body: &Body, kind: impl Fn(&BodyKind) -> bool) -> bool {
    body.contents.iter().any(|content| kind(&content.kind))
}

/// The method that expects a value of a field.
fn expand_value(subject: &Subject<'_>, field: &RequestField<'_>) -> ImplItemFn {
    let (ident, type_, argument) = (&field.ident, &field.type_, field.argument_type());
    let conversion = field
        .is_converted
        .then(|| quote!(let value: #type_ = value.into();));
    let (when, docs) = match (field.parameter, &subject.operation.body) {
        (Some(parameter), _) => {
            let docs = format!("Matches requests with this {}.", code_span(&parameter.name));
            (expand_parameter(subject, parameter), docs)
        }
        (None, body) => {
            let body = body.as_ref().expect("a field is a parameter or the body");
            (expand_body(body), body_docs(body).to_owned())
        }
    };
    let mut matcher: ImplItemFn = parse_quote! {
        #[track_caller]
        pub fn #ident(self, value: #argument) -> Self {
            #conversion
            Self(#when)
        }
    };
    Docs::default().text(&docs).describe(&mut matcher.attrs);
    matcher
}

fn expand_parameter(subject: &Subject<'_>, parameter: &Parameter) -> TokenStream {
    let name = &parameter.name;
    let value = quote!(&value);
    match parameter.location {
        ParameterLocation::Path => {
            let segment = request::expand_segment_of(subject, parameter, &value);
            quote!(self.0.path(#name, #segment))
        }
        ParameterLocation::Query => {
            let pairs = request::expand_pairs(parameter, &value);
            quote!(self.0.query(#name, Query::new().#pairs))
        }
        ParameterLocation::Header | ParameterLocation::Cookie => {
            let header = request::expand_header(parameter, &value);
            quote!(self.0.request(#name, |request| #header))
        }
    }
}

fn expand_body(body: &Body) -> TokenStream {
    let sent = body::expand_sent(body, &quote!(value), &quote!(&value));
    quote! {
        self.0.request("body", |request| {
            let request = #sent;
            Ok(request)
        })
    }
}

fn body_docs(body: &Body) -> &'static str {
    let may_be_read = has(body, |kind| {
        matches!(
            kind,
            BodyKind::Multipart(_) | BodyKind::Parts | BodyKind::Upload
        )
    });
    if may_be_read {
        "Matches requests with this body, which has no files and no streams but content in memory."
    } else {
        "Matches requests with this body."
    }
}

/// Whether requests may be without it, and it can be seen that they are.
fn can_be_missing(types: &Types, field: &RequestField<'_>) -> bool {
    let is_seen = field.parameter.is_none_or(|parameter| {
        let is_exploded = matches!(
            parameter.encoding,
            Encoding::Style {
                style: Style::Form,
                explode: true,
                ..
            }
        );
        // The properties of an object are then sent without its name.
        !is_exploded || !may_be_object(types, &parameter.type_)
    });
    is_seen && !field.required
}

fn may_be_object(types: &Types, type_: &TypeRef) -> bool {
    match &type_.type_ {
        Type::Any | Type::Map(_) => true,
        Type::Named(id) => match &types.get(*id).shape {
            Shape::Struct(_) | Shape::Union(_) => true,
            Shape::Newtype(inner) => may_be_object(types, inner),
            Shape::Enum(_) => false,
        },
        _ => false,
    }
}

/// The method that expects a field not to be sent.
fn expand_missing(field: &RequestField<'_>, method: &str) -> ImplItemFn {
    let method = format_ident!("{method}");
    let (name, place, docs) = match field.parameter {
        Some(parameter) => {
            let place = match parameter.location {
                ParameterLocation::Path => quote!(Path),
                ParameterLocation::Query => quote!(Query),
                ParameterLocation::Header => quote!(Header),
                ParameterLocation::Cookie => quote!(Cookie),
            };
            let docs = format!("Matches requests without {}.", code_span(&parameter.name));
            (parameter.name.as_str(), place, docs)
        }
        None => (
            "body",
            quote!(Body),
            "Matches requests without a body.".to_owned(),
        ),
    };
    let mut matcher: ImplItemFn = parse_quote! {
        pub fn #method(self) -> Self {
            Self(self.0.missing(#name, mock::Place::#place))
        }
    };
    Docs::default().text(&docs).describe(&mut matcher.attrs);
    matcher
}

fn expand_body_contains(method: &str) -> ImplItemFn {
    let method = format_ident!("{method}");
    parse_quote! {
        /// Matches requests whose body has these bytes somewhere.
        pub fn #method(self, bytes: impl Into<bytes::Bytes>) -> Self {
            Self(self.0.body_contains(bytes))
        }
    }
}

fn expand_body_part(method: &str) -> ImplItemFn {
    let method = format_ident!("{method}");
    parse_quote! {
        /// Matches requests whose body is a form with such a part of this name.
        pub fn #method(
            self,
            name: impl Into<String>,
            part: impl FnOnce(mock::PartMatcher) -> mock::PartMatcher,
        ) -> Self {
            Self(self.0.body_part(name, part))
        }
    }
}
