//! The public API of emitted code, one line for each item, without derived traits.

use quote::ToTokens;
use syn::{Attribute, Fields, FnArg, ImplItem, ImplItemFn, Item, ItemImpl, Type, Visibility};

use crate::File;

/// A trait of the runtime that callers do not see.
const INTERNAL_TRAIT: &str = "Request";

/// Lists what emitted code offers to callers: types with their fields and variants, and methods
/// with their signatures, file by file.
pub fn outline(files: &[File]) -> String {
    let mut lines = Vec::new();
    for file in files {
        let Ok(parsed) = syn::parse_file(&file.contents) else {
            continue;
        };
        let found: Vec<_> = parsed.items.iter().flat_map(item).collect();
        if !found.is_empty() {
            lines.push(format!("{}:", file.path));
            lines.extend(found.into_iter().map(|line| format!("  {line}")));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

fn item(item: &Item) -> Vec<String> {
    match item {
        Item::Struct(definition) if is_public(&definition.vis) => {
            let mut lines = vec![format!(
                "struct {}{}{}",
                definition.ident,
                tuple(&definition.fields),
                openness(&definition.attrs)
            )];
            lines.extend(named(&definition.fields));
            lines
        }
        Item::Enum(definition) if is_public(&definition.vis) => {
            let mut lines = vec![format!(
                "enum {}{}",
                definition.ident,
                openness(&definition.attrs)
            )];
            lines.extend(
                definition
                    .variants
                    .iter()
                    .map(|variant| format!("  {}{}", variant.ident, tuple(&variant.fields))),
            );
            lines
        }
        Item::Impl(implementation) => match &implementation.trait_ {
            None => methods(implementation),
            Some((path, _)) if path.is_ident(INTERNAL_TRAIT) => Vec::new(),
            Some((path, _)) => {
                let owner = type_(&implementation.self_ty);
                vec![format!("impl {} for {owner}", named_shortly(path))]
            }
        },
        _ => Vec::new(),
    }
}

fn named(fields: &Fields) -> Vec<String> {
    let Fields::Named(fields) = fields else {
        return Vec::new();
    };
    let public = fields.named.iter().filter(|field| is_public(&field.vis));
    public
        .filter_map(|field| Some(format!("  {}: {}", field.ident.as_ref()?, type_(&field.ty))))
        .collect()
}

fn tuple(fields: &Fields) -> String {
    match fields {
        Fields::Unnamed(fields) => {
            let types: Vec<_> = fields
                .unnamed
                .iter()
                .map(|field| type_(&field.ty))
                .collect();
            format!("({})", types.join(", "))
        }
        Fields::Named(_) | Fields::Unit => String::new(),
    }
}

fn methods(implementation: &ItemImpl) -> Vec<String> {
    let owner = type_(&implementation.self_ty);
    let methods = implementation.items.iter().filter_map(|item| match item {
        ImplItem::Fn(method) if is_public(&method.vis) => {
            let signature = signature(method);
            let (modifiers, rest) = signature.split_once("fn ")?;
            let is_deprecated = method
                .attrs
                .iter()
                .any(|attr| attr.path().is_ident("deprecated"));
            let status = if is_deprecated { "deprecated " } else { "" };
            let condition = condition(&method.attrs);
            Some(format!("{status}{modifiers}{owner}::{rest}{condition}"))
        }
        _ => None,
    });
    methods.collect()
}

/// The signature of a method as callers see it, without a `mut self`.
fn signature(method: &ImplItemFn) -> String {
    let mut signature = method.sig.clone();
    if let Some(FnArg::Receiver(receiver)) = signature.inputs.first_mut() {
        receiver.mutability = None;
    }
    named_shortly(&signature)
}

/// Whether callers must reckon with more fields or variants.
fn openness(attrs: &[Attribute]) -> &'static str {
    if attrs
        .iter()
        .any(|attribute| attribute.path().is_ident("non_exhaustive"))
    {
        ", non-exhaustive"
    } else {
        ""
    }
}

/// The condition of a method.
fn condition(attrs: &[Attribute]) -> String {
    let mut conditions = attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident("cfg"));
    let condition = conditions.find_map(|attribute| attribute.meta.require_list().ok());
    condition.map_or_else(String::new, |condition| {
        format!(", if {}", condition.tokens)
    })
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn type_(type_: &Type) -> String {
    named_shortly(type_)
}

/// Tokens without the root that callers name otherwise.
fn named_shortly(tokens: &impl ToTokens) -> String {
    tidy(tokens).replace("crate::", "")
}

/// Tokens as a person spaces them.
pub fn tidy(tokens: &impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    let spaced = [
        (" :: ", "::"),
        (" < ", "<"),
        (" >", ">"),
        ("< ", "<"),
        (" ,", ","),
        (" :", ":"),
        ("& ", "&"),
        (" (", "("),
        (",)", ")"),
        (" )", ")"),
        ("( ", "("),
        ("> >", ">>"),
        ("->", " -> "),
        ("  ", " "),
    ];
    spaced
        .iter()
        .fold(text, |text, (from, to)| text.replace(from, to))
}
