//! Servers: URLs whose variables are declared, used, and have a value they may have.

use super::context::Context;
use super::node::Node;
use crate::words;

pub(super) fn check(cx: &mut Context<'_>, server: &Node<'_, '_>) {
    let Some(url) = server.get("url") else { return };
    let Some(text) = url.value.as_str() else {
        return;
    };
    let Some(names) = variables(text) else {
        let message = format!("malformed URL of a server: `{}`", words::shown(text));
        cx.report(
            cx.at_value("invalid-server-url", &url, message)
                .with_hint("write `https://api.example.com`, with variables as `{name}`"),
        );
        return;
    };
    let variables = server.get("variables");
    let declared: Vec<_> = variables.iter().flat_map(Node::fields).collect();
    for name in &names {
        if !declared.iter().any(|(other, _)| other == name) {
            let message = format!("server variable is not declared: `{}`", words::shown(name));
            let hint = match words::closest(name, declared.iter().map(|(name, _)| *name)) {
                Some(other) => format!("did you mean `{{{other}}}`?"),
                None => format!("add `variables: {{{name}: {{default: …}}}}`"),
            };
            cx.report(
                cx.at_value("undeclared-server-variable", &url, message)
                    .with_hint(hint),
            );
        }
    }
    for (name, variable) in &declared {
        if !names.contains(name) {
            let message = format!(
                "server variable is not in the URL: `{}`",
                words::shown(name)
            );
            cx.report(
                cx.at_key("unused-server-variable", variable, message)
                    .with_hint("remove it, or add it to `url` in braces"),
            );
        }
        check_default(cx, variable);
    }
}

fn check_default(cx: &mut Context<'_>, variable: &Node<'_, '_>) {
    let (Some(choice), Some(default)) = (variable.get("enum"), variable.get("default")) else {
        return;
    };
    let Some(choice) = choice.value.as_array() else {
        return;
    };
    if !choice.contains(default.value) {
        let found = words::shown_value(default.value);
        let names = choice.iter().filter_map(|value| value.as_str());
        cx.report(
            cx.at_value(
                "default-not-in-enum",
                &default,
                format!("default is not in `enum`: {found}"),
            )
            .with_hint(words::suggestion(
                default.value.as_str().unwrap_or_default(),
                names,
            )),
        );
    }
}

/// The names in braces; `None` if the braces or the rest are malformed.
fn variables(url: &str) -> Option<Vec<&str>> {
    if url.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let mut names = Vec::new();
    let mut rest = url;
    while let Some(at) = rest.find(['{', '}']) {
        let (name, after) = rest[at..].strip_prefix('{')?.split_once('}')?;
        if name.is_empty() || name.contains('{') {
            return None;
        }
        names.push(name);
        rest = after;
    }
    Some(names)
}
