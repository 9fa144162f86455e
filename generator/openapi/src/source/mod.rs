//! Text to document: values by serde, and the position of every value in the text.

mod brackets;
mod bundle;
mod events;
mod identifiers;
mod json;
mod meanings;
mod merge_keys;
mod mistaken;
mod places;
mod positions;
mod scalars;
mod slips;
mod values;
mod yaml;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::downgrade::{self, Downgraded, Moved};
use crate::pointer::Pointer;
use crate::terms::Version;
use crate::text::{Given, Neighbour, Source, Span};
use places::Places;
use positions::Scanned;

/// A document's value, and the position of each part in the text.
#[derive(Debug)]
#[non_exhaustive]
pub struct Document {
    /// The whole document, in the terms of OpenAPI 3.0. Keys that YAML reads as numbers or booleans (`200:`) are strings,
    /// as written. Targets of references to other files are among the components.
    pub value: Value,
    /// The version in which it is written.
    pub(crate) version: Version,
    /// Warnings about the text, and about references to other files.
    pub warnings: Vec<Diagnostic>,
    places: Arc<Places>,
    /// Where the values of another version are written.
    moved: Moved,
    /// The document in the terms of its own version, if that is another one.
    written: Option<Box<Document>>,
    /// Positions of references that are fully reported already.
    reported: BTreeSet<Pointer>,
}

/// Gives a file beside a document, if anything is known of it.
type Read<'r> = dyn FnMut(&str) -> Option<Given> + 'r;

/// Reads YAML or JSON.
///
/// A text is JSON if it starts with `{"`, or if its name ends with `.json`.
///
/// # Errors
///
/// When the text is neither, is nested too deeply, grows too large by its references, or has values that JSON does not
/// have. [`check`](crate::check::check) reports mistakes that can be read all the same, such as a duplicate key.
pub fn load(source: &Source) -> Result<Document, Diagnostics> {
    let mut document = as_written(source, &mut |path| source.given(path))?;
    mistaken::mend(&mut document);
    meanings::mend(&mut document);
    Ok(document.downgraded())
}

fn as_written(source: &Source, read: &mut Read<'_>) -> Result<Document, Diagnostics> {
    let (mut value, scanned) = read_text(&source.name, &source.text)?;
    let Scanned {
        positions,
        warnings,
    } = scanned;
    let identifiers = identifiers::resolve(version(&value), &source.text, &mut value);
    if bundle::is_needed(&source.text, &value) {
        return bundle::bundle(source, (value, identifiers), positions, warnings, read);
    }
    Ok(Document::new(
        value,
        Places::new(positions),
        warnings,
        BTreeSet::new(),
    ))
}

fn read_text(name: &str, text: &str) -> Result<(Value, Scanned), Diagnostics> {
    let read = if is_json(name, text) {
        json::read(text)
    } else {
        yaml::read(text)
    };
    read.map_err(|found| slips::conflicts(text).unwrap_or(found))
}

impl Source {
    /// Reads the files that the document refers to, and those that they refer to.
    ///
    /// `read` is given a path that is relative to the document's directory, with `/` between its parts and perhaps `..`
    /// at its start. It gives the text, or says why there is none: `it does not exist`.
    pub fn read_neighbours(&mut self, mut read: impl FnMut(&str) -> Result<String, String>) {
        // To find out which there are takes as long as to load the document.
        if !bundle::may_lead_out(&self.text) {
            return;
        }
        let mut neighbours = Vec::new();
        let mut given = |path: &str| {
            let text = read(path);
            neighbours.push(Neighbour {
                path: path.to_owned(),
                text: text.clone(),
            });
            Some(Given { text, first: 0 })
        };
        // Mistakes in the document are reported when it is loaded.
        drop(as_written(self, &mut given));
        self.set_neighbours(neighbours);
    }
}

impl Document {
    /// A document as written.
    fn new(
        value: Value,
        places: Places,
        warnings: Vec<Diagnostic>,
        reported: BTreeSet<Pointer>,
    ) -> Self {
        Self {
            version: version(&value),
            value,
            warnings,
            places: Arc::new(places),
            moved: Moved::default(),
            written: None,
            reported,
        }
    }

    /// The same in the terms of OpenAPI 3.0.
    fn downgraded(mut self) -> Self {
        if self.version == Version::V3_0 {
            return self;
        }
        let Downgraded {
            value,
            moved,
            found,
        } = downgrade::downgrade(&self.value);
        let mut warnings = std::mem::take(&mut self.warnings);
        warnings.extend(found.into_iter().map(|finding| {
            let span = self.key_span(&finding.pointer);
            finding.at(span)
        }));
        Self {
            value,
            version: self.version,
            warnings,
            places: Arc::clone(&self.places),
            moved,
            reported: self.reported.clone(),
            written: Some(Box::new(self)),
        }
    }

    /// Changes the document as written.
    pub fn edit<T>(&mut self, change: impl FnOnce(&mut Value) -> T) -> T {
        let Some(written) = &mut self.written else {
            return change(&mut self.value);
        };
        let result = change(&mut written.value);
        let Downgraded { value, moved, .. } = downgrade::downgrade(&written.value);
        self.value = value;
        self.moved = moved;
        result
    }

    /// The document in the terms of its own version, if that is not 3.0.
    pub(crate) fn as_written(&self) -> Option<&Self> {
        self.written.as_deref()
    }

    /// Returns the span of the value at `pointer`, or of its nearest existing ancestor.
    pub fn span(&self, pointer: &Pointer) -> Span {
        self.places.find(&self.moved.written(pointer)).value
    }

    /// Returns the span of that value's key, or of the value itself if it has no key.
    pub fn key_span(&self, pointer: &Pointer) -> Span {
        self.places.find(&self.moved.written(pointer)).key
    }

    /// Whether a value has replaced a reference to it.
    pub(crate) fn is_from_elsewhere(&self, pointer: &Pointer) -> bool {
        self.places.origin(&self.moved.written(pointer)).is_some()
    }

    /// Whether the reference at `pointer` is fully reported already.
    pub(crate) fn is_reported(&self, pointer: &Pointer) -> bool {
        self.reported.contains(&self.moved.written(pointer))
    }
}

/// The version that a document is read as; the check reports other versions.
fn version(document: &Value) -> Version {
    Version::of(document).unwrap_or(Version::V3_0)
}

fn is_json(name: &str, text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let braced = text.strip_prefix('{').map(str::trim_start);
    name.ends_with(".json") || braced.is_some_and(|rest| rest.starts_with(['"', '}']))
}

const UNREPRESENTABLE_NUMBER: &str = "unrepresentable-number";

fn unrepresentable_number(number: &str, span: Span) -> Diagnostic {
    let message = format!("a number that JSON readers cannot hold: `{number}`");
    Diagnostic::new(UNREPRESENTABLE_NUMBER, span, message)
        .with_hint("write a finite number that fits 64 bits, or put it in quotes")
}
