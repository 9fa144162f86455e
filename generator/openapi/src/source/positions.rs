//! Positions of values and keys in the text.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::text::Span;

/// Collections nested deeper than this are refused, so that no later stage can run out of stack.
pub(super) const MAX_DEPTH: usize = 64;
/// How many values a text may have: each takes some 300 bytes of memory. GitHub's whole description has
/// 280,000.
pub(super) const MAX_VALUES: usize = 5_000_000;
/// How many values aliases may add to a document.
const MAX_ALIASED: u64 = 1_000_000;

/// The positions of a whole document.
#[derive(Debug, Default)]
pub(super) struct Positions {
    nodes: Vec<Node>,
    /// The children of each collection side by side; those of an object sorted by key.
    entries: Vec<Entry>,
}

/// The result of a scan of a document's tokens.
#[derive(Debug)]
pub(super) struct Scanned {
    pub(super) positions: Positions,
    /// Warnings: the text can be read all the same.
    pub(super) warnings: Vec<Diagnostic>,
}

/// Identifies a value in [`Positions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NodeId(usize);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Collection {
    Object,
    Array,
}

pub(super) struct Found {
    pub(super) key: Span,
    pub(super) value: Span,
}

/// Builds [`Positions`] from a document's tokens, in their order.
#[derive(Default)]
pub(super) struct Builder {
    positions: Positions,
    extents: Vec<Extent>,
    open: Vec<OpenNode>,
    /// How many values aliases have added.
    aliased: u64,
    found: Vec<Diagnostic>,
}

#[derive(Debug)]
struct Node {
    span: Span,
    kind: NodeKind,
}

#[derive(Debug)]
enum NodeKind {
    Scalar,
    Object { first: usize, count: usize },
    Array { first: usize, count: usize },
    Alias(NodeId),
}

#[derive(Debug)]
struct Entry {
    key: Box<str>,
    key_span: Span,
    node: NodeId,
}

/// The size of a value with all aliases expanded.
#[derive(Clone, Copy, Default)]
struct Extent {
    values: u64,
    height: usize,
}

struct OpenNode {
    node: NodeId,
    collection: Collection,
    key: Option<(Box<str>, Span)>,
    entries: Vec<Entry>,
}

impl Positions {
    /// Follows `pointer` as far as it leads.
    pub(super) fn find(&self, pointer: &Pointer) -> Found {
        let Some(root) = self.nodes.first() else {
            return Found::both(Span::default());
        };
        let mut node = root;
        let mut found = Found::both(Span::new(root.span.start, root.span.start));
        if pointer.as_str().is_empty() {
            found.value = root.span;
        }
        for segment in pointer.segments() {
            let Some(entry) = self.child(node, &segment) else {
                return Found::both(found.key);
            };
            node = &self.nodes[entry.node.0];
            found = Found {
                key: entry.key_span,
                value: node.span,
            };
        }
        found
    }

    fn child(&self, parent: &Node, segment: &str) -> Option<&Entry> {
        match parent.kind {
            NodeKind::Scalar => None,
            NodeKind::Object { first, count } => {
                let entries = &self.entries[first..first + count];
                let at = entries.binary_search_by(|entry| (*entry.key).cmp(segment));
                at.ok().map(|at| &entries[at])
            }
            NodeKind::Array { first, count } => {
                let entries = &self.entries[first..first + count];
                entries.get(segment.parse::<usize>().ok()?)
            }
            NodeKind::Alias(target) => self.child(&self.nodes[target.0], segment),
        }
    }
}

impl Found {
    fn both(span: Span) -> Self {
        Self {
            key: span,
            value: span,
        }
    }
}

impl Builder {
    /// A collection starts.
    ///
    /// # Errors
    ///
    /// When it is nested too deeply to go on.
    pub(super) fn open(
        &mut self,
        collection: Collection,
        span: Span,
    ) -> Result<NodeId, Diagnostics> {
        if self.open.len() >= MAX_DEPTH {
            return Err(too_deep(span).into());
        }
        let node = self.add(span, NodeKind::Scalar, Extent::default());
        self.open.push(OpenNode {
            node,
            collection,
            key: None,
            entries: Vec::new(),
        });
        Ok(node)
    }

    /// Refuses more values than anybody has memory for.
    pub(super) fn check_size(&self, span: Span) -> Result<(), Diagnostics> {
        if self.positions.nodes.len() > MAX_VALUES {
            return Err(too_many(span).into());
        }
        Ok(())
    }

    /// Whether nothing was read yet.
    pub(super) fn is_empty(&self) -> bool {
        self.positions.nodes.is_empty()
    }

    /// Whether the next token is the key of an object.
    pub(super) fn expects_key(&self) -> bool {
        self.open
            .last()
            .is_some_and(|open| open.collection == Collection::Object && open.key.is_none())
    }

    pub(super) fn key(&mut self, key: impl Into<Box<str>>, span: Span) {
        if let Some(open) = self.open.last_mut() {
            open.key = Some((key.into(), span));
        }
    }

    /// The key whose value comes next.
    pub(super) fn pending_key(&self) -> Option<Span> {
        let (_, span) = self.open.last()?.key.as_ref()?;
        Some(*span)
    }

    pub(super) fn scalar(&mut self, span: Span) -> NodeId {
        let extent = Extent {
            values: 1,
            height: 0,
        };
        let node = self.add(span, NodeKind::Scalar, extent);
        self.attach(node);
        node
    }

    /// An alias of the value at `target`.
    ///
    /// # Errors
    ///
    /// When the document would become infinite, too large or too deep by it.
    pub(super) fn alias(&mut self, span: Span, target: NodeId) -> Result<(), Diagnostics> {
        if self.open.iter().any(|open| open.node == target) {
            let diagnostic =
                Diagnostic::new("recursive-alias", span, "an alias inside its own anchor");
            return Err(diagnostic.with_hint("write the value inline").into());
        }
        let extent = self.extents[target.0];
        if self.open.len() + extent.height > MAX_DEPTH {
            return Err(too_deep(span).into());
        }
        self.aliased = self.aliased.saturating_add(extent.values);
        if self.aliased > MAX_ALIASED {
            return Err(too_large(span).into());
        }
        let node = self.add(span, NodeKind::Alias(target), extent);
        self.attach(node);
        Ok(())
    }

    /// The innermost collection ends.
    pub(super) fn close(&mut self, end: usize) {
        let Some(OpenNode {
            node,
            collection,
            mut entries,
            ..
        }) = self.open.pop()
        else {
            return;
        };
        if collection == Collection::Object {
            entries.sort_by(|a, b| a.key.cmp(&b.key));
            self.report_duplicates(&entries);
        }
        self.extents[node.0] = self.extent_of(&entries);
        if collection == Collection::Object {
            keep_last(&mut entries);
        }
        let first = self.positions.entries.len();
        let count = entries.len();
        self.positions.entries.append(&mut entries);
        let closed = &mut self.positions.nodes[node.0];
        closed.span.end = end.max(closed.span.start);
        closed.kind = match collection {
            Collection::Object => NodeKind::Object { first, count },
            Collection::Array => NodeKind::Array { first, count },
        };
        self.attach(node);
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// The positions, or the errors found.
    ///
    /// # Errors
    ///
    /// When an error was reported.
    pub(super) fn finish(self) -> Result<Scanned, Diagnostics> {
        Ok(Scanned {
            positions: self.positions,
            warnings: Diagnostics::from_judged(self.found)?,
        })
    }

    fn add(&mut self, span: Span, kind: NodeKind, extent: Extent) -> NodeId {
        self.positions.nodes.push(Node { span, kind });
        self.extents.push(extent);
        NodeId(self.positions.nodes.len() - 1)
    }

    fn attach(&mut self, node: NodeId) {
        let value_span = self.positions.nodes[node.0].span;
        if let Some(open) = self.open.last_mut() {
            let (key, key_span) = open.key.take().unwrap_or((Box::default(), value_span));
            open.entries.push(Entry {
                key,
                key_span,
                node,
            });
        }
    }

    fn extent_of(&self, entries: &[Entry]) -> Extent {
        let mut whole = Extent {
            values: 1,
            height: 1,
        };
        for entry in entries {
            let part = self.extents[entry.node.0];
            whole.values = whole.values.saturating_add(part.values);
            whole.height = whole.height.max(part.height + 1);
        }
        whole
    }

    fn report_duplicates(&mut self, sorted: &[Entry]) {
        for same in sorted.chunk_by(|a, b| a.key == b.key) {
            let [first, later @ ..] = same else { continue };
            for entry in later {
                let message = format!("duplicate key: `{}`", entry.key.escape_debug());
                self.found.push(
                    Diagnostic::new("duplicate-key", entry.key_span, message)
                        .with_related(first.key_span, "first here")
                        .with_hint("remove one of them, or merge their values under one key"),
                );
            }
        }
    }
}

/// Of entries with one key, which the sort has left in their order, the last.
fn keep_last(entries: &mut Vec<Entry>) {
    entries.dedup_by(|later, kept| {
        let is_twin = later.key == kept.key;
        if is_twin {
            std::mem::swap(later, kept);
        }
        is_twin
    });
}

pub(super) fn too_deep(span: Span) -> Diagnostic {
    let message = format!("nested more than {MAX_DEPTH} levels deep");
    Diagnostic::new("too-deep", span, message)
        .with_hint("move inner schemas to `components/schemas` and refer to them by `$ref`")
}

pub(super) fn too_many(span: Span) -> Diagnostic {
    let message = format!("more than {MAX_VALUES} values in one file");
    Diagnostic::new("too-large", span, message)
        .with_hint("remove parts that no operation needs, such as long lists of examples")
}

fn too_large(span: Span) -> Diagnostic {
    let message = format!("aliases expand to more than {MAX_ALIASED} values");
    Diagnostic::new("too-large", span, message)
        .with_hint("use `$ref` to components instead of YAML aliases")
}
