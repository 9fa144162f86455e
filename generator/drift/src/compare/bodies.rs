//! Bodies of requests and responses, by media type.

use openapi::Pointer;

use super::flags::required;
use super::{Comparer, Spot, Summary, absent, listed, present, quoted};
use crate::rule::{Facet, Subject};
use crate::view::{Content, Operation, Piece, content_hash};

impl<'a> Comparer<'a> {
    pub(super) fn request(&mut self, ours: &'a Operation<'a>, theirs: &'a Operation<'a>) {
        let spot = Spot::new(Subject::Request, &["requestBody"], "the body".to_owned());
        let at = |operation: &Operation<'_>| operation.entry.at.clone();
        if let Some(broken) = theirs
            .broken
            .iter()
            .find(|broken| broken.part == Piece::Body)
        {
            return self.unresolved(&spot, "the body", &at(ours), &broken.at, &broken.reason);
        }
        match (&ours.body, &theirs.body) {
            (None, None) => {}
            (None, Some(body)) => {
                let facet = if body.required {
                    Facet::BodyAddedRequired
                } else {
                    Facet::BodyAdded
                };
                let message = "upstream accepts a body".to_owned();
                let u = present(&body.at, required(body.required));
                self.report(&spot, facet, message, absent(&at(ours)), u);
            }
            (Some(body), None) => {
                let message = "upstream accepts no body".to_owned();
                let hash = content_hash(&body.content, self.documents.fragment.1);
                let f = present(&body.at, Summary::with_hash(required(body.required), hash));
                self.report(&spot, Facet::BodyRemoved, message, f, absent(&at(theirs)));
            }
            (Some(f), Some(u)) => {
                let facets = [Facet::BodyBecameOptional, Facet::BodyBecameRequired];
                self.requirement(&spot, facets, (&f.at, f.required), (&u.at, u.required));
                let subject = spot.subject;
                self.contents((&f.content, &f.at), (&u.content, &u.at), &spot, subject);
            }
        }
    }

    /// Compares contents by media type; `spot` is what they are the contents of, and `whole` what bodies
    /// belong to that are there on one side only.
    pub(super) fn contents(
        &mut self,
        (f, at_f): (&'a Content, &Pointer),
        (u, at_u): (&'a Content, &Pointer),
        spot: &Spot,
        whole: Subject,
    ) {
        if f.is_empty() && u.is_empty() {
            return;
        }
        let types = |content: &Content| listed(content.keys());
        let whole = spot.of(whole);
        if f.is_empty() || u.is_empty() {
            let spot = whole.keyword("content");
            return if f.is_empty() {
                let message = "upstream has a body".to_owned();
                self.report(
                    &spot,
                    Facet::BodyAdded,
                    message,
                    absent(at_f),
                    present(at_u, types(u)),
                );
            } else {
                let message = "upstream has no body".to_owned();
                let hash = content_hash(f, self.documents.fragment.1);
                self.report(
                    &spot,
                    Facet::BodyRemoved,
                    message,
                    present(at_f, Summary::with_hash(types(f), hash)),
                    absent(at_u),
                );
            };
        }
        for (media_type, child) in f {
            let part = spot.part(&["content", media_type], "the body".to_owned());
            match u.get(media_type) {
                Some(other) => self.value(child, other, &part.keyword("schema")),
                None => {
                    let message = format!("upstream has no {} body", quoted(media_type));
                    self.report(
                        &part.of(whole.subject),
                        Facet::MediaTypeRemoved,
                        message,
                        present(&child.at, self.all_of(child, quoted(media_type))),
                        present(at_u, types(u)),
                    );
                }
            }
        }
        for (media_type, child) in u
            .iter()
            .filter(|(media_type, _)| !f.contains_key(*media_type))
        {
            let part = whole.part(&["content", media_type], String::new());
            let message = format!("upstream has a {} body", quoted(media_type));
            self.report(
                &part,
                Facet::MediaTypeAdded,
                message,
                present(at_f, types(f)),
                present(&child.at, quoted(media_type)),
            );
        }
    }
}
