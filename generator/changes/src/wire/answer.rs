//! Responses: successes, and documented errors.

use generator::model::{CaseKind, Operation, Success};
use openapi::Pointer;

use super::{Wire, title};
use crate::{Change, Rule};

/// The outcome of a response with a certain status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Body,
    Text,
    Stream,
    Nothing,
    Address,
}

impl Wire<'_> {
    pub(super) fn answers(&mut self, old: &Operation, new: &Operation) {
        let (before, after) = (outcomes(&old.success), outcomes(&new.success));
        for (status, outcome) in &before {
            let rule = match outcome_of(&after, status) {
                Some(now) if now == *outcome => continue,
                Some(_) => Rule::SuccessChanged,
                None => Rule::SuccessRemoved,
            };
            let place = match rule {
                Rule::SuccessChanged => self.in_after(&answer(new, status)),
                _ => self.in_before(&answer(old, status)),
            };
            self.found
                .push(Change::new(rule, title(new)).was(*status).at(place));
        }
        for (status, _) in &after {
            if outcome_of(&before, status).is_none() {
                let change = Change::new(Rule::SuccessAdded, title(new));
                let place = self.in_after(&answer(new, status));
                self.found.push(change.becomes(*status).at(place));
            }
        }
        self.accept(old, new);
        self.errors(old, new);
    }

    /// The media type that an operation requests by default.
    fn accept(&mut self, old: &Operation, new: &Operation) {
        let (before, after) = (special(&old.success), special(&new.success));
        if before != after {
            let text = |special: Option<&str>| special.unwrap_or("the client's default").to_owned();
            let change = Change::new(Rule::AcceptChanged, title(new));
            let place = self.in_after(&new.pointer.child("responses"));
            let change = change.was(text(before)).becomes(text(after));
            self.found.push(change.at(place));
        }
    }

    fn errors(&mut self, old: &Operation, new: &Operation) {
        let has = |operation: &Operation, status: &str| {
            let mut errors = operation.errors.iter();
            errors.any(|error| error.status == status)
        };
        for error in old.errors.iter().filter(|error| !has(new, &error.status)) {
            let change = Change::new(Rule::ErrorRemoved, title(new));
            let place = self.in_before(&answer(old, &error.status));
            self.found.push(change.was(error.status.as_str()).at(place));
        }
        for error in new.errors.iter().filter(|error| !has(old, &error.status)) {
            let change = Change::new(Rule::ErrorAdded, title(new));
            let place = self.in_after(&answer(new, &error.status));
            self.found
                .push(change.becomes(error.status.as_str()).at(place));
        }
    }
}

/// The successful statuses, and the outcome of each.
fn outcomes(success: &Success) -> Vec<(&str, Outcome)> {
    let cases = success.cases.iter();
    cases
        .flat_map(|case| {
            let outcome = match case.kind {
                CaseKind::Json(_) => Outcome::Body,
                CaseKind::Text => Outcome::Text,
                CaseKind::Stream => Outcome::Stream,
                CaseKind::Empty => Outcome::Nothing,
                CaseKind::Redirect(_) => Outcome::Address,
            };
            case.statuses
                .iter()
                .map(move |status| (status.as_str(), outcome))
        })
        .collect()
}

/// The outcome of a status, which may be in a range such as `2XX`.
fn outcome_of(outcomes: &[(&str, Outcome)], status: &str) -> Option<Outcome> {
    let range = format!("{}XX", &status[..status.len().min(1)]);
    let find = |wanted: &str| {
        let mut found = outcomes.iter();
        found.find(|(status, _)| status.eq_ignore_ascii_case(wanted))
    };
    let (_, outcome) = find(status).or_else(|| find(&range))?;
    Some(*outcome)
}

fn special(success: &Success) -> Option<&str> {
    let mut media_types = success
        .filled()
        .filter_map(|case| case.media_type.as_deref());
    media_types.find(|media_type| !media_type.starts_with("application/json"))
}

fn answer(operation: &Operation, status: &str) -> Pointer {
    operation.pointer.child("responses").child(status)
}
