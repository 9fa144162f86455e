//! A document for each construct of OpenAPI: what is emitted for it, whether that compiles, whether all of it is
//! there, and what it sends.

mod builds;
mod emitted;
mod facts;
mod mutation;
mod versions;
mod wire;

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use generator::{Output, Source};

use emitted::CONSTRUCTS;

/// The folder of the documents, relative to the workspace.
const DOCUMENTS: &str = "tests/tests/constructs/documents";

/// The document of a construct.
fn source(construct: &str) -> Source {
    let name = format!("{DOCUMENTS}/{construct}.yaml");
    let text = std::fs::read_to_string(tests::workspace().join(&name)).expect("a document");
    Source::new(name, text)
}

/// The generator's output for a construct, which several tests look at.
#[track_caller]
fn output(construct: &str) -> &'static Output {
    type Outputs = BTreeMap<&'static str, OnceLock<Result<Output, String>>>;
    static OUTPUTS: LazyLock<Outputs> = LazyLock::new(|| {
        CONSTRUCTS
            .iter()
            .map(|name| (*name, OnceLock::new()))
            .collect()
    });
    let output = OUTPUTS[construct].get_or_init(|| generate(&source(construct)));
    output
        .as_ref()
        .unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// The generator's output for a document, or the diagnostics of its rejection.
fn generate(source: &Source) -> Result<Output, String> {
    generator::generate(source, &generator::Options::default())
        .map_err(|found| found.render(source, false))
}
