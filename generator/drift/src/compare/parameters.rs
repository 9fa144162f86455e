//! Parameters.

use std::collections::BTreeMap;

use openapi::{Pointer, template};

use super::flags::required;
use super::{Comparer, Spot, Summary, absent, present, quoted};
use crate::rule::{Facet, Subject};
use crate::view::{Operation, Parameter, Piece, parameter_hash};

impl<'a> Comparer<'a> {
    pub(super) fn parameters(&mut self, ours: &'a Operation<'a>, theirs: &'a Operation<'a>) {
        let broken = self.broken_parameters(ours, theirs);
        let is_moved = template(ours.entry.path) != template(theirs.entry.path);
        let [here, there] = [ours, theirs].map(|operation| keyed(operation, is_moved));
        for (key, &parameter) in &here {
            match there.get(key) {
                Some(other) => self.parameter(parameter, other),
                // It may be the one that can't be read.
                None if broken => {}
                None => {
                    let message = format!("upstream has no parameter {}", quoted(&parameter.name));
                    let u = theirs.entry.at.child("parameters");
                    let f = present(&parameter.at, self.all_of_parameter(parameter));
                    self.report(&spot(parameter), Facet::Removed, message, f, absent(&u));
                }
            }
        }
        let new = there.iter().filter(|(key, _)| !here.contains_key(*key));
        for (_, &parameter) in new {
            let (facet, word) = if parameter.required {
                (Facet::AddedRequired, "requires")
            } else {
                (Facet::Added, "has")
            };
            let message = format!("upstream {word} a parameter {}", quoted(&parameter.name));
            let f = ours.entry.at.child("parameters");
            let u = present(&parameter.at, described(parameter));
            self.report(&spot(parameter), facet, message, absent(&f), u);
        }
    }

    fn parameter(&mut self, f: &'a Parameter, u: &'a Parameter) {
        let spot = spot(f);
        let name = &spot.name;
        let facets = [Facet::BecameOptional, Facet::BecameRequired];
        self.requirement(&spot, facets, (&f.at, f.required), (&u.at, u.required));
        self.deprecation(&spot, (&f.at, f.deprecated), (&u.at, u.deprecated));
        // Names in a path never reach the wire.
        if f.location == "path" && f.name != u.name {
            let message = format!("{name} is called {} upstream", quoted(&u.name));
            let (f, u) = (
                present(&f.at, Summary::text(&f.name)),
                present(&u.at, quoted(&u.name)),
            );
            self.report(&spot, Facet::Renamed, message, f, u);
        }
        let has_parts =
            f.has_parts(self.documents.fragment.1) && u.has_parts(self.documents.upstream.1);
        let wire = (f.wire(has_parts), u.wire(has_parts));
        if wire.0 != wire.1 {
            let message = format!("{name} is written in another style upstream");
            self.report(
                &spot,
                Facet::StyleChanged,
                message,
                present(&f.at, quoted(&wire.0)),
                present(&u.at, quoted(&wire.1)),
            );
        }
        self.value(&f.schema, &u.schema, &spot.keyword("schema"));
    }

    fn all_of_parameter(&self, parameter: &Parameter) -> Summary {
        let graph = self.documents.fragment.1;
        Summary::with_hash(described(parameter), parameter_hash(parameter, graph))
    }

    fn broken_parameters(&mut self, ours: &Operation<'_>, theirs: &Operation<'_>) -> bool {
        let before = self.found.len();
        for broken in &theirs.broken {
            if let Piece::Parameter(number) = broken.part {
                let spot = Spot::new(
                    Subject::Parameter,
                    &["parameters", &number.to_string()],
                    String::new(),
                );
                let f = ours.entry.at.child("parameters");
                self.unresolved(&spot, "a parameter", &f, &broken.at, &broken.reason);
            }
        }
        self.found.len() > before
    }

    /// Something that can't be read upstream, and why.
    pub(super) fn unresolved(
        &mut self,
        spot: &Spot,
        name: &str,
        f: &Pointer,
        u: &Pointer,
        reason: &str,
    ) {
        let message = format!("{name} can't be read upstream");
        self.report(
            spot,
            Facet::Unresolved,
            message,
            present(f, "nothing to compare with"),
            present(u, reason),
        );
    }
}

/// Parameters by identity: path parameters by position, unless the path differs.
fn keyed<'a>(
    operation: &'a Operation<'_>,
    is_moved: bool,
) -> BTreeMap<(&'a str, &'a str), &'a Parameter> {
    let key = |(location, key): &'a (String, String), parameter: &'a Parameter| {
        let is_named = is_moved && location == "path";
        let key = if is_named { &parameter.name } else { key };
        (location.as_str(), key.as_str())
    };
    let parameters = operation.parameters.iter();
    parameters
        .map(|(known, parameter)| (key(known, parameter), parameter))
        .collect()
}

fn spot(parameter: &Parameter) -> Spot {
    let place = ["parameters", &parameter.location, &parameter.wire_name()];
    Spot::new(Subject::Parameter, &place, quoted(&parameter.name))
}

fn described(parameter: &Parameter) -> String {
    let required = required(parameter.required);
    format!("{required}, in {}", quoted(&parameter.location))
}
