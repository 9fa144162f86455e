//! Security: schemes that are complete, requirements that name them.

use super::context::Context;
use super::node::Node;
use super::structure::missing_field;
use crate::terms::Version;
use crate::words;

/// Required fields of each type of scheme.
pub(super) fn check_scheme(cx: &mut Context<'_>, scheme: &Node<'_, '_>) {
    let fields: &[&str] = match scheme.text("type") {
        Some("apiKey") => &["name", "in"],
        Some("http") => &["scheme"],
        Some("oauth2") => &["flows"],
        Some("openIdConnect") => &["openIdConnectUrl"],
        _ => return,
    };
    require(cx, scheme, "the security scheme", fields);
}

/// Required fields of each flow, beside its scopes.
pub(super) fn check_flows(cx: &mut Context<'_>, flows: &Node<'_, '_>) {
    for (name, flow) in flows.fields().filter(|(_, flow)| flow.value.is_object()) {
        let fields: &[&str] = match name {
            "implicit" => &["authorizationUrl"],
            "password" | "clientCredentials" => &["tokenUrl"],
            "authorizationCode" => &["authorizationUrl", "tokenUrl"],
            _ => continue,
        };
        require(cx, &flow, "the OAuth flow", fields);
    }
}

/// Checks the requirements of the document or of an operation.
pub(super) fn check_requirements(cx: &mut Context<'_>, owner: &Node<'_, '_>) {
    let Some(security) = owner.get("security") else {
        return;
    };
    for requirement in security.items() {
        for (name, scopes) in requirement.fields() {
            check_requirement(cx, name, &scopes);
        }
    }
}

fn check_requirement(cx: &mut Context<'_>, name: &str, scopes: &Node<'_, '_>) {
    let pointer = "/components/securitySchemes";
    let schemes = cx.document.value.pointer(pointer);
    let Some(scheme) = schemes.and_then(|schemes| schemes.get(name)) else {
        let message = format!("security scheme is not declared: `{}`", words::shown(name));
        let names = cx.component_names("securitySchemes");
        cx.report(
            cx.at_key("undeclared-security-scheme", scopes, message)
                .with_hint(words::suggestion(name, names.iter().copied())),
        );
        return;
    };
    let has_scopes = scopes.value.as_array().is_some_and(|list| !list.is_empty());
    let kind = scheme.get("type").and_then(|kind| kind.as_str());
    // In 3.1 they are roles.
    let has_none = cx.version() == Version::V3_0 && matches!(kind, Some("apiKey" | "http"));
    if has_scopes && has_none {
        let message = format!("scopes of a scheme that has none: `{}`", words::shown(name));
        cx.report(
            cx.at_key("unexpected-scopes", scopes, message)
                .with_hint("write an empty list: `[]`"),
        );
    }
}

fn require(cx: &mut Context<'_>, node: &Node<'_, '_>, name: &str, fields: &[&str]) {
    for field in fields.iter().filter(|field| !node.has(field)) {
        let diagnostic = missing_field(cx, node, name, field);
        cx.report(diagnostic);
    }
}
