//! The values of a YAML document, their positions, and its parts that JSON can't represent.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Tag};
use serde_json::Value;

use super::positions::{Builder, Collection, NodeId, Scanned, too_deep};
use super::values::Values;
use super::{brackets, merge_keys, scalars, slips, unrepresentable_number};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::text::Span;

pub(super) fn scan(text: &str) -> Result<(Value, Scanned), Diagnostics> {
    let offsets = Offsets::new(text);
    let stopped = match scan_as(text, &offsets) {
        Err(Stopped::ByParser(error)) if is_outdented_bracket(&error, text, &offsets) => {
            scan_as(&brackets::joined(text), &offsets)
        }
        other => other,
    };
    stopped.map_err(|stopped| match stopped {
        Stopped::ByParser(error) => refused(&error, text, &offsets),
        Stopped::ByRule(found) => found,
    })
}

enum Stopped {
    ByParser(ScanError),
    ByRule(Diagnostics),
}

impl From<Diagnostics> for Stopped {
    fn from(found: Diagnostics) -> Self {
        Self::ByRule(found)
    }
}

/// Scans a text whose characters have the places of `offsets`.
fn scan_as(text: &str, offsets: &Offsets) -> Result<(Value, Scanned), Stopped> {
    let mut scan = Scan::default();
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(Stopped::ByParser)?;
        let span = Span::new(
            offsets.byte(span.start.index()),
            offsets.byte(span.end.index()),
        );
        scan.event(event, span)?;
        scan.builder.check_size(span)?;
    }
    if scan.documents == 0 {
        return Err(Stopped::ByRule(empty().into()));
    }
    Ok((scan.values.finish(), scan.builder.finish()?))
}

/// Whether the parser gets past the first `lines` of a text; there is at least one.
pub(super) fn can_be_read(text: &str, lines: usize) -> bool {
    let last = text.match_indices('\n').nth(lines - 1);
    let end = last.map(|(at, _)| text[..=at].chars().count());
    let is_past = |at: &Marker| end.is_some_and(|end| at.index() >= end);
    let text = brackets::joined(text);
    let mut parser = Parser::new_from_str(&text);
    while let Some(event) = parser.next_event() {
        match event {
            Ok((_, span)) if is_past(&span.start) => return true,
            Ok(_) => {}
            Err(error) => return is_past(error.marker()),
        }
    }
    true
}

/// Whether the parser stumbles over the indentation of a closing bracket.
fn is_outdented_bracket(error: &ScanError, text: &str, offsets: &Offsets) -> bool {
    let at = offsets.byte(error.marker().index());
    error.info() == "invalid indentation" && text[at..].starts_with([']', '}'])
}

#[derive(Default)]
struct Scan {
    builder: Builder,
    values: Values,
    anchors: HashMap<usize, NodeId>,
    documents: usize,
    last_end: usize,
}

impl Scan {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Diagnostics> {
        match event {
            Event::DocumentStart(_) => self.document(span)?,
            Event::MappingStart(anchor, tag) => {
                self.refuse_as_key(span)?;
                self.check_tag(tag.as_deref(), span);
                self.open(Collection::Object, anchor, span)?;
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_as_key(span)?;
                self.check_tag(tag.as_deref(), span);
                self.open(Collection::Array, anchor, span)?;
            }
            Event::MappingEnd | Event::SequenceEnd => {
                self.builder.close(self.last_end);
                self.values.close();
            }
            Event::Alias(anchor) => {
                self.refuse_as_key(span)?;
                self.last_end = span.end;
                if let Some(&target) = self.anchors.get(&anchor) {
                    self.builder.alias(span, target)?;
                    self.values.alias(anchor);
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.last_end = span.end;
                self.check_tag(tag.as_deref(), span);
                if self.builder.expects_key() {
                    self.key(&text, style, span);
                } else {
                    let node = self.scalar(&text, style, tag.as_deref(), span)?;
                    self.anchors.insert(anchor, node);
                    let value = value(&text, style, tag.as_deref());
                    self.values.add(value, anchor);
                }
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn document(&mut self, span: Span) -> Result<(), Diagnostics> {
        self.documents += 1;
        if self.documents == 1 {
            return Ok(());
        }
        let message = "a second document in the same file";
        let diagnostic = Diagnostic::new("multiple-documents", span, message);
        Err(diagnostic
            .with_hint("keep one document, and move the others to files of their own")
            .into())
    }

    fn open(
        &mut self,
        collection: Collection,
        anchor: usize,
        span: Span,
    ) -> Result<(), Diagnostics> {
        let node = self.builder.open(collection, span)?;
        self.anchors.insert(anchor, node);
        self.values.open(collection, anchor);
        Ok(())
    }

    fn key(&mut self, text: &str, style: ScalarStyle, span: Span) {
        if text == "<<" && style == ScalarStyle::Plain {
            let message = "merge keys are not part of YAML 1.2: `<<`";
            self.builder.report(
                Diagnostic::new(merge_keys::RULE, span, message)
                    .with_hint("write the fields out, or share them by `$ref` or `allOf`"),
            );
        }
        self.builder.key(text, span);
        self.values.key(text);
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        span: Span,
    ) -> Result<NodeId, Diagnostics> {
        let plain = style == ScalarStyle::Plain;
        if plain && text.is_empty() && self.builder.is_empty() {
            return Err(empty().into());
        }
        if plain && !is_text(tag) && scalars::is_unrepresentable(text) {
            self.builder.report(unrepresentable_number(text, span));
        }
        // A value that is left out stands nowhere: its key is the nearest place to show.
        let span = match self.builder.pending_key() {
            Some(key) if span.start == span.end => key,
            _ => span,
        };
        Ok(self.builder.scalar(span))
    }

    /// Stops the scan, since the rest can't be interpreted.
    fn refuse_as_key(&self, span: Span) -> Result<(), Diagnostics> {
        if !self.builder.expects_key() {
            return Ok(());
        }
        let diagnostic = Diagnostic::new("unsupported-key", span, "a key that is not a scalar");
        Err(diagnostic
            .with_hint("write keys as plain strings, and a value that starts with `{` in quotes")
            .into())
    }

    fn check_tag(&mut self, tag: Option<&Tag>, span: Span) {
        const CORE: [&str; 7] = ["str", "int", "float", "bool", "null", "map", "seq"];
        let Some(tag) = tag else { return };
        if !(tag.is_yaml_core_schema() && CORE.contains(&tag.suffix.as_str())) {
            let message = format!("unsupported tag: `{}`", tag.to_string().escape_debug());
            self.builder.report(
                Diagnostic::new("unsupported-tag", span, message)
                    .with_hint("remove the tag: OpenAPI documents have plain JSON values"),
            );
        }
    }
}

fn value(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    let has_type = tag.is_some_and(Tag::is_yaml_core_schema);
    let is_plain = style == ScalarStyle::Plain || has_type;
    if is_plain && !is_text(tag) {
        scalars::value(text)
    } else {
        text.into()
    }
}

/// Whether a tag says that a value is a text, whatever it looks like.
fn is_text(tag: Option<&Tag>) -> bool {
    tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str")
}

/// saphyr counts characters; this maps them to bytes.
struct Offsets {
    /// Left empty for ASCII, where both are the same.
    bytes: Vec<usize>,
    length: usize,
}

impl Offsets {
    fn new(text: &str) -> Self {
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| at).collect()
        };
        Self {
            bytes,
            length: text.len(),
        }
    }

    fn byte(&self, character: usize) -> usize {
        if self.bytes.is_empty() {
            return character.min(self.length);
        }
        self.bytes.get(character).copied().unwrap_or(self.length)
    }
}

fn refused(error: &ScanError, text: &str, offsets: &Offsets) -> Diagnostics {
    let at = error.marker().index();
    let span = Span::new(offsets.byte(at), offsets.byte(at + 1));
    // The parser reads ahead, and meets its own limit before it has reported how deep the text goes.
    if error.info().contains("recursion limit") {
        return too_deep(span).into();
    }
    slips::explain(text, super::yaml::syntax(span, error.info())).into()
}

fn empty() -> Diagnostic {
    Diagnostic::new("empty-document", Span::default(), "the document is empty")
        .with_hint("start with `openapi: 3.0.3`, `info` and `paths`")
}
