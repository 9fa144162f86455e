//! The relevant attributes of an item.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Lit, Meta, Path, Token, Visibility};

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Whether an item is there for tests only.
pub(super) fn is_test(attributes: &[Attribute]) -> bool {
    conditions(attributes).contains("test")
}

pub(super) fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident(name))
}

/// The conditions of an item: the contents of each `cfg`.
pub(crate) type Conditions = BTreeSet<String>;

pub(super) fn conditions(attributes: &[Attribute]) -> Conditions {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("cfg"))
        .filter_map(|attribute| Some(attribute.meta.require_list().ok()?.tokens.to_string()))
        .collect()
}

/// The text of a doc comment.
pub(super) fn docs(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| {
        let Meta::NameValue(meta) = &attribute.meta else {
            return None;
        };
        match &meta.value {
            Expr::Lit(literal) if meta.path.is_ident("doc") => match &literal.lit {
                Lit::Str(line) => Some(line.value()),
                _ => None,
            },
            _ => None,
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The traits that are derived.
pub(super) fn derives(attributes: &[Attribute]) -> Vec<Path> {
    let parse = Punctuated::<Path, Token![,]>::parse_terminated;
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"))
        .filter_map(|attribute| attribute.parse_args_with(parse).ok())
        .flatten()
        .collect()
}

/// serde's attributes, one word or `name = "value"` each.
pub(super) fn serde(attributes: &[Attribute]) -> Vec<String> {
    let parse = Punctuated::<Meta, Token![,]>::parse_terminated;
    let mut found: Vec<_> = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
        .filter_map(|attribute| attribute.parse_args_with(parse).ok())
        .flatten()
        .map(|meta| meta.to_token_stream().to_string())
        .collect();
    found.sort();
    found
}
