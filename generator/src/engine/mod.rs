//! progenitor at work: from a lowered document to types and wire code.
//!
//! Its output is read strictly. Whatever is not as expected is reported rather than passed over,
//! so that an upgrade which changes it is noticed at once.

mod guard;
mod types;
mod wire;

use std::collections::BTreeMap;

use progenitor::{GenerationSettings, Generator, TypeImpl};
use syn::{ImplItem, ImplItemFn, Item};

use crate::lower::{Lowered, operation_id};

pub use types::TypeItems;
pub use wire::{BodyArgument, Decode, HeaderArgument, Wire};

/// What progenitor makes of a document.
pub struct Engine {
    /// Definitions and implementations, by type name.
    pub types: BTreeMap<String, TypeItems>,
    /// What each operation sends and reads, in the order of the lowered operations.
    pub operations: Vec<Wire>,
}

/// Why progenitor's output can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// progenitor refused the document, or panicked.
    Refused(String),
    /// The output holds something that this version of the generator does not know.
    Surprise(String),
}

/// Runs progenitor and takes its output apart.
///
/// # Errors
///
/// When progenitor refuses the document, panics, or emits what is not expected of it.
pub fn run(lowered: &Lowered) -> Result<Engine, Failure> {
    let file = generate(lowered)?;
    let methods = methods(&file);
    let expected = lowered.document.operations().count();
    let operations = (0..expected)
        .map(|index| {
            let name = operation_id(index);
            let method = methods
                .get(&name)
                .ok_or_else(|| Failure::Surprise(format!("no method `{name}`")))?;
            wire::read(method)
        })
        .collect::<Result<_, _>>()?;
    let types = types::collect(file)?;
    expect_types(lowered, &types)?;
    Ok(Engine { types, operations })
}

/// typify emits the lowered schemas, all of them, and none that another type replaces.
fn expect_types(lowered: &Lowered, types: &BTreeMap<String, TypeItems>) -> Result<(), Failure> {
    let missing = lowered
        .schemas
        .keys()
        .find(|name| !types.contains_key(*name));
    let unknown = types
        .keys()
        .find(|name| !lowered.schemas.contains_key(*name));
    match (missing, unknown) {
        (None, None) => Ok(()),
        (Some(name), _) => Err(Failure::Surprise(format!("no type `{name}`"))),
        (None, Some(name)) => Err(Failure::Surprise(format!("an unknown type `{name}`"))),
    }
}

/// progenitor's output as it is.
///
/// # Errors
///
/// When progenitor refuses the document or panics.
pub fn generate(lowered: &Lowered) -> Result<syn::File, Failure> {
    let settings = settings(lowered);
    let tokens = guard::run(|| Generator::new(&settings).generate_tokens(&lowered.document))?
        .map_err(|error| Failure::Refused(error.to_string()))?;
    syn::parse2(tokens).map_err(|error| Failure::Surprise(error.to_string()))
}

fn settings(lowered: &Lowered) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_derive("PartialEq")
        .with_map_type("::std::collections::BTreeMap");
    for name in lowered.enums.keys() {
        let known = std::iter::once(TypeImpl::Display);
        settings.with_replacement(name, format!("types::{name}"), known);
    }
    settings
}

fn methods(file: &syn::File) -> BTreeMap<String, &ImplItemFn> {
    let implementations = file.items.iter().filter_map(|item| match item {
        Item::Impl(implementation) if implementation.trait_.is_none() => Some(implementation),
        _ => None,
    });
    implementations
        .flat_map(|implementation| &implementation.items)
        .filter_map(|item| match item {
            ImplItem::Fn(method) if method.sig.asyncness.is_some() => {
                Some((method.sig.ident.to_string(), method))
            }
            _ => None,
        })
        .collect()
}
