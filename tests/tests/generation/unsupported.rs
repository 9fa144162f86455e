//! Constructs that can't be expressed, and mistakes, are reported at their position.

use generator::Source;
use insta::assert_snapshot;

#[track_caller]
fn check(name: &str, text: &str) {
    let source = Source::new("api.yaml", text);
    let found = generator::generate(&source, &generator::Options::strict())
        .expect_err("it can't be expressed");
    assert_snapshot!(name, found.render(&source, false));
}

/// A document with one operation under `GET /x`, described by `operation`.
fn operation(operation: &str) -> String {
    let indented = operation.trim().replace('\n', "\n      ");
    format!(
        "openapi: 3.0.3\n\
         info: {{ title: T, version: '1' }}\n\
         paths:\n  /x:\n    get:\n      operationId: a/x\n      {indented}\n"
    )
}

const FINE: &str = "responses: { '204': { description: Done } }";

#[test]
fn names_that_differ_in_spelling_alone() {
    check(
        "name-collisions",
        "openapi: 3.0.3\n\
         info: { title: T, version: '1' }\n\
         paths:\n  \
           /x:\n    \
             head:\n      operationId: foo1/x\n      responses: { '204': { description: Done } }\n    \
             trace:\n      operationId: foo_1/y\n      responses: { '204': { description: Done } }\n    \
             get:\n      operationId: a/get-x\n      \
               parameters:\n      - { name: a-b, in: query, schema: { type: string } }\n      - { name: a_b, in: query, schema: { type: string } }\n      \
               responses: { '204': { description: Done } }\n    \
             put:\n      operationId: a/get_x\n      responses: { '200': { description: Found, content: { application/json: { schema: { $ref: '#/components/schemas/Object' } } } } }\n    \
             post:\n      operationId: types/x\n      responses: { '204': { description: Done } }\n\
         components:\n  schemas:\n    some-thing: { type: string }\n    SomeThing: { type: string }\n    \
           Object: { type: object, properties: { a-b: { type: string }, a_b: { type: string } } }\n",
    );
}

#[test]
fn methods_of_the_client() {
    check(
        "methods-of-the-client",
        "openapi: 3.0.3\n\
         info: { title: T, version: '1' }\n\
         paths:\n  \
           /x:\n    \
             get:\n      operationId: builder\n      responses: { '204': { description: Done } }\n    \
             put:\n      operationId: a\n      responses: { '204': { description: Done } }\n    \
             post:\n      operationId: a/x\n      responses: { '204': { description: Done } }\n",
    );
}

#[test]
fn extensions() {
    check(
        "extensions",
        &format!(
            "{}x-accept: 5\nx-api-version-header: 'a b'\nx-request-id-header: Set-Cookie\n",
            operation(&format!("x-permissions: [actions]\n{FINE}"))
        ),
    );
    for (name, environment) in [
        ("environment-scheme", "{ credentials: { other: [TOKEN] } }"),
        ("environment-basic", "{ credentials: { account: [TOKEN] } }"),
        ("environment-name", "{ base-url: ['A B'] }"),
    ] {
        let schemes = "components: { securitySchemes: { account: { type: http, scheme: basic } } }";
        let text = format!(
            "{}x-environment: {environment}\n{schemes}\n",
            operation(FINE)
        );
        check(name, &text);
    }
    for (name, errors) in [
        ("rate-limit-statuses", "{ statuses: [403, 200] }"),
        ("rate-limit-phrases", "{ statuses: [403], phrases: [' '] }"),
        (
            "rate-limit-fields",
            "{ statuses: [403], phrase: [slow down] }",
        ),
        ("rate-limit-nowhere", "{ phrases: [slow down] }"),
    ] {
        let text = format!("{}x-rate-limit-errors: {errors}\n", operation(FINE));
        check(name, &text);
    }
    let unsendable = operation(FINE).replace("version: '1'", "version: 'one two'");
    check(
        "unsendable-version",
        &format!("{unsendable}x-api-version-header: X-Version\n"),
    );
}

#[test]
fn servers() {
    check(
        "servers",
        &format!(
            "{}servers:\n\
             - url: ''\n\
             - url: /api\n\
             - url: https://{{region}}.example.com\n\
             - url: https://{{host}}/api\n  variables: {{ host: {{ default: '' }} }}\n\
             - url: ftp://example.com\n\
             - url: https://{{tier}}.example.com\n  variables: {{ tier: {{ default: x, enum: [y] }}, b: {{ default: y }} }}\n",
            operation(FINE)
        ),
    );
}

#[test]
fn bodies_undefined_by_http() {
    let body = "requestBody: { content: { text/plain: { schema: { type: string } } } }";
    let mut text = operation(&format!("{body}\n{FINE}"));
    for method in ["head", "delete", "trace", "options"] {
        text.push_str(&format!(
            "    {method}:\n      operationId: a/{method}\n      {body}\n      {FINE}\n"
        ));
    }
    check("bodies-of-methods", &text);
}

#[test]
fn contradicting_schemas() {
    check(
        "conflicting-schemas",
        &operation(
            "responses:\n  '200':\n    description: Found\n    content:\n      application/json:\n        \
             schema:\n          properties:\n            \
               a: { allOf: [{ type: string }, { type: number }, { type: integer }] }\n            \
               b: { type: array, items: {}, allOf: [{ properties: { c: {} } }] }\n            \
               c: { allOf: [{ type: string, format: date }, { type: string, format: date-time }] }\n            \
               d: { allOf: [{ type: string, enum: [x] }, { type: string, enum: [y] }] }\n            \
               e: { allOf: [{ type: integer }, { type: number }, { minimum: 1 }], nullable: true }\n            \
               f: { type: array, items: {}, anyOf: [{ type: object, properties: { c: {} } }] }\n            \
               g: { type: string, oneOf: [{ type: integer }, { enum: [x] }] }\n            \
               h: { type: string, oneOf: [{ type: integer }, { type: boolean }] }\n            \
               i: { type: string, anyOf: [{ type: integer }, { required: [x] }] }\n            \
               j: { properties: { c: {} }, anyOf: [{ oneOf: [{ type: string }, { type: integer }] }, { required: [x] }] }",
        ),
    );
}

/// Where no docs list the values of a schema, they are lost.
#[test]
fn values_that_nothing_lists() {
    let content = |schema: &str| format!("content: {{ application/json: {{ schema: {schema} }} }}");
    let body = content("{ type: object, additionalProperties: { enum: [[a], { b: 1 }] } }");
    let success = content("{ type: array, items: { type: number, enum: [1.5] } }");
    let error = content("{ allOf: [{ type: number, enum: [2.5] }, { minimum: 2 }] }");
    let headers = "headers: { X-A: { schema: { type: number, enum: [3.5] } } }";
    let named = content("{ $ref: '#/components/schemas/Named' }");
    let operation = operation(&format!(
        "responses:\n  '200': {{ description: Found, {headers}, {success} }}\n  \
         '400': {{ description: Wrong, {error} }}\n  '404': {{ description: Gone, {named} }}"
    ));
    check(
        "unlisted-values",
        &format!(
            "{operation}    put:\n      operationId: a/y\n      requestBody: {{ {body} }}\n      {FINE}\n\
             components: {{ schemas: {{ Named: {{ type: number, enum: [4.5] }} }} }}\n"
        ),
    );
}

/// A schema that lists its kinds has no others: those that it lacks are named.
#[test]
fn kinds_that_no_list_has() {
    let schema = "{ $ref: '#/components/schemas/Shape' }";
    let operation = operation(&format!(
        "responses: {{ '200': {{ description: Found, content: {{ application/json: {{ schema: {schema} }} }} }} }}"
    ));
    check(
        "unlisted-kinds",
        &format!(
            "{operation}components:\n  schemas:\n    \
             Shape:\n      required: [kind]\n      properties: {{ kind: {{ type: string }} }}\n      \
               oneOf: [{{ $ref: '#/components/schemas/Circle' }}, {{ $ref: '#/components/schemas/Square' }}]\n      \
               discriminator: {{ propertyName: kind, mapping: {{ line: '#/components/schemas/Line' }} }}\n    \
             Circle: {{ allOf: [{schema}, {{ properties: {{ radius: {{ type: number }} }} }}] }}\n    \
             Square: {{ allOf: [{{ $ref: '#/components/schemas/Rectangle' }}] }}\n    \
             Rectangle: {{ allOf: [{schema}, {{ properties: {{ side: {{ type: number }} }} }}] }}\n    \
             Line: {{ allOf: [{schema}, {{ properties: {{ length: {{ type: number }} }} }}] }}\n    \
             Triangle: {{ allOf: [{schema}, {{ properties: {{ angle: {{ type: number }} }} }}] }}\n"
        ),
    );
}

#[test]
fn findings_point_to_their_cause() {
    check(
        "places",
        "openapi: 3.0.3\n\
         info: { title: T, version: '1' }\n\
         paths:\n  \
           /x:\n    \
             get:\n      operationId: a/x\n      \
               security: [{ d: [] }]\n      \
               servers:\n      - url: /x\n      \
               parameters: [{ name: p-q, in: query, schema: {} }, { name: p_q, in: query, schema: {} }]\n      \
               responses:\n        '200':\n          description: Found\n          content:\n            \
                 application/json:\n              schema:\n                \
                   oneOf: [{ type: object, properties: { a: {} } }, { type: object, properties: { b: {} } }]\n                \
                   anyOf: [{ type: object, properties: { c: {} } }, { type: object, properties: { d: {} } }]\n    \
             put:\n      operationId: a/X\n      responses: { '204': { description: Done } }\n\
         components: { securitySchemes: { d: { type: http, scheme: digest } } }\n",
    );
}
