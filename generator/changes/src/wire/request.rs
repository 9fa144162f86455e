//! One request: method, path, parameters and body.

use generator::model::{Body, Operation};
use openapi::template;

use super::{Wire, title};
use crate::{Change, Rule};

impl Wire<'_> {
    pub(super) fn request(&mut self, old: &Operation, new: &Operation) {
        if old.method != new.method {
            let change = Change::new(Rule::MethodChanged, title(new));
            let place = self.in_after(&new.pointer);
            let change = change.was(old.method.to_uppercase());
            self.found
                .push(change.becomes(new.method.to_uppercase()).at(place));
        }
        if template(&old.path) != template(&new.path) {
            let change = Change::new(Rule::PathChanged, title(new));
            let place = self.in_after(&new.pointer);
            let change = change.was(old.path.as_str()).becomes(new.path.as_str());
            self.found.push(change.at(place));
        }
        self.parameters(old, new);
        self.body(old, new);
        self.answers(old, new);
    }

    fn body(&mut self, old: &Operation, new: &Operation) {
        let change = |rule| Change::new(rule, title(new));
        let in_after = self.in_after(&new.pointer.child("requestBody"));
        let found = match (&old.body, &new.body) {
            (None, None) => None,
            (None, Some(body)) if body.required => Some(change(Rule::BodyAdded).at(in_after)),
            (None, Some(_)) => Some(change(Rule::BodyOffered).at(in_after)),
            (Some(_), None) => {
                let place = self.in_before(&old.pointer.child("requestBody"));
                Some(change(Rule::BodyRemoved).at(place))
            }
            (Some(old), Some(new)) => {
                let rule = match (old.required, new.required) {
                    (false, true) => Some(Rule::BodyDemanded),
                    (true, false) => Some(Rule::BodySpared),
                    _ => None,
                };
                self.found.extend(form(old, new).map(|(old, new)| {
                    let change = change(Rule::BodyFormChanged);
                    change.was(old).becomes(new).at(in_after)
                }));
                rule.map(|rule| change(rule).at(in_after))
            }
        };
        self.found.extend(found);
    }
}

/// The media types of two bodies if they differ.
fn form(old: &Body, new: &Body) -> Option<(String, String)> {
    let names = |body: &Body| {
        let names = body
            .contents
            .iter()
            .map(|content| content.media_type.as_str());
        names.collect::<Vec<_>>().join(", ")
    };
    let (old, new) = (names(old), names(new));
    (old != new).then_some((old, new))
}
