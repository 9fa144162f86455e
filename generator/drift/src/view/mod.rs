//! A document's operations, normalised: references followed, shared parameters merged, and one
//! spelling for what can be written in several ways. Only what an operation leads to is looked at.

mod alternatives;
mod bounds;
mod canonical;
mod children;
mod conjunction;
mod fields;
mod fingerprint;
mod graph;
mod hash;
mod hash_input;
mod index;
mod interner;
mod keywords;
mod members;
mod nullness;
mod operation;
mod refs;
mod security;
mod servers;
mod shape;
mod types;

pub(super) use bounds::Bound;
pub(super) use fingerprint::{
    content_hash, fingerprint, header_hash, parameter_hash, response_hash, texts_hash,
};
pub(super) use graph::Graph;
pub use hash::Fingerprint;
pub(super) use index::{Entry, index};
pub(super) use interner::Interner;
pub(super) use members::{Content, Header, Parameter};
pub(super) use operation::{Operation, Piece, Response};
pub(super) use security::{NOTHING, Way};
pub(super) use shape::{Child, Fact, Property, Rest, Shape, ShapeId};
