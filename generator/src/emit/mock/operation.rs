//! One file for each operation: the method that expects requests of it, and what they can be expected to
//! have.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{ImplItemFn, Item, ItemStruct, parse_quote};

use crate::emit::docs::{Docs, code_span};
use crate::emit::subject::{RequestField, Subject};
use crate::emit::{Emitted, body, implementation, names_types, namespace, request};
use crate::model::{Body, BodyKind, Parameter, ParameterLocation};
use crate::names;

/// Emits the file of one operation.
pub(in crate::emit) fn emit_operation(subject: &Subject<'_>) -> Emitted {
    let type_ = format_ident!("{}", subject.operation.type_name);
    let fields: Vec<_> = subject
        .fields
        .iter()
        .filter(|field| is_expected(subject, field))
        .collect();
    let matchers: Vec<_> = fields
        .iter()
        .map(|field| expand_matcher(subject, field))
        .collect();
    let mut items = vec![expand_method(subject), expand_definition(subject)];
    if !matchers.is_empty() {
        items.push(implementation(&type_, matchers));
    }
    Emitted {
        path: format!("mock/{}/{}.rs", subject.module, subject.operation.module),
        emitter: "generator/src/emit/mock/operation.rs",
        docs: Vec::new(),
        imports: imports(subject, &fields, &items),
        items,
    }
}

/// Whether a test can expect a value of it: what is sent in parts has a boundary that nobody knows.
fn is_expected(subject: &Subject<'_>, field: &RequestField<'_>) -> bool {
    let Some(body) = body_of(subject, field) else {
        return true;
    };
    let mut contents = body.contents.iter();
    !contents.any(|content| {
        matches!(
            content.kind,
            BodyKind::Multipart(_) | BodyKind::Parts | BodyKind::Upload
        )
    })
}

/// The body, if the field is not a parameter.
fn body_of<'a>(subject: &Subject<'a>, field: &RequestField<'_>) -> Option<&'a Body> {
    match field.parameter {
        Some(_) => None,
        None => subject.operation.body.as_ref(),
    }
}

fn imports(
    subject: &Subject<'_>,
    fields: &[&RequestField<'_>],
    items: &[Item],
) -> BTreeSet<String> {
    let (owner, module) = (&subject.owner, subject.module);
    let mut imports = BTreeSet::from(["crate::runtime::mock".to_owned()]);
    imports.insert(match subject.module {
        namespace::ROOT => "crate::generated::Client".to_owned(),
        _ => format!("super::{owner}"),
    });
    let mut import = |paths: &[&'static str]| {
        imports.extend(paths.iter().map(|&path| path.to_owned()));
    };
    import(&super::success::imports(subject));
    for field in fields {
        import(&field.imports);
        if let Some(parameter) = field.parameter {
            import(request::parameter_imports(subject, parameter));
        }
    }
    let has_body = fields.iter().any(|field| field.parameter.is_none());
    if has_body && request::has_content_type(subject) {
        import(&["reqwest::header::CONTENT_TYPE"]);
    }
    let body = subject.operation.body.as_ref();
    if let Some(body) = body.filter(|body| has_body && body.contents.len() > 1) {
        imports.insert(format!("crate::generated::{module}::{}", body.choice));
    }
    if items.iter().any(names_types) {
        imports.insert("crate::generated::types".to_owned());
    }
    imports
}

/// The method that adds an expectation.
fn expand_method(subject: &Subject<'_>) -> Item {
    let operation = subject.operation;
    let owner = &subject.owner;
    let type_ = format_ident!("{}", operation.type_name);
    let (receiver, session, name) = match &subject.namespace.name {
        Some(_) => (quote!(#owner), quote!(self.session), operation.name.clone()),
        None => (
            quote!(mock::MockServer<Client>),
            quote!(self.session()),
            names::mock_method_name(&operation.name),
        ),
    };
    let name = format_ident!("{name}");
    let (id, method) = (&operation.id, operation.method.to_uppercase());
    let path = request::path_template(subject);
    let errors = operation.errors.iter().map(|error| &error.status);
    let expectation = super::success::expand_type(subject);
    let encode = super::success::expand_encode(subject);
    let convention = (operation.name == "new")
        .then(|| quote!(#[expect(clippy::new_ret_no_self, reason = "it is the operation's name")]));
    let mut expect: ImplItemFn = parse_quote! {
        #convention
        pub fn #name(&self, when: impl FnOnce(#type_) -> #type_) -> #expectation {
            let #type_(when) = when(#type_(#session.when()));
            let operation = &mock::MockOperation {
                id: #id,
                method: #method,
                path: #path,
                errors: &[#(#errors),*],
            };
            #session.expect(operation, when, #encode)
        }
    };
    let link = match &subject.namespace.name {
        Some(_) => format!("crate::{}::{owner}::{}", subject.module, operation.name),
        None => format!("crate::Client::{}", operation.name),
    };
    Docs::default()
        .text(&format!(
            "Expects requests of [`{}`]({link}).",
            operation.name
        ))
        .lines([code_span(&format!("{method} {}", operation.path))])
        .describe(&mut expect.attrs);
    implementation(&receiver, [expect])
}

/// What requests are expected to have.
fn expand_definition(subject: &Subject<'_>) -> Item {
    let type_ = format_ident!("{}", subject.operation.type_name);
    let link = format!("crate::{}::{type_}", subject.module);
    let mut definition: ItemStruct = parse_quote! {
        #[derive(Debug)]
        pub struct #type_(mock::When);
    };
    Docs::default()
        .text(&format!(
            "What a [`{type_}`]({link}) must have to fit: anything where it is not told."
        ))
        .describe(&mut definition.attrs);
    Item::Struct(definition)
}

/// The method that expects a value of a field.
fn expand_matcher(subject: &Subject<'_>, field: &RequestField<'_>) -> ImplItemFn {
    let (ident, type_, argument) = (&field.ident, &field.type_, field.argument_type());
    let conversion = field
        .is_converted
        .then(|| quote!(let value: #type_ = value.into();));
    let when = match field.parameter {
        Some(parameter) => Some(expand_parameter(subject, parameter)),
        None => expand_body(subject),
    };
    let docs = match field.parameter {
        Some(parameter) => format!("Fits requests with this {}.", code_span(&parameter.name)),
        None => "Fits requests with this body.".to_owned(),
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

fn expand_body(subject: &Subject<'_>) -> Option<TokenStream> {
    let body = subject.operation.body.as_ref()?;
    let sent = body::expand_sent(body, &quote!(value), &quote!(&value));
    Some(quote! {
        self.0.request("body", |request| {
            let request = #sent;
            Ok(request)
        })
    })
}
