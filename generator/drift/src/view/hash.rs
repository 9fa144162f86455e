//! Hashes of schemas: equal for what is normalised to the same, whichever way it was written.

use serde_json::json;

use super::shape::{Rest, Shape};

/// How far below a schema its hash looks. A fixed number makes hashes of several documents comparable,
/// and ends recursion.
const LEVELS: usize = 48;

/// The hashes of a schema, or of an operation with its schemas, which `spec/drift.yaml` pins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Of all that can be compared.
    pub structure: u64,
    /// Of summaries and descriptions.
    pub docs: u64,
}

/// The fingerprint of every shape, of an unfolded tree rather than of the graph: whether two places share
/// a schema makes no difference.
pub(super) fn fingerprints(shapes: &[Shape]) -> Vec<Fingerprint> {
    let own = |shape: &Shape| Fingerprint {
        structure: Hash::of(&own_facts(shape)),
        docs: Hash::of(&shape.words),
    };
    let own: Vec<_> = shapes.iter().map(own).collect();
    let mut found = own.clone();
    for _ in 0..LEVELS {
        let deeper = |(shape, own): (&Shape, &Fingerprint)| Fingerprint {
            structure: below(shape, own.structure, |id| found[id].structure),
            docs: below(shape, own.docs, |id| found[id].docs),
        };
        found = shapes.iter().zip(&own).map(deeper).collect();
    }
    found
}

/// A shape's hash from those of its children.
fn below(shape: &Shape, own: u64, of: impl Fn(usize) -> u64) -> u64 {
    let mut hash = Hash::default();
    hash.number(own);
    for (name, property) in &shape.properties {
        hash.text(name);
        hash.number(of(property.child.shape.0));
    }
    if let Some(items) = &shape.items {
        hash.text("items");
        hash.number(of(items.shape.0));
    }
    if let Rest::Of(child) = &shape.rest {
        hash.text("rest");
        hash.number(of(child.shape.0));
    }
    let mut choice: Vec<_> = shape.choice.iter().map(|child| of(child.shape.0)).collect();
    choice.sort_unstable();
    for alternative in choice {
        hash.number(alternative);
    }
    hash.0
}

/// The facts of a shape itself, without their positions.
fn own_facts(shape: &Shape) -> String {
    let required = shape
        .properties
        .iter()
        .filter(|(_, property)| property.required);
    let rest = match &shape.rest {
        Rest::Unspecified | Rest::Any(_) => "any",
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

/// FNV-1a: the same on every system and in every version, and enough to notice a change.
pub(super) struct Hash(pub(super) u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    pub(super) fn of(text: &str) -> u64 {
        let mut hash = Self::default();
        hash.text(text);
        hash.0
    }

    /// The length goes in as well, so that no two sequences of texts run together.
    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes(text.as_bytes());
    }

    pub(super) fn number(&mut self, number: u64) {
        self.bytes(&number.to_le_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
