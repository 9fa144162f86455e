//! progenitor at work: from a lowered document of schemas to types.
//!
//! Its output is read strictly. Whatever is not as expected is reported rather than passed over,
//! so that an upgrade which changes it is noticed at once.

mod guard;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use progenitor::{GenerationSettings, Generator, TypeImpl};

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
/// When progenitor refuses the document, panics, or emits what is not expected of it.
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

/// progenitor's output as it is.
///
/// # Errors
///
/// When progenitor refuses the document or panics.
pub fn generate(lowered: &Lowered) -> Result<syn::File, Failure> {
    let settings = settings(lowered);
    let tokens = guard::run(|| {
        let mut generator = Generator::new(&settings);
        // The client that comes with the types has no methods, and is left aside.
        generator
            .generate_tokens(&lowered.document)
            .map(|_| generator.get_type_space().to_stream())
    })?
    .map_err(|error| Failure::Refused(error.to_string()))?;
    syn::parse2(tokens).map_err(|error| Failure::Surprise(error.to_string()))
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
