//! Operations as wholes.

use std::collections::BTreeSet;

use openapi::{Pointer, template};

use super::{Comparer, Spot, Summary, absent, listed, present, quoted};
use crate::quoted::quoted_request;
use crate::rule::{Facet, Subject};
use crate::view::{Entry, NOTHING, Operation, Way};

impl<'a> Comparer<'a> {
    /// Compares an operation with the one that it is upstream.
    pub(crate) fn operation(&mut self, ours: &'a Operation<'a>, theirs: &'a Operation<'a>) {
        self.operation = ours.entry.name();
        self.met.clear();
        self.identity(&ours.entry, &theirs.entry);
        let [f, u] = [ours, theirs].map(|operation| (&operation.entry.at, operation.deprecated));
        self.deprecation(&whole(), f, u);
        self.servers(ours, theirs);
        self.security(ours, theirs);
        self.parameters(ours, theirs);
        self.request(ours, theirs);
        self.responses(ours, theirs);
    }

    /// Operations of the fragment that aren't to be found upstream.
    pub(crate) fn missing(&mut self, missing: &[Entry<'_>]) {
        let paths = Pointer::root().child("paths");
        for entry in missing {
            self.operation = entry.name();
            let message = format!("{} is not described upstream", quoted(&self.operation));
            let here = request(entry);
            self.report(
                &whole(),
                Facet::MissingUpstream,
                message,
                present(&entry.at, here),
                absent(&paths),
            );
        }
    }

    /// Operations of upstream that are filed with those of the fragment.
    pub(crate) fn not_in_fragment(&mut self, section: &[Entry<'_>]) {
        let paths = Pointer::root().child("paths");
        for entry in section {
            self.operation = entry.name();
            let message = format!(
                "{} is in the same section, but not in the fragment",
                quoted(&self.operation)
            );
            let there = request(entry);
            self.report(
                &whole(),
                Facet::NotInFragment,
                message,
                absent(&paths),
                present(&entry.at, there),
            );
        }
    }

    fn identity(&mut self, ours: &Entry<'_>, theirs: &Entry<'_>) {
        let id = |entry: &Entry<'_>| entry.id.map_or("no operationId".to_owned(), quoted);
        if ours.id != theirs.id {
            let message = format!("upstream names it {}", id(theirs));
            let (f, u) = (ours.at.child("operationId"), theirs.at.child("operationId"));
            self.report(
                &whole(),
                Facet::Renamed,
                message,
                present(&f, Summary::more(id(ours), &ours.name())),
                present(&u, id(theirs)),
            );
        }
        if (ours.method, template(ours.path)) != (theirs.method, template(theirs.path)) {
            let message = format!("upstream has it at {}", request(theirs));
            let (f, u) = (
                present(&ours.at, Summary::more(request(ours), ours.path)),
                present(&theirs.at, request(theirs)),
            );
            self.report(&whole(), Facet::Moved, message, f, u);
        }
    }

    /// One server in common is enough: the fragment serves several products, a description upstream one.
    fn servers(&mut self, ours: &Operation<'_>, theirs: &Operation<'_>) {
        let (Some((f, here)), Some((u, there))) = (&ours.servers, &theirs.servers) else {
            return;
        };
        if here.iter().any(|server| there.contains(server)) {
            return;
        }
        let message = "its servers differ upstream".to_owned();
        let spot = whole().keyword("servers");
        self.report(
            &spot,
            Facet::ServersChanged,
            message,
            present(f, Summary::more(listed(here), &here.join(" "))),
            present(u, listed(there)),
        );
    }

    fn security(&mut self, ours: &Operation<'_>, theirs: &Operation<'_>) {
        let ((f, here), (u, there)) = (&ours.security, &theirs.security);
        if here == there {
            return;
        }
        let spot = whole().keyword("security");
        let gets_in = |way: &Way| there.iter().any(|asked| asked.is_subset(way));
        let (facet, message) = if here.iter().all(gets_in) {
            (
                Facet::SecurityLifted,
                "upstream requires fewer credentials, or accepts more kinds",
            )
        } else {
            (
                Facet::SecurityImposed,
                "upstream requires other credentials",
            )
        };
        let u = match u {
            Some(u) => present(u, describe_ways(there)),
            None => absent(&theirs.entry.at),
        };
        let f = present(
            f.as_ref().unwrap_or(&ours.entry.at),
            Summary::more(describe_ways(here), &format!("{here:?}")),
        );
        self.report(&spot, facet, message.to_owned(), f, u);
    }
}

fn request(entry: &Entry<'_>) -> String {
    quoted_request(entry.method, entry.path)
}

fn describe_ways(ways: &BTreeSet<Way>) -> String {
    let way = |way: &Way| {
        if *way == NOTHING {
            return "nothing".to_owned();
        }
        let schemes: Vec<_> = way.iter().map(|scheme| quoted(scheme)).collect();
        schemes.join(" and ")
    };
    format!(
        "requires {}",
        ways.iter().map(way).collect::<Vec<_>>().join(", or ")
    )
}

/// The operation itself.
fn whole() -> Spot {
    Spot::new(Subject::Operation, &[], "it".to_owned())
}
