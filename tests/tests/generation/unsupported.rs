//! What can't be expressed is said at its place.

use generator::Source;
use insta::assert_snapshot;

#[track_caller]
fn check(name: &str, text: &str) {
    let source = Source {
        name: "api.yaml".to_owned(),
        text: text.to_owned(),
    };
    let found = generator::generate(&source).expect_err("it can't be expressed");
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
fn media_type() {
    check(
        "media-type",
        &operation(
            "responses:\n  '200':\n    description: A page\n    content:\n      text/html: { schema: { type: string } }",
        ),
    );
}

#[test]
fn no_success() {
    check(
        "no-success",
        &operation("responses:\n  '404': { description: Gone }"),
    );
}

#[test]
fn redirect_without_location() {
    check(
        "redirect-without-location",
        &operation("responses:\n  '302': { description: Elsewhere }"),
    );
}

#[test]
fn several_success_types() {
    check(
        "several-success-types",
        &operation(
            "responses:\n  '200':\n    description: One\n    content: { application/json: { schema: { type: string } } }\n  '202':\n    description: Two\n    content: { application/json: { schema: { type: integer } } }",
        ),
    );
}

#[test]
fn request_body() {
    check(
        "request-body",
        &operation(&format!(
            "requestBody:\n  content:\n    multipart/form-data: {{ schema: {{ type: object }} }}\n{FINE}"
        )),
    );
}

#[test]
fn parameters() {
    check(
        "parameters",
        &operation(&format!(
            "parameters:\n\
             - {{ name: a, in: cookie, schema: {{ type: string }} }}\n\
             - {{ name: b, in: query, style: deepObject, schema: {{ type: object }} }}\n\
             - {{ name: c, in: query, schema: {{ type: object }} }}\n\
             - {{ name: d, in: query, explode: false, schema: {{ type: array, items: {{ type: string }} }} }}\n\
             - {{ name: e, in: header, schema: {{ type: array, items: {{ type: string }} }} }}\n\
             {FINE}"
        )),
    );
}

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
             put:\n      operationId: a/get_x\n      responses: { '204': { description: Done } }\n    \
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
fn no_operations() {
    check(
        "no-operations",
        "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\n",
    );
}

#[test]
fn extensions() {
    check(
        "extensions",
        &format!(
            "{}x-accept: 5\nx-api-version-header: 'a b'\n",
            operation(&format!("x-permissions: [actions]\n{FINE}"))
        ),
    );
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
             - url: https://{{a}}.example.com/{{b}}\n  variables: {{ a: {{ default: x }}, b: {{ default: y }} }}\n\
             - url: https://example.com/{{version}}\n  variables: {{ version: {{ default: x }} }}\n\
             - url: https://{{token}}.example.com\n  variables: {{ token: {{ default: x }} }}\n\
             - url: https://{{host}}/a\n  variables: {{ host: {{ default: x }} }}\n\
             - url: https://{{host}}/b\n  variables: {{ host: {{ default: x }} }}\n",
            operation(FINE)
        ),
    );
}
