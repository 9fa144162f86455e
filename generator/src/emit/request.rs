//! progenitor's wire code, with the request's fields in it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::subject::{FieldOf, Subject};
use crate::model::Success;

/// The body of a request's `request` method.
pub(super) fn expand_request(subject: &Subject<'_>) -> TokenStream {
    let checks = expand_checks(subject);
    let url = expand_url(subject);
    let start = expand_start(&subject.wire.method);
    let steps = expand_steps(subject);
    let query = expand_query(subject);
    let request = quote!(self.session.http().#start #(#query)*);
    if steps.is_empty() {
        return quote!(#(#checks)* #url Ok(#request));
    }
    quote! {
        #(#checks)*
        #url
        let request = #request;
        #(#steps)*
        Ok(request)
    }
}

/// The call that begins the request; reqwest has none of their own for two of the methods.
fn expand_start(method: &str) -> TokenStream {
    let name = format_ident!("{method}");
    if is_rare(method) {
        let name = format_ident!("{}", method.to_uppercase());
        quote!(request(Method::#name, url))
    } else {
        quote!(#name(url))
    }
}

fn is_rare(method: &str) -> bool {
    matches!(method, "options" | "trace")
}

/// What the body imports.
pub(super) fn imports(subject: &Subject<'_>) -> Vec<String> {
    let wire = subject.wire;
    let mut imports = Vec::new();
    if !wire.segments.is_empty() {
        imports.push("crate::runtime::segment".to_owned());
    }
    if !wire.query.is_empty() {
        imports.push("crate::runtime::QueryParam".to_owned());
    }
    if is_rare(&wire.method) {
        imports.push("reqwest::Method".to_owned());
    }
    if content_type(subject).is_some() {
        imports.push("reqwest::header::CONTENT_TYPE".to_owned());
    }
    if accept(subject).is_some() {
        imports.push("reqwest::header::ACCEPT".to_owned());
    }
    if subject.fields.iter().any(|field| bounds(field).is_some()) {
        imports.push("crate::runtime::within".to_owned());
    }
    imports
}

/// What the documentation says of a parameter's values.
pub(super) fn limits(field: &FieldOf<'_>) -> Vec<String> {
    let mut limits = Vec::new();
    match (field.bounds.least, field.bounds.greatest) {
        (Some(least), Some(greatest)) => limits.push(format!("From {least} to {greatest}.")),
        (Some(least), None) => limits.push(format!("At least {least}.")),
        (None, Some(greatest)) => limits.push(format!("At most {greatest}.")),
        (None, None) => {}
    }
    match (&field.default, field.only_value) {
        (_, Some(value)) => limits.push(format!("`{value}` unless set.")),
        (Some(default), None) => limits.push(format!("The server takes `{default}` unless set.")),
        (None, None) => {}
    }
    if limits.is_empty() {
        limits
    } else {
        vec![limits.join(" ")]
    }
}

/// The media type to ask for, where it is not the one that every request asks for.
fn accept<'a>(subject: &Subject<'a>) -> Option<&'a str> {
    match &subject.operation.success {
        Success::Json { media_type, .. } if !media_type.starts_with("application/json") => {
            Some(media_type)
        }
        _ => None,
    }
}

/// The media type of the body, where it is not the one that reqwest writes for JSON.
fn content_type<'a>(subject: &Subject<'a>) -> Option<&'a str> {
    let media_type = subject.operation.body.as_ref()?.media_type.as_str();
    (media_type != "application/json").then_some(media_type)
}

/// Refuses values that the document rules out.
fn expand_checks(subject: &Subject<'_>) -> Vec<TokenStream> {
    let wire = subject.operation.parameters.iter();
    wire.zip(&subject.fields)
        .filter_map(|(parameter, field)| {
            let (name, ident) = (&parameter.name, &field.ident);
            let bounds = bounds(field)?;
            Some(quote!(within(#name, self.#ident, #bounds)?;))
        })
        .collect()
}

/// A range, for integers that have bounds.
fn bounds(field: &FieldOf<'_>) -> Option<TokenStream> {
    let number =
        |number: i64| -> TokenStream { number.to_string().parse().expect("a number is a token") };
    match (
        field.bounds.least.map(number),
        field.bounds.greatest.map(number),
    ) {
        (Some(least), Some(greatest)) => Some(quote!(#least..=#greatest)),
        (Some(least), None) => Some(quote!(#least..)),
        (None, Some(greatest)) => Some(quote!(..=#greatest)),
        (None, None) => None,
    }
}

fn expand_url(subject: &Subject<'_>) -> TokenStream {
    let format = format!("{{}}{}", subject.wire.path);
    let segments = subject.wire.segments.iter().map(|index| {
        let name = &subject.operation.parameters[*index].name;
        let ident = &subject.fields[*index].ident;
        quote!(segment(#name, &self.#ident)?)
    });
    quote!(let url = format!(#format, self.session.base_url(), #(#segments),*);)
}

/// The calls that add the query.
fn expand_query(subject: &Subject<'_>) -> Vec<TokenStream> {
    let query = subject.wire.query.iter().map(|index| {
        let name = &subject.operation.parameters[*index].name;
        let ident = &subject.fields[*index].ident;
        quote!(.query(&QueryParam::new(#name, &self.#ident)))
    });
    query.collect()
}

/// The statements that add headers and the body.
fn expand_steps(subject: &Subject<'_>) -> Vec<TokenStream> {
    let accept = accept(subject)
        .map(|media_type| quote!(let request = request.header(ACCEPT, #media_type);));
    let headers = subject.wire.headers.iter().map(|header| {
        let name = &subject.operation.parameters[header.parameter].name;
        let ident = &subject.fields[header.parameter].ident;
        if header.required {
            quote!(let request = request.header(#name, self.#ident.to_string());)
        } else {
            quote! {
                let request = match &self.#ident {
                    Some(value) => request.header(#name, value.to_string()),
                    None => request,
                };
            }
        }
    });
    let content_type = content_type(subject)
        .map(|media_type| quote!(let request = request.header(CONTENT_TYPE, #media_type);));
    let body = subject.operation.body.iter().map(|body| {
        if body.required {
            quote!(let request = request.json(&self.body);)
        } else {
            quote! {
                let request = match &self.body {
                    Some(body) => request.json(body),
                    None => request,
                };
            }
        }
    });
    let headers = accept.into_iter().chain(headers).chain(content_type);
    headers.chain(body).collect()
}
