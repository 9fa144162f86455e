//! The schemas that operations lead to, each once; recursion is a circle in the graph.

use std::collections::BTreeMap;

use openapi::Pointer;
use serde_json::Value;

use super::fields;
use super::fingerprint::{Hashes, hashes};
use super::refs::follow;
use super::shape::{Child, Shape};

/// Schemas that must all hold can be met in ever new combinations; here it ends.
const MAX_COMBINATIONS: usize = 500;

/// Identifies a shape in its graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ShapeId(usize);

/// Shapes by what they are made of: the places of schemas that must all hold.
pub(crate) struct Graph<'d> {
    pub(super) root: &'d Value,
    ids: BTreeMap<Vec<Pointer>, ShapeId>,
    /// By number of the shape; nothing for the one that stands for all that is too much.
    made_of: Vec<Option<Vec<Pointer>>>,
    combinations: usize,
    too_much: Option<ShapeId>,
    shapes: Vec<Shape>,
    hashes: Vec<Hashes>,
}

impl<'d> Graph<'d> {
    /// A graph of no schemas yet.
    pub(crate) fn new(root: &'d Value) -> Self {
        Self {
            root,
            ids: BTreeMap::new(),
            made_of: Vec::new(),
            combinations: 0,
            too_much: None,
            shapes: Vec::new(),
            hashes: Vec::new(),
        }
    }

    /// The schema at a place, which may be absent: then any value will do.
    pub(super) fn child(&mut self, at: Pointer) -> Child {
        let places = if self.root.pointer(at.as_str()).is_some() {
            vec![at.clone()]
        } else {
            Vec::new()
        };
        Child {
            shape: self.id(&places),
            at,
        }
    }

    /// All schemas at these places together.
    pub(super) fn id(&mut self, places: &[Pointer]) -> ShapeId {
        let target =
            |place: &Pointer| follow(self.root, place).map_or_else(|_| place.clone(), |(at, _)| at);
        let mut places: Vec<_> = places.iter().map(target).collect();
        places.sort();
        places.dedup();
        if let Some(known) = self.ids.get(&places) {
            return *known;
        }
        if places.len() > 1 {
            self.combinations += 1;
            if self.combinations > MAX_COMBINATIONS {
                return self.too_much();
            }
        }
        let id = self.next(Some(places.clone()));
        self.ids.insert(places, id);
        id
    }

    fn too_much(&mut self) -> ShapeId {
        let id = self.too_much.unwrap_or_else(|| self.next(None));
        self.too_much = Some(id);
        id
    }

    fn next(&mut self, made_of: Option<Vec<Pointer>>) -> ShapeId {
        self.made_of.push(made_of);
        ShapeId(self.made_of.len() - 1)
    }

    /// Reads what has been asked for, and all that it leads to.
    pub(crate) fn complete(&mut self) {
        while let Some(made_of) = self.made_of.get(self.shapes.len()).cloned() {
            let shape = match made_of {
                Some(places) => fields::shape(self, &places),
                None => Shape {
                    broken: Some("too entangled to read".to_owned()),
                    ..Shape::default()
                },
            };
            self.shapes.push(shape);
        }
        self.hashes = hashes(&self.shapes);
    }

    /// A shape of a graph that is complete.
    pub(crate) fn shape(&self, id: ShapeId) -> &Shape {
        &self.shapes[id.0]
    }

    /// Where a schema stands, if it is one alone; else where it is used.
    pub(crate) fn home<'c>(&'c self, child: &'c Child) -> &'c Pointer {
        match self.made_of[child.shape.0].as_deref() {
            Some([home]) => home,
            _ => &child.at,
        }
    }

    /// Equal for schemas that mean the same, in this document or another.
    pub(crate) fn hashes(&self, id: ShapeId) -> Hashes {
        self.hashes[id.0]
    }
}

impl ShapeId {
    pub(super) fn index(self) -> usize {
        self.0
    }
}
