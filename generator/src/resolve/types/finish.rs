//! Properties of types that require all types to be known.

use crate::model::{Shape, Type, TypeId, TypeRef, Types};

/// Marks the types that requests and responses are made of.
pub(super) fn mark_usage(types: &mut Types, sent: &[TypeRef], received: &[TypeRef]) {
    for id in reachable(types, sent) {
        types.definitions[id.0].sent = true;
    }
    for id in reachable(types, received) {
        types.definitions[id.0].received = true;
    }
}

fn reachable(types: &Types, roots: &[TypeRef]) -> Vec<TypeId> {
    let mut waiting = Vec::new();
    for root in roots {
        root.names(&mut waiting);
    }
    let mut seen = vec![false; types.definitions.len()];
    let mut found = Vec::new();
    while let Some(id) = waiting.pop() {
        if !std::mem::replace(&mut seen[id.0], true) {
            found.push(id);
            waiting.extend(types.get(id).parts());
        }
    }
    found
}

/// Puts the alternatives that contain their own union on the heap.
pub(super) fn box_cycles(types: &mut Types) {
    let circles = circles(types);
    for index in 0..types.definitions.len() {
        if let Shape::Union(union) = &mut types.definitions[index].shape {
            for variant in &mut union.variants {
                if let Type::Named(inner) = variant.type_.type_ {
                    variant.boxed = circles[inner.0] == circles[index];
                }
            }
        }
    }
}

/// Numbers the types so that those that contain each other have the same number (Kosaraju).
fn circles(types: &Types) -> Vec<usize> {
    let forward: Vec<_> = types
        .definitions
        .iter()
        .map(|definition| definition.direct_parts())
        .collect();
    let mut backward = vec![Vec::new(); forward.len()];
    for (index, parts) in forward.iter().enumerate() {
        for part in parts {
            backward[part.0].push(TypeId(index));
        }
    }
    let mut order = Vec::new();
    let mut seen = vec![false; forward.len()];
    for start in 0..forward.len() {
        visit(start, &forward, &mut seen, &mut order);
    }
    let mut numbers = vec![usize::MAX; forward.len()];
    let mut seen = vec![false; forward.len()];
    for start in order.into_iter().rev() {
        let mut circle = Vec::new();
        visit(start, &backward, &mut seen, &mut circle);
        for member in circle {
            numbers[member] = start;
        }
    }
    numbers
}

/// Appends new types reached from `start`, each after its dependencies.
fn visit(start: usize, edges: &[Vec<TypeId>], seen: &mut [bool], order: &mut Vec<usize>) {
    if std::mem::replace(&mut seen[start], true) {
        return;
    }
    let mut path = vec![(start, 0)];
    while let Some((node, next)) = path.last_mut() {
        let node = *node;
        match edges[node].get(*next) {
            Some(inner) => {
                *next += 1;
                if !std::mem::replace(&mut seen[inner.0], true) {
                    path.push((inner.0, 0));
                }
            }
            None => {
                order.push(node);
                path.pop();
            }
        }
    }
}
