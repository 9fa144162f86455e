//! Differences of operations, parameters, bodies and responses as wholes.

use std::collections::BTreeSet;

use drift::Rule;

use crate::{document, rules, structure};

/// The rule, the operation in the fragment, and the operation upstream.
const CASES: &[(&str, &str, &str)] = &[
    (
        "operation-deprecation-changed",
        "responses: {}",
        "deprecated: true\nresponses: {}",
    ),
    (
        "operation-servers-changed",
        "servers: [{ url: 'https://a' }]\nresponses: {}",
        "servers: [{ url: 'https://b' }]\nresponses: {}",
    ),
    (
        "operation-security-imposed",
        "responses: {}",
        "security: [{ key: [] }]\nresponses: {}",
    ),
    (
        "operation-security-imposed",
        "security: [{ token: [] }]\nresponses: {}",
        "security: [{ key: [] }]\nresponses: {}",
    ),
    (
        "operation-security-lifted",
        "security: [{ token: [] }]\nresponses: {}",
        "security: [{ token: [] }, {}]\nresponses: {}",
    ),
    (
        "operation-security-lifted",
        "security: [{ token: [] }]\nresponses: {}",
        "responses: {}",
    ),
    (
        "operation-security-lifted",
        "security: [{ token: [], key: [] }]\nresponses: {}",
        "security: [{ key: [] }]\nresponses: {}",
    ),
    (
        "operation-security-imposed",
        "security: [{ key: [] }]\nresponses: {}",
        "security: [{ token: [], key: [] }]\nresponses: {}",
    ),
    (
        "operation-security-imposed",
        "security: [{ token: [] }, {}]\nresponses: {}",
        "security: [{ token: [] }]\nresponses: {}",
    ),
    (
        "operation-security-imposed",
        "security: [{ oauth: [read] }]\nresponses: {}",
        "security: [{ oauth: [write] }]\nresponses: {}",
    ),
    (
        "parameter-added",
        "responses: {}",
        "parameters: [{ name: q, in: query, schema: {} }]\nresponses: {}",
    ),
    (
        "parameter-added-required",
        "responses: {}",
        "parameters: [{ name: q, in: query, required: true, schema: {} }]\nresponses: {}",
    ),
    (
        "parameter-removed",
        "parameters: [{ name: q, in: query, schema: {} }]\nresponses: {}",
        "responses: {}",
    ),
    (
        "parameter-became-required",
        "parameters: [{ name: q, in: query, schema: {} }]\nresponses: {}",
        "parameters: [{ name: q, in: query, required: true, schema: {} }]\nresponses: {}",
    ),
    (
        "parameter-became-optional",
        "parameters: [{ name: q, in: query, required: true, schema: {} }]\nresponses: {}",
        "parameters: [{ name: q, in: query, schema: {} }]\nresponses: {}",
    ),
    (
        "parameter-renamed",
        "parameters: [{ name: id, in: path, required: true, schema: {} }]\nresponses: {}",
        "parameters: [{ name: thing_id, in: path, required: true, schema: {} }]\nresponses: {}",
    ),
    (
        "parameter-style-changed",
        "parameters: [{ name: q, in: query, schema: { type: array, items: {} } }]\nresponses: {}",
        "parameters: [{ name: q, in: query, explode: false, schema: { type: array, items: {} } }]\nresponses: {}",
    ),
    (
        "parameter-style-changed",
        "parameters: [{ name: q, in: query, schema: {} }]\nresponses: {}",
        "parameters: [{ name: q, in: query, content: { application/json: { schema: {} } } }]\nresponses: {}",
    ),
    (
        "parameter-deprecation-changed",
        "parameters: [{ name: q, in: query, schema: {} }]\nresponses: {}",
        "parameters: [{ name: q, in: query, deprecated: true, schema: {} }]\nresponses: {}",
    ),
    (
        "parameter-unresolved",
        "parameters: [{ name: q, in: query, schema: {} }]\nresponses: {}",
        "parameters: [{ $ref: '#/components/parameters/Lost' }]\nresponses: {}",
    ),
    (
        "request-body-added",
        "responses: {}",
        "requestBody: { content: { a/b: {} } }\nresponses: {}",
    ),
    (
        "request-body-added-required",
        "responses: {}",
        "requestBody: { required: true, content: { a/b: {} } }\nresponses: {}",
    ),
    (
        "request-body-removed",
        "requestBody: { content: { a/b: {} } }\nresponses: {}",
        "responses: {}",
    ),
    (
        "request-body-became-required",
        "requestBody: { content: { a/b: {} } }\nresponses: {}",
        "requestBody: { required: true, content: { a/b: {} } }\nresponses: {}",
    ),
    (
        "request-body-became-optional",
        "requestBody: { required: true, content: { a/b: {} } }\nresponses: {}",
        "requestBody: { content: { a/b: {} } }\nresponses: {}",
    ),
    (
        "request-media-type-added",
        "requestBody: { content: { a/b: {} } }\nresponses: {}",
        "requestBody: { content: { a/b: {}, a/c: {} } }\nresponses: {}",
    ),
    (
        "request-media-type-removed",
        "requestBody: { content: { a/b: {}, a/c: {} } }\nresponses: {}",
        "requestBody: { content: { a/b: {} } }\nresponses: {}",
    ),
    (
        "request-unresolved",
        "requestBody: { content: { a/b: {} } }\nresponses: {}",
        "requestBody: { $ref: '#/components/requestBodies/Lost' }\nresponses: {}",
    ),
    (
        "status-added",
        "responses: { '200': {} }",
        "responses: { '200': {}, '202': {} }",
    ),
    (
        "status-added",
        "responses: { '200': {} }",
        "responses: { '200': {}, '302': {} }",
    ),
    (
        "status-removed",
        "responses: { '200': {}, '204': {} }",
        "responses: { '200': {} }",
    ),
    (
        "error-status-added",
        "responses: { '200': {} }",
        "responses: { '200': {}, '404': {} }",
    ),
    (
        "error-status-added",
        "responses: { '200': {} }",
        "responses: { '200': {}, '304': {} }",
    ),
    (
        "error-status-added",
        "responses: { '200': {} }",
        "responses: { '200': {}, '301': {} }",
    ),
    (
        "status-added",
        "responses: { '302': {} }",
        "responses: { '302': {}, '307': {} }",
    ),
    (
        "error-status-body-added",
        "responses: { '404': {} }",
        "responses: { '404': { content: { a/b: {} } } }",
    ),
    (
        "error-status-body-removed",
        "responses: { '404': { content: { a/b: {} } } }",
        "responses: { '404': {} }",
    ),
    (
        "error-status-media-type-added",
        "responses: { '404': { content: { a/b: {} } } }",
        "responses: { '404': { content: { a/b: {}, a/c: {} } } }",
    ),
    (
        "error-status-media-type-removed",
        "responses: { '404': { content: { a/b: {}, a/c: {} } } }",
        "responses: { '404': { content: { a/b: {} } } }",
    ),
    (
        "response-retyped",
        "responses: { '404': { content: { a/b: { schema: { type: string } } } } }",
        "responses: { '404': { content: { a/b: { schema: { type: integer } } } } }",
    ),
    (
        "error-status-added",
        "responses: { '200': {} }",
        "responses: { '200': {}, default: {} }",
    ),
    (
        "error-status-removed",
        "responses: { '200': {}, '404': {} }",
        "responses: { '200': {} }",
    ),
    (
        "response-body-added",
        "responses: { '200': {} }",
        "responses: { '200': { content: { a/b: {} } } }",
    ),
    (
        "response-body-removed",
        "responses: { '200': { content: { a/b: {} } } }",
        "responses: { '200': {} }",
    ),
    (
        "response-media-type-added",
        "responses: { '200': { content: { a/b: {} } } }",
        "responses: { '200': { content: { a/b: {}, a/c: {} } } }",
    ),
    (
        "response-media-type-removed",
        "responses: { '200': { content: { a/b: {}, a/c: {} } } }",
        "responses: { '200': { content: { a/b: {} } } }",
    ),
    (
        "response-unresolved",
        "responses: { '200': {} }",
        "responses: { '200': { $ref: '#/components/responses/Lost' } }",
    ),
    (
        "header-added",
        "responses: { '200': {} }",
        "responses: { '200': { headers: { H: { schema: {} } } } }",
    ),
    (
        "header-removed",
        "responses: { '200': { headers: { H: { schema: {} } } } }",
        "responses: { '200': {} }",
    ),
    (
        "header-required-removed",
        "responses: { '200': { headers: { H: { required: true, schema: {} } } } }",
        "responses: { '200': {} }",
    ),
    (
        "header-became-optional",
        "responses: { '200': { headers: { H: { required: true, schema: {} } } } }",
        "responses: { '200': { headers: { H: { schema: {} } } } }",
    ),
    (
        "header-became-required",
        "responses: { '200': { headers: { H: { schema: {} } } } }",
        "responses: { '200': { headers: { h: { required: true, schema: {} } } } }",
    ),
    (
        "header-deprecation-changed",
        "responses: { '200': { headers: { H: { schema: {} } } } }",
        "responses: { '200': { headers: { H: { deprecated: true, schema: {} } } } }",
    ),
    (
        "header-unresolved",
        "responses: { '200': { headers: { H: { schema: {} } } } }",
        "responses: { '200': { headers: { H: { $ref: '#/components/headers/Lost' } } } }",
    ),
];

const COMPONENTS: &str = "securitySchemes: { token: { type: http, scheme: bearer }, key: { type: apiKey, in: query, name: k }, oauth: { type: oauth2 } }";

/// The upstream document, whose path has the name of the parameter that it gives it.
fn upstream(operation: &str) -> String {
    let document = document(operation, COMPONENTS);
    if operation.contains("thing_id") {
        document.replace("{id}", "{thing_id}")
    } else {
        document
    }
}

#[test]
fn every_difference_has_its_rule() {
    for (rule, fragment, operation) in CASES {
        let (fragment, upstream) = (document(fragment, COMPONENTS), upstream(operation));
        assert_eq!(rules(&fragment, &upstream), [*rule], "{fragment}{upstream}");
    }
}

#[test]
fn every_difference_changes_the_hash() {
    for (_, fragment, operation) in CASES
        .iter()
        .filter(|(rule, ..)| !rule.ends_with("unresolved"))
    {
        let (fragment, upstream) = (document(fragment, COMPONENTS), upstream(operation));
        assert_ne!(
            structure(&fragment),
            structure(&upstream),
            "{fragment}{upstream}"
        );
    }
}

#[test]
fn every_rule_of_operations_has_a_case() {
    let cases: BTreeSet<_> = CASES.iter().map(|(rule, ..)| *rule).collect();
    let subjects = ["operation-", "status-", "error-status-"];
    let rules = Rule::all()
        .map(Rule::id)
        .filter(|rule| subjects.iter().any(|subject| rule.starts_with(subject)));
    let missing: Vec<_> = rules
        .filter(|rule| !cases.contains(rule.as_str()))
        .collect();
    // These are in `pairs.rs` and in `ledger`.
    let tested_elsewhere = [
        "operation-missing-upstream",
        "operation-moved",
        "operation-renamed",
        "operation-not-in-fragment",
        "operation-changed-upstream",
        "operation-waived-changed",
        "operation-docs-changed",
        "operation-not-accepted",
    ];
    assert_eq!(missing, tested_elsewhere);
}

#[test]
fn a_status_is_compared_with_its_class() {
    let body = |status: &str, kind: &str| {
        format!(
            "responses: {{ '{status}': {{ content: {{ a/b: {{ schema: {{ type: {kind} }} }} }} }} }}"
        )
    };
    for (status, class) in [("500", "5XX"), ("500", "default")] {
        let (one, all) = (
            document(&body(status, "integer"), COMPONENTS),
            document(&body(class, "number"), COMPONENTS),
        );
        assert_eq!(
            rules(&one, &all),
            ["error-status-added", "response-widened"]
        );
        assert_eq!(rules(&all, &one), ["response-narrowed"]);
    }
}
