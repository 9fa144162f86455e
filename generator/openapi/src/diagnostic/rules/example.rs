//! The example of a rule: a document that breaks it, and the fixed document.

use crate::{Options, Source};

/// The line between the broken and the fixed document.
const FIX: &str = "# Fixed:\n";
/// Parts that an example leaves out. They are appended, so that the line numbers stay.
const REST: [(&str, &str); 3] = [
    ("openapi:", "openapi: 3.0.3\n"),
    ("info:", "info: {title: Pets, version: \"1\"}\n"),
    (
        "paths:",
        "paths: {/pets: {get: {operationId: pets/list, responses: {\"204\": {description: Done}}}}}\n",
    ),
];

/// A document that breaks a rule, and the fixed document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Example {
    /// The relevant parts of the document.
    pub broken: &'static str,
    /// The fixed parts.
    pub fixed: &'static str,
    /// The value of `--only` that breaks the rule.
    pub only: Option<&'static str>,
    /// Whether `--partial` is needed to break the rule.
    pub partial: bool,
}

impl Example {
    /// Splits a file into its two documents.
    ///
    /// # Panics
    ///
    /// When the file has only one document, at compile time.
    pub(super) const fn new(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        let mut at = 0;
        while !is_fix(bytes, at) {
            at += 1;
        }
        let (broken, rest) = text.split_at(at);
        Self {
            broken,
            fixed: rest.split_at(FIX.len()).1,
            only: None,
            partial: false,
        }
    }

    pub(super) const fn only(mut self, pattern: &'static str) -> Self {
        self.only = Some(pattern);
        self
    }

    pub(super) const fn partial(mut self) -> Self {
        self.partial = true;
        self
    }

    /// The whole document that breaks the rule.
    pub fn source(&self) -> Source {
        source(self.broken)
    }

    /// The whole fixed document.
    pub fn fixed_source(&self) -> Source {
        source(self.fixed)
    }

    /// The options that break the rule.
    pub fn options(&self) -> Options {
        Options {
            only: self.only.map(str::to_owned).into_iter().collect(),
            partial: self.partial,
            ..Options::default()
        }
    }
}

/// A whole document: the example, with missing parts added if it is YAML and not empty.
fn source(example: &str) -> Source {
    let mut text = example.to_owned();
    let is_empty = example.lines().all(|line| line.starts_with('#'));
    if !example.starts_with('{') && !is_empty {
        for (field, default) in REST {
            if !example.lines().any(|line| line.starts_with(field)) {
                text.push_str(default);
            }
        }
    }
    Source::new("example.yaml", text)
}

const fn is_fix(text: &[u8], at: usize) -> bool {
    let fix = FIX.as_bytes();
    let mut index = 0;
    while index < fix.len() {
        if text[at + index] != fix[index] {
            return false;
        }
        index += 1;
    }
    true
}
