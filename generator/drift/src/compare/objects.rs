//! Properties of objects.

use std::collections::BTreeSet;

use openapi::Pointer;

use super::flags::required;
use super::value::Pair;
use super::{Comparer, Spot, Summary, absent, present, quoted};
use crate::rule::{Facet, Subject};
use crate::view::{Property, Rest, Shape};

impl<'a> Comparer<'a> {
    pub(super) fn properties(&mut self, pair: Pair<'a>, spot: &Spot) {
        if pair.ours.is_any() || pair.theirs.is_any() {
            return;
        }
        let names: BTreeSet<_> = pair
            .ours
            .properties
            .keys()
            .chain(pair.theirs.properties.keys())
            .collect();
        for name in names {
            let part = spot.part(&["properties", name], quoted(name));
            let (ours, theirs) = (
                pair.ours.properties.get(name),
                pair.theirs.properties.get(name),
            );
            let ours = ours.filter(|property| {
                counts(self.documents.fragment.1.shape(property.child.shape), spot)
            });
            let theirs = theirs.filter(|property| {
                counts(self.documents.upstream.1.shape(property.child.shape), spot)
            });
            match (ours, theirs) {
                (Some(f), Some(u)) => {
                    self.requiredness(f, u, &part);
                    self.value(&f.child, &u.child, &part);
                }
                (Some(f), None) => self.removed_property(pair, f, &part),
                (None, Some(u)) => self.added_property(pair, u, &part),
                (None, None) => {}
            }
        }
    }

    fn requiredness(&mut self, f: &Property, u: &Property, part: &Spot) {
        let facet = match (f.required, u.required) {
            (true, false) => Facet::PropertyBecameOptional,
            (false, true) => Facet::PropertyBecameRequired,
            _ => return,
        };
        let message = format!("{} is {} upstream", part.name, required(u.required));
        let (f, u) = (
            present(&f.child.at, required(f.required)),
            present(&u.child.at, required(u.required)),
        );
        self.report(part, facet, message, f, u);
    }

    fn removed_property(&mut self, pair: Pair<'a>, f: &Property, part: &Spot) {
        let facet = if f.required {
            Facet::PropertyRemoved
        } else {
            Facet::OptionalPropertyRemoved
        };
        let message = format!("upstream has no property {}", part.name);
        let f = present(&f.child.at, self.all_of(&f.child, required(f.required)));
        self.report(part, facet, message, f, absent(pair.homes[1]));
    }

    fn added_property(&mut self, pair: Pair<'a>, u: &Property, part: &Spot) {
        let is_sent = [Subject::Request, Subject::Parameter].contains(&part.subject);
        let facet = if u.required && is_sent {
            Facet::PropertyAddedRequired
        } else {
            Facet::PropertyAdded
        };
        let message = format!("upstream has a property {}", part.name);
        let u = present(&u.child.at, required(u.required));
        self.report(part, facet, message, absent(pair.homes[0]), u);
    }

    fn all_of_rest(&self, rest: &Rest) -> Summary {
        match rest {
            Rest::Of(child) => self.all_of(child, summary(rest)),
            _ => summary(rest).into(),
        }
    }

    /// Properties without a schema by name. Where neither is a map, only explicit ones count.
    pub(super) fn rest(&mut self, pair: Pair<'a>, spot: &Spot) {
        const KEYWORD: &str = "additionalProperties";
        if !pair.ours.may_be("object")
            || !pair.theirs.may_be("object")
            || pair.ours.is_any()
            || pair.theirs.is_any()
        {
            return;
        }
        let part = spot.part(&[KEYWORD], format!("a value of {}", spot.name));
        let sides = [
            self.all_of_rest(&pair.ours.rest),
            summary(&pair.theirs.rest).into(),
        ];
        let message = |verb: &str| format!("{} {verb} further properties upstream", spot.name);
        let (facet, message) = match (&pair.ours.rest, &pair.theirs.rest) {
            (Rest::Of(f), Rest::Of(u)) => return self.value(f, u, &part),
            (Rest::None(_), Rest::None(_)) => return,
            (Rest::None(_), _) => (Facet::ExtraPropertiesAllowed, message("allows")),
            (_, Rest::None(_)) if pair.ours.is_map() => {
                (Facet::ExtraPropertiesRefused, message("refuses"))
            }
            (Rest::Unspecified, Rest::Of(_)) if !pair.ours.is_map() => {
                (Facet::ExtraPropertiesAllowed, message("allows"))
            }
            (Rest::Of(_), Rest::Unspecified | Rest::Any(_)) => (
                Facet::Widened,
                format!("{} is of any type upstream", part.name),
            ),
            (Rest::Unspecified | Rest::Any(_), Rest::Of(_)) => (
                Facet::Narrowed,
                format!("{} has a type upstream", part.name),
            ),
            _ => return,
        };
        let places = [&pair.ours.rest, &pair.theirs.rest].map(place);
        self.at_facts(pair, &part, facet, message, places, sides);
    }
}

/// `readOnly` properties are not part of requests, `writeOnly` ones not of responses.
fn counts(shape: &Shape, spot: &Spot) -> bool {
    match spot.subject {
        Subject::Request | Subject::Parameter => !shape.read_only,
        _ => !shape.write_only,
    }
}

fn place(rest: &Rest) -> Option<&Pointer> {
    match rest {
        Rest::Unspecified => None,
        Rest::Any(at) | Rest::None(at) => Some(at),
        Rest::Of(child) => Some(&child.at),
    }
}

fn summary(rest: &Rest) -> String {
    match rest {
        Rest::Unspecified => "others unspecified",
        Rest::Any(_) => "any others",
        Rest::Of(_) => "others of one type",
        Rest::None(_) => "no others",
    }
    .to_owned()
}
