//! Pairs of operations of the fragment and upstream.

use crate::{compared, findings};

/// A document of these paths.
fn paths(paths: &str) -> String {
    format!("openapi: 3.0.3\npaths: {{ {paths} }}\n")
}

#[track_caller]
fn check(fragment: &str, upstream: &str, expect: &[&str]) {
    assert_eq!(
        findings(&compared(&paths(fragment), &paths(upstream))),
        expect
    );
}

#[test]
fn an_operation_can_be_missing() {
    let fragment = "/a: { get: { operationId: a, responses: {} } }";
    check(
        fragment,
        "/b: { get: { operationId: b, responses: {} } }",
        &["operation-missing-upstream a"],
    );
}

#[test]
fn extensions_of_paths_have_no_operations() {
    let operation = "/a: { get: { operationId: a, responses: {} } }";
    let extended = format!("x-b: {{ get: {{ operationId: b, responses: {{}} }} }}, {operation}");
    check(&extended, operation, &[]);
    check(operation, &extended, &[]);
}

#[test]
fn an_operation_is_found_by_its_name_first() {
    let fragment = "/a: { get: { operationId: a, responses: {} } }";
    check(
        fragment,
        "/a: { post: { operationId: a, responses: {} } }",
        &["operation-moved a"],
    );
    let swapped = "/a: { get: { operationId: b, responses: {} } }, /b: { get: { operationId: a, responses: {} } }";
    check(fragment, swapped, &["operation-moved a"]);
}

#[test]
fn an_operation_is_found_by_its_request_otherwise() {
    let fragment = "'/a/{x}': { get: { operationId: a, responses: {} } }";
    check(
        fragment,
        "'/a/{y}': { get: { operationId: b, responses: {} } }",
        &["operation-renamed a"],
    );
    check(
        fragment,
        "'/a/{y}': { get: { responses: {} } }",
        &["operation-renamed a"],
    );
}

#[test]
fn path_parameters_of_a_moved_operation_pair_by_name() {
    let operation = |names: &[&str]| {
        let parameters: Vec<_> = names
            .iter()
            .map(|name| format!("{{ name: {name}, in: path, schema: {{ type: string }} }}"))
            .collect();
        format!(
            "'/{{{}}}': {{ get: {{ operationId: a, parameters: [{}] }} }}",
            names.join("}/{"),
            parameters.join(", ")
        )
    };
    check(
        &operation(&["a", "b"]),
        &operation(&["b"]),
        &["operation-moved a", "parameter-removed a/parameters/path/a"],
    );
}

#[test]
fn operations_of_one_name_pair_by_request() {
    let fragment = "/a: { get: { operationId: a, responses: {} } }";
    let twice = "/b: { get: { operationId: a, responses: { '200': {} } } }, /a: { get: { operationId: a, responses: {} } }";
    let findings = findings(&compared(&paths(fragment), &paths(twice)));
    assert_eq!(findings, [""; 0]);
}

#[test]
fn a_section_is_a_category() {
    let filed = |id: &str, path: &str, category: &str| {
        format!(
            "{path}: {{ get: {{ operationId: {id}, x-github: {{ category: {category}, subcategory: s }}, responses: {{}} }} }}"
        )
    };
    let fragment = filed("a", "/a", "c");
    let upstream = [
        filed("a", "/a", "c"),
        filed("b", "/z", "c"),
        filed("d", "/a/d", "other"),
    ]
    .join(", ");
    check(&fragment, &upstream, &["operation-not-in-fragment b"]);
}

#[test]
fn without_categories_a_section_is_a_path_and_those_below() {
    let upstream = "
        /a: { get: { operationId: a, tags: [t], responses: {} }, put: { operationId: b, tags: [t], responses: {} } },
        '/a/{x}': { get: { operationId: c, tags: [t], responses: {} }, put: { operationId: d, tags: [u], responses: {} } },
        /ab: { get: { operationId: e, tags: [t], responses: {} } },
        /: { get: { operationId: f, tags: [t], responses: {} } }
    ";
    let fragment = "/a: { get: { operationId: a, responses: {} } }";
    check(
        fragment,
        upstream,
        &["operation-not-in-fragment b", "operation-not-in-fragment c"],
    );
}
