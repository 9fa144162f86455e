//! Flags: required and deprecated.

use openapi::Pointer;

use super::{Comparer, Spot, present};
use crate::rule::Facet;

/// Something, and whether it is so.
type Flagged<'p> = (&'p Pointer, bool);

impl Comparer<'_> {
    /// Compares whether something is required; the facets are for becoming optional and required.
    pub(super) fn requirement(
        &mut self,
        spot: &Spot,
        [became_optional, became_required]: [Facet; 2],
        f: Flagged<'_>,
        u: Flagged<'_>,
    ) {
        let facet = if u.1 {
            became_required
        } else {
            became_optional
        };
        let message = format!("{} is {} upstream", spot.name, required(u.1));
        self.flag(spot, facet, message, ("required", required), [f, u]);
    }

    pub(super) fn deprecation(&mut self, spot: &Spot, f: Flagged<'_>, u: Flagged<'_>) {
        let message = format!("{} is {} upstream", spot.name, standing(u.1));
        let spot = spot.keyword("deprecated");
        let facet = Facet::DeprecationChanged;
        self.flag(&spot, facet, message, ("deprecated", standing), [f, u]);
    }

    fn flag(
        &mut self,
        spot: &Spot,
        facet: Facet,
        message: String,
        (keyword, word): (&str, fn(bool) -> String),
        [f, u]: [Flagged<'_>; 2],
    ) {
        if f.1 != u.1 {
            let [at_f, at_u] = [f.0, u.0].map(|at| at.child(keyword));
            self.report(
                spot,
                facet,
                message,
                present(&at_f, word(f.1)),
                present(&at_u, word(u.1)),
            );
        }
    }
}

pub(super) fn required(required: bool) -> String {
    if required { "required" } else { "optional" }.to_owned()
}

fn standing(deprecated: bool) -> String {
    if deprecated {
        "deprecated"
    } else {
        "not deprecated"
    }
    .to_owned()
}
