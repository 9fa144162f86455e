//! One of the two documents, and all that is known of it.

use std::collections::BTreeSet;

use generator::model::Api;
use generator::{File, Generated, generate_with_model};
use openapi::{Diagnostic, Diagnostics, Document, Options, Pointer, Source};

use super::surface::Surface;

/// A document with its emitted code.
#[derive(Debug)]
pub struct Revision {
    /// The emitted files, with paths relative to `src/generated`.
    pub files: Vec<File>,
    pub(super) api: Api,
    pub(super) surface: Surface,
    /// Types in responses, by name.
    pub(super) received: BTreeSet<String>,
    /// Types in requests, by name.
    pub(super) sent: BTreeSet<String>,
    document: Document,
    /// Where the lines of the document end.
    ends: Vec<usize>,
    /// The length of the document's own text.
    length: usize,
}

impl Revision {
    /// Generates the code of a document.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document.
    pub fn new(source: &Source) -> Result<Self, Diagnostics> {
        let Generated {
            document,
            api,
            output,
        } = generate_with_model(source, &Options::strict())?;
        let surface = Surface::of_emitted(&output.files).map_err(|path| unreadable(&path))?;
        let types = &api.types;
        Ok(Self {
            files: output.files,
            surface,
            received: types.names(|definition| definition.received),
            sent: types.names(|definition| definition.sent),
            api,
            document,
            ends: ends(&source.text),
            length: source.text.len(),
        })
    }

    /// The side of an API that did not exist.
    pub fn nothing() -> Self {
        let source = Source::new("", "{}");
        Self {
            files: Vec::new(),
            api: Api::default(),
            surface: Surface::default(),
            received: BTreeSet::new(),
            sent: BTreeSet::new(),
            document: openapi::load(&source).expect("an empty object is a document"),
            ends: ends(&source.text),
            length: source.text.len(),
        }
    }

    /// The document's line, counted from 1, of a value or its key; of what refers to it, if it is in a file beside the
    /// document.
    pub(super) fn line(&self, pointer: &Pointer) -> usize {
        let mut pointer = pointer.clone();
        let mut start = self.document.key_span(&pointer).start;
        while start > self.length && !pointer.as_str().is_empty() {
            pointer.pop();
            start = self.document.key_span(&pointer).start;
        }
        self.ends.partition_point(|end| *end < start) + 1
    }

    /// The document as JSON.
    pub(super) fn value(&self) -> &serde_json::Value {
        &self.document.value
    }
}

fn ends(text: &str) -> Vec<usize> {
    text.match_indices('\n').map(|(at, _)| at).collect()
}

fn unreadable(path: &str) -> Diagnostics {
    let message = format!("emitted code is not valid Rust: `{path}`");
    let hint = "this is a defect of the generator, worth a report";
    let span = openapi::Span::default();
    Diagnostic::new("unreadable-code", span, message)
        .with_hint(hint)
        .into()
}
