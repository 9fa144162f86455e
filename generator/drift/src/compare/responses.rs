//! Responses.

use std::collections::{BTreeMap, BTreeSet};

use super::{Comparer, Spot, Summary, absent, present, quoted};
use crate::rule::{Facet, Subject};
use crate::view::{Operation, Piece, Response, response_hash};

/// Redirects that are results.
const REDIRECTS: &[&str] = &["302", "303", "3XX"];
/// Redirects that the client's transport follows, unless the redirect is the result.
const MOVED: &[&str] = &["301", "307", "308"];

type Responses = BTreeMap<String, Response>;

impl<'a> Comparer<'a> {
    pub(super) fn responses(&mut self, ours: &'a Operation<'a>, theirs: &'a Operation<'a>) {
        let broken = self.broken_responses(ours, theirs);
        let mut compared = BTreeSet::new();
        let statuses: BTreeSet<_> = ours
            .responses
            .keys()
            .chain(theirs.responses.keys())
            .collect();
        for status in statuses
            .into_iter()
            .filter(|status| !broken.contains(status.as_str()))
        {
            match (
                answer(&ours.responses, status),
                answer(&theirs.responses, status),
            ) {
                (Some(f), Some(u)) if compared.insert((f.0, u.0)) => {
                    let whole = match subject(status, &ours.responses) {
                        Subject::ErrorStatus => Subject::ErrorStatus,
                        _ => Subject::Response,
                    };
                    self.response((status, whole), f.1, u.1, theirs);
                }
                (Some((_, f)), None) if !is_covered(status, &ours.responses, &theirs.responses) => {
                    let message = format!("upstream doesn't list status {}", quoted(status));
                    let u = theirs.entry.at.child("responses");
                    let hash = response_hash(f, self.documents.fragment.1);
                    self.report(
                        &spot(status, &ours.responses),
                        Facet::Removed,
                        message,
                        present(&f.at, Summary::with_hash("listed".to_owned(), hash)),
                        absent(&u),
                    );
                }
                (None, Some((_, u))) => {
                    let message = format!("upstream lists status {}", quoted(status));
                    let f = ours.entry.at.child("responses");
                    self.report(
                        &spot(status, &ours.responses),
                        Facet::Added,
                        message,
                        absent(&f),
                        present(&u.at, "listed"),
                    );
                }
                _ => {}
            }
        }
    }

    /// The body of an error is read whether or not it is described, so its being there is a matter of
    /// the status.
    fn response(
        &mut self,
        (status, whole): (&str, Subject),
        f: &'a Response,
        u: &'a Response,
        theirs: &Operation<'_>,
    ) {
        let spot = Spot::new(Subject::Response, &["responses", status], String::new());
        self.headers(status, f, u, theirs);
        self.contents((&f.content, &f.at), (&u.content, &u.at), &spot, whole);
    }

    /// Reports responses that can't be read, and returns their statuses.
    fn broken_responses(
        &mut self,
        ours: &Operation<'_>,
        theirs: &'a Operation<'a>,
    ) -> BTreeSet<&'a str> {
        let mut statuses = BTreeSet::new();
        for broken in &theirs.broken {
            if let Piece::Response(status) = &broken.part {
                let spot = Spot::new(Subject::Response, &["responses", status], String::new());
                let name = format!("status {}", quoted(status));
                let f = ours.entry.at.child("responses").child(status);
                self.unresolved(&spot, &name, &f, &broken.at, &broken.reason);
                statuses.insert(status.as_str());
            }
        }
        statuses
    }
}

/// The response for a status: its own, that of its class, or the default.
fn answer<'r>(responses: &'r Responses, status: &str) -> Option<(&'r String, &'r Response)> {
    let class = status
        .get(..1)
        .map(|digit| format!("{digit}XX"))
        .unwrap_or_default();
    let names = [status, &class, "default"];
    names.iter().find_map(|name| responses.get_key_value(*name))
}

/// Whether upstream speaks of a class of statuses one by one; each is compared by itself then.
fn is_covered(class: &str, ours: &Responses, theirs: &Responses) -> bool {
    theirs.keys().any(|status| {
        status != class && answer(ours, status).is_some_and(|(name, _)| name == class)
    })
}

fn spot(status: &str, ours: &Responses) -> Spot {
    Spot::new(subject(status, ours), &["responses", status], String::new())
}

/// Whether a status is a result or an error, for an operation that lists these ones.
fn subject(status: &str, ours: &Responses) -> Subject {
    let is_redirect = |status: &str| REDIRECTS.contains(&status);
    let redirects = || ours.keys().any(|status| is_redirect(status));
    let is_result =
        status.starts_with('2') || is_redirect(status) || (MOVED.contains(&status) && redirects());
    if is_result {
        Subject::Status
    } else {
        Subject::ErrorStatus
    }
}
