//! How a mock encodes the success of an operation.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Type as RustType, parse_quote};

use crate::emit::subject::Subject;
use crate::emit::{rust_type, success};
use crate::model::{Case, CaseKind};

/// The type of the expectation.
pub(super) fn expand_type(subject: &Subject<'_>) -> TokenStream {
    let success = &subject.operation.success;
    let value = if is_untyped(subject) {
        parse_quote!(mock::MockResponse)
    } else if success.is_choice() {
        choice_type(subject)
    } else {
        success::only_type(success, |case| case_type(subject, case))
    };
    let is_redirect = matches!(
        success.cases.as_slice(),
        [Case {
            kind: CaseKind::Redirect(_),
            ..
        }]
    );
    if subject.items.is_some() {
        quote!(mock::Expectation<#value, mock::Paged>)
    } else if subject.operation.is_download() && is_redirect {
        quote!(mock::Expectation<#value, mock::Downloaded>)
    } else {
        quote!(mock::Expectation<#value>)
    }
}

/// Bytes come in a stream, which cannot be made up: one of several forms of a success is given as it is.
fn is_untyped(subject: &Subject<'_>) -> bool {
    let success = &subject.operation.success;
    success.is_choice()
        && success
            .cases
            .iter()
            .any(|case| case.kind == CaseKind::Stream)
}

fn choice_type(subject: &Subject<'_>) -> RustType {
    let module = format_ident!("{}", subject.module);
    let choice = format_ident!("{}", subject.operation.success.choice);
    parse_quote!(crate::generated::#module::#choice)
}

fn case_type(subject: &Subject<'_>, case: &Case) -> RustType {
    if case.kind == CaseKind::Stream {
        return parse_quote!(bytes::Bytes);
    }
    success::case_type(subject.context, case)
}

/// What the types of values have to be imported from.
pub(super) fn imports(subject: &Subject<'_>) -> Vec<&'static str> {
    let success = &subject.operation.success;
    if success.is_choice() {
        return Vec::new();
    }
    let Some(case) = success.filled().next() else {
        return Vec::new();
    };
    match &case.kind {
        CaseKind::Json(type_) => rust_type::imports(type_),
        CaseKind::Redirect(_) => vec!["crate::runtime::Redirect"],
        CaseKind::Text | CaseKind::Stream | CaseKind::Empty => Vec::new(),
    }
}

/// The function that makes an answer of a value.
pub(super) fn expand_encode(subject: &Subject<'_>) -> TokenStream {
    let success = &subject.operation.success;
    if is_untyped(subject) {
        return quote!(|response| response);
    }
    if success.is_choice() {
        let choice = choice_type(subject);
        let arms = success.cases.iter().map(|case| {
            let variant = format_ident!("{}", case.variant);
            let response = expand_response(case);
            if case.is_empty() {
                quote!(#choice::#variant => #response,)
            } else {
                quote!(#choice::#variant(value) => #response,)
            }
        });
        return quote!(|value| match value { #(#arms)* });
    }
    let empty = success.cases.iter().find(|case| case.is_empty());
    let empty = empty.map_or_else(|| quote!(mock::MockResponse::new(204)), expand_response);
    match success.filled().next().map(expand_response) {
        Some(filled) if success.cases.len() > 1 => quote! {
            |value| match value {
                Some(value) => #filled,
                None => #empty,
            }
        },
        Some(filled) => quote!(|value| #filled),
        None => quote!(|()| #empty),
    }
}

/// The answer that has a `value` of one case.
fn expand_response(case: &Case) -> TokenStream {
    let status = status(case);
    let response = quote!(mock::MockResponse::new(#status));
    let media_type = case.media_type.as_deref();
    let exact = media_type.filter(|media_type| !media_type.contains('*'));
    match &case.kind {
        CaseKind::Json(_) => quote!(#response.json(&value)),
        CaseKind::Text => {
            let media_type = match exact {
                Some(text) if text.contains("charset") => text.to_owned(),
                media_type => format!("{}; charset=utf-8", media_type.unwrap_or("text/plain")),
            };
            quote!(#response.content(#media_type, value))
        }
        CaseKind::Stream => {
            let media_type = exact.unwrap_or("application/octet-stream");
            quote!(#response.content(#media_type, value))
        }
        CaseKind::Empty => response,
        CaseKind::Redirect(_) => quote!(#response.redirect(&value)),
    }
}

/// The first status of a case, as a token without a suffix; of redirects one that is not followed by
/// default.
fn status(case: &Case) -> TokenStream {
    let is_redirect = matches!(case.kind, CaseKind::Redirect(_));
    let mut statuses = case.statuses.iter().filter_map(|status| {
        if is_redirect && status == "3XX" {
            return Some(302);
        }
        status.replace("XX", "00").parse::<u16>().ok()
    });
    let first = statuses.clone().next().unwrap_or(200);
    let given = statuses.find(|status| !is_redirect || !matches!(status, 301 | 307 | 308));
    let status = given.unwrap_or(first);
    status.to_string().parse().expect("a number is a token")
}
