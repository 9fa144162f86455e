//! The namespaces of operations, and their names in Rust.

use std::collections::{BTreeMap, BTreeSet};

use super::operation::ResolvedOperation;
use super::{Resolver, items, text};
use crate::model::{BodyKind, Namespace, Operation};
use crate::names::{self, reserved};

/// Operations by namespace, with names that differ: those that would be the same are numbered in
/// the document's order.
pub(super) fn resolve(
    resolver: &mut Resolver<'_>,
    found: Vec<ResolvedOperation>,
) -> Vec<Namespace> {
    let mut groups = BTreeMap::<Option<String>, (String, Vec<Operation>)>::new();
    for ResolvedOperation {
        namespace,
        operation,
    } in found
    {
        let name = namespace.as_deref().map(namespace_name);
        let title = namespace.unwrap_or_default();
        let (_, operations) = groups.entry(name).or_insert_with(|| (title, Vec::new()));
        operations.push(operation);
    }
    let mut methods: BTreeSet<_> = groups.keys().flatten().cloned().collect();
    methods.extend(reserved::IN_CLIENT.iter().map(|&name| name.to_owned()));
    let mut types = BTreeSet::new();
    groups
        .into_iter()
        .map(|(name, (title, mut operations))| {
            let mut taken = match &name {
                Some(_) => BTreeSet::new(),
                // They are methods of the client, beside its own.
                None => methods.clone(),
            };
            name_apart(resolver, &mut operations, name.as_deref(), &mut taken);
            operations.sort_by(|a, b| a.name.cmp(&b.name));
            let type_name = name.as_deref().map(names::namespace_type_name);
            Namespace {
                type_name: names::free_name(
                    type_name.as_deref().unwrap_or("Client"),
                    "",
                    &mut types,
                ),
                description: tag(resolver, &title),
                title,
                name,
                operations,
            }
        })
        .collect()
}

/// The name of a namespace's module and of the client's method for it.
fn namespace_name(name: &str) -> String {
    let name = names::module_name(name);
    let mut taken = reserved::AT_THE_TOP.iter().chain(reserved::IN_CLIENT);
    if taken.any(|taken| *taken == name) {
        format!("{name}_operations")
    } else {
        name
    }
}

fn name_apart(
    resolver: &mut Resolver<'_>,
    operations: &mut [Operation],
    namespace: Option<&str>,
    methods: &mut BTreeSet<String>,
) {
    let owner = namespace.map_or("Client".to_owned(), names::namespace_type_name);
    let mut types = BTreeSet::from([owner.clone()]);
    let mut modules = BTreeSet::new();
    for operation in operations.iter_mut() {
        let wish = operation.name.clone();
        operation.name = names::free_name(&wish, "_", methods);
        if operation.name != wish {
            resolver.report.add(
                "shared-name",
                &operation.pointer.child("operationId"),
                format!(
                    "operation `{}`: method name `{wish}` is taken, using `{}`",
                    operation.id, operation.name
                ),
                "choose an operationId that differs in more than case and separators",
            );
        }
        let type_name = names::request_type_name(&operation.type_name, &owner);
        operation.type_name = names::free_name(&type_name, "", &mut types);
        let module = names::operation_module(&operation.name, namespace);
        operation.module = names::free_name(&module, "_", &mut modules);
    }
    // They are beside the requests of all operations.
    for name in operations.iter_mut().flat_map(own_types) {
        *name = names::free_name(name, "", &mut types);
    }
}

/// The names of the types that an operation has for itself, beside its request.
fn own_types(operation: &mut Operation) -> Vec<&mut String> {
    let mut found = Vec::new();
    let success = &mut operation.success;
    let is_choice = success.is_choice();
    if is_choice {
        found.push(&mut success.choice);
    }
    if !success.headers.is_empty() {
        found.push(&mut success.headers_name);
    }
    let others = success.representations.iter_mut();
    found.extend(others.map(|other| &mut other.type_name));
    if let Some(body) = &mut operation.body {
        if body.contents.len() > 1 {
            found.push(&mut body.choice);
        }
        found.extend(
            body.contents
                .iter_mut()
                .filter_map(|content| match &mut content.kind {
                    BodyKind::Multipart(multipart) => Some(&mut multipart.type_name),
                    _ => None,
                }),
        );
    }
    found
}

fn tag(resolver: &Resolver<'_>, title: &str) -> Option<String> {
    let name = namespace_name(title);
    let mut tags = items(resolver.root, "tags");
    let tag = tags.find(|tag| text(tag, "name").is_some_and(|tag| namespace_name(&tag) == name))?;
    text(tag, "description")
}
