//! Values: schemas, and all that lies below them.

use openapi::Pointer;

use super::{Comparer, Spot, Summary};
use crate::rule::Facet;
use crate::view::{Child, Shape, ShapeId};

/// How deep values are compared.
const MAX_DEPTH: usize = 64;
/// How often a pair of schemas is compared in one operation. Schemas that share others can give rise to
/// more places than anyone would read.
const MAX_MEETINGS: usize = 16;

/// Two schemas that should mean the same.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) f: &'a Child,
    pub(super) u: &'a Child,
    pub(super) ours: &'a Shape,
    pub(super) theirs: &'a Shape,
    /// The position of each, which may be used in several places.
    pub(super) homes: [&'a Pointer; 2],
    /// Whether null was compared already.
    pub(super) null_is_compared: bool,
}

impl<'a> Comparer<'a> {
    pub(super) fn value(&mut self, f: &'a Child, u: &'a Child, spot: &Spot) {
        self.enter(f, u, spot, false);
    }

    /// An alternative of a choice; null was compared for the whole choice.
    pub(super) fn alternative(&mut self, f: &'a Child, u: &'a Child, spot: &Spot) {
        self.enter(f, u, spot, true);
    }

    fn enter(&mut self, f: &'a Child, u: &'a Child, spot: &Spot, null_is_compared: bool) {
        let ids = (f.shape, u.shape);
        if self.open.len() >= MAX_DEPTH || self.open.contains(&ids) || self.is_repeated(ids) {
            return;
        }
        self.open.push(ids);
        let (fragment, upstream) = (self.documents.fragment.1, self.documents.upstream.1);
        let pair = Pair {
            f,
            u,
            ours: fragment.shape(f.shape),
            theirs: upstream.shape(u.shape),
            homes: [fragment.home(f), upstream.home(u)],
            null_is_compared,
        };
        self.pair(pair, spot);
        self.open.pop();
    }

    fn is_repeated(&mut self, ids: (ShapeId, ShapeId)) -> bool {
        let meetings = self.met.entry(ids).or_default();
        *meetings += 1;
        *meetings > MAX_MEETINGS
    }

    fn pair(&mut self, pair: Pair<'a>, spot: &Spot) {
        if let Some(reason) = pair.theirs.broken.as_ref().or(pair.ours.broken.as_ref()) {
            return self.unresolved(spot, &spot.name, &pair.f.at, &pair.u.at, reason);
        }
        self.null(pair, spot);
        if !self.choices(pair, spot) || !self.types(pair, spot) {
            return;
        }
        self.format(pair, spot);
        self.values(pair, spot);
        self.bounds(pair, spot);
        self.default(pair, spot);
        let [f, u] = [(pair.homes[0], pair.ours), (pair.homes[1], pair.theirs)]
            .map(|(at, shape)| (at, shape.deprecated));
        self.deprecation(spot, f, u);
        self.keywords(pair, spot);
        self.properties(pair, spot);
        self.rest(pair, spot);
        if let (Some(f), Some(u)) = (&pair.ours.items, &pair.theirs.items) {
            let name = format!("an item of {}", spot.name);
            self.value(f, u, &spot.part(&["items"], name));
        }
    }

    /// Reports a difference between the schemas as wholes.
    pub(super) fn differs(
        &mut self,
        pair: Pair<'a>,
        spot: &Spot,
        facet: Facet,
        message: String,
        sides: [impl Into<Summary>; 2],
    ) {
        self.at_facts(pair, spot, facet, message, [None, None], sides);
    }
}
