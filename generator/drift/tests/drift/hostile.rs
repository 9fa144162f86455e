//! Descriptions made to hurt: each is compared or refused. What takes the long way never ends.

use drift::{Ledger, compare};
use openapi::load;
use serde_json::{Value, json};

use crate::values::with_schema;
use crate::{compared, document, findings, source};

#[track_caller]
fn refused(upstream: &str, message: &str) {
    let fragment = load(&source(&with_schema("response", "{}"))).unwrap();
    let upstream = source(upstream);
    let found = match load(&upstream).map(|document| compare(&fragment, document)) {
        Ok(Ok(_)) => panic!("accepted: {}", upstream.text),
        Ok(Err(found)) | Err(found) => found,
    };
    let text = found.render(&upstream, false);
    assert!(text.contains(message), "{text}");
}

#[test]
fn documents_other_than_openapi_3_are_refused() {
    refused("swagger: '2.0'\npaths: {}", "is not an OpenAPI document");
    refused("[]", "is not an OpenAPI document");
    refused("text", "is not an OpenAPI document");
    refused("openapi: 4.0.0\npaths: {}", "is not OpenAPI 3");
    refused("openapi: 3", "is not an OpenAPI document");
    refused("openapi: 3.1.0", "has no `paths`");
    refused("openapi: 3.1.0\npaths: []", "has no `paths`");
    refused("", "the document is empty");
    refused("\u{0}\u{1}", "error[");
}

/// Every part of an operation is replaced by a value of another type.
#[test]
fn parts_of_the_wrong_type_are_ignored() {
    for wrong in [
        "null",
        "1",
        "text",
        "[]",
        "[[]]",
        "{}",
        "{ a: {} }",
        "[null]",
        "true",
    ] {
        for field in [
            "parameters",
            "requestBody",
            "responses",
            "servers",
            "security",
            "x-github",
            "tags",
            "operationId",
            "deprecated",
        ] {
            let upstream = document(&format!("{field}: {wrong}"), "schemas: {}");
            compared(
                &with_schema("response", "{ type: string }"),
                &upstream.replacen(
                    "      operationId: things/get\n",
                    "",
                    usize::from(field == "operationId"),
                ),
            );
        }
        for field in [
            "type",
            "enum",
            "properties",
            "required",
            "items",
            "allOf",
            "oneOf",
            "format",
            "minimum",
            "exclusiveMinimum",
            "additionalProperties",
            "$ref",
            "default",
        ] {
            let upstream = with_schema("response", &format!("{{ {field}: {wrong} }}"));
            compared(&with_schema("response", "{ type: string }"), &upstream);
            compared(&upstream, &with_schema("response", "{ type: string }"));
        }
        compared(
            &with_schema("response", wrong),
            &with_schema("request", wrong),
        );
        compared(
            &document("responses: {}", "schemas: {}"),
            &format!("openapi: 3.0.3\npaths: {{ '/things/{{id}}': {wrong} }}\ncomponents: {wrong}"),
        );
    }
}

const EVERYTHING: &str = include_str!("everything.json");

/// Every part of a description replaced in turn, on either side.
#[test]
fn every_part_is_optional() {
    let whole: Value = serde_json::from_str(EVERYTHING).unwrap();
    let mut places = Vec::new();
    collect(&whole, String::new(), &mut places);
    assert!(places.len() > 100, "{}", places.len());
    let wrong = [
        json!(null),
        json!(-1.5),
        json!("text"),
        json!([{}, 1]),
        json!({ "$ref": "#/paths" }),
        json!({ "a": [] }),
    ];
    for (number, place) in places.iter().enumerate() {
        for wrong in wrong.iter().skip(number % 3).step_by(3) {
            let mut broken = whole.clone();
            *broken.pointer_mut(place).unwrap() = wrong.clone();
            judged(&whole, &broken);
            judged(&broken, &whole);
        }
    }
}

fn judged(fragment: &Value, upstream: &Value) {
    let [fragment, upstream] =
        [fragment, upstream].map(|value| load(&source(&value.to_string())).unwrap());
    if let Ok(comparison) = compare(&fragment, upstream) {
        Ledger::empty().judge(&comparison, "n");
    }
}

fn collect(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                let name = name.replace('~', "~0").replace('/', "~1");
                collect(inner, format!("{place}/{name}"), places);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                collect(inner, format!("{place}/{index}"), places);
            }
        }
        _ => {}
    }
    places.push(place);
}

#[test]
fn unresolved_references_are_reported() {
    for reference in [
        "#/components/schemas/Lost",
        "other.yaml#/A",
        "",
        "#",
        "#/%",
        "#/paths",
    ] {
        let upstream = with_schema(
            "response",
            &format!("{{ type: object, properties: {{ a: {{ $ref: '{reference}' }} }} }}"),
        );
        compared(
            &with_schema(
                "response",
                "{ type: object, properties: { a: { type: string } } }",
            ),
            &upstream,
        );
    }
    let upstream = with_schema("response", "{ $ref: 'other.yaml#/A' }");
    let findings = findings(&compared(
        &with_schema("response", "{ type: string }"),
        &upstream,
    ));
    assert_eq!(
        findings,
        ["response-unresolved things/get/responses/200/content/application~1json/schema"]
    );
}

fn found(fragment: &str, upstream: &str) -> Vec<String> {
    findings(&compared(fragment, upstream))
}

/// A document whose operation answers with the first of these components.
fn schemas(schemas: &str) -> String {
    let operation = "responses: { '200': { content: { application/json: { schema: { $ref: '#/components/schemas/S0' } } } } }";
    document(
        operation,
        &format!("schemas:\n{}", crate::indented(schemas, 2)),
    )
}

#[test]
fn cycles_of_references_end() {
    let circles = [
        "S0: { $ref: '#/components/schemas/S0' }",
        "S0: { $ref: '#/components/schemas/S1' }\nS1: { $ref: '#/components/schemas/S0' }",
        "S0: { allOf: [{ $ref: '#/components/schemas/S0' }] }",
        "S0: { oneOf: [{ $ref: '#/components/schemas/S0' }, { type: 'null' }] }",
        "S0: { anyOf: [{ $ref: '#/components/schemas/S0' }, { $ref: '#/components/schemas/S0' }] }",
        "S0: { type: array, items: { $ref: '#/components/schemas/S0' } }",
        "S0: { type: object, properties: { a: { $ref: '#/components/schemas/S0' } }, additionalProperties: { $ref: '#/components/schemas/S0' } }",
        "S0: { allOf: [{ $ref: '#/components/schemas/S1' }], properties: { a: { $ref: '#/components/schemas/S0' } } }\nS1: { properties: { a: { $ref: '#/components/schemas/S1' } } }",
    ];
    for one in circles {
        for other in circles {
            found(&schemas(one), &schemas(other));
        }
    }
}

#[test]
fn recursion_is_compared_once() {
    let tree = |kind: &str| {
        schemas(&format!(
            "S0: {{ type: object, properties: {{ v: {{ type: {kind} }}, l: {{ $ref: '#/components/schemas/S0' }} }} }}"
        ))
    };
    let findings = found(&tree("string"), &tree("integer"));
    assert_eq!(
        findings,
        ["response-retyped things/get/responses/200/content/application~1json/schema/properties/v"]
    );
}

#[test]
fn shared_schemas_take_no_exponential_time() {
    for (open, close) in [
        ("properties: { a: ", ", b: "),
        ("allOf: [", ", "),
        ("oneOf: [", ", "),
    ] {
        let last = if open.contains('{') { "}" } else { "]" };
        let levels = |kind: &str| {
            let level = |n: usize| {
                let next = format!("{{ $ref: '#/components/schemas/S{}' }}", n + 1);
                format!("S{n}: {{ {open}{next}{close}{next}{last} }}\n")
            };
            let levels: String = (0..300).map(level).collect();
            schemas(&format!("{levels}S300: {{ type: {kind} }}"))
        };
        found(&levels("string"), &levels("integer"));
    }
}

#[test]
fn growing_combinations_end() {
    // Each property adds one more schema to those that must hold together.
    let mut text = String::new();
    for n in 0..14 {
        let next = (n + 1) % 14;
        text += &format!(
            "S{n}: {{ properties: {{ a: {{ allOf: [{{ $ref: '#/components/schemas/S{next}' }}, {{ $ref: '#/components/schemas/S0' }}] }}, b: {{ $ref: '#/components/schemas/S{next}' }} }} }}\n"
        );
    }
    let findings = found(&schemas(&text), &schemas(&text.replace("b:", "c:")));
    assert!(
        findings
            .iter()
            .any(|finding| finding.starts_with("response-unresolved")),
        "{findings:?}"
    );
}

#[test]
fn long_chains_do_not_run_out_of_stack() {
    let chain = |kind: &str| {
        let link = |n: usize| {
            format!(
                "S{n}: {{ type: object, properties: {{ a: {{ $ref: '#/components/schemas/S{}' }} }} }}\n",
                n + 1
            )
        };
        let links: String = (0..1000).map(link).collect();
        schemas(&format!("{links}S1000: {{ type: {kind} }}"))
    };
    found(&chain("string"), &chain("integer"));
    let references = |kind: &str| {
        let link = |n: usize| {
            format!(
                "S{n}: {{ allOf: [{{ $ref: '#/components/schemas/S{}' }}] }}\n",
                n + 1
            )
        };
        let links: String = (0..1000).map(link).collect();
        schemas(&format!("{links}S1000: {{ type: {kind} }}"))
    };
    found(&references("string"), &references("integer"));
}
