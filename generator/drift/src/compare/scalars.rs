//! Keywords of a schema, one at a time.

use std::collections::BTreeSet;

use openapi::Pointer;

use super::value::Pair;
use super::{Comparer, Spot, Summary, present, quoted};
use crate::rule::Facet;
use crate::view::Fact;

/// Formats that have a type of their own in the client.
const READ: &[&str] = &["date", "date-time", "int32"];

impl<'a> Comparer<'a> {
    pub(super) fn null(&mut self, pair: Pair<'a>, spot: &Spot) {
        let Pair { ours, theirs, .. } = pair;
        if pair.null_is_compared || ours.is_any() || theirs.is_any() {
            return;
        }
        let sides = [ours, theirs].map(|shape| {
            if shape.nullable {
                "may be null"
            } else {
                "never null"
            }
            .to_owned()
        });
        match (ours.nullable, theirs.nullable) {
            (false, true) => {
                let message = format!("{} may be null upstream", spot.name);
                self.differs(pair, spot, Facet::BecameNullable, message, sides);
            }
            (true, false) => {
                let message = format!("{} is never null upstream", spot.name);
                self.differs(pair, spot, Facet::NoLongerNullable, message, sides);
            }
            _ => {}
        }
    }

    /// Compares types; returns whether there is more to compare.
    pub(super) fn types(&mut self, pair: Pair<'a>, spot: &Spot) -> bool {
        let [ours, theirs] = [pair.ours, pair.theirs].map(|shape| shape.types.as_ref());
        let sides = [ours, theirs].map(kinds);
        let facet = match (covers(ours, theirs), covers(theirs, ours)) {
            (true, true) => return true,
            (true, false) => Facet::Narrowed,
            (false, true) => Facet::Widened,
            (false, false) => Facet::Retyped,
        };
        let message = format!(
            "{} is {} upstream, but {} here",
            spot.name, sides[1], sides[0]
        );
        let is_comparable = facet != Facet::Retyped;
        let [f, u] = sides;
        let is_compared = is_comparable && !pair.ours.is_any() && !pair.theirs.is_any();
        let f = if is_compared {
            f.into()
        } else {
            self.all_of(pair.f, f)
        };
        let sides = [f, u.into()];
        let places = [place(ours), place(theirs)];
        self.at_facts(pair, spot, facet, message, places, sides);
        is_comparable
    }

    pub(super) fn format(&mut self, pair: Pair<'a>, spot: &Spot) {
        let [f, u] = [&pair.ours.format, &pair.theirs.format]
            .map(|fact| fact.as_ref().map(|fact| fact.value.as_str()));
        if f == u {
            return;
        }
        let is_read = |format: Option<&str>| format.is_some_and(|format| READ.contains(&format));
        let facet = match (is_read(f), is_read(u)) {
            (true, true) => Facet::FormatChanged,
            (true, false) => Facet::FormatLifted,
            (false, true) => Facet::FormatImposed,
            (false, false) => Facet::FormatHintChanged,
        };
        // An implied value counts as none, and is shown where it is written.
        let written = [pair.ours, pair.theirs]
            .map(|shape| shape.format.as_ref().or(shape.implied_format.as_ref()));
        let places = written.map(place);
        let sides = written
            .map(|fact| fact.map_or("no format".into(), |format| Summary::text(&format.value)));
        let message = format!(
            "{} has {} upstream, but {} here",
            spot.name, sides[1].shown, sides[0].shown
        );
        self.at_facts(pair, spot, facet, message, places, sides);
    }

    pub(super) fn default(&mut self, pair: Pair<'a>, spot: &Spot) {
        let [ours, theirs] = [&pair.ours.default, &pair.theirs.default].map(Option::as_ref);
        let sides = [ours, theirs].map(|fact| {
            fact.map_or("no default".into(), |fact| {
                Summary::more(format!("default {}", quoted(&fact.value)), &fact.value)
            })
        });
        let facet = match (ours, theirs) {
            (Some(f), Some(u)) if f.value != u.value => Facet::DefaultChanged,
            (None, Some(_)) => Facet::DefaultAdded,
            (Some(_), None) => Facet::DefaultRemoved,
            _ => return,
        };
        let message = format!(
            "{} has {} upstream, but {} here",
            spot.name, sides[1].shown, sides[0].shown
        );
        let places = [place(ours), place(theirs)];
        self.at_facts(pair, spot, facet, message, places, sides);
    }

    /// Keywords that nothing is known of are compared as they are written, and not shown: what they
    /// hold may be words.
    pub(super) fn keywords(&mut self, pair: Pair<'a>, spot: &Spot) {
        let (ours, theirs) = (&pair.ours.other, &pair.theirs.other);
        let keywords: BTreeSet<_> = ours.keys().chain(theirs.keys()).collect();
        for keyword in keywords {
            let facts = [ours.get(keyword), theirs.get(keyword)];
            let [f, u] = facts.map(|fact| fact.map(|fact| &fact.value));
            if f != u {
                let sides = facts.map(|fact| {
                    fact.map_or("absent".into(), |fact| {
                        Summary::more("present".to_owned(), &fact.value)
                    })
                });
                let message = format!("{} has another {} upstream", spot.name, quoted(keyword));
                self.at_facts(
                    pair,
                    &spot.keyword(keyword),
                    Facet::KeywordChanged,
                    message,
                    facts.map(place),
                    sides,
                );
            }
        }
    }

    /// Points to the keywords where they are, and to the schemas where they are not.
    pub(super) fn at_facts(
        &mut self,
        pair: Pair<'a>,
        spot: &Spot,
        facet: Facet,
        message: String,
        places: [Option<&Pointer>; 2],
        sides: [impl Into<Summary>; 2],
    ) {
        let [f, u] = sides;
        let (at_f, at_u) = (
            places[0].unwrap_or(pair.homes[0]),
            places[1].unwrap_or(pair.homes[1]),
        );
        self.report(spot, facet, message, present(at_f, f), present(at_u, u));
    }
}

pub(super) fn place<T>(fact: Option<&Fact<T>>) -> Option<&Pointer> {
    fact.map(|fact| &fact.at)
}

/// Whether values of the other types are of these ones.
fn covers(types: Option<&Fact<BTreeSet<String>>>, other: Option<&Fact<BTreeSet<String>>>) -> bool {
    let Some(types) = types else { return true };
    let has = |name: &String| {
        types.value.contains(name) || (name == "integer" && types.value.contains("number"))
    };
    other.is_some_and(|other| other.value.iter().all(has))
}

fn kinds(types: Option<&Fact<BTreeSet<String>>>) -> String {
    types.map_or("of any type".to_owned(), |types| either(&types.value))
}

/// `` `integer` or `string` ``
pub(super) fn either(types: &BTreeSet<String>) -> String {
    let names: Vec<_> = types.iter().map(|name| quoted(name)).collect();
    names.join(" or ")
}
