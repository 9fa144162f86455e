//! Turns a document of OpenAPI 3.0 or 3.1 into the source of a typed Rust client.
//!
//! Nothing here touches the disk: a document comes in, files or diagnostics go out. The stages are
//! public for benchmarks:
//!
//! 1. [`openapi::load`]: text to values and their positions; OpenAPI 3.1 in the terms of 3.0
//! 2. [`openapi::check::check`]: diagnostics of the document
//! 3. [`resolve::resolve`]: every operation and every type as the emitter needs it
//! 4. [`lower::lower`]: a document of schemas that progenitor handles correctly
//! 5. [`engine::run`]: the types in Rust
//! 6. [`emit::emit`]: the items of each file
//! 7. [`render::render`]: the text of each file

pub mod emit;
pub mod engine;
mod example;
pub mod facts;
mod features;
pub mod lower;
pub mod model;
mod names;
mod outline;
pub mod render;
pub mod resolve;
mod standalone;

pub use example::diagnose;
pub use openapi::{Diagnostic, Diagnostics, Options, Source};
pub use outline::{outline, tidy};
pub use standalone::{CrateParts, MARKER};

use emit::Emitted;
use engine::Failure;
use model::Api;
use openapi::Document;
use openapi::check::{self, Policy};

/// The workspace's client as Rust code names it.
const CLIENT: &str = "generated_client";

/// A text file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Relative, with `/` between its parts.
    pub path: String,
    /// The whole text.
    pub contents: String,
}

/// The output of the generator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Sorted by path.
    pub files: Vec<File>,
    /// How many operations the document has.
    pub operations: usize,
    /// How many types were emitted.
    pub types: usize,
    /// Warnings about the document, sorted by position.
    pub warnings: Vec<Diagnostic>,
}

/// The output of the generator, with its model.
#[derive(Debug)]
pub struct Generated {
    /// As it was read.
    pub document: Document,
    /// The document's model.
    pub api: Api,
    /// The files, and the warnings.
    pub output: Output,
}

/// Generates the files of the client's `src/generated`, relative to it.
///
/// # Errors
///
/// Whatever leaves no right code, or is denied; with the warnings that there are beside it.
pub fn generate(source: &Source, options: &Options) -> Result<Output, Diagnostics> {
    generate_with_model(source, options).map(|generated| generated.output)
}

/// The same, for those who look into the model as well.
///
/// # Errors
///
/// Whatever leaves no right code, or is denied; with the warnings that there are beside it.
pub fn generate_with_model(source: &Source, options: &Options) -> Result<Generated, Diagnostics> {
    let document = openapi::load(source)?;
    let (api, warnings) = understand(&document, options)?;
    let files = express(&api, CLIENT, &source.name, |_| ()).map_err(|failure| defect(&failure))?;
    Ok(Generated {
        document,
        output: Output::new(&api, files, warnings),
        api,
    })
}

/// Generates a whole crate, with paths relative to its root.
///
/// # Errors
///
/// Whatever leaves no right code, or is denied; with the warnings that there are beside it.
pub fn standalone(
    source: &Source,
    options: &Options,
    parts: &CrateParts,
) -> Result<Output, Diagnostics> {
    // The document is gone before there are types, of which a large one has as many.
    let (api, warnings) = understand(&openapi::load(source)?, options)?;
    let files = standalone::assemble(&api, source, parts).map_err(|failure| defect(&failure))?;
    Ok(Output::new(&api, files, warnings))
}

impl Output {
    fn new(api: &Api, files: Vec<File>, warnings: Vec<Diagnostic>) -> Self {
        Self {
            files,
            operations: api.operations().count(),
            types: api.types.used().count(),
            warnings,
        }
    }
}

/// The document's model, and the warnings of all stages in one run.
fn understand(
    document: &Document,
    options: &Options,
) -> Result<(Api, Vec<Diagnostic>), Diagnostics> {
    let policy = Policy::new(options, document);
    let mut found = check::check(document);
    let mut api = Api::default();
    if check::is_readable(&found) {
        let resolved = resolve::resolve(document, options);
        found = check::narrow(document, options, &resolved.left_out, found);
        found.extend(resolved.found);
        api = resolved.api;
    }
    Ok((api, policy.judge(found)?))
}

/// Everything from the model on: the files as `adapt` leaves them, sorted by path.
fn express(
    api: &Api,
    crate_name: &str,
    document: &str,
    mut adapt: impl FnMut(&mut Emitted),
) -> Result<Vec<File>, Failure> {
    let lowered = lower::lower(&api.types).map_err(|error| Failure::Refused(error.to_string()))?;
    let engine = engine::run(&lowered)?;
    let mut files = Vec::new();
    emit::emit(api, &engine, crate_name, |mut emitted| {
        adapt(&mut emitted);
        files.push(render::render(emitted, document)?);
        Ok(())
    })?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Errors of a model that can't be expressed: never the document's fault.
fn defect(failure: &Failure) -> Diagnostics {
    let (rule, message) = match failure {
        Failure::Refused(reason) => (
            "engine-refusal",
            format!("progenitor refuses the types of the document: {reason}"),
        ),
        Failure::Surprise(what) => (
            "engine-surprise",
            format!("progenitor emitted unexpected code: {what}"),
        ),
    };
    Diagnostic::new(rule, openapi::Span::default(), message)
        .with_hint("this is a defect of the generator, worth a report")
        .into()
}
