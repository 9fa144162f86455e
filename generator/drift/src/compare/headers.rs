//! Headers of responses.

use super::flags::required;
use super::{Comparer, Spot, Summary, absent, present, quoted};
use crate::rule::{Facet, Subject};
use crate::view::{Header, Operation, Piece, Response, header_hash};

impl<'a> Comparer<'a> {
    pub(super) fn headers(
        &mut self,
        status: &str,
        f: &'a Response,
        u: &'a Response,
        theirs: &Operation<'_>,
    ) {
        for (name, header) in &f.headers {
            let spot = header_spot(status, name, &header.name);
            let broken = theirs
                .broken
                .iter()
                .find(|broken| broken.part == Piece::Header(status.to_owned(), name.clone()));
            match (u.headers.get(name), broken) {
                (Some(other), _) => self.header(header, other, &spot),
                (None, Some(broken)) => {
                    self.unresolved(&spot, &spot.name, &header.at, &broken.at, &broken.reason)
                }
                (None, None) => {
                    let facet = if header.required {
                        Facet::RequiredRemoved
                    } else {
                        Facet::Removed
                    };
                    let message = format!("upstream has no header {}", spot.name);
                    let hash = header_hash(header, self.documents.fragment.1);
                    let summary = Summary::with_hash(required(header.required), hash);
                    let f = present(&header.at, summary);
                    self.report(&spot, facet, message, f, absent(&u.at.child("headers")));
                }
            }
        }
        for (name, header) in u
            .headers
            .iter()
            .filter(|(name, _)| !f.headers.contains_key(*name))
        {
            let spot = header_spot(status, name, &header.name);
            let message = format!("upstream has a header {}", spot.name);
            let u = present(&header.at, required(header.required));
            self.report(
                &spot,
                Facet::Added,
                message,
                absent(&f.at.child("headers")),
                u,
            );
        }
    }

    fn header(&mut self, f: &'a Header, u: &'a Header, spot: &Spot) {
        let facets = [Facet::BecameOptional, Facet::BecameRequired];
        self.requirement(spot, facets, (&f.at, f.required), (&u.at, u.required));
        self.deprecation(spot, (&f.at, f.deprecated), (&u.at, u.deprecated));
        self.value(&f.schema, &u.schema, &spot.keyword("schema"));
    }
}

/// Names of headers are the same in any letter case; messages have them as they are written.
fn header_spot(status: &str, name: &str, written: &str) -> Spot {
    Spot::new(
        Subject::Header,
        &["responses", status, "headers", name],
        quoted(written),
    )
}
