//! Text to document: values by serde, and the position of every value in the text.

mod events;
mod first;
mod json;
mod pointer;
mod positions;
mod yaml;

pub use pointer::Pointer;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use positions::{Positions, Scanned};

/// A document as it was read from disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The name shown in diagnostics: `spec/artifacts.yaml`.
    pub name: String,
    /// The whole text, YAML or JSON.
    pub text: String,
}

/// A document's value, and where in the text each part of it stands.
#[derive(Debug)]
#[non_exhaustive]
pub struct Document {
    /// The whole document. Keys that YAML takes for numbers or booleans (`200:`) are strings, as they are written.
    pub value: Value,
    /// The keys that are given again. The document's value has what is given first.
    pub(crate) duplicates: Vec<Diagnostic>,
    positions: Positions,
}

/// Reads YAML or JSON.
///
/// JSON is what starts with `{"` or has a name that ends with `.json`.
///
/// # Errors
///
/// When the text is neither, nests too deeply, or says what JSON cannot hold. Keys that are given twice are told by
/// [`check`](crate::check::check), together with all else.
pub fn load(source: &Source) -> Result<Document, Diagnostics> {
    let (
        value,
        Scanned {
            positions,
            duplicates,
        },
    ) = if is_json(source) {
        json::read(&source.text)?
    } else {
        yaml::read(&source.text)?
    };
    Ok(Document {
        value,
        duplicates,
        positions,
    })
}

impl Document {
    /// Where the value stands that `pointer` leads to, or the nearest place around it that exists.
    pub fn span(&self, pointer: &Pointer) -> Span {
        self.positions.find(pointer).value
    }

    /// Where the key of that value stands, or the value itself if it has no key.
    pub fn key_span(&self, pointer: &Pointer) -> Span {
        self.positions.find(pointer).key
    }
}

fn is_json(source: &Source) -> bool {
    let text = source.text.trim_start_matches('\u{feff}').trim_start();
    let braced = text.strip_prefix('{').map(str::trim_start);
    source.name.ends_with(".json") || braced.is_some_and(|rest| rest.starts_with(['"', '}']))
}

fn unrepresentable_number(number: &str, span: Span) -> Diagnostic {
    let message = format!("a number that JSON readers cannot hold: `{number}`");
    Diagnostic::new("unrepresentable-number", span, message)
        .with_hint("write a finite number that fits 64 bits, or put it in quotes")
}
