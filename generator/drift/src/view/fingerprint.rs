//! Hashes of meaning: equal for what is normalised to the same, whichever way it was written.

use serde_json::json;

use super::graph::Graph;
use super::members::{Content, Header, Parameter};
use super::operation::{Operation, Response};
use super::shape::{Rest, Shape};
use super::told::{Tell, tell_content};

/// How far below a schema its hash looks. A fixed number makes hashes of several documents comparable,
/// and ends recursion.
const LEVELS: usize = 48;

/// Of one operation: what `spec/drift.yaml` pins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Of all that can be compared.
    pub structure: u64,
    /// Of summaries and descriptions.
    pub docs: u64,
}

pub(crate) type Hashes = Fingerprint;

/// The hashes of every shape, of an unfolded tree rather than of the graph: whether two places share
/// a schema makes no difference.
pub(super) fn hashes(shapes: &[Shape]) -> Vec<Hashes> {
    let own = |shape: &Shape| Hashes {
        structure: Hash::of(&said(shape)),
        docs: Hash::of(&shape.words),
    };
    let own: Vec<_> = shapes.iter().map(own).collect();
    let mut hashes = own.clone();
    for _ in 0..LEVELS {
        let deeper = |(shape, own): (&Shape, &Hashes)| Hashes {
            structure: below(shape, own.structure, |id| hashes[id].structure),
            docs: below(shape, own.docs, |id| hashes[id].docs),
        };
        hashes = shapes.iter().zip(&own).map(deeper).collect();
    }
    hashes
}

/// A shape's hash from those of its children.
fn below(shape: &Shape, own: u64, of: impl Fn(usize) -> u64) -> u64 {
    let mut hash = Hash::default();
    hash.number(own);
    for (name, property) in &shape.properties {
        hash.text(name);
        hash.number(of(property.child.shape.index()));
    }
    if let Some(items) = &shape.items {
        hash.text("items");
        hash.number(of(items.shape.index()));
    }
    if let Rest::Of(child) = &shape.rest {
        hash.text("rest");
        hash.number(of(child.shape.index()));
    }
    let mut choice: Vec<_> = shape
        .choice
        .iter()
        .map(|child| of(child.shape.index()))
        .collect();
    choice.sort_unstable();
    for alternative in choice {
        hash.number(alternative);
    }
    hash.0
}

/// Everything a shape says itself, without the places where it says so.
fn said(shape: &Shape) -> String {
    let required = shape
        .properties
        .iter()
        .filter(|(_, property)| property.required);
    let rest = match &shape.rest {
        Rest::Unsaid | Rest::Any(_) => "any",
        Rest::Of(_) => "of",
        Rest::None(_) => "none",
    };
    json!([
        [
            shape.nullable,
            shape.deprecated,
            shape.read_only,
            shape.write_only
        ],
        shape.types.as_ref().map(|types| &types.value),
        shape.values.as_ref().map(|values| &values.value),
        shape.format.as_ref().map(|format| &format.value),
        shape.default.as_ref().map(|default| &default.value),
        shape
            .bounds
            .iter()
            .map(|(keyword, bound)| (*keyword, bound.value.to_string()))
            .collect::<Vec<_>>(),
        shape
            .other
            .iter()
            .map(|(keyword, fact)| (keyword, &fact.value))
            .collect::<Vec<_>>(),
        required.map(|(name, _)| name).collect::<Vec<_>>(),
        rest,
        shape.broken,
    ])
    .to_string()
}

/// The hash of an operation and of all it leads to.
pub(crate) fn fingerprint(operation: &Operation<'_>, graph: &Graph<'_>) -> Fingerprint {
    hashed(graph, |tell| operation.told(graph, tell))
}

/// The hash of what a parameter is, without its words.
pub(crate) fn parameter_hash(parameter: &Parameter, graph: &Graph<'_>) -> u64 {
    hashed(graph, |tell| parameter.told(graph, tell)).structure
}

/// The hash of what a response is, whatever its status, and without its words.
pub(crate) fn response_hash(response: &Response, graph: &Graph<'_>) -> u64 {
    hashed(graph, |tell| response.told(tell)).structure
}

/// The hash of what a header is, without its words.
pub(crate) fn header_hash(header: &Header, graph: &Graph<'_>) -> u64 {
    hashed(graph, |tell| header.told("", tell)).structure
}

/// The hash of bodies, without their words.
pub(crate) fn content_hash(content: &Content, graph: &Graph<'_>) -> u64 {
    hashed(graph, |tell| tell_content(content, tell)).structure
}

fn hashed(graph: &Graph<'_>, told: impl FnOnce(Tell<'_>)) -> Fingerprint {
    let (mut structure, mut docs) = (Hash::default(), Hash::default());
    told(&mut |text, words, schema| {
        structure.text(text);
        docs.text(words);
        if let Some(schema) = schema {
            let hashes = graph.hashes(schema);
            structure.number(hashes.structure);
            docs.number(hashes.docs);
        }
    });
    Fingerprint {
        structure: structure.0,
        docs: docs.0,
    }
}

/// The hash of texts, in their order.
pub(crate) fn texts_hash<'t>(texts: impl IntoIterator<Item = &'t str>) -> u64 {
    let mut hash = Hash::default();
    texts.into_iter().for_each(|text| hash.text(text));
    hash.0
}

/// FNV-1a: the same on every system and in every version, and enough to notice a change.
struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    fn of(text: &str) -> u64 {
        let mut hash = Self::default();
        hash.text(text);
        hash.0
    }

    /// The length goes in as well, so that no two sequences of texts run together.
    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes(text.as_bytes());
    }

    fn number(&mut self, number: u64) {
        self.bytes(&number.to_le_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
