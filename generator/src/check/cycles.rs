//! Components that are defined by nothing but themselves.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::context::Context;
use super::node::Node;
use crate::openapi::reference;
use crate::source::Pointer;

/// Reports each circle of references once, at the first of its components.
pub(super) fn check(cx: &mut Context<'_>, root: &Node<'_, '_>) {
    let Some(components) = root.get("components") else {
        return;
    };
    for (section, entries) in components.fields() {
        let mut graph = BTreeMap::new();
        for (name, entry) in entries.fields() {
            graph.insert(name, edges(section, entry.value));
        }
        for cycle in cycles(&graph) {
            report(cx, section, &entries, &cycle);
        }
    }
}

type Graph<'v> = BTreeMap<&'v str, Vec<String>>;

fn report(cx: &mut Context<'_>, section: &str, entries: &Node<'_, '_>, cycle: &[String]) {
    let Some((first, others)) = cycle.split_first() else {
        return;
    };
    let Some(entry) = entries.get(first) else {
        return;
    };
    let way: Vec<_> = cycle
        .iter()
        .chain([first])
        .map(|name| format!("`{name}`"))
        .collect();
    let is_plain = |name| {
        entries
            .get(name)
            .is_some_and(|entry| reference(entry.value).is_some())
    };
    let (rule, what) = if cycle.iter().all(|name| is_plain(name)) {
        ("circular-reference", "defined by nothing but itself")
    } else {
        ("circular-composition", "composed of itself")
    };
    let message = format!("{what}: {}", way.join(" → "));
    let mut diagnostic = cx.at_key(rule, &entry, message);
    for other in others.iter().filter_map(|name| entries.get(name)) {
        diagnostic = diagnostic.with_related(cx.key_span(&other), "by way of this one");
    }
    let hint = if section == "schemas" {
        "refer to it from `properties` or `items` instead"
    } else {
        "write one of them out"
    };
    cx.report(diagnostic.with_hint(hint));
}

/// The components that must be known before `value` means anything.
fn edges(section: &str, value: &Value) -> Vec<String> {
    let mut edges = Vec::new();
    let mut pending = vec![value];
    while let Some(value) = pending.pop() {
        if let Some(reference) = reference(value) {
            edges.extend(component(section, reference));
            continue;
        }
        if section != "schemas" {
            continue;
        }
        for key in ["allOf", "anyOf", "oneOf"] {
            let members = value.get(key).and_then(Value::as_array);
            pending.extend(members.into_iter().flatten());
        }
        pending.extend(value.get("not"));
    }
    edges
}

fn component(section: &str, reference: &str) -> Option<String> {
    let pointer = Pointer::from_reference(reference)?;
    let segments: Vec<_> = pointer.segments().collect();
    match &segments[..] {
        [components, kind, name] if components == "components" && kind == section => {
            Some(name.to_string())
        }
        _ => None,
    }
}

/// Goes as deep as it can first; an edge back to a component on the way closes a circle.
fn cycles(graph: &Graph<'_>) -> Vec<Vec<String>> {
    let mut cycles = Vec::new();
    let mut done = BTreeSet::new();
    for start in graph.keys() {
        let mut way = vec![(*start, 0)];
        let mut on_way = BTreeSet::from([*start]);
        while let Some((name, next)) = way.last_mut() {
            let (name, edge) = (*name, graph[*name].get(*next));
            *next += 1;
            match edge.and_then(|edge| graph.get_key_value(edge.as_str())) {
                Some((edge, _)) if on_way.contains(edge) => {
                    let cycle = way.iter().map(|(name, _)| *name);
                    let cycle = cycle.skip_while(|name| name != edge);
                    cycles.push(cycle.map(str::to_owned).collect());
                }
                Some((edge, _)) if !done.contains(edge) => {
                    on_way.insert(*edge);
                    way.push((*edge, 0));
                }
                _ if edge.is_some() => {}
                _ => {
                    way.pop();
                    on_way.remove(name);
                    done.insert(name);
                }
            }
        }
    }
    cycles
}
