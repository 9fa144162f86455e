//! Constructs that other generators refuse or get wrong are expressed, without a diagnostic.
//!
//! The documents of `tests/tests/constructs` have each construct in full.

use generator::{Options, Source};

/// Expects lines in the file of the operation that a document describes.
#[track_caller]
fn check(described: &str, expect: &[&str]) {
    let described = described.trim().replace('\n', "\n      ");
    // The body of a GET would have a word about it.
    let has_body = described.starts_with("requestBody");
    let method = if has_body { "put" } else { "get" };
    let text = format!(
        "openapi: 3.0.3\n\
         info: {{ title: T, version: '1' }}\n\
         paths:\n  /x:\n    {method}:\n      operationId: a/x\n      {described}\n"
    );
    let name = "api.yaml".to_owned();
    let source = Source::new(name, text);
    let output = generator::generate(&source, &Options::strict());
    let output = output.unwrap_or_else(|found| panic!("{}", found.render(&source, false)));
    let mut files = output.files.iter();
    let file = files.find(|file| file.path == "a/x.rs").expect("a file");
    let lines: Vec<_> = file.contents.lines().map(str::trim).collect();
    for line in expect {
        assert!(lines.contains(line), "no `{line}` in\n{}", file.contents);
    }
}

const DONE: &str = "responses: { '204': { description: Done } }";

#[test]
fn text() {
    check(
        "responses:\n  '200':\n    description: A page\n    content:\n      text/html: { schema: { type: string } }",
        &[
            "type Output = String;",
            "let request = request.header(ACCEPT, \"text/html\");",
            "200 => answer.text().await,",
        ],
    );
}

#[test]
fn content_of_any_kind() {
    check(
        "responses:\n  '200':\n    description: A file\n    content:\n      image/png: {}",
        &["type Output = ByteStream;", "200 => Ok(answer.stream()),"],
    );
}

/// Any success will do.
#[test]
fn no_declared_success() {
    check(
        "responses:\n  '404': { description: Gone }",
        &["type Output = ();", "200..=299 => Ok(answer.empty()),"],
    );
}

#[test]
fn a_default_for_all_successes() {
    check(
        "responses:\n  default: { description: Said, content: { application/json: { schema: { type: string } } } }",
        &["type Output = String;", "200..=299 => answer.json().await,"],
    );
}

/// The URL is in a header of the response, documented or not.
#[test]
fn redirects() {
    check(
        "responses:\n  '302': { description: Elsewhere }",
        &["type Output = Redirect;", "302 => answer.redirect(),"],
    );
}

#[test]
fn several_success_types() {
    check(
        "responses:\n  '200':\n    description: One\n    content: { application/json: { schema: { type: string } } }\n  '202':\n    description: Two\n    content: { application/json: { schema: { type: integer } } }",
        &[
            "type Output = AXResponse;",
            "200 => Ok(answer.json::<String>().await?.map_value(AXResponse::Ok)),",
            "202 => Ok(answer.json::<i64>().await?.map_value(AXResponse::Accepted)),",
            "Ok(String),",
            "Accepted(i64),",
        ],
    );
}

#[test]
fn parts_that_callers_know() {
    check(
        &format!(
            "requestBody:\n  content:\n    multipart/form-data: {{ schema: {{ type: object }} }}\n{DONE}"
        ),
        &[
            "body: Option<Multipart>,",
            "Some(body) => multipart(request, body.clone())?,",
        ],
    );
}

#[test]
fn parameters() {
    check(
        &format!(
            "parameters:\n\
             - {{ name: a, in: cookie, schema: {{ type: string }} }}\n\
             - {{ name: b, in: query, style: deepObject, schema: {{ type: object }} }}\n\
             - {{ name: c, in: query, schema: {{ type: object }} }}\n\
             - {{ name: d, in: query, explode: false, schema: {{ type: array, items: {{ type: string }} }} }}\n\
             - {{ name: e, in: header, schema: {{ type: array, items: {{ type: string }} }} }}\n\
             - {{ name: f, in: query, content: {{ application/json: {{ schema: {{ type: object }} }} }} }}\n\
             - {{ name: g, in: query, allowReserved: true, schema: {{ type: string }} }}\n\
             {DONE}"
        ),
        &[
            "let request = cookie(request, \"a\", &self.a, true)?;",
            ".deep_object(\"b\", &self.b)?",
            ".form(\"c\", &self.c)?",
            ".joined(\"d\", &self.d, Delimiter::Comma)?",
            "let request = header(request, \"e\", &self.e, false)?;",
            ".json(\"f\", &self.f)?",
            ".form_reserved(\"g\", &self.g)?;",
        ],
    );
}

#[test]
fn servers_of_operations() {
    check(
        &format!("servers: [{{ url: 'https://uploads.example.com/' }}]\n{DONE}"),
        &[
            "server: Some(\"https://uploads.example.com\"),",
            "let url = format!(\"{}/x\", self.session.server_url(Self::OPERATION));",
        ],
    );
}
