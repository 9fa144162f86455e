//! Turns a document of OpenAPI 3.0 or 3.1 into the source of a typed Rust client.
//!
//! Nothing here touches the disk: a document comes in, files or diagnostics go out. The stages are
//! public for those who measure them:
//!
//! 1. [`source::load`]: text to values and their positions; OpenAPI 3.1 in the terms of 3.0
//! 2. [`check::check`]: what is wrong with the document
//! 3. [`resolve::resolve`]: every operation and every type as the emitter needs it
//! 4. [`lower::lower`]: a document of schemas that progenitor expresses rightly
//! 5. [`engine::run`]: the types in Rust
//! 6. [`emit::emit`]: the items of each file
//! 7. [`render::render`]: the text of each file
//!
//! [`changes::compare`] tells what lies between two documents.

pub mod changes;
pub mod check;
pub mod diagnostic;
mod downgrade;
pub mod drift;
pub mod emit;
pub mod engine;
pub mod facts;
mod features;
mod glob;
pub mod lower;
pub mod model;
mod names;
mod openapi;
mod options;
mod outline;
pub mod render;
pub mod report;
pub mod resolve;
pub mod source;
mod standalone;

pub use diagnostic::{Diagnostic, Diagnostics, Level, Rule};
pub use options::Options;
pub use outline::outline;
pub use source::Source;
pub use standalone::{CrateParts, MARKER};

use diagnostic::Policy;
use emit::Emitted;
use engine::Failure;
use model::Api;
use source::Document;

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

/// What was generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Sorted by path.
    pub files: Vec<File>,
    /// How many operations the document has.
    pub operations: usize,
    /// How many types were emitted.
    pub types: usize,
    /// What is wrong with the document all the same, sorted by position.
    pub warnings: Vec<Diagnostic>,
}

/// Generates the files of the client's `src/generated`, relative to it.
///
/// # Errors
///
/// Whatever leaves no right code, or is denied; with the warnings that there are beside it.
pub fn generate(source: &Source, options: &Options) -> Result<Output, Diagnostics> {
    let mut generated = Generated::new(source, options, CLIENT)?;
    let emitted = std::mem::take(&mut generated.emitted);
    let files = render::render(emitted, &source.name).map_err(|failure| defect(&failure))?;
    Ok(output(generated, files))
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
    let mut generated = Generated::new(source, options, &standalone::code_name(&parts.name))?;
    let emitted = std::mem::take(&mut generated.emitted);
    let files = standalone::assemble(&generated.api, emitted, source, parts)
        .map_err(|failure| defect(&failure))?;
    Ok(output(generated, files))
}

/// A document and the items that were emitted for it.
struct Generated {
    document: Document,
    api: Api,
    emitted: Vec<Emitted>,
    warnings: Vec<Diagnostic>,
}

impl Generated {
    fn new(source: &Source, options: &Options, crate_name: &str) -> Result<Self, Diagnostics> {
        let document = source::load(source)?;
        let (api, warnings) = understand(&document, options)?;
        let emitted = express(&api, crate_name).map_err(|failure| defect(&failure))?;
        Ok(Self {
            document,
            api,
            emitted,
            warnings,
        })
    }
}

/// The document's model, and all that is wrong with the document all the same: whatever a stage has to say is told in
/// one run.
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

fn output(generated: Generated, files: Vec<File>) -> Output {
    Output {
        files,
        operations: generated.api.operations().count(),
        types: generated.api.types.used().count(),
        warnings: generated.warnings,
    }
}

/// Everything from the model on.
fn express(api: &Api, crate_name: &str) -> Result<Vec<Emitted>, Failure> {
    let lowered = lower::lower(&api.types).map_err(|error| Failure::Refused(error.to_string()))?;
    let engine = engine::run(&lowered)?;
    emit::emit(api, &engine, crate_name)
}

/// What is wrong when a model can't be expressed: never the document.
fn defect(failure: &Failure) -> Diagnostics {
    let (rule, message) = match failure {
        Failure::Refused(reason) => (
            "engine-refusal",
            format!("progenitor refuses the types of the document: {reason}"),
        ),
        Failure::Surprise(what) => (
            "engine-surprise",
            format!("progenitor emitted something unknown: {what}"),
        ),
    };
    Diagnostic::new(rule, diagnostic::Span::default(), message)
        .with_hint("this is a defect of the generator, worth a report")
        .into()
}
