//! Tags: declared once, if any are declared.

use std::collections::BTreeMap;

use super::context::Context;
use super::node::Node;
use crate::terms::{METHODS, is_extension};
use crate::words;

pub(super) fn check(cx: &mut Context<'_>, root: &Node<'_, '_>) {
    let Some(tags) = root.get("tags") else { return };
    let mut declared = BTreeMap::new();
    for tag in tags.items() {
        let Some(name) = tag.get("name") else {
            continue;
        };
        let Some(text) = name.value.as_str() else {
            continue;
        };
        let span = cx.value_span(&name);
        if let Some(first) = declared.insert(text, span) {
            let message = format!("duplicate tag: `{}`", words::shown(text));
            cx.report(
                cx.at_value("duplicate-tag", &name, message)
                    .with_related(first, "first here")
                    .with_hint("remove one of them"),
            );
        }
    }
    let paths = root.get("paths");
    let items = paths.iter().flat_map(Node::fields);
    for (_, item) in items.filter(|(path, _)| !is_extension(path)) {
        for (_, operation) in item.fields().filter(|(key, _)| METHODS.contains(key)) {
            for tag in operation.get("tags").iter().flat_map(Node::items) {
                check_use(cx, &tag, &declared);
            }
        }
    }
}

fn check_use<T>(cx: &mut Context<'_>, tag: &Node<'_, '_>, declared: &BTreeMap<&str, T>) {
    let Some(text) = tag.value.as_str() else {
        return;
    };
    if !declared.contains_key(text) {
        let message = format!("tag is not declared: `{}`", words::shown(text));
        cx.report(
            cx.at_value("undeclared-tag", tag, message)
                .with_hint(words::suggestion(text, declared.keys().copied())),
        );
    }
}
