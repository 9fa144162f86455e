//! Different notations of the same meaning.

use crate::values::with_schema;
use crate::{compared, document, findings, structure};

/// Schemas that mean the same.
const SCHEMAS: &[(&str, &str, &str)] = &[
    (
        "a member alone",
        "{ type: string }",
        "{ allOf: [{ type: string }] }",
    ),
    (
        "an alternative alone",
        "{ type: string }",
        "{ oneOf: [{ type: string }] }",
    ),
    (
        "nested compositions",
        "{ type: string }",
        "{ anyOf: [{ allOf: [{ oneOf: [{ type: string }] }] }] }",
    ),
    (
        "objects laid together",
        "{ type: object, properties: { a: { type: string }, b: {} }, required: [b, a] }",
        "{ allOf: [{ type: object, properties: { a: { type: string } }, required: [a] }, { properties: { b: {} }, required: [b] }] }",
    ),
    (
        "one property in two members",
        "{ type: object, properties: { a: { type: string, maxLength: 9 } } }",
        "{ allOf: [{ properties: { a: { type: string } } }, { properties: { a: { maxLength: 9 } } }] }",
    ),
    (
        "nullable as a type",
        "{ type: string, nullable: true }",
        "{ type: [string, 'null'] }",
    ),
    (
        "nullable as an alternative",
        "{ type: string, nullable: true }",
        "{ oneOf: [{ type: string }, { type: 'null' }] }",
    ),
    (
        "nullable as an alternative of any",
        "{ type: string, nullable: true }",
        "{ anyOf: [{ type: 'null' }, { type: string }] }",
    ),
    (
        "nullable as a list of null",
        "{ type: string, nullable: true }",
        "{ oneOf: [{ type: string }, { enum: [null] }] }",
    ),
    (
        "nullable as a constant",
        "{ type: string, nullable: true }",
        "{ oneOf: [{ type: string }, { const: null }] }",
    ),
    (
        "nullable beside a composition",
        "{ type: string, nullable: true }",
        "{ allOf: [{ type: string }], nullable: true }",
    ),
    (
        "nullable in an alternative",
        "{ type: string, nullable: true }",
        "{ oneOf: [{ type: string, nullable: true }] }",
    ),
    (
        "null among values",
        "{ type: string, enum: [a], nullable: true }",
        "{ type: string, enum: [a, null] }",
    ),
    (
        "null among values and types",
        "{ type: string, enum: [a], nullable: true }",
        "{ type: [string, 'null'], enum: [null, a] }",
    ),
    (
        "types as alternatives",
        "{ type: [string, integer] }",
        "{ oneOf: [{ type: integer }, { type: string }] }",
    ),
    (
        "types as alternatives, with the format that one has anyway",
        "{ type: [integer, string] }",
        "{ oneOf: [{ type: integer, format: int64 }, { type: string }] }",
    ),
    (
        "values as alternatives",
        "{ type: string, enum: [a, b] }",
        "{ anyOf: [{ type: string, enum: [b] }, { type: string, enum: [a] }] }",
    ),
    ("a constant", "{ type: string, enum: [a] }", "{ const: a }"),
    (
        "the type of values",
        "{ type: integer, enum: [1, 2] }",
        "{ enum: [2, 1] }",
    ),
    (
        "values in another order",
        "{ type: string, enum: [a, b] }",
        "{ type: string, enum: [b, a] }",
    ),
    (
        "numbers written differently",
        "{ type: number, enum: [1], default: 1 }",
        "{ type: number, enum: [1.0], default: 1.0 }",
    ),
    (
        "the type of properties",
        "{ type: object, properties: { a: {} } }",
        "{ properties: { a: {} } }",
    ),
    (
        "the type of items",
        "{ type: array, items: { type: string } }",
        "{ items: { type: string } }",
    ),
    (
        "the width of integers",
        "{ type: integer, format: int64 }",
        "{ type: integer }",
    ),
    (
        "the width of numbers",
        "{ type: number, format: double }",
        "{ type: number }",
    ),
    (
        "open limits in 3.1",
        "{ type: number, minimum: 1, exclusiveMinimum: true }",
        "{ type: number, exclusiveMinimum: 1 }",
    ),
    (
        "open limits of integers",
        "{ type: integer, minimum: 1 }",
        "{ type: integer, minimum: 0, exclusiveMinimum: true }",
    ),
    (
        "the tightest limit",
        "{ type: integer, maximum: 5 }",
        "{ allOf: [{ type: integer, maximum: 9 }, { maximum: 5 }] }",
    ),
    (
        "limits that say nothing",
        "{ type: string }",
        "{ type: string, minLength: 0 }",
    ),
    (
        "limits of other types",
        "{ type: string }",
        "{ type: string, maximum: 9, maxItems: 3 }",
    ),
    (
        "flags that say nothing",
        "{ type: string }",
        "{ type: string, nullable: false, deprecated: false, readOnly: false }",
    ),
    (
        "no duplicates not asked for",
        "{ type: array, items: {} }",
        "{ type: array, items: {}, uniqueItems: false }",
    ),
    (
        "further properties",
        "{ type: object, additionalProperties: true }",
        "{ type: object, additionalProperties: {} }",
    ),
    (
        "further properties not spoken of",
        "{ type: object, properties: { a: {} } }",
        "{ type: object, properties: { a: {} }, additionalProperties: true }",
    ),
    (
        "demands among alternatives",
        "{ type: object, properties: { a: {} } }",
        "{ oneOf: [{ type: object, properties: { a: {} } }, { required: [a] }] }",
    ),
    (
        "bytes in 3.1",
        "{ type: string, format: byte }",
        "{ type: string, contentEncoding: base64 }",
    ),
    (
        "files in 3.1",
        "{ type: string, format: binary }",
        "{ type: string, contentMediaType: application/octet-stream }",
    ),
    (
        "words",
        "{ type: string }",
        "{ type: string, title: A, description: b, example: c, externalDocs: { url: d } }",
    ),
    (
        "extensions",
        "{ type: string }",
        "{ type: string, x-anything: true }",
    ),
    (
        "alternatives in another order",
        "{ oneOf: [{ type: object, properties: { a: {} } }, { type: object, properties: { b: {} } }] }",
        "{ anyOf: [{ type: object, properties: { b: {} } }, { type: object, properties: { a: {} } }] }",
    ),
    (
        "alternatives that resemble each other, in another order",
        "{ oneOf: [{ type: object, properties: { a: {} } }, { type: object, properties: { a: {}, b: {} } }] }",
        "{ oneOf: [{ type: object, properties: { a: {}, b: {} } }, { type: object, properties: { a: {} } }] }",
    ),
    (
        "what alternatives are called",
        "{ oneOf: [{ type: object, properties: { k: {} } }, { type: array, items: {} }], discriminator: { propertyName: k, mapping: { a: '#/x' } } }",
        "{ oneOf: [{ type: object, properties: { k: {} } }, { type: array, items: {} }], discriminator: { propertyName: k } }",
    ),
    (
        "alternatives whose types are implied",
        "{ oneOf: [{ type: object, properties: { a: {} } }, { type: array, items: {} }] }",
        "{ oneOf: [{ properties: { a: {} } }, { items: {} }] }",
    ),
    (
        "null for what is left out",
        "{ type: string }",
        "{ type: string, default: null }",
    ),
    (
        "types of which one is the other",
        "{ type: integer }",
        "{ allOf: [{ type: number }, { type: integer }] }",
    ),
    (
        "items that are anything",
        "{ type: array, items: {} }",
        "{ type: array }",
    ),
    (
        "schemas to refer to",
        "{ type: string }",
        "{ type: string, $anchor: a, $defs: { b: { type: integer } } }",
    ),
    (
        "demands in other words",
        "{ type: object, properties: { title: {}, b: {} }, anyOf: [{ required: [title, b] }], not: { properties: { title: { type: string } } } }",
        "{ type: object, properties: { title: {}, b: {} }, anyOf: [{ required: [b, title], description: c }], not: { title: d, properties: { title: { type: string, x-e: f } } } }",
    ),
    (
        "two choices at once, in another order",
        "{ oneOf: [{ required: [a] }, { type: object, properties: { a: {} } }, { type: array, items: {} }], anyOf: [{ type: object, maxProperties: 3 }, { type: array, maxItems: 3 }] }",
        "{ oneOf: [{ required: [a] }, { type: object, properties: { a: {} } }, { type: array, items: {} }], anyOf: [{ type: array, maxItems: 3, description: b }, { type: object, maxProperties: 3 }] }",
    ),
    (
        "a schema that is true",
        "{ type: object, properties: { a: {} } }",
        "{ type: object, properties: { a: true } }",
    ),
];

#[test]
fn schemas_of_one_meaning_are_equal() {
    for (name, one, other) in SCHEMAS {
        for subject in ["parameter", "request", "response", "header"] {
            equal(
                name,
                &with_schema(subject, one),
                &with_schema(subject, other),
            );
        }
    }
}

#[test]
fn docs_are_hashed_everywhere_and_apart_from_structure() {
    let content =
        "content: { a/b: { schema: { type: object, properties: { a: { title: WORDS } } } } }";
    for operation in [
        "summary: WORDS\nresponses: {}".to_owned(),
        "externalDocs: { description: WORDS }\nresponses: {}".to_owned(),
        "externalDocs: { url: WORDS }\nresponses: {}".to_owned(),
        "parameters: [{ name: q, in: query, description: WORDS, schema: {} }]\nresponses: {}"
            .to_owned(),
        "parameters: [{ name: q, in: query, schema: { title: WORDS } }]\nresponses: {}".to_owned(),
        format!("requestBody: {{ {content} }}\nresponses: {{}}"),
        "requestBody: { description: WORDS }\nresponses: {}".to_owned(),
        format!("responses: {{ '200': {{ {content} }} }}"),
        "responses: { '200': { description: WORDS } }".to_owned(),
        "responses: { '200': { headers: { H: { description: WORDS, schema: {} } } } }".to_owned(),
        "responses: { '200': { headers: { H: { schema: { title: WORDS } } } } }".to_owned(),
    ] {
        let [one, other] = ["one", "other"].map(|words| {
            let document = document(&operation.replace("WORDS", words), "schemas: {}");
            compared(&document, &document).operations["things/get"].fingerprint
        });
        assert_eq!(one.structure, other.structure, "{operation}");
        assert_ne!(one.docs, other.docs, "{operation}");
    }
}

#[test]
fn line_breaks_do_not_change_docs() {
    let docs = |schema: &str| {
        let document = with_schema("response", schema);
        compared(&document, &document).operations["things/get"]
            .fingerprint
            .docs
    };
    let plain = docs("{ type: string, description: a }");
    for other in [
        "{ allOf: [{ type: string, description: a }] }",
        "{ anyOf: [{ type: 'null' }, { type: string, description: a }] }",
    ] {
        assert_eq!(docs(other), plain, "{other}");
    }
    assert_ne!(docs("{ type: string, description: b }"), plain);
}

#[test]
fn the_order_of_fields_does_not_matter() {
    let one = "{ type: object, properties: { a: {}, b: {} }, required: [a, b] }";
    let other = "{ required: [b, a], properties: { b: {}, a: {} }, type: object }";
    equal(
        "fields",
        &with_schema("response", one),
        &with_schema("response", other),
    );
}

/// Operations that mean the same: both operations, and the components of the second.
const OPERATIONS: &[(&str, &str, &str, &str)] = &[
    (
        "references",
        "
parameters: [{ name: q, in: query, schema: { type: string } }]
requestBody: { required: true, content: { application/json: { schema: { type: string } } } }
responses: { '200': { headers: { H: { schema: { type: string } } }, content: { application/json: { schema: { type: string } } } } }
",
        "
parameters: [{ $ref: '#/components/parameters/Q' }]
requestBody: { $ref: '#/components/requestBodies/B' }
responses: { '200': { $ref: '#/components/responses/R' } }
",
        "
parameters: { Q: { name: q, in: query, schema: { $ref: '#/components/schemas/S' } } }
requestBodies: { B: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/S' } } } } }
responses: { R: { headers: { H: { $ref: '#/components/headers/H' } }, content: { application/json: { schema: { $ref: '#/components/schemas/T' } } } } }
headers: { H: { schema: { $ref: '#/components/schemas/S' } } }
schemas: { S: { type: string }, T: { $ref: '#/components/schemas/S' } }
",
    ),
    (
        "defaults made explicit",
        "parameters: [{ name: q, in: query, schema: { type: array, items: {} } }]\nresponses: {}",
        "deprecated: false\nparameters: [{ name: q, in: query, required: false, style: form, explode: true, allowReserved: false, schema: { type: array, items: {} } }]\nresponses: {}",
        "schemas: {}",
    ),
    (
        "explode of what can't be exploded",
        "parameters: [{ name: q, in: query, schema: { type: string } }]\nresponses: {}",
        "parameters: [{ name: q, in: query, explode: false, schema: { type: string } }]\nresponses: {}",
        "schemas: {}",
    ),
    (
        "parameters of a path, which are always required",
        "parameters: [{ name: id, in: path, required: true, schema: {} }]\nresponses: {}",
        "parameters: [{ name: id, in: path, schema: {} }]\nresponses: {}",
        "schemas: {}",
    ),
    (
        "the order of parameters",
        "parameters: [{ name: a, in: query, schema: {} }, { name: b, in: query, schema: {} }]\nresponses: {}",
        "parameters: [{ name: b, in: query, schema: {} }, { name: a, in: query, schema: {} }]\nresponses: {}",
        "schemas: {}",
    ),
    (
        "headers in another case",
        "parameters: [{ name: X-A, in: header, schema: {} }]\nresponses: { '200': { headers: { Link: { schema: {} } } } }",
        "parameters: [{ name: x-a, in: header, schema: {} }]\nresponses: { '200': { headers: { link: { schema: {} } } } }",
        "schemas: {}",
    ),
    (
        "headers described elsewhere",
        "responses: { '200': {} }",
        "parameters: [{ name: Accept, in: header, schema: {} }]\nresponses: { '200': { headers: { Content-Type: { schema: {} } } } }",
        "schemas: {}",
    ),
    (
        "media types in another spelling",
        "responses: { '200': { content: { application/json: { schema: {} } } } }",
        "responses: { '200': { content: { 'Application/JSON; charset=UTF-8': { schema: {} } } } }",
        "schemas: {}",
    ),
    ("classes in another case", "responses: { 5XX: {} }", "responses: { 5xx: {} }", "schemas: {}"),
    (
        "words and extensions",
        "responses: { '200': { description: '' } }",
        "summary: A\ndescription: b\ntags: [c]\nexternalDocs: { url: d }\nx-e: f\nresponses: { '200': { description: g } }",
        "schemas: {}",
    ),
    (
        "recursion unfolded",
        "responses: { '200': { content: { application/json: { schema: { type: object, properties: { next: { $ref: '#/components/schemas/S' } } } } } } }",
        "responses: { '200': { content: { application/json: { schema: { $ref: '#/components/schemas/S' } } } } }",
        "schemas: { S: { type: object, properties: { next: { $ref: '#/components/schemas/S' } } } }",
    ),
    (
        "extensions among responses",
        "responses: { '200': {} }",
        "responses: { '200': {}, x-a: {} }",
        "schemas: {}",
    ),
    (
        "no security in any way",
        "responses: {}",
        "security: []\nresponses: {}",
        "schemas: {}",
    ),
    (
        "nothing as the only way in",
        "security: [{}]\nresponses: {}",
        "security: []\nresponses: {}",
        "schemas: {}",
    ),
    (
        "schemes called otherwise",
        "security: [{ a: [] }]\nresponses: {}",
        "security: [{ b: [] }]\nresponses: {}",
        "securitySchemes: { a: { type: http, scheme: bearer }, b: { type: http, scheme: Bearer } }",
    ),
    (
        "servers whose variables are called otherwise",
        "servers: [{ url: 'https://{host}/api' }]\nresponses: {}",
        "servers: [{ url: 'https://{hostname}/api/' }]\nresponses: {}",
        "schemas: {}",
    ),
];

#[test]
fn operations_of_one_meaning_are_equal() {
    for (name, one, other, components) in OPERATIONS {
        equal(
            name,
            &document(one, components),
            &document(other, components),
        );
    }
}

#[test]
fn parameters_of_a_path_are_those_of_its_operations() {
    let shared = "paths:\n  /a:\n    parameters: [{ name: q, in: query, schema: { type: string } }, { name: r, in: query, schema: { type: integer } }]\n    get: { operationId: a, parameters: [{ name: r, in: query, schema: { type: string } }], responses: {} }\n";
    let own = "paths:\n  /a:\n    get: { operationId: a, parameters: [{ name: q, in: query, schema: { type: string } }, { name: r, in: query, schema: { type: string } }], responses: {} }\n";
    equal(
        "shared",
        &format!("openapi: 3.0.3\n{own}"),
        &format!("openapi: 3.0.3\n{shared}"),
    );
}

#[test]
fn fields_of_an_operation_override_those_of_the_document() {
    let document = |of_all: &str, own: &str| {
        format!(
            "openapi: 3.0.3\n{of_all}\npaths: {{ /a: {{ get: {{ operationId: a, {own}, responses: {{}} }} }} }}\ncomponents: {{ securitySchemes: {{ t: {{ type: http, scheme: bearer }} }} }}\n"
        )
    };
    for (of_all, own) in [
        (
            "servers: [{ url: 'https://b' }]",
            "servers: [{ url: 'https://a' }]",
        ),
        ("security: [{ t: [] }]", "security: []"),
    ] {
        equal(of_all, &document("", own), &document(of_all, own));
    }
}

#[test]
fn a_path_may_be_a_reference() {
    let get = "get: { operationId: a, responses: { '200': {} } }";
    let plain = format!("openapi: 3.0.3\npaths: {{ /a: {{ {get} }} }}\n");
    let referred = format!(
        "openapi: 3.0.3\npaths: {{ /a: {{ $ref: '#/components/pathItems/A' }} }}\ncomponents: {{ pathItems: {{ A: {{ {get} }} }} }}\n"
    );
    equal("path item", &plain, &referred);
}

#[test]
fn statuses_are_covered_by_their_classes() {
    let fragment = document(
        "responses: { '200': {}, 5XX: {}, default: {} }",
        "schemas: {}",
    );
    let upstream = document(
        "responses: { '200': {}, '500': {}, '503': {}, '404': {} }",
        "schemas: {}",
    );
    assert_eq!(findings(&compared(&fragment, &upstream)), [""; 0]);
}

#[test]
fn one_server_in_common_is_enough() {
    let fragment = document(
        "servers: [{ url: 'https://a' }, { url: 'https://b' }]\nresponses: {}",
        "schemas: {}",
    );
    let upstream = document(
        "servers: [{ url: 'https://b' }]\nresponses: {}",
        "schemas: {}",
    );
    assert_eq!(findings(&compared(&fragment, &upstream)), [""; 0]);
}

#[test]
fn a_document_of_3_1_is_read_as_one_of_3_0() {
    for (earlier, later) in [
        (
            "{ type: string, nullable: true }",
            "{ type: [string, 'null'] }",
        ),
        ("{ type: string, enum: [a] }", "{ type: string, const: a }"),
        (
            "{ type: integer, minimum: 1, exclusiveMinimum: true }",
            "{ type: integer, exclusiveMinimum: 1 }",
        ),
        (
            "{ type: object, properties: { a: {} } }",
            "{ type: object, properties: { a: true, b: false } }",
        ),
        (
            "{ type: string, format: byte }",
            "{ type: string, contentEncoding: base64 }",
        ),
    ] {
        let earlier = with_schema("response", earlier);
        let later = with_schema("response", later).replace("openapi: 3.0.3", "openapi: 3.1.0");
        equal("both versions", &earlier, &later);
    }
}

/// Neither has drift from the other, and both have the same hash.
#[track_caller]
fn equal(name: &str, one: &str, other: &str) {
    assert_eq!(
        findings(&compared(one, other)),
        [""; 0],
        "{name}\n{one}{other}"
    );
    assert_eq!(
        findings(&compared(other, one)),
        [""; 0],
        "{name}, the other way\n{one}{other}"
    );
    assert_eq!(
        structure(one),
        structure(other),
        "the hash of {name}\n{one}{other}"
    );
}
