//! The example of a rule: a document that breaks it, and the same document mended.

use crate::{Options, Source};

/// The line between a document and its mend.
const MEND: &str = "# Fixed:\n";
/// What an example leaves out because it is of no interest. It goes behind what there is, so that the lines stay.
const REST: [(&str, &str); 3] = [
    ("openapi:", "openapi: 3.0.3\n"),
    ("info:", "info: {title: Pets, version: \"1\"}\n"),
    (
        "paths:",
        "paths: {/pets: {get: {operationId: pets/list, responses: {\"204\": {description: Done}}}}}\n",
    ),
];

/// A document that breaks a rule, and the same document mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Example {
    /// The parts of the document that are of interest.
    pub broken: &'static str,
    /// The same, mended.
    pub mended: &'static str,
    /// The value of `--only` that it takes to break the rule.
    pub only: Option<&'static str>,
    /// Whether it takes `--partial` to break the rule.
    pub partial: bool,
}

impl Example {
    /// Both documents of a file.
    ///
    /// # Panics
    ///
    /// When the file has but one; as it is read by the compiler, that is when it is compiled.
    pub(super) const fn new(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        let mut at = 0;
        while !is_mend(bytes, at) {
            at += 1;
        }
        let (broken, rest) = text.split_at(at);
        Self {
            broken,
            mended: rest.split_at(MEND.len()).1,
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

    /// The document that breaks the rule, as a whole.
    pub fn source(&self) -> Source {
        source(self.broken)
    }

    /// The document that does not, as a whole.
    pub fn mended_source(&self) -> Source {
        source(self.mended)
    }

    /// What has to be asked for to break the rule.
    pub fn options(&self) -> Options {
        Options {
            only: self.only.map(str::to_owned).into_iter().collect(),
            partial: self.partial,
            ..Options::default()
        }
    }
}

/// A whole document: an example of YAML, unless it is to be empty, with what it leaves out.
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

const fn is_mend(text: &[u8], at: usize) -> bool {
    let mend = MEND.as_bytes();
    let mut index = 0;
    while index < mend.len() {
        if text[at + index] != mend[index] {
            return false;
        }
        index += 1;
    }
    true
}
