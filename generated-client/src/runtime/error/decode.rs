//! A body that is not what the API documents.

use std::error::Error as StdError;
use std::fmt;

use serde_json::error::Category;

/// Why a body could not be decoded, and what of it is kept.
pub(super) struct Undecoded {
    pub(super) reason: String,
    pub(super) source: Option<Misfit>,
    pub(super) body: Option<String>,
}

/// Leaves out the body, of which nobody knows what is in it.
impl fmt::Debug for Undecoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Undecoded")
            .field("reason", &self.reason)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

/// Where in a body something is wrong. serde_json's own error quotes the value there, which may be
/// a secret.
#[derive(Debug)]
pub(super) struct Misfit {
    category: Category,
    line: usize,
    column: usize,
}

impl Misfit {
    pub(super) fn new(error: &serde_json::Error) -> Self {
        Self {
            category: error.classify(),
            line: error.line(),
            column: error.column(),
        }
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.category {
            Category::Syntax => "it is not JSON",
            Category::Eof => "the JSON ends too early",
            Category::Data => "the JSON is of another type",
            Category::Io => "it cannot be read",
        };
        write!(f, "{what}, at line {} column {}", self.line, self.column)
    }
}

impl StdError for Misfit {}
