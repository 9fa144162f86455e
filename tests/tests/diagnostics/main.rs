//! What the generator says about documents it does not accept: one small document and one snapshot per hazard.

mod examples;
mod hostile;
mod mutation;
mod operations;
mod positions;
mod references;
mod schemas;
mod structure;
mod text;

use generator::check::check;
use generator::{Diagnostics, Source, source};

/// Declares a test per hazard: its name, the document, and a snapshot of what is said about it.
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

/// What is said about a document, which must not be accepted.
fn rejection(name: &str, text: &str) -> String {
    let source = Source {
        name: name.to_owned(),
        text: text.trim_start_matches('\n').to_owned(),
    };
    match find(&source) {
        Ok(()) => panic!("accepted:\n{}", source.text),
        Err(found) => found.render(&source, false),
    }
}

/// Fails with what is said about a document that should be accepted.
#[track_caller]
fn accepts(text: &str) {
    let source = Source {
        name: "document.yaml".to_owned(),
        text: text.trim_start_matches('\n').to_owned(),
    };
    if let Err(found) = find(&source) {
        panic!("rejected:\n{}", found.render(&source, false));
    }
}

fn find(source: &Source) -> Result<(), Diagnostics> {
    let document = source::load(source)?;
    Diagnostics::from_found(check(&document))
}
