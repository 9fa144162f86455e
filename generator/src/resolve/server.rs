//! Where the API is served.

use std::collections::BTreeSet;

use openapi::{Pointer, parameter_names};
use serde_json::Value;

use super::operation::DescribedOperation;
use super::{Resolver, entries, items, scalar_text, text};
use crate::model::{ServerTemplate, ServerVariable, Servers};
use crate::names::{self, reserved};

/// The methods of the builder so far.
pub(super) fn methods(servers: &Servers) -> BTreeSet<String> {
    let own = reserved::IN_BUILDER
        .iter()
        .map(|method| (*method).to_owned());
    let variables = servers
        .templates
        .iter()
        .flat_map(|template| &template.variables);
    own.chain(variables.map(|variable| variable.method.clone()))
        .collect()
}

/// The first server with a complete URL is the default of clients; each
/// variable of a server becomes a method of the client's builder.
pub(super) fn resolve(resolver: &mut Resolver<'_>) -> Servers {
    let mut servers = Servers::default();
    let mut taken = methods(&servers);
    let root = resolver.root;
    for (index, server) in items(root, "servers").enumerate() {
        let pointer = Pointer::root().child("servers").child(index.to_string());
        let Some(url) = server.get("url").and_then(Value::as_str).map(str::trim) else {
            continue;
        };
        let variables = variables(server, url);
        let filled = filled(url, &variables);
        if filled.contains("://") && !is_absolute(&filled) {
            incomplete(resolver, server, &variables, &pointer, url);
        } else if !is_absolute(&filled) {
            if servers.relative.is_none() && !filled.trim_matches('/').is_empty() {
                servers.relative = Some(filled.clone());
            }
            if servers.base_url.is_none() && variables.is_empty() {
                resolver.report.add(
                    "relative-server",
                    &pointer.child("url"),
                    if url.is_empty() {
                        "a server's URL is empty: callers must set the base URL".to_owned()
                    } else {
                        format!("server `{url}` names no host: callers must set the base URL")
                    },
                    "write the whole URL",
                );
            }
        } else if servers.base_url.is_none() {
            servers.base_url = Some(filled);
        }
        if !variables.is_empty() {
            let variables = variables
                .into_iter()
                .map(|variable| named(variable, &mut taken))
                .collect();
            servers.templates.push(ServerTemplate {
                url: url.trim_end_matches('/').to_owned(),
                description: text(server, "description"),
                variables,
            });
        }
    }
    servers
}

/// The URL of an operation's own server, its own or its path's.
pub(super) fn own(
    resolver: &mut Resolver<'_>,
    described: &DescribedOperation<'_>,
    pointer: &Pointer,
) -> Option<String> {
    let (owner, at) = if described.value.get("servers").is_some() {
        (described.value, pointer)
    } else {
        (described.item, &described.item_pointer)
    };
    let server = items(owner, "servers").next()?;
    let url = text(server, "url")?;
    let variables = variables(server, &url);
    let filled = filled(&url, &variables);
    if is_absolute(&filled) {
        return Some(filled);
    }
    let at = at.child("servers").child("0");
    if filled.contains("://") {
        incomplete(resolver, server, &variables, &at, &url);
    } else if !filled.is_empty() {
        resolver.report.add(
            "relative-server",
            &at.child("url"),
            format!("server `{url}` names no host: requests go to the client's base URL"),
            "write the whole URL",
        );
    }
    None
}

/// Reports a URL with a scheme that requests can't be sent to, unless the checks report it.
fn incomplete(
    resolver: &mut Resolver<'_>,
    server: &Value,
    variables: &[ServerVariable],
    pointer: &Pointer,
    url: &str,
) {
    match variables
        .iter()
        .find(|variable| variable.default.is_empty())
    {
        Some(ServerVariable { name, .. }) => {
            let mut described = entries(server, "variables");
            if described.any(|(described, _)| described == name) {
                resolver.report.add(
                    "incomplete-server",
                    &pointer.child("variables").child(name).child("default"),
                    format!("server `{url}` is not a URL while its variable `{name}` is empty"),
                    "give the variable a default",
                );
            }
        }
        None => resolver.report.add(
            "invalid-server-url",
            &pointer.child("url"),
            format!("server URL that no request can be sent to: `{url}`"),
            "write `https://api.example.com`, with variables as `{name}`",
        ),
    }
}

/// The variables in a URL, in its order, as far as the document describes them.
fn variables(server: &Value, url: &str) -> Vec<ServerVariable> {
    let described: Vec<_> = entries(server, "variables").collect();
    let mut found = Vec::<ServerVariable>::new();
    for name in parameter_names(url) {
        if found.iter().any(|known| known.name == name) {
            continue;
        }
        let variable = described.iter().find(|(known, _)| *known == name);
        let variable = variable.map_or(&Value::Null, |(_, variable)| variable);
        let values = items(variable, "enum").filter_map(plain);
        let values: Vec<_> = values.collect();
        let default = scalar_text(variable, "default")
            .or_else(|| variable.get("default").and_then(plain))
            .or_else(|| values.first().cloned());
        found.push(ServerVariable {
            name: name.to_owned(),
            method: String::new(),
            default: default.unwrap_or_default(),
            values,
            description: text(variable, "description"),
        });
    }
    found
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

fn named(mut variable: ServerVariable, taken: &mut BTreeSet<String>) -> ServerVariable {
    let wish = names::value_name(&variable.name);
    variable.method = if taken.contains(&wish) {
        names::free_name(
            &format!("server_{}", wish.trim_end_matches('_')),
            "_",
            taken,
        )
    } else {
        taken.insert(wish.clone());
        wish
    };
    variable
}

/// A URL with its variables at their defaults, and no slash at its end.
fn filled(url: &str, variables: &[ServerVariable]) -> String {
    let mut filled = url.to_owned();
    for variable in variables {
        filled = filled.replace(&format!("{{{}}}", variable.name), &variable.default);
    }
    filled.trim_end_matches('/').to_owned()
}

fn is_absolute(url: &str) -> bool {
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    host.is_some_and(|host| {
        host.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[')
            && host
                .chars()
                .all(|c| c.is_ascii_graphic() && !"{}<>\"\\^`|?#@".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_urls_have_a_host_and_no_query() {
        for url in ["https://a.b", "http://localhost:8080/c", "https://[::1]/"] {
            assert!(is_absolute(url), "of {url}");
        }
        for url in [
            "",
            "/c",
            "ftp://a.b",
            "https://",
            "https:///c",
            "https://{host}",
            "https://a b",
            "https://a.b?c",
            "https://a@b",
        ] {
            assert!(!is_absolute(url), "of {url}");
        }
    }
}
