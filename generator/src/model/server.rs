//! Where the API is served.

use serde_json::Value;

use super::ServerTemplate;
use super::resolve::{Resolver, text};
use crate::names;
use crate::source::Pointer;

/// What the runtime's builder offers for every API.
const METHODS: &[&str] = &[
    "allow_insecure_http",
    "api_version",
    "base_url",
    "base_url_template",
    "build",
    "clock",
    "configure_api_http",
    "configure_http",
    "connect_timeout",
    "idle_timeout",
    "max_attempts",
    "max_wait",
    "new",
    "sleeper",
    "token",
    "token_provider",
    "user_agent",
];

#[derive(Default)]
pub(super) struct Servers {
    pub(super) base_url: Option<String>,
    pub(super) templates: Vec<ServerTemplate>,
}

/// The first server without variables is the one that clients use unless told otherwise; a server
/// with one variable becomes a method of the client's builder, named after the variable.
pub(super) fn resolve(resolver: &mut Resolver<'_>) -> Servers {
    let mut servers = Servers::default();
    let described = resolver.root().get("servers").and_then(Value::as_array);
    for (index, server) in described.into_iter().flatten().enumerate() {
        let pointer = Pointer::root().child("servers").child(index.to_string());
        let Some(url) = text(server, "url") else {
            continue;
        };
        match variables(server).as_slice() {
            [] if servers.base_url.is_none() => {
                if url.starts_with("http://") || url.starts_with("https://") {
                    servers.base_url = Some(url.trim_end_matches('/').to_owned());
                }
            }
            [] => {}
            [(name, _)] if !stands_for_host(&url, name) => resolver.reject(
                "unsupported-server",
                &pointer,
                format!("server `{url}`: its variable is no part of the host"),
                "write a server entry for each path",
            ),
            [(name, variable)] => {
                let method = names::value_name(name);
                let is_taken = METHODS.contains(&method.as_str())
                    || servers.templates.iter().any(|other| other.method == method);
                if is_taken {
                    resolver.reject(
                        "reserved-name",
                        &pointer.child("variables").child(name),
                        format!("server variable `{name}`: the builder has a method of that name"),
                        "name it after what the caller gives: `enterprise_host`",
                    );
                }
                servers.templates.push(ServerTemplate {
                    url: url.trim_end_matches('/').to_owned(),
                    variable: (*name).to_owned(),
                    method,
                    example: text(variable, "default").unwrap_or_default(),
                    description: text(server, "description"),
                    variable_description: text(variable, "description"),
                });
            }
            [..] => resolver.reject(
                "unsupported-server",
                &pointer,
                format!("server `{url}`: has more than one variable"),
                "write a server entry for each choice and leave one variable",
            ),
        }
    }
    servers
}

/// Whether a server's variable stands between `://` and the path, and nothing follows the path.
fn stands_for_host(url: &str, variable: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else {
        return false;
    };
    let host = rest.split('/').next().unwrap_or_default();
    matches!(scheme, "http" | "https")
        && host.contains(&format!("{{{variable}}}"))
        && !url.contains(['?', '#', '@'])
}

fn variables(server: &Value) -> Vec<(&str, &Value)> {
    let variables = server.get("variables").and_then(Value::as_object);
    variables
        .into_iter()
        .flatten()
        .map(|(name, variable)| (name.as_str(), variable))
        .collect()
}
