//! Writes pins into the file, and leaves everything else unchanged.

use openapi::{Diagnostic, Diagnostics, Pointer, Source};

use super::waived::hash;
use super::{Accepted, Ledger, Pin, Waiver};
use crate::Comparison;

const HEAD: &str = "# Intended differences from GitHub's descriptions, and the accepted state of these descriptions.
# See `cargo xtask drift --help`.
waivers: []

# Written by `cargo xtask drift --accept`.
pins:
";

impl Ledger {
    /// Returns the file's text with pins of the comparison with the description called `name`.
    ///
    /// # Errors
    ///
    /// When the text is laid out in a way in which pins can't be put into it.
    pub fn accepted(
        &self,
        source: Option<&Source>,
        comparison: &Comparison,
        name: &str,
    ) -> Result<String, Diagnostics> {
        let sorted = self.sorted_out(comparison, name);
        let operations = comparison.operations.iter().map(|(name, compared)| {
            let accepted = Accepted {
                upstream: compared.fingerprint,
                waived: Some(hash(name, &sorted.waived)),
            };
            (name.clone(), accepted)
        });
        let pin = Pin {
            version: comparison.version.clone(),
            operations: operations.collect(),
        };
        let (file, text) = match source {
            Some(source) => (source.name.as_str(), source.text.as_str()),
            None => ("drift.yaml", HEAD),
        };
        let mut text = self.with_pin(text, name, &pin);
        if text.contains("\r\n") {
            text = text.replace("\r\n", "\n").replace('\n', "\r\n");
        }
        let written = Source::new(file, text);
        let is_right = Self::read(&written).is_ok_and(|read| {
            let others = self.pins.iter().filter(|(known, _)| *known != name);
            let rest = read.pins.iter().filter(|(known, _)| *known != name);
            let is_like = |(one, other): (&Waiver, &Waiver)| one.is_like(other);
            read.waivers.len() == self.waivers.len()
                && read.waivers.iter().zip(&self.waivers).all(is_like)
                && read.pins.get(name) == Some(&pin)
                && others.eq(rest)
        });
        if is_right {
            return Ok(written.text);
        }
        let span = self
            .document
            .as_ref()
            .map(|document| document.key_span(&Pointer::root().child("pins")));
        let diagnostic = Diagnostic::new(
            "pins-layout",
            span.unwrap_or_default(),
            "no place to write the pins",
        );
        Err(diagnostic
            .with_hint("end the file with a line that is just `pins:`")
            .into())
    }

    /// The entry takes the place of the one there is, or goes to the end of the pins.
    fn with_pin(&self, text: &str, name: &str, pin: &Pin) -> String {
        let entry = entry(name, pin);
        let pins = Pointer::root().child("pins");
        let at = |pointer: &Pointer| {
            let document = self.document.as_ref()?;
            document.value.pointer(pointer.as_str())?;
            Some((document.key_span(pointer).start, document.span(pointer).end))
        };
        let lines = |(start, end): (usize, usize)| {
            let start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
            (start, after_line(text, end))
        };
        let own = at(&pins.child(name)).map(lines);
        let place = own.or_else(|| {
            let last = self
                .pins
                .keys()
                .filter_map(|known| at(&pins.child(known)))
                .map(|(_, end)| end)
                .max()?;
            let end = after_line(text, last);
            Some((end, end))
        });
        if let Some((start, end)) = place {
            return put(text, start, end, &entry);
        }
        // There are no pins yet: replace the empty value.
        match at(&pins) {
            Some((start, end)) => put(
                text,
                start,
                after_line(text, end.max(start)),
                &format!("pins:\n{entry}"),
            ),
            None => {
                put(
                    text,
                    text.len(),
                    text.len(),
                    if self.document.is_some() {
                        "\npins:\n"
                    } else {
                        ""
                    },
                ) + &entry
            }
        }
    }
}

/// `text` with another part between `start` and `end`, on lines of its own.
fn put(text: &str, start: usize, end: usize, part: &str) -> String {
    let (before, after) = (&text[..start], &text[end..]);
    let newline = if before.is_empty() || before.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    format!("{before}{newline}{part}{after}")
}

/// The start of the line after the one that ends at or after `at`.
fn after_line(text: &str, at: usize) -> usize {
    if text[..at].ends_with('\n') {
        return at;
    }
    text[at..]
        .find('\n')
        .map_or(text.len(), |newline| at + newline + 1)
}

fn entry(name: &str, pin: &Pin) -> String {
    let version = quoted(&pin.version);
    let mut entry = format!("  {}:\n    version: {version}\n    operations:", key(name));
    if pin.operations.is_empty() {
        entry.push_str(" {}");
    }
    entry.push('\n');
    for (operation, Accepted { upstream, waived }) in &pin.operations {
        let hashes = [
            ("structure", Some(upstream.structure)),
            ("docs", Some(upstream.docs)),
            ("waived", *waived),
        ];
        let hash = |(field, hash): (&str, Option<u64>)| {
            hash.map(|hash| format!("{field}: \"{hash:016x}\""))
        };
        let hashes: Vec<_> = hashes.into_iter().filter_map(hash).collect();
        let (operation, hashes) = (key(operation), hashes.join(", "));
        entry.push_str(&format!("      {operation}: {{ {hashes} }}\n"));
    }
    entry
}

/// A key without quotes where it needs none.
fn key(name: &str) -> String {
    const WORDS: &[&str] = &["false", "n", "no", "null", "off", "on", "true", "y", "yes"];
    let is_plain = name.starts_with(|c: char| c.is_ascii_lowercase())
        && !WORDS.contains(&name)
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_/.".contains(c));
    if is_plain {
        name.to_owned()
    } else {
        quoted(name)
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
