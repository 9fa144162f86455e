//! Operations: their names, and how their parameters agree with their paths.

use std::collections::BTreeMap;

use super::context::Context;
use super::node::Node;
use super::paths;
use crate::diagnostic::Diagnostic;
use crate::references::reference;
use crate::terms::{METHODS, is_extension};
use crate::text::Span;
use crate::words;

/// Where parameters go, in the order in which they get their names in Rust.
const LOCATIONS: [&str; 4] = ["path", "query", "header", "cookie"];

/// A parameter of an operation, wherever it is described.
struct Declared<'v> {
    name: &'v str,
    location: &'v str,
    /// Where the operation or its path lists it.
    span: Span,
}

/// Checks every operation, and all of them against each other.
pub(super) fn check<'v>(cx: &mut Context<'v>, root: &Node<'v, '_>) {
    let Some(paths) = root.get("paths") else {
        return;
    };
    let mut ids = BTreeMap::new();
    for (path, item) in paths.fields().filter(|(path, _)| path.starts_with('/')) {
        let shared = declared(cx, &item);
        for (method, operation) in item.fields().filter(|(key, _)| METHODS.contains(key)) {
            check_id(cx, &item, &operation, &mut ids);
            check_responses(cx, &operation);
            let own = declared(cx, &operation);
            check_ambiguous(cx, &own, &shared);
            let lists = [&item, &operation];
            if lists.iter().all(|owner| are_all_found(cx, owner)) {
                check_path_parameters(cx, (path, &item), (method, &operation), &own, &shared);
            }
        }
    }
    check_links(cx, &ids);
}

fn check_id<'v>(
    cx: &mut Context<'_>,
    path: &Node<'_, '_>,
    operation: &Node<'v, '_>,
    ids: &mut BTreeMap<&'v str, Span>,
) {
    let Some(node) = operation.get("operationId") else {
        return;
    };
    let Some(id) = node.value.as_str() else {
        return;
    };
    let span = cx.value_span(&node);
    if id.is_empty() {
        let diagnostic = cx.at_value("missing-operation-id", &node, "`operationId` is empty");
        cx.report(diagnostic.with_hint("name it: `operationId: actions/get-artifact`"));
    } else if ids.get(id) == Some(&span) {
        let message = format!(
            "operations shared with another path: `{}`",
            words::shown(id)
        );
        cx.report(
            cx.at_key("duplicate-operation-id", path, message)
                .with_related(span, "the operation")
                .with_hint("copy the operations of one path, with ids of their own"),
        );
    } else if let Some(first) = ids.get(id) {
        let message = format!("duplicate `operationId`: `{}`", words::shown(id));
        cx.report(
            cx.at_value("duplicate-operation-id", &node, message)
                .with_related(*first, "first here")
                .with_hint("give each operation its own id"),
        );
    } else {
        ids.insert(id, span);
    }
}

fn check_responses(cx: &mut Context<'_>, operation: &Node<'_, '_>) {
    let Some(responses) = operation.get("responses") else {
        return;
    };
    let mut statuses = responses.fields().filter(|(key, _)| !is_extension(key));
    if responses.value.is_object() && statuses.next().is_none() {
        let diagnostic = cx.at_key("empty-object", &responses, "an operation without responses");
        cx.report(diagnostic.with_hint("describe at least the successful one: `\"200\":`"));
    }
}

/// The parameters an operation or a path lists; one listed twice is reported.
fn declared<'v>(cx: &mut Context<'v>, owner: &Node<'v, '_>) -> Vec<Declared<'v>> {
    let mut declared: Vec<Declared<'v>> = Vec::new();
    let Some(parameters) = owner.get("parameters") else {
        return declared;
    };
    for listed in parameters.items() {
        let Some((pointer, value)) = cx.resolve(&listed) else {
            continue;
        };
        let parameter = Node::at(&pointer, value);
        let (Some(name), Some(location)) = (parameter.text("name"), parameter.text("in")) else {
            continue;
        };
        let span = match listed.get("$ref").or_else(|| listed.get("name")) {
            Some(field) => cx.value_span(&field),
            None => cx.value_span(&listed),
        };
        let same = |other: &&Declared<'_>| other.location == location && is_same(other, name);
        if let Some(first) = declared.iter().find(same) {
            let message = format!(
                "duplicate parameter: `{}` in {location}",
                words::shown(name)
            );
            cx.report(
                cx.at_value("duplicate-parameter", &listed, message)
                    .with_related(first.span, "first here")
                    .with_hint("remove one of them"),
            );
            continue;
        }
        declared.push(Declared {
            name,
            location,
            span,
        });
    }
    declared
}

/// Whether every reference in a list of parameters resolves: the target of a broken one may be the parameter that seems
/// missing.
fn are_all_found(cx: &Context<'_>, owner: &Node<'_, '_>) -> bool {
    let parameters = owner.get("parameters");
    let listed = parameters.iter().flat_map(Node::items);
    let mut references = listed.filter(|listed| listed.has("$ref"));
    references.all(|listed| reference(listed.value).is_some() && cx.resolve(&listed).is_some())
}

/// Names of headers are the same in any case.
fn is_same(declared: &Declared<'_>, name: &str) -> bool {
    if declared.location == "header" {
        declared.name.eq_ignore_ascii_case(name)
    } else {
        declared.name == name
    }
}

/// Arguments of a method can't distinguish parameters with the same name and different `in`.
fn check_ambiguous(cx: &mut Context<'_>, own: &[Declared<'_>], shared: &[Declared<'_>]) {
    let mut seen: BTreeMap<&str, &Declared<'_>> = BTreeMap::new();
    for parameter in shared.iter().chain(own) {
        let Some(first) = seen.insert(parameter.name, parameter) else {
            continue;
        };
        if first.location != parameter.location {
            let rank = |one: &&str| LOCATIONS.iter().position(|location| location == one);
            let named = [first.location, parameter.location];
            let named = named.into_iter().max_by_key(rank).unwrap_or_default();
            let name = words::shown(parameter.name);
            let message = format!(
                "parameter both in {} and in {}: `{name}`",
                first.location, parameter.location
            );
            cx.report(
                Diagnostic::new("ambiguous-parameter", parameter.span, message)
                    .with_related(first.span, format!("in {} here", first.location))
                    .with_hint(format!(
                        "rename one: until then, one is called `…_in_{named}` in Rust"
                    )),
            );
        }
    }
}

fn check_path_parameters(
    cx: &mut Context<'_>,
    (path, item): (&str, &Node<'_, '_>),
    (method, operation): (&str, &Node<'_, '_>),
    own: &[Declared<'_>],
    shared: &[Declared<'_>],
) {
    let Ok(names) = paths::parameters(path) else {
        return;
    };
    let in_path = |parameter: &&Declared<'_>| parameter.location == "path";
    let declared: Vec<_> = shared.iter().chain(own).filter(in_path).collect();
    let unused = declared
        .iter()
        .filter(|parameter| !names.contains(&parameter.name));
    let unused: Vec<_> = unused.collect();
    for name in &names {
        if declared.iter().any(|parameter| parameter.name == *name) {
            continue;
        }
        let message = format!("path parameter of `{method}` is not declared: `{name}`");
        let candidates = unused.iter().map(|parameter| parameter.name);
        let hint = match words::closest(name, candidates) {
            Some(other) => format!("did you mean `{{{other}}}` in the path?"),
            None => format!("list a parameter with `name: {name}`, `in: path`, `required: true`"),
        };
        cx.report(
            cx.at_key("undeclared-path-parameter", operation, message)
                .with_related(cx.key_span(item), "named in this path")
                .with_hint(hint),
        );
    }
    for parameter in unused {
        let name = words::shown(parameter.name);
        let message = format!("path parameter is not in the path: `{name}`");
        cx.report(
            Diagnostic::new("unused-path-parameter", parameter.span, message)
                .with_related(cx.key_span(item), "the path")
                .with_hint(words::suggestion(parameter.name, names.iter().copied())),
        );
    }
}

fn check_links(cx: &mut Context<'_>, ids: &BTreeMap<&str, Span>) {
    for (span, id) in std::mem::take(&mut cx.linked) {
        if !ids.contains_key(id) {
            let message = format!(
                "link to an operation that does not exist: `{}`",
                words::shown(id)
            );
            cx.report(
                Diagnostic::new("unresolved-operation", span, message)
                    .with_hint(words::suggestion(id, ids.keys().copied())),
            );
        }
    }
}
