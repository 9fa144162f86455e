//! The success type of a call: a body, a URL, nothing, or a choice by status.

use std::collections::BTreeSet;

use quote::{format_ident, quote};
use syn::{Item, ItemEnum, Type as RustType, parse_quote};

use super::docs::Docs;
use super::subject::{Subject, unit};
use super::{Context, rust_type};
use crate::model::{Case, CaseKind, Operation, Success};

/// The success type of `send`.
pub(super) fn type_of(context: &Context<'_>, success: &Success) -> RustType {
    if success.is_choice() {
        let choice = format_ident!("{}", success.choice);
        return parse_quote!(#choice);
    }
    only_type(success, |case| case_type(context, case))
}

/// The type of a success that is no choice.
pub(super) fn only_type(
    success: &Success,
    type_of_case: impl FnOnce(&Case) -> RustType,
) -> RustType {
    let Some(case) = success.filled().next() else {
        return unit();
    };
    let type_ = type_of_case(case);
    let is_sometimes_empty = success.cases.len() > 1;
    if is_sometimes_empty {
        parse_quote!(Option<#type_>)
    } else {
        type_
    }
}

/// The type of one case.
pub(super) fn case_type(context: &Context<'_>, case: &Case) -> RustType {
    match &case.kind {
        CaseKind::Json(type_) => rust_type::outside(&context.api.types, type_),
        CaseKind::Text => parse_quote!(String),
        CaseKind::Stream => parse_quote!(ByteStream),
        CaseKind::Empty => unit(),
        CaseKind::Redirect(_) => parse_quote!(Redirect),
    }
}

/// The imports of the type.
pub(super) fn imports(operation: &Operation) -> BTreeSet<String> {
    let mut imports = BTreeSet::new();
    for case in operation.success.all_cases() {
        match &case.kind {
            CaseKind::Json(type_) => {
                imports.extend(rust_type::imports(type_).into_iter().map(str::to_owned));
            }
            CaseKind::Stream => {
                imports.insert("crate::runtime::ByteStream".to_owned());
            }
            CaseKind::Redirect(_) => {
                imports.insert("crate::runtime::Redirect".to_owned());
            }
            CaseKind::Text | CaseKind::Empty => {}
        }
    }
    imports
}

/// The types of the cases.
pub(super) fn variant_types(
    context: &Context<'_>,
    operation: &Operation,
) -> impl Iterator<Item = RustType> {
    let cases = operation.success.all_cases();
    cases.map(|case| case_type(context, case))
}

impl Subject<'_> {
    /// The choice between the bodies of several statuses.
    pub(super) fn expand_choice(&self) -> Option<Item> {
        let success = &self.operation.success;
        if !success.is_choice() {
            return None;
        }
        let name = format_ident!("{}", success.choice);
        let variants = success.cases.iter().map(|case| {
            let variant = format_ident!("{}", case.variant);
            if case.is_empty() {
                return quote!(#variant,);
            }
            let type_ = case_type(self.context, case);
            quote!(#variant(#type_),)
        });
        let has_stream = success
            .cases
            .iter()
            .any(|case| case.kind == CaseKind::Stream);
        let derives = if has_stream {
            quote!(#[derive(Debug)])
        } else {
            quote!(#[derive(Clone, Debug)])
        };
        let mut choice: ItemEnum = parse_quote! {
            #derives
            #[allow(clippy::large_enum_variant, reason = "the document decides how large they are")]
            #[non_exhaustive]
            pub enum #name {
                #(#variants)*
            }
        };
        let docs = Docs::default().text(&format!(
            "The response of [`{}::{}`], by status.",
            self.owner, self.operation.name
        ));
        docs.describe(&mut choice.attrs);
        for (variant, case) in choice.variants.iter_mut().zip(&success.cases) {
            let statuses = case.statuses.join(", ");
            let mut docs = Docs::new(&format!("Status {statuses}."));
            if !case.description.is_empty() {
                docs = docs.markdown(&case.description);
            }
            docs.describe(&mut variant.attrs);
        }
        Some(Item::Enum(choice))
    }
}
