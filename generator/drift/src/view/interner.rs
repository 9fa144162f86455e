//! The schemas that are asked for, each by a number of its own.

use std::collections::BTreeMap;

use openapi::Pointer;
use serde_json::Value;

use super::refs::follow;
use super::shape::{Child, ShapeId};

/// Schemas that must all hold can be met in ever new combinations; here it ends.
const MAX_COMBINATIONS: usize = 500;

/// Gives shapes their numbers by what they are made of: the places of schemas that must all hold.
pub(crate) struct Interner<'d> {
    pub(super) root: &'d Value,
    ids: BTreeMap<Vec<Pointer>, ShapeId>,
    /// By number of the shape; `None` for the shape of everything beyond the limit.
    made_of: Vec<Option<Vec<Pointer>>>,
    combinations: usize,
    too_much: Option<ShapeId>,
}

impl<'d> Interner<'d> {
    /// No schemas of a document yet.
    pub(crate) fn new(root: &'d Value) -> Self {
        Self {
            root,
            ids: BTreeMap::new(),
            made_of: Vec::new(),
            combinations: 0,
            too_much: None,
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

    /// What a shape is made of, if there is one of this number.
    pub(super) fn made_of(&self, number: usize) -> Option<&Option<Vec<Pointer>>> {
        self.made_of.get(number)
    }

    /// Where the schema of a shape stands, if it is one alone.
    pub(super) fn home(&self, id: ShapeId) -> Option<&Pointer> {
        match self.made_of[id.0].as_deref() {
            Some([home]) => Some(home),
            _ => None,
        }
    }
}
