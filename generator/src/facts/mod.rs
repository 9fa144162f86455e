//! Whether emitted code has all that a document states.
//!
//! The generator must not silently drop anything. So this reads the document once more, in its own simple way, and
//! searches the emitted text for its names and values, as they are on the wire.

mod document;
mod emitted;
#[cfg(test)]
mod tests;
mod tokens;

use openapi::{Diagnostic, Document, Pointer, Rule};

use std::collections::HashSet;
use std::fmt;

use serde_json::Value;

use crate::File;
use document::{Direction, Fact, Facts, OperationFacts, ParameterFact};
use emitted::EmittedIndex;
use tokens::Tokens;

/// Something that a document states and that is not found in the code emitted for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct MissingFact {
    /// The kind of fact.
    pub kind: FactKind,
    /// Where the document states it.
    pub pointer: Pointer,
    /// The fact in words: ``query parameter `page` of GET /things``.
    pub what: String,
}

/// The kinds of facts that are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FactKind {
    /// A method of a path.
    Operation,
    /// A parameter, unless OpenAPI says that it is ignored.
    Parameter,
    /// A property of a schema that an operation reaches.
    Property,
    /// A string or number of an enumeration that an operation reaches.
    EnumValue,
    /// A status, or a range of them, among an operation's responses.
    Status,
    /// A media type of a request's body or of a successful response.
    MediaType,
}

impl FactKind {
    /// Every kind, in the order of reports.
    pub const ALL: [Self; 6] = [
        Self::Operation,
        Self::Parameter,
        Self::Property,
        Self::EnumValue,
        Self::Status,
        Self::MediaType,
    ];
}

impl fmt::Display for FactKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::Property => "property",
            Self::EnumValue => "enum value",
            Self::Status => "status",
            Self::MediaType => "media type",
        })
    }
}

impl fmt::Display for MissingFact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at `{}`)", self.what, self.pointer)
    }
}

/// The facts of a document that are neither in the files emitted for it nor reported as lost by its warnings, sorted
/// by kind and place.
///
/// The facts of an operation are searched for in the file that sends its request, those of a schema in any file with most
/// of them. References to other documents are not followed. The files may be those of
/// [`generate`](crate::generate) or of [`standalone`](crate::standalone).
pub fn missing(document: &Document, files: &[File], warnings: &[Diagnostic]) -> Vec<MissingFact> {
    let is_lossy =
        |warning: &&Diagnostic| Rule::named(warning.rule).is_some_and(|rule| rule.loss.is_some());
    let reported = warnings.iter().filter(is_lossy);
    let reported: HashSet<_> = reported.map(|warning| warning.span).collect();
    let is_reported = |pointer: &Pointer| {
        let spans = [document.key_span(pointer), document.span(pointer)];
        !reported.is_empty() && spans.iter().any(|span| reported.contains(span))
    };
    absent(&document.value, files, &is_reported)
}

/// The same, with a function that returns whether a warning reports the loss at a position.
fn absent(
    document: &Value,
    files: &[File],
    is_reported: &dyn Fn(&Pointer) -> bool,
) -> Vec<MissingFact> {
    let facts = Facts::of(document, is_reported);
    let emitted = EmittedIndex::index(files);
    let mut missing = Vec::new();
    for operation in &facts.operations {
        of_operation(operation, &emitted, &mut missing);
    }
    for properties in &facts.objects {
        let absent = absent_properties(properties, &emitted);
        let to_missing = |fact: &Fact| missing_fact(FactKind::Property, "property", fact);
        missing.extend(absent.iter().map(to_missing));
    }
    for values in &facts.enums {
        let to_missing = |fact: &Fact| missing_fact(FactKind::EnumValue, "value", fact);
        let absent = emitted.without_values(values);
        missing.extend(absent.into_iter().map(to_missing));
    }
    missing.sort();
    missing.dedup();
    missing
}

fn of_operation(
    operation: &OperationFacts<'_>,
    emitted: &EmittedIndex<'_>,
    missing: &mut Vec<MissingFact>,
) {
    let name = operation.name();
    let files = emitted.of_operation(operation);
    if files.is_empty() {
        missing.push(MissingFact {
            kind: FactKind::Operation,
            pointer: operation.pointer.clone(),
            what: name,
        });
        return;
    }
    let mut look = |kind, noun: &str, fact: &Fact, found: &dyn Fn(&Tokens<'_>) -> bool| {
        if !files.iter().any(|file| found(file)) {
            let mut fact = missing_fact(kind, noun, fact);
            fact.what = format!("{} of {name}", fact.what);
            missing.push(fact);
        }
    };
    for ParameterFact { fact, place } in &operation.parameters {
        let noun = format!("{place} parameter");
        let found = |file: &Tokens<'_>| has_parameter(file, place, &fact.text);
        look(FactKind::Parameter, &noun, fact, &found);
    }
    for fact in &operation.statuses {
        let found = |file: &Tokens<'_>| has_status(file, &fact.text);
        look(FactKind::Status, "status", fact, &found);
    }
    for fact in &operation.media_types {
        let found = |file: &Tokens<'_>| has_media_type(file, &fact.text);
        look(FactKind::MediaType, "media type", fact, &found);
    }
}

fn missing_fact(kind: FactKind, noun: &str, fact: &Fact) -> MissingFact {
    MissingFact {
        kind,
        pointer: fact.pointer.clone(),
        what: format!("{noun} `{}`", fact.text),
    }
}

/// A schema may have become two types: one that is sent, and one that is received.
fn absent_properties(properties: &[Fact], emitted: &EmittedIndex<'_>) -> Vec<Fact> {
    let absent = |properties: &[Fact]| -> Vec<Fact> {
        let absent = emitted.without_properties(properties);
        absent.into_iter().cloned().collect()
    };
    let whole = absent(properties);
    if whole.is_empty()
        || properties
            .iter()
            .all(|fact| fact.direction == Direction::Both)
    {
        return whole;
    }
    let without = |direction| -> Vec<Fact> {
        let kept = properties.iter().filter(|fact| fact.direction != direction);
        kept.cloned().collect()
    };
    let mut halves = absent(&without(Direction::Sent));
    halves.extend(absent(&without(Direction::Received)));
    halves
}

fn has_parameter(file: &Tokens<'_>, place: &str, name: &str) -> bool {
    file.literals.contains(name)
        || place == "header" && {
            let mut literals = file.literals.iter();
            literals.any(|literal| literal.eq_ignore_ascii_case(name))
        }
}

/// An arm of a `match`, or an item of a list. A range is found by any number in it.
fn has_status(file: &Tokens<'_>, status: &str) -> bool {
    file.numbers.contains(status)
        || file.listed().any(|listed| listed == status)
        || status.strip_suffix("XX").is_some_and(|class| {
            let mut numbers = file.numbers.iter();
            numbers.any(|number| number.len() == 3 && number.starts_with(class))
        })
}

/// The media type by its name, or by the call that replaces it.
fn has_media_type(file: &Tokens<'_>, media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or(media_type).trim();
    let essence = essence.to_ascii_lowercase();
    let calls: &[&str] = match essence.as_str() {
        "application/x-www-form-urlencoded" => &["form"],
        "application/json" | "text/json" => &["json", "some_json"],
        json if json.ends_with("+json") => &["json", "some_json"],
        multipart if multipart.starts_with("multipart/") => &["multipart"],
        text if text.starts_with("text/") || text.ends_with("xml") => &["text"],
        "application/form-data" => &["multipart"],
        wildcard if wildcard.starts_with("*/") => {
            &["stream", "json", "some_json", "text", "upload"]
        }
        _ => &["stream", "json"],
    };
    let named = |text: &str| text.to_ascii_lowercase().contains(&essence);
    calls.iter().any(|call| file.identifiers.contains(call))
        || file.literals.iter().any(|literal| named(literal))
        || named(&file.docs)
}

/// A path without the escapes of what no URL can hold.
fn unescaped(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        let escape = behind.get(..2).filter(|_| byte == b'%');
        let escape = escape.and_then(|digits| std::str::from_utf8(digits).ok());
        let escaped = escape.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(escaped.unwrap_or(byte));
        rest = if escaped.is_some() {
            &behind[2..]
        } else {
            behind
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
