//! Turns an OpenAPI 3.0 document into the source of a typed Rust client.
//!
//! Nothing here touches the disk: a document comes in, files or diagnostics go out. The stages are
//! public for those who measure them:
//!
//! 1. [`source::load`]: text to values and their positions
//! 2. [`check::check`]: what is wrong with the document
//! 3. [`model::resolve`]: every operation as the emitter needs it
//! 4. [`lower::lower`]: a document that progenitor expresses rightly
//! 5. [`engine::run`]: types and wire code
//! 6. [`emit::emit`]: the items of each file
//! 7. [`render::render`]: the text of each file
//!
//! [`changes::compare`] tells what lies between two documents.

mod blame;
pub mod changes;
pub mod check;
pub mod diagnostic;
pub mod drift;
pub mod emit;
pub mod engine;
pub mod lower;
pub mod model;
mod names;
mod openapi;
mod outline;
pub mod render;
mod schema;
pub mod source;
mod standalone;

pub use diagnostic::{Diagnostic, Diagnostics};
pub use outline::outline;
pub use source::Source;
pub use standalone::{CrateParts, MARKER};

use emit::Emitted;
use engine::Failure;
use lower::Lowered;
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
}

/// Generates the files of the client's `src/generated`, relative to it.
///
/// # Errors
///
/// Everything that is wrong with the document.
pub fn generate(source: &Source) -> Result<Output, Diagnostics> {
    let generated = Generated::new(source, CLIENT)?;
    let files = render::render(generated.emitted, &source.name);
    Ok(output(&generated.api, generated.types, files))
}

/// Generates a whole crate, with paths relative to its root.
///
/// # Errors
///
/// Everything that is wrong with the document.
pub fn standalone(source: &Source, parts: &CrateParts) -> Result<Output, Diagnostics> {
    let generated = Generated::new(source, &standalone::code_name(&parts.name))?;
    let files = standalone::assemble(&generated.api, generated.emitted, source, parts);
    Ok(output(&generated.api, generated.types, files))
}

/// A document and the items that were emitted for it.
struct Generated {
    document: Document,
    api: Api,
    lowered: Lowered,
    types: usize,
    emitted: Vec<Emitted>,
}

impl Generated {
    fn new(source: &Source, crate_name: &str) -> Result<Self, Diagnostics> {
        let document = source::load(source)?;
        Diagnostics::from_found(check::check(&document))?;
        let api = model::resolve(&document)?;
        let (lowered, types, emitted) =
            express(&api, crate_name).map_err(|failure| blame::blame(&document, &api, &failure))?;
        Ok(Self {
            document,
            api,
            lowered,
            types,
            emitted,
        })
    }
}

fn output(api: &Api, types: usize, files: Vec<File>) -> Output {
    Output {
        files,
        operations: api.operations().count(),
        types,
    }
}

/// Everything from the model on.
fn express(api: &Api, crate_name: &str) -> Result<(Lowered, usize, Vec<Emitted>), Failure> {
    let lowered = lower::lower(api).map_err(|error| Failure::Refused(error.to_string()))?;
    let engine = engine::run(&lowered)?;
    let emitted = emit::emit(api, &lowered, &engine, crate_name)?;
    let types = engine.types.len() + lowered.enums.len();
    Ok((lowered, types, emitted))
}
