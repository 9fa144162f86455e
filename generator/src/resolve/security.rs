//! Security schemes and requirements.

use std::collections::BTreeSet;

use openapi::{Pointer, reference};
use serde_json::Value;

use super::{Resolver, entries, text};
use crate::model::{Access, SchemeKind, SecurityScheme, Token};
use crate::names;

/// The document's security schemes in the order of their names. `taken` are the methods that the
/// builder of the client has already.
pub(super) fn schemes(
    resolver: &mut Resolver<'_>,
    mut taken: BTreeSet<String>,
) -> Vec<SecurityScheme> {
    let root = resolver.root;
    let at = Pointer::root().child("components").child("securitySchemes");
    let described = root
        .get("components")
        .map(|components| entries(components, "securitySchemes").collect::<Vec<_>>());
    let mut found = Vec::new();
    for (name, scheme) in described.into_iter().flatten() {
        let (scheme, pointer) = resolver.follow(scheme, &at.child(name));
        if reference(scheme).is_none()
            && let Some(kind) = kind(resolver, name, scheme, &pointer)
        {
            found.push((name, kind, text(scheme, "description")));
        }
    }
    found.sort_by(|a, b| a.0.cmp(b.0));
    let bearers = found
        .iter()
        .filter(|(_, kind, _)| *kind == SchemeKind::Bearer);
    let is_only_bearer = bearers.count() == 1;
    found
        .into_iter()
        .map(|(name, kind, description)| SecurityScheme {
            method: (kind != SchemeKind::Bearer || !is_only_bearer)
                .then(|| method(name, &mut taken)),
            name: name.clone(),
            kind,
            description,
        })
        .collect()
}

/// The name of the builder's method for a scheme.
fn method(name: &str, taken: &mut BTreeSet<String>) -> String {
    let wish = names::value_name(name);
    if taken.contains(&wish) {
        names::free_name(
            &format!("{}_credential", wish.trim_end_matches('_')),
            "_",
            taken,
        )
    } else {
        taken.insert(wish.clone());
        wish
    }
}

fn kind(
    resolver: &mut Resolver<'_>,
    name: &str,
    scheme: &Value,
    pointer: &Pointer,
) -> Option<SchemeKind> {
    let field = |field: &str| scheme.get(field).and_then(Value::as_str);
    match field("type")? {
        "oauth2" | "openIdConnect" => Some(SchemeKind::Bearer),
        "http" => Some(match field("scheme")?.to_ascii_lowercase().as_str() {
            "bearer" => SchemeKind::Bearer,
            "basic" => SchemeKind::Basic,
            other => {
                resolver.report.add(
                    "unsupported-security",
                    &pointer.child("scheme"),
                    format!(
                        "security scheme `{name}`: unsupported HTTP scheme \
                         `{other}`; callers must supply the whole `Authorization` header"
                    ),
                    "supported schemes: `basic`, `bearer`",
                );
                SchemeKind::Authorization
            }
        }),
        "apiKey" => {
            let key = field("name")?.to_owned();
            match field("in")? {
                "header" if key.eq_ignore_ascii_case("authorization") => {
                    Some(SchemeKind::Authorization)
                }
                "header" if is_token(&key) => Some(SchemeKind::Header(key)),
                "query" => Some(SchemeKind::Query(key)),
                "cookie" if is_token(&key) => Some(SchemeKind::Cookie(key)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether a name can be that of a header or cookie (RFC 9110, 5.6.2).
pub(super) fn is_token(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}

/// Who may call an operation, by its own requirements or the document's.
pub(super) fn access(resolver: &Resolver<'_>, operation: &Value) -> Access {
    let security = operation.get("security");
    let security = security.or_else(|| resolver.root.get("security"));
    let Some(requirements) = security.and_then(Value::as_array) else {
        return Access::default();
    };
    let mut alternatives = Vec::new();
    for requirement in requirements.iter().filter_map(Value::as_object) {
        // Schemes that are not declared or not supported are left to the caller.
        let known = requirement.keys().filter_map(|name| {
            let mut schemes = resolver.schemes.iter();
            schemes.position(|scheme| scheme.name == *name)
        });
        let mut schemes: Vec<_> = known.collect();
        schemes.sort_unstable();
        if schemes.len() == requirement.len() || !schemes.is_empty() {
            alternatives.push(schemes);
        }
    }
    let is_open = |requirement: &Value| {
        requirement
            .as_object()
            .is_some_and(|names| names.is_empty())
    };
    Access {
        token: if requirements.is_empty() {
            Token::Unspecified
        } else if requirements.iter().any(is_open) {
            Token::Optional
        } else {
            Token::Required
        },
        alternatives: if !requirements.is_empty() && alternatives.is_empty() {
            None
        } else {
            Some(alternatives)
        },
        ..Access::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_have_no_separators() {
        assert!(is_token("X-Api.Key_1~"));
        for name in ["", "a b", "a:b", "ä"] {
            assert!(!is_token(name), "of {name:?}");
        }
    }
}
