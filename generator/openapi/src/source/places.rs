//! Positions of the values of a document in several files.

use std::collections::BTreeMap;

use super::positions::{Found, Positions};
use crate::pointer::Pointer;
use crate::text::Span;

/// The positions of a document and of its neighbours.
#[derive(Debug)]
pub(super) struct Places {
    files: Vec<FilePositions>,
    /// The moved values, by their present positions.
    origins: BTreeMap<Pointer, Origin>,
}

#[derive(Debug)]
struct FilePositions {
    positions: Positions,
    /// The place of the file's first byte among the texts of the source.
    first: usize,
}

/// Where a value comes from.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    pub(super) file: usize,
    pub(super) pointer: Pointer,
    /// Whether it has replaced a value, which keeps its key.
    pub(super) has_key: bool,
}

impl Places {
    /// The positions of a document that is one file.
    pub(super) fn new(positions: Positions) -> Self {
        let first = 0;
        Self {
            files: vec![FilePositions { positions, first }],
            origins: BTreeMap::new(),
        }
    }

    /// Adds the positions of a neighbour; `first` is the place of its first byte.
    pub(super) fn add_file(&mut self, positions: Positions, first: usize) {
        self.files.push(FilePositions { positions, first });
    }

    /// The value at `pointer` comes from elsewhere from now on.
    pub(super) fn set_origin(&mut self, pointer: Pointer, origin: Origin) {
        self.origins.insert(pointer, origin);
    }

    pub(super) fn origin(&self, pointer: &Pointer) -> Option<&Origin> {
        self.origins.get(pointer)
    }

    /// Follows `pointer` as far as it leads.
    pub(super) fn find(&self, pointer: &Pointer) -> Found {
        let mut found = self.find_from(pointer, pointer);
        if self
            .origins
            .get(pointer)
            .is_some_and(|origin| origin.has_key)
        {
            let mut parent = pointer.clone();
            parent.pop();
            found.key = self.find_from(pointer, &parent).key;
        }
        found
    }

    /// Follows `pointer` to the origin of `within`, or of a value around it.
    fn find_from(&self, pointer: &Pointer, within: &Pointer) -> Found {
        let mut around = within.clone();
        while !self.origins.is_empty() {
            if let Some(origin) = self.origins.get(&around) {
                let rest = &pointer.as_str()[around.as_str().len()..];
                return self.files[origin.file].find(&origin.pointer.followed_by(rest));
            }
            if around.as_str().is_empty() {
                break;
            }
            around.pop();
        }
        self.files[0].find(pointer)
    }
}

impl FilePositions {
    fn find(&self, pointer: &Pointer) -> Found {
        let Found { key, value } = self.positions.find(pointer);
        let moved = |span: Span| Span::new(span.start + self.first, span.end + self.first);
        Found {
            key: moved(key),
            value: moved(value),
        }
    }
}
