//! The parts of errors and responses that clients read by the document: fields, the request's id, rate limits.

use generator::{Options, Source};

const HEAD: &str = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\nservers: [{ url: https://api.example.com }]\n";

/// The emitted client of a document with such errors and components.
fn client(errors: &str, schemas: &str, extensions: &str) -> String {
    let text = format!(
        "{HEAD}{extensions}paths:\n  /things:\n    get:\n      operationId: things/list\n      responses:\n        \
         '204': {{ description: Done, headers: {{ X-Request-Id: {{ schema: {{ type: string }} }} }} }}\n{errors}\
         components:\n  schemas: {{ {schemas} }}\n"
    );
    let source = Source::new("api.yaml", text);
    let output = generator::generate(&source, &Options::strict())
        .unwrap_or_else(|found| panic!("{}", found.render(&source, false)));
    let file = output.files.iter().find(|file| file.path == "client.rs");
    file.expect("a client").contents.clone()
}

/// An error of a status, with such a schema.
fn error(status: &str, schema: &str) -> String {
    format!(
        "        '{status}': {{ description: E, content: {{ application/json: {{ schema: {schema} }} }} }}\n"
    )
}

/// The values that have names, in the order of `ErrorFields`.
#[track_caller]
fn check(errors: &str, schemas: &str, expected: [&str; 5]) {
    let client = client(errors, schemas, "");
    let mut lines = client.lines().map(str::trim);
    lines.find(|line| *line == "error_fields: ErrorFields {");
    let names = [
        "messages",
        "documentation_urls",
        "details",
        "locations",
        "codes",
    ];
    let expected = names.iter().zip(expected);
    for (name, list) in expected {
        assert_eq!(lines.next(), Some(&*format!("{name}: &[{list}],")));
    }
}

#[test]
fn by_name_and_type() {
    check("", "", [""; 5]);
    check(&error("404", "{ type: string }"), "", [""; 5]);
    let fields = "{ type: object, properties: { detail: { type: string }, Message: { type: string }, \
                  doc_url: { type: string, format: uri }, code: { type: string } } }";
    let expected = [r#""Message", "detail""#, r#""doc_url""#, "", "", ""];
    check(&error("4XX", fields), "", expected);
    check(&error("default", fields), "", expected);
    let others = "{ type: object, properties: { message: { type: integer }, error: { type: object }, \
                  errors: { type: string }, Messages: { type: string } } }";
    check(&error("400", others), "", [""; 5]);
}

/// As FastAPI describes its errors, beside those of an application.
#[test]
fn a_text_or_a_list() {
    let both = error(
        "404",
        "{ type: object, properties: { detail: { type: string } } }",
    ) + &error("422", "{ $ref: '#/components/schemas/Invalid' }");
    let schemas = "Invalid: { type: object, properties: { detail: { type: array, items: { $ref: '#/components/schemas/Why' } } } }, \
                   Why: { type: object, properties: { field: { type: string }, msg: { type: string }, code: { type: string } } }";
    let expected = [
        r#""detail", "msg""#,
        "",
        r#""detail""#,
        r#""field""#,
        r#""code""#,
    ];
    check(&both, schemas, expected);
}

/// Errors of several operations and alternatives, and errors within errors.
#[test]
fn all_alternatives() {
    let schema =
        "{ oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }] }";
    let schemas = "A: { type: object, required: [title], properties: { title: { type: string, nullable: true }, \
                   errors: { type: array, items: { $ref: '#/components/schemas/A' } } } }, \
                   B: { type: object, required: [reason], properties: { reason: { type: string, enum: [a, b] }, \
                   errors: { type: array, nullable: true, items: { oneOf: [{ type: string }, { $ref: '#/components/schemas/C' }] } } } }, \
                   C: { type: object, properties: { pointer: { type: string } } }";
    let expected = [
        r#""title", "reason""#,
        "",
        r#""errors""#,
        r#""pointer""#,
        "",
    ];
    check(&error("400", schema), schemas, expected);
}

#[test]
fn request_ids() {
    let other = "x-request-id-header: X-Trace\n";
    for (extension, expected, is_field) in [("", "x-request-id", false), (other, "x-trace", true)] {
        let client = client("", "", extension);
        let line = format!("request_id_header: \"{expected}\",");
        assert!(client.contains(&line), "{client}");
        let text = format!("{HEAD}{extension}");
        // The runtime has a method for the id; other headers are fields.
        assert_eq!(outline(&text).contains("x_request_id"), is_field);
    }
}

fn outline(head: &str) -> String {
    let text = format!(
        "{head}paths:\n  /things:\n    get:\n      operationId: things/list\n      responses:\n        \
         '204': {{ description: Done, headers: {{ X-Request-Id: {{ schema: {{ type: string }} }} }} }}\n"
    );
    let source = Source::new("api.yaml", text);
    let output = generator::generate(&source, &Options::strict())
        .unwrap_or_else(|found| panic!("{}", found.render(&source, false)));
    generator::outline(&output.files)
}

#[test]
fn rate_limits() {
    let none = client("", "", "");
    assert!(none.contains("rate_limit_statuses: &[],"), "{none}");
    assert!(none.contains("rate_limit_phrases: &[],"), "{none}");
    let some = "x-rate-limit-errors: { statuses: [403, 503], phrases: [' Slow \"Down\"'] }\n";
    let some = client("", "", some);
    assert!(some.contains("rate_limit_statuses: &[403, 503],"), "{some}");
    assert!(
        some.contains(r#"rate_limit_phrases: &["slow \"down\""],"#),
        "{some}"
    );
}

/// A crate for an API without extensions knows no other API.
#[test]
fn no_other_api() {
    let errors = error(
        "404",
        "{ type: object, properties: { message: { type: string } } }",
    );
    let text = format!(
        "{HEAD}paths:\n  /things:\n    get:\n      operationId: things/list\n      responses:\n        \
         '204': {{ description: Done }}\n{errors}"
    );
    let source = Source::new("api.yaml", text);
    let files = super::stand_alone::emitted("things", &source);
    let mut read = 0;
    for (path, contents) in files.filter(|(path, _)| path.starts_with("src/")) {
        let found = contents.to_lowercase().contains("github");
        assert!(!found, "{path} says `github`");
        read += 1;
    }
    assert!(read > 100, "the crate was emitted");
}
