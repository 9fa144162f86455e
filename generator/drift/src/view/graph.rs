//! The schemas that operations lead to, each once; recursion is a circle in the graph.

use openapi::Pointer;

use super::fields;
use super::hash::{Fingerprint, fingerprints};
use super::interner::Interner;
use super::shape::{Child, Shape, ShapeId};

/// The shapes of a document, by their numbers.
pub(crate) struct Graph<'d> {
    schemas: Interner<'d>,
    shapes: Vec<Shape>,
    fingerprints: Vec<Fingerprint>,
}

impl<'d> Graph<'d> {
    /// Reads the schemas that have been asked for, and all that they lead to.
    pub(crate) fn read(mut schemas: Interner<'d>) -> Self {
        let mut shapes = Vec::new();
        while let Some(made_of) = schemas.made_of(shapes.len()).cloned() {
            let shape = match made_of {
                Some(places) => fields::shape(&mut schemas, &places),
                None => Shape {
                    broken: Some("too entangled to read".to_owned()),
                    ..Shape::default()
                },
            };
            shapes.push(shape);
        }
        Self {
            schemas,
            fingerprints: fingerprints(&shapes),
            shapes,
        }
    }

    /// A shape by its number.
    pub(crate) fn shape(&self, id: ShapeId) -> &Shape {
        &self.shapes[id.0]
    }

    /// The position of a single schema; otherwise, of its use.
    pub(crate) fn home<'c>(&'c self, child: &'c Child) -> &'c Pointer {
        self.schemas.home(child.shape).unwrap_or(&child.at)
    }

    /// Equal for schemas that mean the same, in this document or another.
    pub(crate) fn fingerprint(&self, id: ShapeId) -> Fingerprint {
        self.fingerprints[id.0]
    }
}
