//! Diagnostics of rejected documents: one small document and one snapshot per hazard.

mod examples;
mod hostile;
mod later;
mod levels;
mod mutation;
mod neighbours;
mod operations;
mod positions;
mod references;
mod rules;
mod schemas;
mod slips;
mod structure;
mod text;

use generator::{Diagnostics, Source};
use openapi::check::check;

/// Declares a test per hazard: its name, the document, and a snapshot of the diagnostics.
macro_rules! rejects {
    ($($name:ident: $document:expr,)*) => {
        $(
            #[test]
            fn $name() {
                insta::with_settings!({omit_expression => true}, {
                    insta::assert_snapshot!($crate::rejection("document.yaml", $document));
                });
            }
        )*
    };
}
pub(crate) use rejects;

/// The diagnostics of a document, which must be rejected.
fn rejection(name: &str, text: &str) -> String {
    let source = Source::new(name, text.trim_start_matches('\n'));
    match find(&source) {
        Ok(()) => panic!("accepted:\n{}", source.text),
        Err(found) => found.render(&source, false),
    }
}

/// Fails with the diagnostics of a document that should be accepted.
#[track_caller]
fn accepts(text: &str) {
    let source = Source::new("document.yaml", text.trim_start_matches('\n'));
    if let Err(found) = find(&source) {
        panic!("rejected:\n{}", found.render(&source, false));
    }
}

/// Held to every rule: all that is found counts as an error.
fn find(source: &Source) -> Result<(), Diagnostics> {
    let found = match openapi::load(source) {
        Ok(document) => check(&document),
        Err(found) => found.into_iter().collect(),
    };
    Diagnostics::from_found(found)
}
