//! The texts of a document, and what stands where in them.

mod lines;
mod outline;

pub(crate) use lines::LONGEST_LINE;
pub use lines::{Excerpt, Lines};
pub(crate) use outline::string_end;

/// A document as it was read from disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The name shown in diagnostics: `spec/artifacts.yaml`.
    pub name: String,
    /// The whole text, YAML or JSON.
    pub text: String,
    neighbours: Vec<Neighbour>,
}

/// A file beside a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Neighbour {
    /// Relative to the document's directory.
    pub(crate) path: String,
    /// The whole text, or why there is none.
    pub(crate) text: Result<String, String>,
}

/// One of the texts of a source.
#[derive(Clone, Debug)]
pub(crate) struct Text<'a> {
    /// As the user knows it.
    pub(crate) name: String,
    pub(crate) content: &'a str,
    /// The place of its first byte: spans count on from one text to the next.
    pub(crate) first: usize,
}

/// The contents of a file beside a document, or why there are none.
pub(crate) struct Given {
    /// The whole text, or why there is none.
    pub(crate) text: Result<String, String>,
    /// The place of its first byte among the texts of the source.
    pub(crate) first: usize,
}

/// A range of bytes in [`Source::text`]; or, beyond it, in the texts of the files beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Source {
    /// A document on its own: references to other files lead nowhere.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            neighbours: Vec::new(),
        }
    }

    pub(crate) fn set_neighbours(&mut self, neighbours: Vec<Neighbour>) {
        self.neighbours = neighbours;
    }

    /// The text of the document, and those of its neighbours.
    pub(crate) fn texts(&self) -> Vec<Text<'_>> {
        let mut texts = vec![Text {
            name: self.name.clone(),
            content: &self.text,
            first: 0,
        }];
        let directory = directory(&self.name);
        let mut first = self.text.len() + 1;
        for neighbour in &self.neighbours {
            if let Ok(content) = &neighbour.text {
                let name = format!("{directory}{}", neighbour.path);
                texts.push(Text {
                    name,
                    content,
                    first,
                });
                first += content.len() + 1;
            }
        }
        texts
    }

    /// A file beside the document, if anything is known of it.
    pub(crate) fn given(&self, path: &str) -> Option<Given> {
        let mut first = self.text.len() + 1;
        for neighbour in &self.neighbours {
            if neighbour.path == path {
                let text = neighbour.text.clone();
                return Some(Given { text, first });
            }
            first += neighbour.text.as_ref().map_or(0, |text| text.len() + 1);
        }
        None
    }
}

impl Span {
    /// The span of mistakes outside documents, such as in options of the command line.
    pub(crate) const NOWHERE: Self = Self {
        start: usize::MAX,
        end: usize::MAX,
    };

    /// The bytes from `start` up to and without `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

/// The directory of a file as its name has it, with the sign at its end.
pub(crate) fn directory(name: &str) -> &str {
    let end = name.rfind(['/', '\\']).map_or(0, |at| at + 1);
    &name[..end]
}
