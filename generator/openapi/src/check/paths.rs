//! Path templates: well-formed, and no two alike.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::node::Node;
use crate::terms::{parameter_names, template};
use crate::words;

/// Checks every path of the document.
pub(super) fn check(cx: &mut Context<'_>, root: &Node<'_, '_>) {
    let Some(paths) = root.get("paths") else {
        return;
    };
    let mut seen = BTreeMap::new();
    for (path, node) in paths.fields().filter(|(path, _)| path.starts_with('/')) {
        if let Err((problem, hint)) = parameters(path) {
            let message = format!("{problem}: `{}`", words::shown(path));
            cx.report(cx.at_key("invalid-path", &node, message).with_hint(hint));
            continue;
        }
        if let Some((problem, hint)) = oddity(path) {
            let message = format!("{problem}: `{}`", words::shown(path));
            cx.report(cx.at_key("unusual-path", &node, message).with_hint(hint));
        }
        let span = cx.key_span(&node);
        match seen.get(&template(path)) {
            None => drop(seen.insert(template(path), span)),
            Some(first) => {
                let message = format!("two paths match the same requests: `{path}`");
                cx.report(
                    cx.at_key("equivalent-path", &node, message)
                        .with_related(*first, "the other one")
                        .with_hint("merge them under one path, or change one"),
                );
            }
        }
    }
}

/// The names in braces.
///
/// # Errors
///
/// Returns the problem, and a hint.
pub(super) fn parameters(path: &str) -> Result<Vec<&str>, (&'static str, &'static str)> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some(at) = rest.find(['{', '}']) {
        let unbalanced = (
            "unbalanced brace in a path",
            "write each parameter as `{name}`",
        );
        let inner = rest[at..].strip_prefix('{').ok_or(unbalanced)?;
        let (name, after) = inner.split_once('}').ok_or(unbalanced)?;
        if name.is_empty() || name.contains(['{', '/']) {
            return Err((
                "malformed parameter in a path",
                "write each parameter as `{name}`",
            ));
        }
        if !names.contains(&name) {
            names.push(name);
        }
        rest = after;
    }
    Ok(names)
}

/// Returns the part of a path that does not belong there, and a hint.
fn oddity(path: &str) -> Option<(&'static str, &'static str)> {
    let is_dotted = |segment: &str| matches!(segment, "." | "..");
    if has_twins(path) {
        Some(("duplicate parameter in a path", "give each its own name"))
    } else if path.contains(['?', '#']) {
        Some((
            "query or fragment in a path",
            "declare the query as parameters with `in: query`",
        ))
    } else if path.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
        Some(("space or backslash in a path", "percent-encode it"))
    } else if path.contains("//") || path.split('/').any(is_dotted) {
        Some((
            "empty or dot segment in a path",
            "write the normalised path",
        ))
    } else {
        None
    }
}

fn has_twins(path: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut names = parameter_names(path).into_iter();
    names.any(|name| !seen.insert(name))
}
