//! Alternatives, whatever their order.

use super::scalars::either;
use super::value::Pair;
use super::{Comparer, Spot, absent, present};
use crate::rule::Facet;
use crate::view::{Child, Graph, Shape};

impl<'a> Comparer<'a> {
    /// Compares alternatives; says whether there is more to compare.
    ///
    /// A schema without alternatives is the only one of its own.
    pub(super) fn choices(&mut self, pair: Pair<'a>, spot: &Spot) -> bool {
        let has = [pair.ours, pair.theirs].map(|shape| !shape.choice.is_empty());
        if has == [false, false] {
            return true;
        }
        if pair.ours.is_any() || pair.theirs.is_any() {
            self.any_choice(pair, spot);
            return false;
        }
        let graphs = (self.documents.fragment.1, self.documents.upstream.1);
        let ours = alternatives(pair.f, pair.ours);
        let mut theirs = alternatives(pair.u, pair.theirs);
        let mut open = Vec::new();
        for (number, f) in ours.iter().enumerate() {
            let hash = graphs.0.fingerprint(f.shape).structure;
            match theirs
                .iter()
                .position(|u| graphs.1.fingerprint(u.shape).structure == hash)
            {
                Some(same) => drop(theirs.remove(same)),
                None => open.push((number, *f)),
            }
        }
        for (number, f) in open {
            let part = spot.part(
                &["oneOf", &number.to_string()],
                format!("an alternative of {}", spot.name),
            );
            match closest(graphs, f, &theirs) {
                Some(found) => self.alternative(f, theirs.remove(found), &part),
                None => {
                    let message = format!("upstream lacks an alternative of {}", spot.name);
                    let f = present(&f.at, self.all_of(f, kind(graphs.0.shape(f.shape))));
                    self.report(
                        &part,
                        Facet::AlternativeRemoved,
                        message,
                        f,
                        absent(pair.homes[1]),
                    );
                }
            }
        }
        for u in theirs {
            let message = format!("upstream has another alternative of {}", spot.name);
            let u = present(&u.at, kind(graphs.1.shape(u.shape)));
            self.report(
                &spot.keyword("oneOf"),
                Facet::AlternativeAdded,
                message,
                absent(pair.homes[0]),
                u,
            );
        }
        has == [true, true]
    }

    /// Alternatives on one side, and on the other any value: all of them, and more.
    fn any_choice(&mut self, pair: Pair<'a>, spot: &Spot) {
        let kinds = [pair.ours, pair.theirs].map(|shape| {
            if shape.is_any() {
                "of any type"
            } else {
                "one of several alternatives"
            }
            .to_owned()
        });
        let facet = if pair.theirs.is_any() {
            Facet::Widened
        } else {
            Facet::Narrowed
        };
        let message = format!(
            "{} is {} upstream, but {} here",
            spot.name, kinds[1], kinds[0]
        );
        let [f, u] = kinds;
        let sides = [self.all_of(pair.f, f), u.into()];
        self.differs(pair, spot, facet, message, sides);
    }
}

fn alternatives<'a>(child: &'a Child, shape: &'a Shape) -> Vec<&'a Child> {
    if shape.choice.is_empty() {
        vec![child]
    } else {
        shape.choice.iter().collect()
    }
}

/// Which of the alternatives is most likely meant: of the same types, and with most properties in common.
fn closest(graphs: (&Graph<'_>, &Graph<'_>), f: &Child, theirs: &[&Child]) -> Option<usize> {
    let ours = graphs.0.shape(f.shape);
    let types = |shape: &Shape| shape.types.as_ref().map(|types| types.value.clone());
    let likeness = |(number, u): (usize, &&Child)| {
        let theirs = graphs.1.shape(u.shape);
        let common = theirs
            .properties
            .keys()
            .filter(|name| ours.properties.contains_key(*name))
            .count();
        let is_like = types(ours) == types(theirs) || theirs.broken.is_some();
        is_like.then_some((common, std::cmp::Reverse(number)))
    };
    let best = theirs.iter().enumerate().filter_map(likeness).max()?;
    Some(best.1.0)
}

fn kind(shape: &Shape) -> String {
    let types = shape.types.as_ref();
    types.map_or("any type".to_owned(), |types| either(&types.value))
}
