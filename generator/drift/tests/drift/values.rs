//! Differences of schemas, in every position of a schema.

use std::collections::BTreeSet;

use drift::Rule;

use crate::{document, rules, structure};

/// The facet, the schema in the fragment, and the schema upstream.
const CASES: &[(&str, &str, &str)] = &[
    ("retyped", "{ type: string }", "{ type: integer }"),
    ("retyped", "{ type: object }", "{ type: array, items: {} }"),
    ("widened", "{ type: integer }", "{ type: number }"),
    (
        "widened",
        "{ type: string }",
        "{ oneOf: [{ type: string }, { type: integer }] }",
    ),
    ("widened", "{ type: string }", "{}"),
    ("narrowed", "{ type: number }", "{ type: integer }"),
    ("narrowed", "{}", "{ type: string }"),
    (
        "widened",
        "{ type: object, additionalProperties: { type: string } }",
        "{ type: object }",
    ),
    (
        "narrowed",
        "{ type: object }",
        "{ type: object, additionalProperties: { type: string } }",
    ),
    (
        "widened",
        "{ type: array, items: { type: string } }",
        "{ type: array }",
    ),
    (
        "narrowed",
        "{ type: array }",
        "{ type: array, items: { type: string } }",
    ),
    (
        "became-nullable",
        "{ type: string }",
        "{ type: string, nullable: true }",
    ),
    (
        "no-longer-nullable",
        "{ type: string, nullable: true }",
        "{ type: string }",
    ),
    (
        "became-nullable",
        "{ type: string, enum: [a] }",
        "{ type: string, enum: [a, null] }",
    ),
    (
        "format-changed",
        "{ type: string, format: date }",
        "{ type: string, format: date-time }",
    ),
    (
        "format-lifted",
        "{ type: string, format: date-time }",
        "{ type: string }",
    ),
    (
        "format-lifted",
        "{ type: integer, format: int32 }",
        "{ type: integer }",
    ),
    (
        "format-imposed",
        "{ type: string }",
        "{ type: string, format: date-time }",
    ),
    (
        "format-hint-changed",
        "{ type: string, format: uri }",
        "{ type: string }",
    ),
    (
        "enum-value-added",
        "{ type: string, enum: [a] }",
        "{ type: string, enum: [b, a] }",
    ),
    (
        "enum-value-removed",
        "{ type: string, enum: [a, b] }",
        "{ type: string, enum: [a] }",
    ),
    (
        "enum-lifted",
        "{ type: string, enum: [a] }",
        "{ type: string }",
    ),
    (
        "enum-imposed",
        "{ type: string }",
        "{ type: string, enum: [a] }",
    ),
    (
        "bound-loosened",
        "{ type: integer, maximum: 9 }",
        "{ type: integer, maximum: 10 }",
    ),
    (
        "bound-loosened",
        "{ type: integer, minimum: 9 }",
        "{ type: integer, minimum: 8 }",
    ),
    (
        "bound-loosened",
        "{ type: string, pattern: a }",
        "{ type: string }",
    ),
    (
        "bound-tightened",
        "{ type: integer, maximum: 9 }",
        "{ type: integer, maximum: 8 }",
    ),
    (
        "bound-tightened",
        "{ type: integer, minimum: 8 }",
        "{ type: integer, minimum: 9 }",
    ),
    (
        "bound-tightened",
        "{ type: string }",
        "{ type: string, maxLength: 9 }",
    ),
    (
        "bound-tightened",
        "{ type: string, pattern: a }",
        "{ type: string, pattern: b }",
    ),
    (
        "bound-tightened",
        "{ type: array, items: {} }",
        "{ type: array, items: {}, uniqueItems: true }",
    ),
    (
        "bound-tightened",
        "{ type: number, minimum: 8 }",
        "{ type: number, minimum: 8, exclusiveMinimum: true }",
    ),
    (
        "default-changed",
        "{ type: integer, default: 30 }",
        "{ type: integer, default: 31 }",
    ),
    (
        "default-changed",
        "{ type: string, default: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab }",
        "{ type: string, default: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac }",
    ),
    (
        "default-added",
        "{ type: integer }",
        "{ type: integer, default: 30 }",
    ),
    (
        "default-removed",
        "{ type: integer, default: 30 }",
        "{ type: integer }",
    ),
    (
        "deprecation-changed",
        "{ type: string }",
        "{ type: string, deprecated: true }",
    ),
    (
        "property-added",
        "{ type: object }",
        "{ type: object, properties: { a: {} } }",
    ),
    (
        "property-added-required",
        "{ type: object }",
        "{ type: object, properties: { a: {} }, required: [a] }",
    ),
    (
        "property-removed",
        "{ type: object, properties: { a: {} }, required: [a] }",
        "{ type: object }",
    ),
    (
        "optional-property-removed",
        "{ type: object, properties: { a: {} } }",
        "{ type: object }",
    ),
    (
        "property-became-optional",
        "{ type: object, properties: { a: {} }, required: [a] }",
        "{ type: object, properties: { a: {} } }",
    ),
    (
        "property-became-required",
        "{ type: object, properties: { a: {} } }",
        "{ type: object, properties: { a: {} }, required: [a] }",
    ),
    (
        "extra-properties-allowed",
        "{ type: object, additionalProperties: false }",
        "{ type: object }",
    ),
    (
        "extra-properties-allowed",
        "{ type: object, properties: { a: {} } }",
        "{ type: object, properties: { a: {} }, additionalProperties: { type: string } }",
    ),
    (
        "extra-properties-refused",
        "{ type: object }",
        "{ type: object, additionalProperties: false }",
    ),
    (
        "widened",
        "{ oneOf: [{ type: object, properties: { a: {} } }, { type: array, items: {} }] }",
        "{}",
    ),
    (
        "narrowed",
        "{}",
        "{ oneOf: [{ type: object, properties: { a: {} } }, { type: array, items: {} }] }",
    ),
    (
        "became-nullable",
        "{ oneOf: [{ type: object, properties: { a: {} } }, { type: array, items: {} }] }",
        "{ oneOf: [{ type: object, properties: { a: {} }, nullable: true }, { type: array, items: {} }] }",
    ),
    (
        "keyword-changed",
        "{ type: object, not: { properties: { title: { type: string } } } }",
        "{ type: object, not: { properties: { title: { type: integer } } } }",
    ),
    (
        "alternative-added",
        "{ type: string, format: date }",
        "{ oneOf: [{ type: string, format: date }, { type: integer }] }",
    ),
    (
        "alternative-removed",
        "{ oneOf: [{ type: integer }, { type: string, format: date }] }",
        "{ type: string, format: date }",
    ),
    (
        "keyword-changed",
        "{ type: string }",
        "{ type: string, not: { enum: [a] } }",
    ),
    (
        "unresolved",
        "{ type: string }",
        "{ $ref: '#/components/schemas/Lost' }",
    ),
    (
        "keyword-changed",
        "{ type: object, properties: { a: {} } }",
        "{ type: object, properties: { a: {} }, anyOf: [{ required: [a] }, { required: [b] }] }",
    ),
    // Below something else.
    (
        "retyped",
        "{ type: array, items: { type: string } }",
        "{ type: array, items: { type: integer } }",
    ),
    (
        "became-nullable",
        "{ type: object, properties: { a: { type: string } } }",
        "{ type: object, properties: { a: { type: string, nullable: true } } }",
    ),
    (
        "retyped",
        "{ type: object, additionalProperties: { type: string } }",
        "{ type: object, additionalProperties: { type: integer } }",
    ),
    (
        "enum-value-added",
        "{ oneOf: [{ type: string, enum: [a], pattern: a }, { type: object }] }",
        "{ oneOf: [{ type: object }, { type: string, enum: [a, b], pattern: a }] }",
    ),
    (
        "format-lifted",
        "{ allOf: [{ type: object }, { type: object, properties: { a: { type: string, format: date } } }] }",
        "{ type: object, properties: { a: { type: string } } }",
    ),
];

const SUBJECTS: [&str; 4] = ["parameter", "request", "response", "header"];

/// A document with this schema for the subject.
pub(crate) fn with_schema(subject: &str, schema: &str) -> String {
    let operation = match subject {
        "parameter" => {
            format!("parameters: [{{ name: q, in: query, schema: {schema} }}]\nresponses: {{}}")
        }
        "request" => format!(
            "requestBody: {{ content: {{ application/json: {{ schema: {schema} }} }} }}\nresponses: {{}}"
        ),
        "response" => format!(
            "responses: {{ '200': {{ content: {{ application/json: {{ schema: {schema} }} }} }} }}"
        ),
        _ => format!("responses: {{ '200': {{ headers: {{ H: {{ schema: {schema} }} }} }} }}"),
    };
    document(&operation, "schemas: {}")
}

/// What is received is never required by the one who sends it.
fn expected(subject: &str, facet: &str) -> String {
    let is_received = ["response", "header"].contains(&subject);
    match facet {
        "property-added-required" if is_received => format!("{subject}-property-added"),
        facet => format!("{subject}-{facet}"),
    }
}

#[test]
fn every_difference_has_its_rule_everywhere() {
    for (facet, fragment, upstream) in CASES {
        for subject in SUBJECTS {
            let (fragment, upstream) = (
                with_schema(subject, fragment),
                with_schema(subject, upstream),
            );
            assert_eq!(
                rules(&fragment, &upstream),
                [expected(subject, facet)],
                "{fragment}{upstream}"
            );
        }
    }
}

#[test]
fn every_difference_changes_the_hash() {
    for (_, fragment, upstream) in CASES.iter().filter(|(facet, ..)| *facet != "unresolved") {
        let (fragment, upstream) = (
            with_schema("response", fragment),
            with_schema("response", upstream),
        );
        assert_ne!(
            structure(&fragment),
            structure(&upstream),
            "{fragment}{upstream}"
        );
    }
}

#[test]
fn a_difference_far_below_changes_the_hash() {
    let nested = |kind: &str| {
        let inner = format!("{{ type: {kind} }}");
        let outer = |inner: String, _| format!("{{ type: object, properties: {{ a: {inner} }} }}");
        structure(&with_schema("response", &(0..12).fold(inner, outer)))
    };
    assert_ne!(nested("string"), nested("integer"));
    assert_eq!(nested("string"), nested("string"));
}

#[test]
fn every_rule_of_values_has_a_case() {
    let cases: BTreeSet<_> = CASES
        .iter()
        .flat_map(|(facet, ..)| SUBJECTS.map(|subject| expected(subject, facet)))
        .collect();
    let rules = Rule::all().map(Rule::id).filter(|rule| {
        SUBJECTS
            .iter()
            .any(|subject| rule.starts_with(&format!("{subject}-")))
    });
    let missing: Vec<_> = rules.filter(|rule| !cases.contains(rule)).collect();
    // These are about members and bodies as wholes, and are in `operations.rs`.
    let tested_elsewhere = [
        "header-added",
        "header-became-optional",
        "header-became-required",
        "header-removed",
        "header-required-removed",
        "parameter-added",
        "parameter-added-required",
        "parameter-became-optional",
        "parameter-became-required",
        "parameter-removed",
        "parameter-renamed",
        "parameter-style-changed",
        "request-body-added",
        "request-body-added-required",
        "request-body-became-optional",
        "request-body-became-required",
        "request-body-removed",
        "request-media-type-added",
        "request-media-type-removed",
        "response-body-added",
        "response-body-removed",
        "response-media-type-added",
        "response-media-type-removed",
    ];
    let mut missing: Vec<_> = missing.iter().map(String::as_str).collect();
    missing.sort_unstable();
    assert_eq!(missing, tested_elsewhere);
}

/// The snapshot lists both directions of each facet together.
#[test]
fn severity_goes_by_direction() {
    let mut table: Vec<_> = Rule::all()
        .map(|rule| format!("{:<44} {}\n", rule.id(), rule.severity().name()))
        .collect();
    table.sort_by_key(|row| {
        let subjects = [
            "parameter-",
            "request-",
            "response-",
            "header-",
            "error-status-",
            "status-",
        ];
        let facet = subjects
            .iter()
            .find_map(|subject| row.strip_prefix(subject));
        facet.unwrap_or(row).to_owned()
    });
    assert_eq!(table.concat(), include_str!("severities.txt"));
}

#[test]
fn names_of_rules_are_unique() {
    let ids: Vec<_> = Rule::all().map(Rule::id).collect();
    let unique: BTreeSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len());
}

#[test]
fn alternatives_pair_by_type() {
    let choice = |schema: &str| {
        let other = "{ type: object, properties: { a: {} } }";
        with_schema("response", &format!("{{ oneOf: [{other}, {schema}] }}"))
    };
    let found = rules(
        &choice("{ type: string, format: date }"),
        &choice("{ type: integer, minimum: 1 }"),
    );
    assert_eq!(
        found,
        ["response-alternative-added", "response-alternative-removed"]
    );
}

#[test]
fn unspecified_properties_may_be_refused() {
    let (fragment, upstream) = (
        "{ type: object, properties: { a: {} } }",
        "{ type: object, properties: { a: {} }, additionalProperties: false }",
    );
    for subject in SUBJECTS {
        let found = rules(
            &with_schema(subject, fragment),
            &with_schema(subject, upstream),
        );
        assert_eq!(found, [""; 0]);
    }
}

#[test]
fn read_only_properties_are_no_part_of_requests() {
    let (fragment, upstream) = (
        "{ type: object }",
        "{ type: object, properties: { a: { readOnly: true } } }",
    );
    assert_eq!(
        rules(
            &with_schema("request", fragment),
            &with_schema("request", upstream)
        ),
        [""; 0]
    );
    let found = rules(
        &with_schema("response", fragment),
        &with_schema("response", upstream),
    );
    assert_eq!(found, ["response-property-added"]);
}

#[test]
fn write_only_properties_are_no_part_of_responses() {
    let (fragment, upstream) = (
        "{ type: object }",
        "{ type: object, properties: { a: { writeOnly: true } } }",
    );
    assert_eq!(
        rules(
            &with_schema("response", fragment),
            &with_schema("response", upstream)
        ),
        [""; 0]
    );
    let found = rules(
        &with_schema("request", fragment),
        &with_schema("request", upstream),
    );
    assert_eq!(found, ["request-property-added"]);
}
