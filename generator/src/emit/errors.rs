//! Docs of error responses: written once if several operations share them.

use std::collections::{BTreeMap, BTreeSet};

use super::docs::{Docs, code_span, in_one_line};
use crate::model::{Api, ErrorResponse, Namespace, Type};

/// The heading under which the module of a namespace has them.
const HEADING: &str = "Shared errors";

/// The errors that several operations of a namespace have, one for each status.
pub(super) struct SharedErrors<'a> {
    api: &'a Api,
    errors: Vec<&'a ErrorResponse>,
}

impl<'a> SharedErrors<'a> {
    pub(super) fn of(api: &'a Api, namespace: &'a Namespace) -> Self {
        let operations = namespace.operations.iter();
        let mut by_status = BTreeMap::<_, Vec<(&ErrorResponse, usize)>>::new();
        for error in operations.flat_map(|operation| &operation.errors) {
            let counts = by_status.entry(error.status.as_str()).or_default();
            match counts.iter_mut().find(|(known, _)| *known == error) {
                Some((_, count)) => *count += 1,
                None => counts.push((error, 1)),
            }
        }
        let errors = by_status.into_values().filter_map(|counts| {
            // The first of those that equally many operations have.
            let counts = counts.into_iter().rev();
            let (error, count) = counts.max_by_key(|&(_, count)| count)?;
            (count > 1).then_some(error)
        });
        Self {
            api,
            errors: errors.collect(),
        }
    }

    /// Adds them to the docs of the namespace's module.
    pub(super) fn describe(&self, docs: Docs) -> Docs {
        if self.errors.is_empty() {
            return docs;
        }
        let lines = Docs::new("The API answers several of these operations with the same errors:")
            .lines(items(&self.errors))
            .lines(self.body_docs(
                &self.errors,
                "[`Error::decode_body`](crate::Error::decode_body)",
            ));
        docs.section(HEADING, lines.into_lines())
    }

    /// The docs of an operation's errors.
    pub(super) fn operation_docs(&self, errors: &[ErrorResponse]) -> Vec<String> {
        if errors.is_empty() {
            return vec!["Those of any request: see [`Error`].".to_owned()];
        }
        let (shared, own): (Vec<_>, Vec<_>) =
            errors.iter().partition(|error| self.errors.contains(error));
        let mut list = items(&own);
        if !shared.is_empty() {
            let statuses: Vec<_> = shared.iter().map(|error| error.status.as_str()).collect();
            let anchor = HEADING.to_lowercase().replace(' ', "-");
            list.push(format!(
                "- {}: [as for other operations](super#{anchor}).",
                statuses.join(", ")
            ));
        }
        Docs::default()
            .text("Those of any request: see [`Error`]. The API answers with these:")
            .lines(list)
            .lines(self.body_docs(&own, "[`Error::decode_body`]"))
            .into_lines()
    }

    /// How their bodies are decoded.
    fn body_docs(&self, errors: &[&ErrorResponse], decode: &str) -> Vec<String> {
        let types = &self.api.types;
        let bodies = errors.iter().flat_map(|error| &error.bodies);
        let bodies = bodies.filter_map(|body| match &body.type_ {
            Type::Named(id) => Some(types.get(*id).name.as_str()),
            Type::List(item) => item.named().map(|id| types.get(id).name.as_str()),
            _ => None,
        });
        let bodies: BTreeSet<_> = bodies.collect();
        let links = bodies
            .iter()
            .map(|body| format!("[`{body}`](crate::types::{body})"));
        let links: Vec<_> = links.collect();
        let bodies = match links.as_slice() {
            [] => return Vec::new(),
            [link] => format!("the body as {link}"),
            links => format!("the bodies: {}", links.join(", ")),
        };
        Docs::default()
            .text(&format!("{decode} decodes {bodies}."))
            .into_lines()
    }
}

fn items(errors: &[&ErrorResponse]) -> Vec<String> {
    let items = errors.iter().map(|error| {
        let mut meaning = in_one_line(&error.description);
        if !error.media_types.is_empty() {
            let names = error.media_types.iter().map(|name| code_span(name));
            let names = names.collect::<Vec<_>>().join(", ");
            meaning = format!("{meaning} ({names})");
        }
        match meaning.trim() {
            "" => format!("- {}", error.status),
            meaning => format!("- {}: {meaning}", error.status),
        }
    });
    let items: Vec<_> = items.collect();
    Docs::new(&items.join("\n")).into_lines()
}
