//! From the model and progenitor's output to the items of each emitted file.
//!
//! Each submodule emits one kind of file and is named in the header of the files it emits.

mod access;
mod body;
mod client;
mod constructor;
mod content;
mod decode;
mod docs;
mod enumeration;
mod environment;
mod errors;
mod examples;
mod headers;
mod items;
mod mock;
pub(crate) mod namespace;
mod object;
mod operation;
mod operation_docs;
mod polish;
mod representation;
mod request;
mod rust_type;
mod sample;
mod sending;
mod shorten;
mod subject;
mod success;
mod types;
mod union;

use std::collections::BTreeSet;

use proc_macro2::Literal;
use quote::ToTokens;
use syn::{ImplItem, ImplItemFn, Item, ItemImpl, parse_quote};

use crate::engine::{Engine, Failure};
use crate::model::{Api, Shape, Type, TypeId, TypeRef};
use errors::SharedErrors;
use subject::Subject;

/// An emitted file before it is text.
#[derive(Clone)]
pub struct Emitted {
    /// Relative to `src/generated`, with `/` between its parts.
    pub(crate) path: String,
    /// The file of this crate that emits it.
    pub(crate) emitter: &'static str,
    /// Doc comments of the module itself.
    pub(crate) docs: Vec<syn::Attribute>,
    /// The imports, as in `use` declarations: sorted, one path each.
    pub(crate) imports: BTreeSet<String>,
    /// Everything else.
    pub(crate) items: Vec<Item>,
}

/// The input of all emitters.
pub(crate) struct Context<'a> {
    pub(crate) api: &'a Api,
    pub(crate) engine: &'a Engine,
    /// The names of all types of the document.
    pub(crate) own: &'a BTreeSet<String>,
    /// The types that describe content.
    pub(crate) contents: Vec<&'a str>,
    /// The types that can't be `Eq`.
    pub(crate) inexact: BTreeSet<TypeId>,
    /// The emitted crate's name as Rust code names it.
    pub(crate) crate_name: &'a str,
}

impl Context<'_> {
    /// Whether a type can be `Eq`.
    pub(crate) fn is_exact(&self, type_: &TypeRef) -> bool {
        match type_.innermost() {
            Type::Number => false,
            Type::Named(id) => !self.inexact.contains(id),
            _ => true,
        }
    }
}

/// Emits every file under `src/generated`, and passes each to `take`; examples name the crate `crate_name`.
///
/// The items of all files would take more memory than everything else, so each is gone before the next
/// one. Those of the namespaces come first, since the conditions of types follow from them.
///
/// # Errors
///
/// When progenitor's output is not as expected of it, and those of `take`.
pub fn emit(
    api: &Api,
    engine: &Engine,
    crate_name: &str,
    mut take: impl FnMut(Emitted) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let own = api.types.used().map(|definition| definition.name.clone());
    let contents = api.types.used().filter_map(|definition| {
        let is_content =
            matches!(&definition.shape, Shape::Struct(object) if object.content.is_some());
        is_content.then_some(definition.name.as_str())
    });
    let context = &Context {
        api,
        engine,
        contents: contents.collect(),
        own: &own.collect(),
        inexact: api.types.inexact(),
        crate_name,
    };
    for namespace in &api.namespaces {
        let errors = &SharedErrors::of(api, namespace);
        take(namespace::emit_namespace(namespace, errors))?;
        take(mock::emit_namespace(namespace))?;
        for operation in &namespace.operations {
            let subject = &Subject::new(context, namespace, operation, errors);
            take(operation::emit_operation(subject))?;
            take(mock::emit_operation(subject))?;
        }
    }
    let modules = &types::modules(context.own);
    take(types::emit_module(context, modules))?;
    for id in api.types.used_ids() {
        take(types::emit_type(context, modules, id)?)?;
    }
    let mut others = client::emit_client(context)
        .into_iter()
        .chain(examples::emit_examples(context))
        .chain([mock::emit_mock(context)]);
    others.try_for_each(take)
}

/// Whether code names something in the module `types`.
fn names_types(code: &impl ToTokens) -> bool {
    let code = code.to_token_stream().to_string();
    let is_of_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = code.match_indices("types ::");
    found.any(|(at, _)| !code[..at].ends_with(is_of_name))
}

fn implementation(type_: &impl ToTokens, methods: impl IntoIterator<Item = ImplItemFn>) -> Item {
    let mut implementation: ItemImpl = parse_quote!(impl #type_ {});
    implementation.items = methods.into_iter().map(ImplItem::Fn).collect();
    Item::Impl(implementation)
}

/// A literal in which nothing is escaped, unless Rust knows none that could hold the text.
fn raw_string(text: &str) -> Literal {
    let behind_quotes = text.split('"').skip(1);
    let hashes = behind_quotes.map(|rest| rest.len() - rest.trim_start_matches('#').len());
    let hashes = "#".repeat(hashes.max().unwrap_or(0) + 1);
    let literal = format!("r{hashes}\"{text}\"{hashes}");
    literal.parse().unwrap_or_else(|_| Literal::string(text))
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::{names_types, raw_string};

    #[test]
    fn types_are_named_by_their_module() {
        assert!(names_types(&quote!(types::A)));
        assert!(names_types(&quote!(Option<(types::A, B)>)));
        assert!(!names_types(&quote!(event_types::A { types: A })));
    }

    #[test]
    fn any_text_has_a_literal() {
        let too_many = format!("\"{}", "#".repeat(255));
        let cases = [
            ("a\\", "r#\"a\\\"#"),
            ("\"a\"#", "r##\"\"a\"#\"##"),
            ("\r", "\"\\r\""),
            (&too_many, &format!("{too_many:?}")),
        ];
        for (text, expected) in cases {
            assert_eq!(raw_string(text).to_string(), expected);
        }
    }
}
