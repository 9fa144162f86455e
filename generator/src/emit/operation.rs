//! One file for each operation: the method that begins a request, and the request.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::visit_mut::VisitMut;
use syn::{Ident, Type, parse_quote};

use super::docs::{Docs, in_one_line, sentence};
use super::shorten::Shorten;
use super::{Context, Emitted, access, namespace, request, sample};
use crate::engine::{Decode, Failure, Wire};
use crate::model::{Bounds, Namespace, Operation, Paging, Success};

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
    success: Type,
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

pub(super) fn emit_operation(
    context: &Context<'_>,
    namespace: &Namespace,
    operation: &Operation,
    index: usize,
) -> Result<Emitted, Failure> {
    let mut shorten = Shorten::new(context.own);
    let subject = Subject::new(context, namespace, operation, index, &mut shorten);
    let decode = subject.expand_decode()?;
    let parts = [
        subject.expand_constant(),
        subject.expand_method(),
        subject.expand_request(),
        subject.expand_setters_and_sending(),
        decode,
    ];
    let file: syn::File = parse_quote!(#(#parts)*);
    let mut imports = subject.imports();
    imports.extend(shorten.imports);
    Ok(Emitted {
        path: format!("{}/{}.rs", namespace::module(namespace), operation.name),
        emitter: "generator/src/emit/operation.rs",
        docs: Vec::new(),
        imports,
        items: file.items,
    })
}

impl<'a> Subject<'a> {
    fn new(
        context: &'a Context<'a>,
        namespace: &Namespace,
        operation: &'a Operation,
        index: usize,
        shorten: &mut Shorten<'_>,
    ) -> Self {
        let wire = &context.engine.operations[index];
        let receiver = match &namespace.name {
            Some(name) => format!("client.{name}()"),
            None => "client".to_owned(),
        };
        Self {
            fields: fields(operation, wire, shorten),
            success: success_type(operation, wire, shorten),
            owner: namespace::type_ident(namespace),
            error_types: &context.lowered.error_types[index],
            receiver,
            context,
            operation,
            wire,
        }
    }

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
        imports
    }

    fn expand_constant(&self) -> TokenStream {
        let id = &self.operation.id;
        quote!(const OPERATION: Operation = Operation { id: #id };)
    }

    /// The method that begins the request.
    fn expand_method(&self) -> TokenStream {
        let owner = &self.owner;
        let name = format_ident!("{}", self.operation.name);
        let type_ = format_ident!("{}", self.operation.type_name);
        let docs = self.method_docs().attributes();
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
        quote! {
            impl #owner {
                #docs
                #deprecated
                #lint
                pub fn #name(&self, #(#arguments),*) -> #type_ {
                    #type_ { session: self.session.clone(), #(#values),* }
                }
            }
        }
    }

    fn method_docs(&self) -> Docs {
        let operation = self.operation;
        let mut docs = Docs::default();
        if let Some(summary) = &operation.summary {
            docs = docs.markdown(&sentence(summary));
        }
        if let Some(description) = &operation.description {
            docs = docs.markdown(description);
        }
        let method = operation.method.to_uppercase();
        let mut request = vec![format!("`{method} {}`", operation.path)];
        if let Some(reference) = &operation.reference {
            request.push(format!("([reference]({reference}))"));
        }
        docs.lines(request)
            .section("Arguments", self.argument_docs())
            .section("Permissions", access::docs(&operation.access))
            .section("Examples", sample::docs(self))
    }

    fn argument_docs(&self) -> Vec<String> {
        let arguments = self.fields.iter().filter(|field| field.is_argument());
        let items = arguments.map(|field| match field.description {
            Some(description) => format!("- `{}`: {}", field.ident, in_one_line(description)),
            None => format!("- `{}`", field.ident),
        });
        let items: Vec<_> = items.collect();
        Docs::new(&items.join("\n")).into_lines()
    }

    /// The request's type.
    fn expand_request(&self) -> TokenStream {
        let type_ = format_ident!("{}", self.operation.type_name);
        let docs = Docs::default().text(&format!(
            "The request of [`{}::{}`].",
            self.owner, self.operation.name
        ));
        let docs = docs.attributes();
        let fields = self.fields.iter().map(|field| {
            let (ident, type_) = (&field.ident, &field.type_);
            if field.required {
                quote!(#ident: #type_)
            } else {
                quote!(#ident: Option<#type_>)
            }
        });
        quote! {
            #docs
            #[derive(Clone, Debug)]
            #[must_use = "a request does nothing until it is sent"]
            pub struct #type_ {
                session: Session,
                #(#fields,)*
            }
        }
    }

    fn expand_setters_and_sending(&self) -> TokenStream {
        let type_ = format_ident!("{}", self.operation.type_name);
        let setters = self.fields.iter().filter(|field| !field.is_argument());
        let setters = setters.map(|field| self.expand_setter(field));
        let docs = self.send_docs().attributes();
        let success = &self.success;
        let request = request::expand_request(self);
        quote! {
            impl #type_ {
                #(#setters)*

                #docs
                pub async fn send(self) -> Result<Response<#success>, Error> {
                    let answer = self.session.execute(&OPERATION, self.request()?).await?;
                    decode(answer).await
                }

                fn request(&self) -> Result<RequestBuilder, Error> {
                    #request
                }
            }
        }
    }

    fn expand_setter(&self, field: &FieldOf<'_>) -> TokenStream {
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
        let mut docs = Docs::new(
            field
                .description
                .unwrap_or("Not described by the document."),
        );
        docs = docs.lines(request::limits(field));
        let docs = docs.attributes();
        let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
        quote! {
            #docs
            #deprecated
            pub fn #ident(mut self, #ident: #argument) -> Self {
                self.#ident = #value;
                self
            }
        }
    }

    fn send_docs(&self) -> Docs {
        let docs = Docs::new("Sends the request.");
        let description = match &self.operation.success {
            Success::Json { description, .. } | Success::Empty { description, .. } => description,
            Success::Redirect { description, .. } => description,
        };
        let mut docs = docs.markdown(description);
        if let Success::Redirect {
            location: Some(location),
            ..
        } = &self.operation.success
        {
            docs = docs.markdown(location);
        }
        if let Some(Paging::Property(items)) = &self.operation.paging {
            docs = docs.markdown(&format!("The items of the page are in `{items}`."));
        }
        docs.section("Errors", self.error_docs())
    }

    fn error_docs(&self) -> Vec<String> {
        if self.operation.errors.is_empty() {
            return vec!["What [`Error`] tells of every request.".to_owned()];
        }
        let mut lines = vec![
            "Beside what [`Error`] tells of every request, the API answers:".to_owned(),
            String::new(),
            "| status | meaning |".to_owned(),
            "| --- | --- |".to_owned(),
        ];
        for error in &self.operation.errors {
            let meaning = in_one_line(&error.description).replace('|', "\\|");
            lines.push(format!("| {} | {meaning} |", error.status));
        }
        let bodies: BTreeSet<_> = self.error_types.iter().flatten().collect();
        let links: Vec<_> = bodies.iter().filter_map(|body| link(body)).collect();
        if !links.is_empty() {
            lines.push(String::new());
            lines.push(format!(
                "[`Error::decode_body`] gives their bodies: {}.",
                links.join(", ")
            ));
        }
        lines
    }

    /// progenitor's arms; where it knows of no success, a redirect is one.
    fn expand_decode(&self) -> Result<TokenStream, Failure> {
        let success = &self.success;
        let mut arms = Vec::new();
        for (pattern, decode) in &self.wire.arms {
            let (pattern, body) = match (decode, &self.operation.success) {
                (Decode::Json, Success::Json { empty, .. }) if !empty.is_empty() => {
                    (pattern, quote!(answer.some_json().await))
                }
                (Decode::Json, Success::Json { .. }) => (pattern, quote!(answer.json().await)),
                (Decode::Empty, Success::Empty { .. }) => (pattern, quote!(Ok(answer.empty()))),
                (Decode::Stream, Success::Redirect { status, .. }) => {
                    (status, quote!(answer.redirect()))
                }
                (Decode::Unexpected, _) => (pattern, quote!(Err(answer.into_error().await))),
                _ => {
                    let message = format!("`{}` is read as {decode:?}", self.operation.id);
                    return Err(Failure::Surprise(message));
                }
            };
            let pattern = self::pattern(pattern)?;
            arms.push(quote!(#pattern => #body,));
        }
        // progenitor knows one kind of success; the statuses without a body come before its arms.
        if let Success::Json { empty, .. } = &self.operation.success {
            let statuses = empty
                .iter()
                .map(|status| pattern(status))
                .collect::<Result<Vec<_>, _>>()?;
            if !statuses.is_empty() {
                arms.insert(0, quote!(#(#statuses)|* => Ok(answer.none()),));
            }
        }
        Ok(quote! {
            async fn decode(answer: Answer) -> Result<Response<#success>, Error> {
                match answer.status() {
                    #(#arms)*
                }
            }
        })
    }
}

/// A status as a pattern: `200`, `2XX` or progenitor's `200..=299`.
fn pattern(status: &str) -> Result<TokenStream, Failure> {
    let status = match status.strip_suffix("XX") {
        Some(class) => format!("{class}00..={class}99"),
        None => status.to_owned(),
    };
    let tokens = status.parse();
    tokens.map_err(|_| Failure::Surprise(format!("pattern `{status}`")))
}

/// What `send` returns when all is well.
fn success_type(operation: &Operation, wire: &Wire, shorten: &mut Shorten<'_>) -> Type {
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

fn fields<'a>(
    operation: &'a Operation,
    wire: &Wire,
    shorten: &mut Shorten<'_>,
) -> Vec<FieldOf<'a>> {
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

fn argument_type(type_: &Type, context: &Context<'_>) -> TokenStream {
    if is_converted(type_, context) {
        quote!(impl Into<#type_>)
    } else {
        quote!(#type_)
    }
}

/// A link to a type of the document.
fn link(type_: &str) -> Option<String> {
    let name = type_.strip_prefix("types::")?;
    Some(format!("[`{name}`](crate::types::{name})"))
}
