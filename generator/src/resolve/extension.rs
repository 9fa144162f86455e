//! The `x-` extensions that mean something here.

use std::collections::BTreeMap;

use openapi::Pointer;
use serde_json::Value;

use super::Resolver;
use crate::model::{Environment, RateLimitErrors, SchemeKind, SecurityScheme};

const RULE: &str = "invalid-extension";

/// The usual response header with the id of a request.
const REQUEST_ID: &str = "x-request-id";

/// Headers that no extension may name: they hold secrets.
const SECRET: &[&str] = &[
    "authorization",
    "cookie",
    "location",
    "proxy-authorization",
    "set-cookie",
];

/// The longest name of a header that an extension may have.
const LONGEST_NAME: usize = 100;

/// The `Accept` header of every request.
pub(super) fn accept(resolver: &mut Resolver<'_>) -> Option<String> {
    let is_value = |text: &str| text.chars().all(|c| c == ' ' || c.is_ascii_graphic());
    header(
        resolver,
        "x-accept",
        is_value,
        "write media types: `application/json`",
    )
}

/// The header with the version of the API.
pub(super) fn version_header(resolver: &mut Resolver<'_>) -> Option<String> {
    let hint = "write a header's name: `X-Api-Version`";
    let name = header(resolver, "x-api-version-header", is_header_name, hint)?;
    let version = resolver.root["info"]["version"]
        .as_str()
        .unwrap_or_default();
    if version.is_empty() || !version.chars().all(|c| c.is_ascii_graphic()) {
        resolver.report.add(
            RULE,
            &Pointer::root().child("info").child("version"),
            format!("version can't be sent in the header `{name}`: `{version}`"),
            "write it in ASCII and without spaces",
        );
        return None;
    }
    Some(name)
}

/// The response header with the id of a request, in lower case.
pub(super) fn request_id_header(resolver: &mut Resolver<'_>) -> String {
    let hint = "write the name of a response header without secrets: `X-Request-Id`";
    let name = header(resolver, "x-request-id-header", is_header_name, hint);
    name.map_or(REQUEST_ID.to_owned(), |name| name.to_ascii_lowercase())
}

/// The errors beside 429 that report a rate limit.
pub(super) fn rate_limit_errors(resolver: &mut Resolver<'_>) -> RateLimitErrors {
    let name = "x-rate-limit-errors";
    let Some(value) = resolver.root.get(name) else {
        return RateLimitErrors::default();
    };
    limit_errors(value).unwrap_or_else(|| {
        malformed(
            resolver,
            &Pointer::root(),
            name,
            "write `{ statuses: [403], phrases: [TEXT] }`, with statuses from 400 to 599",
        );
        RateLimitErrors::default()
    })
}

fn limit_errors(value: &Value) -> Option<RateLimitErrors> {
    let mut found = RateLimitErrors::default();
    for (field, value) in value.as_object()? {
        match field.as_str() {
            "statuses" => found.statuses = statuses(value)?,
            "phrases" => found.phrases = texts(value)?,
            _ => return None,
        }
    }
    for phrase in &mut found.phrases {
        *phrase = phrase.trim().to_ascii_lowercase();
    }
    let is_complete = !found.statuses.is_empty() && !found.phrases.iter().any(String::is_empty);
    is_complete.then_some(found)
}

fn statuses(value: &Value) -> Option<Vec<u16>> {
    let items = value.as_array()?.iter();
    let status = |item: &Value| u16::try_from(item.as_u64()?).ok();
    items
        .map(|item| status(item).filter(|status| (400..600).contains(status)))
        .collect()
}

/// The environment variables that clients take settings from.
pub(super) fn environment(resolver: &mut Resolver<'_>) -> Option<Environment> {
    let name = "x-environment";
    let value = resolver.root.get(name)?;
    let read = variables(value, &resolver.schemes);
    if read.is_none() {
        malformed(
            resolver,
            &Pointer::root(),
            name,
            "write `{ base-url: [VARIABLE], credentials: { SCHEME: [VARIABLE] } }`, with security \
             schemes of a single value",
        );
    }
    read
}

fn variables(value: &Value, schemes: &[SecurityScheme]) -> Option<Environment> {
    let mut environment = Environment {
        base_url: Vec::new(),
        credentials: Vec::new(),
    };
    for (field, value) in value.as_object()? {
        match field.as_str() {
            "base-url" => environment.base_url = variable_names(value)?,
            "credentials" => {
                for (scheme, value) in value.as_object()? {
                    let index = schemes.iter().position(|known| known.name == *scheme)?;
                    // It is a name and a password.
                    if schemes[index].kind == SchemeKind::Basic {
                        return None;
                    }
                    let variables = variable_names(value)?;
                    environment.credentials.push((index, variables));
                }
            }
            _ => return None,
        }
    }
    environment.credentials.sort();
    Some(environment)
}

/// At least one name that any shell can set.
fn variable_names(value: &Value) -> Option<Vec<String>> {
    let is_name = |name: &String| {
        !name.starts_with(|first: char| first.is_ascii_digit())
            && !name.is_empty()
            && name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric())
    };
    texts(value).filter(|names| !names.is_empty() && names.iter().all(is_name))
}

/// Permissions of a fine-grained token, and scopes of a classic one.
pub(super) fn permissions(
    resolver: &mut Resolver<'_>,
    operation: &Value,
    pointer: &Pointer,
) -> (BTreeMap<String, String>, Vec<String>) {
    let name = "x-permissions";
    let mut found = (BTreeMap::new(), Vec::new());
    let Some(value) = operation.get(name) else {
        return found;
    };
    let read = value.as_object().and_then(|fields| {
        for (field, value) in fields {
            match field.as_str() {
                "fine-grained" => found.0 = texts_by_name(value)?,
                "classic" => found.1 = texts(value)?,
                _ => return None,
            }
        }
        Some(())
    });
    if read.is_none() {
        malformed(
            resolver,
            pointer,
            name,
            "write `{ fine-grained: { NAME: ACCESS }, classic: [SCOPE] }`",
        );
    }
    found
}

fn header(
    resolver: &mut Resolver<'_>,
    name: &str,
    is_valid: impl Fn(&str) -> bool,
    hint: &str,
) -> Option<String> {
    let value = resolver.root.get(name)?;
    let text = value.as_str().map(str::trim);
    let text = text.filter(|text| !text.is_empty() && is_valid(text));
    if text.is_none() {
        malformed(resolver, &Pointer::root(), name, hint);
    }
    text.map(str::to_owned)
}

fn is_header_name(text: &str) -> bool {
    text.len() <= LONGEST_NAME
        && text.chars().all(|c| c == '-' || c.is_ascii_alphanumeric())
        && !SECRET.contains(&text.to_ascii_lowercase().as_str())
}

fn malformed(resolver: &mut Resolver<'_>, object: &Pointer, name: &str, hint: &str) {
    let message = format!("extension is malformed: `{name}`");
    resolver
        .report
        .add(RULE, &object.child(name), message, hint);
}

fn texts_by_name(value: &Value) -> Option<BTreeMap<String, String>> {
    let fields = value.as_object()?.iter();
    fields
        .map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect()
}

fn texts(value: &Value) -> Option<Vec<String>> {
    let items = value.as_array()?.iter();
    items.map(|item| Some(item.as_str()?.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn variables_have_names_that_shells_can_set() {
        let names = |names: &[&str]| variable_names(&json!(names)).is_some();
        assert!(names(&["TOKEN", "_a1"]));
        for wrong in [&[][..], &[""], &["1A"], &["A-B"], &["A", "B C"]] {
            assert!(!names(wrong), "of {wrong:?}");
        }
    }

    #[test]
    fn names_of_headers_are_short_and_no_secrets() {
        assert!(is_header_name("x-request-id"));
        assert!(is_header_name(&"a".repeat(LONGEST_NAME)));
        let too_long = "a".repeat(LONGEST_NAME + 1);
        for name in ["a b", "a_b", "Authorization", &too_long] {
            assert!(!is_header_name(name), "of {name}");
        }
    }
}
