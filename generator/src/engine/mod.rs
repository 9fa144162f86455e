//! progenitor at work: from a lowered document of schemas to types.
//!
//! Its output is read strictly. Whatever is not as expected is reported rather than passed over,
//! so that an upgrade which changes it is noticed at once.

mod guard;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use progenitor::{GenerationSettings, Generator, TypeImpl};
use syn::Item;

use crate::lower::Lowered;

pub use types::TypeItems;

/// Definitions and implementations, by type name.
pub type Engine = BTreeMap<String, TypeItems>;

/// Why progenitor's output can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// progenitor refused the document, or panicked.
    Refused(String),
    /// The output holds something that this version of the generator does not know.
    Surprise(String),
}

/// Runs progenitor, and takes the types out of its output by name.
///
/// # Errors
///
/// When progenitor refuses the document, panics, or emits unexpected code.
pub fn run(lowered: &Lowered) -> Result<Engine, Failure> {
    let types = types::collect(generate(lowered)?)?;
    expect_types(lowered, &types)?;
    Ok(types)
}

/// typify emits the lowered schemas, all of them, and none that another type replaces.
fn expect_types(lowered: &Lowered, types: &Engine) -> Result<(), Failure> {
    let schemas = lowered.document.components.as_ref();
    let schemas = schemas.map(|components| &components.schemas);
    let expected = schemas.into_iter().flatten().map(|(name, _)| name);
    let replaced: BTreeSet<_> = lowered.replaced.iter().collect();
    let expected: BTreeSet<_> = expected.filter(|name| !replaced.contains(name)).collect();
    if let Some(name) = expected.iter().find(|name| !types.contains_key(**name)) {
        return Err(Failure::Surprise(format!("no type `{name}`")));
    }
    match types.keys().find(|name| !expected.contains(name)) {
        Some(name) => Err(Failure::Surprise(format!("an unknown type `{name}`"))),
        None => Ok(()),
    }
}

/// The types in progenitor's output as they are.
///
/// # Errors
///
/// When progenitor refuses the document or panics.
pub fn generate(lowered: &Lowered) -> Result<syn::File, Failure> {
    let settings = settings(lowered);
    let tokens = guard::run(|| Generator::new(&settings).generate_tokens(&lowered.document))?
        .map_err(|error| Failure::Refused(error.to_string()))?;
    let mut file: syn::File =
        syn::parse2(tokens).map_err(|error| Failure::Surprise(error.to_string()))?;
    // The client that comes with the types has no methods, and is left aside.
    let types = file.items.into_iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content,
        _ => None,
    });
    let (_, items) = types.ok_or_else(|| Failure::Surprise("no module `types`".to_owned()))?;
    file.items = items;
    Ok(file)
}

fn settings(lowered: &Lowered) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_derive("PartialEq")
        .with_map_type("::std::collections::BTreeMap");
    for name in &lowered.replaced {
        let known = std::iter::once(TypeImpl::Display);
        settings.with_replacement(name, format!("types::{name}"), known);
    }
    settings
}
