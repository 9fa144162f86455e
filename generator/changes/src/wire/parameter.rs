//! The parameters of one request, by their names in Rust.

use generator::model::{Bounds, Operation, Parameter, ParameterLocation as In};

use super::{Wire, title};
use crate::{Change, Rule};

impl Wire<'_> {
    pub(super) fn parameters(&mut self, old: &Operation, new: &Operation) {
        let renamed = renamed(old, new);
        for parameter in &old.parameters {
            let now = match renamed {
                Some((gone, added)) if gone.field == parameter.field => Some(added),
                _ => find(new, &parameter.field),
            };
            match now {
                Some(now) => self.parameter(new, parameter, now),
                // Names of path parameters are not sent, and the path is compared separately.
                None if parameter.location == In::Path => {}
                None => {
                    let change = Change::new(Rule::ParameterRemoved, title(new));
                    let place = self.in_before(&parameter.pointer);
                    self.found.push(change.of(spelt(parameter)).at(place));
                }
            }
        }
        for parameter in &new.parameters {
            let is_known = find(old, &parameter.field).is_some()
                || renamed.is_some_and(|(_, added)| added.field == parameter.field);
            if parameter.location != In::Path && !is_known {
                let rule = match (parameter.required, &parameter.only_value) {
                    (_, Some(_)) => Rule::ConstantAdded,
                    (true, None) => Rule::DemandAdded,
                    (false, None) => Rule::ParameterAdded,
                };
                let change = Change::new(rule, title(new));
                let place = self.in_after(&parameter.pointer);
                self.found.push(change.of(spelt(parameter)).at(place));
            }
        }
    }

    fn parameter(&mut self, operation: &Operation, old: &Parameter, new: &Parameter) {
        let place = self.in_after(&new.pointer);
        let change = |rule| {
            let change = Change::new(rule, title(operation));
            change.of(spelt(new)).at(place)
        };
        if old.location != new.location {
            let change = change(Rule::ParameterMoved);
            let change = change.was(word(old.location)).becomes(word(new.location));
            self.found.push(change);
        }
        if !is_same_name(old, new) {
            let change = change(Rule::ParameterRespelt);
            let change = change.was(old.name.as_str()).becomes(new.name.as_str());
            self.found.push(change);
        }
        let rule = match (old.required, new.required) {
            (false, true) => Some(Rule::ParameterDemanded),
            (true, false) => Some(Rule::ParameterSpared),
            _ => None,
        };
        self.found.extend(rule.map(change));
        if let (Some(old), Some(new)) = (&old.only_value, &new.only_value)
            && old != new
        {
            let change = change(Rule::ConstantChanged);
            self.found
                .push(change.was(old.as_str()).becomes(new.as_str()));
        }
        if old.bounds != new.bounds {
            let rule = if includes(new.bounds, old.bounds) {
                Rule::BoundsWidened
            } else {
                Rule::BoundsNarrowed
            };
            let change = change(rule).was(range(old.bounds));
            self.found.push(change.becomes(range(new.bounds)));
        }
        // A default does not matter for a parameter that is always sent.
        let is_always_sent = old.required && new.required;
        if old.default != new.default && !is_always_sent {
            let text = |parameter: &Parameter| match &parameter.default {
                Some(value) => value.clone(),
                None => "undocumented".to_owned(),
            };
            let change = change(Rule::ServerDefault).was(text(old));
            self.found.push(change.becomes(text(new)));
        }
    }
}

/// The only removed parameter and the only added one, if they differ only by name.
fn renamed<'a>(old: &'a Operation, new: &'a Operation) -> Option<(&'a Parameter, &'a Parameter)> {
    fn only<'a>(all: &'a Operation, others: &Operation) -> Option<&'a Parameter> {
        let mut found = all.parameters.iter().filter(|parameter| {
            parameter.location != In::Path && find(others, &parameter.field).is_none()
        });
        let only = found.next()?;
        found.next().is_none().then_some(only)
    }
    let (gone, added) = (only(old, new)?, only(new, old)?);
    let is_same = gone.location == added.location
        && gone.required == added.required
        && gone.type_ == added.type_;
    is_same.then_some((gone, added))
}

fn find<'a>(operation: &'a Operation, field: &str) -> Option<&'a Parameter> {
    operation
        .parameters
        .iter()
        .find(|parameter| parameter.field == field)
}

/// A parameter as people speak of it: `query per_page`.
fn spelt(parameter: &Parameter) -> String {
    format!("{} {}", word(parameter.location), parameter.name)
}

fn word(place: In) -> &'static str {
    match place {
        In::Path => "path",
        In::Query => "query",
        In::Header => "header",
        In::Cookie => "cookie",
    }
}

/// Whether a server reads the same name: that of a header in any case, and none in a path.
fn is_same_name(old: &Parameter, new: &Parameter) -> bool {
    match new.location {
        In::Path => true,
        In::Query | In::Cookie => old.name == new.name,
        In::Header => old.name.eq_ignore_ascii_case(&new.name),
    }
}

/// Whether every number that is in the `inner` bounds is in the `outer` ones.
fn includes(outer: Bounds, inner: Bounds) -> bool {
    let minimum = outer
        .minimum
        .is_none_or(|minimum| inner.minimum.is_some_and(|inner| inner >= minimum));
    let maximum = outer
        .maximum
        .is_none_or(|maximum| inner.maximum.is_some_and(|inner| inner <= maximum));
    minimum && maximum
}

fn range(bounds: Bounds) -> String {
    match (bounds.minimum, bounds.maximum) {
        (Some(minimum), Some(maximum)) => format!("{minimum} to {maximum}"),
        (Some(minimum), None) => format!("{minimum} and above"),
        (None, Some(maximum)) => format!("up to {maximum}"),
        (None, None) => "without bounds".to_owned(),
    }
}
