//! Reference cycles among components and other targets of references.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::context::Context;
use super::node::Node;
use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;
use crate::references::reference;

/// Reports each reference cycle once, at the first of its members.
pub(super) fn check(cx: &mut Context<'_>, root: &Node<'_, '_>) {
    let components = root.get("components");
    let sections = components.iter().flat_map(Node::fields);
    let mut targets: Vec<_> = cx.inline.iter().cloned().collect();
    for (section, entries) in sections {
        let at = entries.pointer();
        targets.extend(entries.fields().map(|(name, _)| (section, at.child(name))));
    }
    let mut graphs = BTreeMap::<_, BTreeMap<Pointer, Edges>>::new();
    for (section, pointer) in targets {
        if let Some(value) = root.value.pointer(pointer.as_str()) {
            let graph = graphs.entry(section).or_default();
            graph.insert(pointer, Edges::of(section, value));
        }
    }
    for (section, edges) in graphs {
        for cycle in cycles(&graph(&edges)) {
            let diagnostic = described(cx, section, &cycle);
            cx.report(diagnostic);
        }
    }
}

/// The references of each value, by its position.
type Graph = BTreeMap<Pointer, Vec<Pointer>>;

fn described(cx: &Context<'_>, section: &str, cycle: &[Pointer]) -> Diagnostic {
    let way = cycle.iter().chain(cycle.first());
    let way: Vec<_> = way.map(|pointer| format!("`{}`", name(pointer))).collect();
    let is_plain = |pointer: &Pointer| {
        let value = cx.document.value.pointer(pointer.as_str());
        value.is_some_and(|value| reference(value).is_some())
    };
    let (rule, what) = if cycle.iter().all(is_plain) {
        ("circular-reference", "circular reference")
    } else {
        ("circular-composition", "schema composed of itself")
    };
    let message = format!("{what}: {}", way.join(" → "));
    let mut spans = cycle.iter().map(|pointer| cx.document.key_span(pointer));
    let first = spans.next().unwrap_or_default();
    let mut diagnostic = Diagnostic::new(rule, first, message);
    for span in spans {
        diagnostic = diagnostic.with_related(span, "through this one");
    }
    diagnostic.with_hint(if section == "schemas" {
        "refer to it from `properties` or `items` instead"
    } else {
        "replace one of the references by its target"
    })
}

/// The name of a component, or the whole pointer of anything else.
fn name(pointer: &Pointer) -> String {
    match pointer.component() {
        Some((_, name)) => name.into_owned(),
        None => pointer.to_reference(),
    }
}

/// The values that must be known to interpret a value.
#[derive(Default)]
struct Edges {
    /// Parts: references, and members of `allOf`.
    parts: Vec<Pointer>,
    /// Alternatives, and their parts.
    choices: Vec<Pointer>,
}

impl Edges {
    fn of(section: &str, value: &Value) -> Self {
        let mut edges = Self::default();
        let mut pending = vec![(value, false)];
        while let Some((value, is_choice)) = pending.pop() {
            if let Some(reference) = reference(value) {
                let edges = if is_choice {
                    &mut edges.choices
                } else {
                    &mut edges.parts
                };
                edges.extend(Pointer::from_reference(reference));
                continue;
            }
            if section != "schemas" {
                continue;
            }
            for (key, is_choice) in [("allOf", is_choice), ("anyOf", true), ("oneOf", true)] {
                let members = value.get(key).and_then(Value::as_array);
                let members = members.into_iter().flatten();
                pending.extend(members.map(|member| (member, is_choice)));
            }
        }
        edges
    }
}

/// What each value leads to. An alternative that is composed of the very schema that lists it is a kind of it, and what
/// it takes of that schema are the properties beside the list.
fn graph(edges: &BTreeMap<Pointer, Edges>) -> Graph {
    let numbers: BTreeMap<_, _> = edges.keys().zip(0..).collect();
    let mut wholes = vec![Vec::new(); edges.len()];
    for (whole, Edges { parts, .. }) in edges.values().enumerate() {
        for part in parts.iter().filter_map(|part| numbers.get(part)) {
            wholes[*part].push(whole);
        }
    }
    let mut composed_of = vec![None; edges.len()];
    let nodes = edges.iter().enumerate();
    let nodes = nodes.map(|(part, (pointer, Edges { parts, choices }))| {
        if !choices.is_empty() {
            mark_wholes(part, &wholes, &mut composed_of);
        }
        let is_kind = |choice: &&Pointer| {
            let whole = numbers.get(choice).copied();
            whole.is_some_and(|whole| whole != part && composed_of[whole] == Some(part))
        };
        let choices = choices.iter().filter(|choice| !is_kind(choice));
        (
            pointer.clone(),
            parts.iter().chain(choices).cloned().collect(),
        )
    });
    nodes.collect()
}

/// Marks all values composed of `part`, directly or not. `wholes` has those directly composed of each value.
fn mark_wholes(part: usize, wholes: &[Vec<usize>], composed_of: &mut [Option<usize>]) {
    let mut pending = vec![part];
    while let Some(next) = pending.pop() {
        for whole in wholes[next].iter().copied() {
            if composed_of[whole] != Some(part) {
                composed_of[whole] = Some(part);
                pending.push(whole);
            }
        }
    }
}

/// Depth first; an edge back to a value on the current path closes a cycle.
fn cycles(graph: &Graph) -> Vec<Vec<Pointer>> {
    let mut cycles = Vec::new();
    let mut done = BTreeSet::new();
    for start in graph.keys() {
        let mut way = vec![(start, 0)];
        let mut on_way = BTreeSet::from([start]);
        while let Some((name, next)) = way.last_mut() {
            let (name, edge) = (*name, graph[*name].get(*next));
            *next += 1;
            match edge.and_then(|edge| graph.get_key_value(edge)) {
                Some((edge, _)) if on_way.contains(edge) => {
                    let cycle = way.iter().map(|(name, _)| *name);
                    let cycle = cycle.skip_while(|name| *name != edge);
                    cycles.push(cycle.cloned().collect());
                }
                Some((edge, _)) if !done.contains(edge) => {
                    on_way.insert(edge);
                    way.push((edge, 0));
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
