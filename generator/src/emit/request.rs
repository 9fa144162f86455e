//! The HTTP request that is made of a request's fields.

use std::collections::BTreeSet;

use openapi::split_name;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use super::body::{self, delimiter};
use super::docs::code_span;
use super::rust_type::is_displayed;
use super::subject::{RequestField, Subject};
use crate::model::{BodyKind, CaseKind, Encoding, Parameter, ParameterLocation, Style};

/// The body of a request's `request` method.
pub(super) fn expand_request(subject: &Subject<'_>) -> TokenStream {
    let checks = expand_checks(subject);
    let url = expand_url(subject);
    let query = expand_query(subject);
    let start = expand_start(&subject.operation.method, query.is_some());
    let steps = expand_steps(subject);
    let request = quote!(self.session.http().#start);
    if steps.is_empty() {
        return quote!(#(#checks)* #url #query Ok(#request));
    }
    quote! {
        #(#checks)*
        #url
        #query
        let request = #request;
        #(#steps)*
        Ok(request)
    }
}

/// The call that begins the request; reqwest has none of their own for two of the methods.
fn expand_start(method: &str, has_query: bool) -> TokenStream {
    let name = format_ident!("{method}");
    let url = if has_query {
        quote!(query.append_to(url))
    } else {
        quote!(url)
    };
    if is_rare(method) {
        let name = format_ident!("{}", method.to_uppercase());
        quote!(request(Method::#name, #url))
    } else {
        quote!(#name(#url))
    }
}

fn is_rare(method: &str) -> bool {
    matches!(method, "options" | "trace")
}

/// The imports of the body.
pub(super) fn imports(subject: &Subject<'_>) -> BTreeSet<String> {
    let mut imports = BTreeSet::new();
    let mut import = |path: &str| {
        imports.insert(path.to_owned());
    };
    for parameter in &subject.operation.parameters {
        for path in parameter_imports(subject, parameter) {
            import(path);
        }
    }
    if is_rare(&subject.operation.method) {
        import("reqwest::Method");
    }
    if has_content_type(subject) {
        import("reqwest::header::CONTENT_TYPE");
    }
    if accept(subject).is_some() {
        import("reqwest::header::ACCEPT");
    }
    if subject.fields.iter().any(|field| bounds(field).is_some()) {
        import("crate::runtime::within");
    }
    imports
}

/// What the call that encodes a parameter imports.
pub(super) fn parameter_imports(
    subject: &Subject<'_>,
    parameter: &Parameter,
) -> &'static [&'static str] {
    match parameter.location {
        ParameterLocation::Path if is_plain_segment(subject, parameter) => {
            &["crate::runtime::segment"]
        }
        ParameterLocation::Path => &[
            "crate::runtime::styled_segment",
            "crate::runtime::PathStyle",
        ],
        ParameterLocation::Query if query_method(parameter).starts_with("joined") => {
            &["crate::runtime::Query", "crate::runtime::Delimiter"]
        }
        ParameterLocation::Query => &["crate::runtime::Query"],
        ParameterLocation::Header => &["crate::runtime::header"],
        ParameterLocation::Cookie => &["crate::runtime::cookie"],
    }
}

/// The allowed values of a parameter, if its type does not show them.
pub(super) fn values(field: &RequestField<'_>) -> Option<String> {
    let values = &field.parameter?.values;
    let values: Vec<_> = values.iter().map(|value| code_span(value)).collect();
    let is_shown = values.is_empty() || field.only_value().is_some();
    (!is_shown).then(|| format!("One of {}.", values.join(", ")))
}

/// The docs of a parameter's values.
pub(super) fn limits(field: &RequestField<'_>) -> Vec<String> {
    let mut limits = Vec::new();
    limits.extend(values(field));
    let bounds = field.bounds();
    match (bounds.minimum, bounds.maximum) {
        (Some(minimum), Some(maximum)) => limits.push(format!("From {minimum} to {maximum}.")),
        (Some(minimum), None) => limits.push(format!("At least {minimum}.")),
        (None, Some(maximum)) => limits.push(format!("At most {maximum}.")),
        (None, None) => {}
    }
    let default = field
        .parameter
        .and_then(|parameter| parameter.default.as_ref());
    match (default, field.only_value()) {
        (_, Some(value)) => limits.push(format!("Default: `{value}`.")),
        (Some(default), None) => limits.push(format!("Default of the server: `{default}`.")),
        (None, None) => {}
    }
    if limits.is_empty() {
        limits
    } else {
        vec![limits.join(" ")]
    }
}

/// The requested media types, if they differ from the default.
fn accept(subject: &Subject<'_>) -> Option<String> {
    let mut media_types = Vec::new();
    for case in subject.operation.success.filled() {
        match (&case.media_type, &case.kind) {
            (Some(media_type), _) => media_types.push(media_type.as_str()),
            (None, CaseKind::Text | CaseKind::Stream) => media_types.push("*/*"),
            (None, _) => {}
        }
    }
    media_types.dedup();
    let is_usual = |media_type: &&str| media_type.starts_with("application/json");
    (!media_types.iter().all(is_usual)).then(|| media_types.join(", "))
}

/// Whether a JSON body has another media type than the one that reqwest writes for it.
pub(super) fn has_content_type(subject: &Subject<'_>) -> bool {
    let contents = subject
        .operation
        .body
        .iter()
        .flat_map(|body| &body.contents);
    contents.into_iter().any(|content| {
        matches!(content.kind, BodyKind::Json(_)) && content.media_type != "application/json"
    })
}

/// Refuses values that the document rules out.
fn expand_checks(subject: &Subject<'_>) -> Vec<TokenStream> {
    let fields = subject.fields.iter();
    fields
        .filter_map(|field| {
            let (name, ident) = (&field.parameter?.name, &field.ident);
            let bounds = bounds(field)?;
            Some(quote!(within(#name, self.#ident, #bounds)?;))
        })
        .collect()
}

/// A range, for integers that have bounds.
fn bounds(field: &RequestField<'_>) -> Option<TokenStream> {
    let number =
        |number: i64| -> TokenStream { number.to_string().parse().expect("a number is a token") };
    let bounds = field.bounds();
    match (bounds.minimum.map(number), bounds.maximum.map(number)) {
        (Some(minimum), Some(maximum)) => Some(quote!(#minimum..=#maximum)),
        (Some(minimum), None) => Some(quote!(#minimum..)),
        (None, Some(maximum)) => Some(quote!(..=#maximum)),
        (None, None) => None,
    }
}

fn expand_url(subject: &Subject<'_>) -> TokenStream {
    let base = match &subject.operation.server {
        Some(_) => quote!(self.session.server_url(Self::OPERATION)),
        None => quote!(self.session.base_url()),
    };
    let mut segments = Vec::new();
    let path = path_with(subject, |name| {
        segments.push(expand_segment(subject, name));
        "{}".to_owned()
    });
    let format = format!("{{}}{path}");
    quote!(let url = format!(#format, #base, #(#segments),*);)
}

/// The path as it is sent, with names in braces where arguments are.
pub(super) fn path_template(subject: &Subject<'_>) -> String {
    let path = path_with(subject, |name| match path_parameter(subject, name) {
        Some(_) => format!("{{{name}}}"),
        None => String::new(),
    });
    if path.is_empty() {
        // As a URL without a path is requested.
        "/".to_owned()
    } else {
        path
    }
}

/// The path as it is sent, with what `argument` gives for each name in braces.
fn path_with(subject: &Subject<'_>, mut argument: impl FnMut(&str) -> String) -> String {
    // The part after a `#` is not sent.
    let mut rest = subject.operation.path.split('#').next().unwrap_or_default();
    let mut path = String::new();
    if !rest.starts_with('/') && !rest.is_empty() {
        path.push('/');
    }
    while let Some((literal, (name, behind))) = split_name(rest) {
        push_literal(&mut path, literal);
        path.push_str(&argument(name));
        rest = behind;
    }
    push_literal(&mut path, rest);
    path
}

/// Adds a part of the path, with escapes for URLs and `format!`.
fn push_literal(path: &mut String, literal: &str) {
    for byte in literal.bytes() {
        match byte {
            b'{' => path.push_str("%7B"),
            b'}' => path.push_str("%7D"),
            b' ' | b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'|' | 0..=31 | 127.. => {
                path.push_str(&format!("%{byte:02X}"));
            }
            _ => path.push(char::from(byte)),
        }
    }
}

/// The parameter of the path that has a name, and the request's field for it.
fn path_parameter<'s>(subject: &'s Subject<'_>, name: &str) -> Option<(&'s Parameter, &'s Ident)> {
    subject.fields.iter().find_map(|field| {
        let parameter = field.parameter?;
        let is_meant = parameter.location == ParameterLocation::Path && parameter.name == name;
        is_meant.then_some((parameter, &field.ident))
    })
}

fn expand_segment(subject: &Subject<'_>, name: &str) -> TokenStream {
    let Some((parameter, ident)) = path_parameter(subject, name) else {
        return quote!("");
    };
    let segment = expand_segment_of(subject, parameter, &quote!(&self.#ident));
    quote!(#segment?)
}

/// The call that encodes a value as a segment of the path.
pub(super) fn expand_segment_of(
    subject: &Subject<'_>,
    parameter: &Parameter,
    value: &TokenStream,
) -> TokenStream {
    let name = &parameter.name;
    if is_plain_segment(subject, parameter) {
        return quote!(segment(#name, #value));
    }
    let (style, explode) = match parameter.encoding {
        Encoding::Style { style, explode, .. } => (style, explode),
        Encoding::Json => (Style::Simple, false),
    };
    let style = match style {
        Style::Label => quote!(PathStyle::Label),
        Style::Matrix => quote!(PathStyle::Matrix),
        _ => quote!(PathStyle::Simple),
    };
    quote!(styled_segment(#name, #value, #style, #explode))
}

/// Whether a parameter of the path is a scalar in the usual style.
fn is_plain_segment(subject: &Subject<'_>, parameter: &Parameter) -> bool {
    let is_simple = matches!(
        parameter.encoding,
        Encoding::Style {
            style: Style::Simple,
            ..
        }
    );
    is_simple && is_displayed(&subject.context.api.types, &parameter.type_)
}

/// The statement that collects the query.
fn expand_query(subject: &Subject<'_>) -> Option<TokenStream> {
    let query = subject.fields.iter().filter_map(|field| {
        let parameter = field.parameter?;
        (parameter.location == ParameterLocation::Query).then(|| {
            let ident = &field.ident;
            expand_pairs(parameter, &quote!(&self.#ident))
        })
    });
    let query: Vec<_> = query.collect();
    (!query.is_empty()).then(|| quote!(let query = Query::new() #(.#query?)*;))
}

/// The call that adds a value to a query.
pub(super) fn expand_pairs(parameter: &Parameter, value: &TokenStream) -> TokenStream {
    let name = &parameter.name;
    let method = format_ident!("{}", query_method(parameter));
    let delimiter = match parameter.encoding {
        Encoding::Style { style, .. } if method.to_string().starts_with("joined") => {
            let delimiter = delimiter(style);
            quote!(, #delimiter)
        }
        _ => quote!(),
    };
    quote!(#method(#name, #value #delimiter))
}

/// The method that adds a parameter to the query.
fn query_method(parameter: &Parameter) -> &'static str {
    match parameter.encoding {
        Encoding::Json => "json",
        Encoding::Style {
            style: Style::DeepObject,
            ..
        } => "deep_object",
        Encoding::Style {
            explode: true,
            allow_reserved: false,
            ..
        } => "form",
        Encoding::Style {
            explode: true,
            allow_reserved: true,
            ..
        } => "form_reserved",
        Encoding::Style {
            explode: false,
            allow_reserved: false,
            ..
        } => "joined",
        Encoding::Style {
            explode: false,
            allow_reserved: true,
            ..
        } => "joined_reserved",
    }
}

/// The statements that add headers, cookies and the body.
fn expand_steps(subject: &Subject<'_>) -> Vec<TokenStream> {
    let accept = accept(subject)
        .map(|media_type| quote!(let request = request.header(ACCEPT, #media_type);));
    let headers = subject.fields.iter().filter_map(|field| {
        let ident = &field.ident;
        let call = expand_header(field.parameter?, &quote!(&self.#ident))?;
        Some(quote!(let request = #call?;))
    });
    let headers = accept.into_iter().chain(headers);
    headers.chain(subject.expand_body()).collect()
}

/// The call that adds a header or a cookie to a request.
pub(super) fn expand_header(parameter: &Parameter, value: &TokenStream) -> Option<TokenStream> {
    let name = &parameter.name;
    let explode = matches!(parameter.encoding, Encoding::Style { explode: true, .. });
    let function = match parameter.location {
        ParameterLocation::Header => quote!(header),
        ParameterLocation::Cookie => quote!(cookie),
        ParameterLocation::Path | ParameterLocation::Query => return None,
    };
    Some(quote!(#function(request, #name, #value, #explode)))
}

/// The media types of the body, where there is something to say of them.
pub(super) fn body_docs(subject: &Subject<'_>) -> Option<String> {
    let body = subject.operation.body.as_ref()?;
    match body.contents.as_slice() {
        [only] if only.alike.is_empty() && only.media_type.starts_with("application/json") => None,
        contents => {
            let names: Vec<_> = contents.iter().map(body::media_types).collect();
            Some(format!("Sent as {}.", names.join(" or ")))
        }
    }
}
