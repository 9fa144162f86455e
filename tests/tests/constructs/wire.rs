//! The requests of emitted code, byte by byte: every style of parameters, every form of bodies and of credentials. The values
//! are OpenAPI's own examples, which are those of RFC 6570.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use generator::{Options, Source};
use tests::crates;
use tests::server::{Answer, Request, Server};

const NAME: &str = "wire-client";

/// A parameter `color`: location, style, `explode`, kind of value, and the encoded result.
type Row = (&'static str, &'static str, bool, Kind, &'static str);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    List,
    Object,
}

use Kind::{List, Object, Text};

/// `color` is `blue`, or the list of `blue`, `black` and `brown`, or an object of `R`, `G` and `B`, whose members are
/// sent in the order of their names.
const PARAMETERS: &[Row] = &[
    ("path", "simple", false, Text, "/blue"),
    ("path", "simple", false, List, "/blue,black,brown"),
    ("path", "simple", false, Object, "/B,150,G,200,R,100"),
    ("path", "simple", true, Text, "/blue"),
    ("path", "simple", true, List, "/blue,black,brown"),
    ("path", "simple", true, Object, "/B=150,G=200,R=100"),
    ("path", "label", false, Text, "/.blue"),
    ("path", "label", false, List, "/.blue,black,brown"),
    ("path", "label", false, Object, "/.B,150,G,200,R,100"),
    ("path", "label", true, Text, "/.blue"),
    ("path", "label", true, List, "/.blue.black.brown"),
    ("path", "label", true, Object, "/.B=150.G=200.R=100"),
    ("path", "matrix", false, Text, "/;color=blue"),
    ("path", "matrix", false, List, "/;color=blue,black,brown"),
    ("path", "matrix", false, Object, "/;color=B,150,G,200,R,100"),
    ("path", "matrix", true, Text, "/;color=blue"),
    (
        "path",
        "matrix",
        true,
        List,
        "/;color=blue;color=black;color=brown",
    ),
    ("path", "matrix", true, Object, "/;B=150;G=200;R=100"),
    ("query", "form", false, Text, "?color=blue"),
    ("query", "form", false, List, "?color=blue,black,brown"),
    ("query", "form", false, Object, "?color=B,150,G,200,R,100"),
    ("query", "form", true, Text, "?color=blue"),
    (
        "query",
        "form",
        true,
        List,
        "?color=blue&color=black&color=brown",
    ),
    ("query", "form", true, Object, "?B=150&G=200&R=100"),
    (
        "query",
        "spaceDelimited",
        false,
        List,
        "?color=blue%20black%20brown",
    ),
    (
        "query",
        "spaceDelimited",
        false,
        Object,
        "?color=B%20150%20G%20200%20R%20100",
    ),
    (
        "query",
        "pipeDelimited",
        false,
        List,
        "?color=blue%7Cblack%7Cbrown",
    ),
    (
        "query",
        "pipeDelimited",
        false,
        Object,
        "?color=B%7C150%7CG%7C200%7CR%7C100",
    ),
    (
        "query",
        "deepObject",
        true,
        Object,
        "?color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100",
    ),
    ("header", "simple", false, Text, "color: blue"),
    ("header", "simple", false, List, "color: blue,black,brown"),
    (
        "header",
        "simple",
        false,
        Object,
        "color: B,150,G,200,R,100",
    ),
    ("header", "simple", true, List, "color: blue,black,brown"),
    ("header", "simple", true, Object, "color: B=150,G=200,R=100"),
    ("cookie", "form", false, Text, "cookie: color=blue"),
    (
        "cookie",
        "form",
        false,
        List,
        "cookie: color=blue,black,brown",
    ),
    (
        "cookie",
        "form",
        false,
        Object,
        "cookie: color=B,150,G,200,R,100",
    ),
    ("cookie", "form", true, Text, "cookie: color=blue"),
];

/// Other requests: the case, the operation in the document, its call, and the expected request without its path.
const OTHERS: &[(&str, &str, &str, &[&str])] = &[
    (
        "body-json",
        "requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Color' } } } }",
        ".body_json(value::<types::Color>(json!({\"R\": 100, \"G\": 200, \"B\": 150})))",
        &[
            "content-type: application/json",
            r#"body {"R":100,"G":200,"B":150}"#,
        ],
    ),
    (
        "body-json-of-another-name",
        "requestBody: { required: true, content: { application/vnd.color+json: { schema: { $ref: '#/components/schemas/Color' } } } }",
        ".body_json_of_another_name(value::<types::Color>(json!({\"R\": 100, \"G\": 200, \"B\": 150})))",
        &[
            "content-type: application/vnd.color+json",
            r#"body {"R":100,"G":200,"B":150}"#,
        ],
    ),
    (
        "body-form",
        "requestBody: { required: true, content: { application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/Form' }, encoding: { tags: { explode: false } } } } }",
        ".body_form(types::Form::new().name(\"a b&c\").tags([\"x\", \"y\"].map(String::from)).ids([1, 2]))",
        &[
            "content-type: application/x-www-form-urlencoded",
            "body ids=1&ids=2&name=a+b%26c&tags=x,y",
        ],
    ),
    (
        "body-made",
        "requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Draft' } } } }",
        ".body_made(types::Draft::new(\"Blue\", None).text(\"x\").note(None).hint(\"h\".to_owned()).tags([]).reply(types::Draft::new(\"Sky\", 7)).clone_(true).shade(types::DraftShade::Dark).extra([(\"more\".to_owned(), 3)]))",
        &[
            "content-type: application/json",
            r#"body {"title":"Blue","color_id":null,"text":"x","note":null,"hint":"h","tags":[],"reply":{"title":"Sky","color_id":7},"clone":true,"shade":"dark","more":3}"#,
        ],
    ),
    (
        "body-made-plain",
        "requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Draft' } } } }",
        ".body_made_plain(types::Draft::new(\"Blue\", 7))",
        &[
            "content-type: application/json",
            r#"body {"title":"Blue","color_id":7}"#,
        ],
    ),
    (
        "body-text",
        "requestBody: { required: true, content: { text/plain: { schema: { type: string } } } }",
        ".body_text(\"blau\")",
        &["content-type: text/plain", "body blau"],
    ),
    (
        "body-bytes",
        "requestBody: { required: true, content: { application/octet-stream: { schema: { type: string, format: binary } } } }",
        ".body_bytes(vec![0x62, 0x6c, 0x75, 0x65])",
        &["content-type: application/octet-stream", "body blue"],
    ),
    (
        "body-multipart",
        "requestBody: { required: true, content: { multipart/form-data: { schema: { type: object, required: [id], properties: { id: { type: string }, color: { $ref: '#/components/schemas/Color' } } } } } }",
        ".body_multipart(wire_client::wire::WireBodyMultipartBody::new(\"a\").color(types::Color::new(1, 2, 3)))",
        &[
            "content-type: multipart/form-data; boundary=BOUNDARY",
            "body --BOUNDARY\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\na\r\n--BOUNDARY\r\nContent-Disposition: form-data; name=\"color\"\r\nContent-Type: application/json\r\n\r\n{\"B\":3,\"G\":2,\"R\":1}\r\n--BOUNDARY--\r\n",
        ],
    ),
    (
        "body-choice",
        "requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Color' } }, text/plain: { schema: { type: string } } } }",
        ".body_choice(wire_client::wire::WireBodyChoiceContent::Text(\"blue\".to_owned()))",
        &["content-type: text/plain", "body blue"],
    ),
    (
        "body-optional",
        "requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Color' } } } }",
        ".body_optional()",
        &["body "],
    ),
    ("security-none", "security: []", ".security_none()", &[]),
    (
        "security-basic",
        "security: [{ basic: [] }]",
        ".security_basic()",
        &["authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="],
    ),
    (
        "security-bearer",
        "security: [{ bearer: [] }]",
        ".security_bearer()",
        &["authorization: Bearer mF_9.B5f-4.1JqM"],
    ),
    (
        "security-header",
        "security: [{ header_key: [] }]",
        ".security_header()",
        &["x-key: k&e=y"],
    ),
    (
        "security-query",
        "security: [{ query_key: [] }]",
        ".security_query()",
        &["?key=k%26e%3Dy"],
    ),
    (
        "security-cookie",
        "security: [{ cookie_key: [] }]",
        ".security_cookie()",
        &["cookie: session=key"],
    ),
    (
        "security-both",
        "security: [{ bearer: [], header_key: [] }]",
        ".security_both()",
        &["authorization: Bearer mF_9.B5f-4.1JqM", "x-key: k&e=y"],
    ),
    (
        "security-either",
        "security: [{ unset: [] }, { header_key: [] }]",
        ".security_either()",
        &["x-key: k&e=y"],
    ),
    (
        "security-optional",
        "security: [{ unset: [] }, {}]",
        ".security_optional()",
        &[],
    ),
];

const COMPONENTS: &str = "
components:
  securitySchemes:
    basic: { type: http, scheme: basic }
    bearer: { type: http, scheme: bearer }
    header_key: { type: apiKey, in: header, name: X-Key }
    query_key: { type: apiKey, in: query, name: key }
    cookie_key: { type: apiKey, in: cookie, name: session }
    unset: { type: apiKey, in: header, name: X-Unset }
  schemas:
    Color: { type: object, required: [R, G, B], properties: { R: { type: integer }, G: { type: integer }, B: { type: integer } } }
    Draft:
      type: object
      required: [id, title, color_id]
      properties:
        id: { type: integer, readOnly: true }
        title: { type: string }
        color_id: { type: integer, nullable: true }
        text: { type: string }
        note: { type: string, nullable: true }
        hint: { type: string, nullable: true }
        mark: { type: string, nullable: true }
        tags: { type: array, items: { type: string } }
        reply: { $ref: '#/components/schemas/Draft' }
        clone: { type: boolean }
        shade: { type: string, enum: [dark, light] }
      additionalProperties: { type: integer }
    Form: { type: object, properties: { name: { type: string }, tags: { type: array, items: { type: string } }, ids: { type: array, items: { type: integer } } } }
";

#[test]
fn requests_match_the_examples_of_openapi() {
    let server = Server::answering(|_| Answer::status(204));
    let directory = write();
    let arguments = ["run", "--bin", "send", "--", &server.url()];
    crates::cargo(&directory, env!("CARGO_TARGET_TMPDIR"), &arguments);
    let received: BTreeMap<_, _> = server.requests().into_iter().map(received).collect();
    let mut differences = String::new();
    for (case, expected) in cases() {
        let found = received.get(&case).cloned().unwrap_or_default();
        if found != expected {
            differences.push_str(&format!(
                "{case}\n  expected {expected:?}\n  received {found:?}\n"
            ));
        }
    }
    assert!(differences.is_empty(), "{differences}");
    assert_eq!(received.len(), cases().count());
}

/// Each case with the expected request.
fn cases() -> impl Iterator<Item = (String, Vec<String>)> {
    let parameters = PARAMETERS.iter().map(|row| {
        let expected = vec!["GET".to_owned(), row.4.to_owned()];
        (case(row), expected)
    });
    let others = OTHERS.iter().map(|(case, described, _, expected)| {
        let method = if described.starts_with("requestBody") {
            "POST"
        } else {
            "GET"
        };
        let expected = expected.iter().map(ToString::to_string);
        (
            (*case).to_owned(),
            [method.to_owned()].into_iter().chain(expected).collect(),
        )
    });
    parameters.chain(others)
}

fn case((location, style, explode, kind, _): &Row) -> String {
    let explode = if *explode { "exploded" } else { "joined" };
    format!("{location}-{}-{explode}-{kind:?}", style.to_lowercase()).to_lowercase()
}

/// A request's case and contents: method, path, query, documented headers, body.
fn received(request: Request) -> (String, Vec<String>) {
    let (path, query) = match request.target.split_once('?') {
        Some((path, query)) => (path, format!("?{query}")),
        None => (request.target.as_str(), String::new()),
    };
    let mut segments = path[1..].splitn(2, '/');
    let case = segments.next().unwrap_or_default().to_owned();
    let rest = segments
        .next()
        .map_or_else(String::new, |rest| format!("/{rest}"));
    let mut found = vec![request.method.clone(), rest, query];
    for name in [
        "authorization",
        "color",
        "content-type",
        "cookie",
        "x-key",
        "x-unset",
    ] {
        found.extend(request.header(name).map(|value| format!("{name}: {value}")));
    }
    if request.method == "POST" {
        found.push(format!("body {}", String::from_utf8_lossy(&request.body)));
    }
    found.retain(|found| !found.is_empty());
    let content_type = request.header("content-type").unwrap_or_default();
    if let Some((_, boundary)) = content_type.split_once("boundary=") {
        for found in &mut found {
            *found = found.replace(boundary, "BOUNDARY");
        }
    }
    (case, found)
}

/// Writes the crate of the document, and a program that sends every case to `URL/CASE`.
fn write() -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wire");
    let source = Source::new("wire.yaml", document());
    let output = generator::standalone(&source, &Options::default(), &crates::parts(NAME));
    let output = output.unwrap_or_else(|found| panic!("{}", found.render(&source, false)));
    let files = output
        .files
        .into_iter()
        .map(|file| (file.path, file.contents));
    let others = [
        ("src/bin/send.rs".to_owned(), program()),
        ("Cargo.lock".to_owned(), tests::read("Cargo.lock")),
    ];
    crates::update(&directory, files.chain(others).collect());
    directory
}

fn document() -> String {
    let mut text =
        "openapi: 3.0.3\ninfo: { title: Wire, version: '1' }\nsecurity: []\npaths:\n".to_owned();
    for row in PARAMETERS {
        let (location, style, explode, kind, _) = row;
        let case = case(row);
        let path = if *location == "path" { "/{color}" } else { "" };
        let schema = match kind {
            Text => "{ type: string }",
            List => "{ type: array, items: { type: string } }",
            Object => "{ $ref: '#/components/schemas/Color' }",
        };
        text.push_str(&format!(
            "  /{case}{path}:\n    get:\n      operationId: wire/{case}\n      parameters: [{{ name: color, in: {location}, \
             required: true, style: {style}, explode: {explode}, schema: {schema} }}]\n      \
             responses: {{ '204': {{ description: Done }} }}\n"
        ));
    }
    for (case, described, _, _) in OTHERS {
        let method = if described.starts_with("requestBody") {
            "post"
        } else {
            "get"
        };
        text.push_str(&format!(
            "  /{case}:\n    {method}:\n      operationId: wire/{case}\n      {described}\n      \
             responses: {{ '204': {{ description: Done }} }}\n"
        ));
    }
    text + COMPONENTS
}

fn program() -> String {
    let parameters = PARAMETERS.iter().map(|row| {
        let argument = match row.3 {
            Text => "\"blue\"",
            List => "[\"blue\", \"black\", \"brown\"].map(String::from)",
            Object => "value::<types::Color>(json!({\"R\": 100, \"G\": 200, \"B\": 150}))",
        };
        format!(".{}({argument})", case(row).replace('-', "_"))
    });
    let others = OTHERS.iter().map(|(_, _, call, _)| (*call).to_owned());
    let calls = parameters.chain(others);
    let calls: String = calls
        .map(|call| format!("    wire{call}.send().await.expect(\"an answer\");\n"))
        .collect();
    format!(
        "//! Sends every case.

use serde::de::DeserializeOwned;
use serde_json::{{Value, json}};
use wire_client::{{Client, types}};

fn main() {{
    let url = std::env::args().nth(1).expect(\"a URL\");
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().expect(\"a runtime\").block_on(send(&url));
}}

async fn send(url: &str) {{
    let client = Client::builder()
        .base_url(url)
        .basic(\"Aladdin\", \"open sesame\")
        .token(\"mF_9.B5f-4.1JqM\")
        .header_key(\"k&e=y\")
        .query_key(\"k&e=y\")
        .cookie_key(\"key\")
        .build();
    let wire = client.expect(\"a client\").wire();
{calls}}}

fn value<T: DeserializeOwned>(value: Value) -> T {{
    serde_json::from_value(value).expect(\"a value of the type\")
}}
"
    )
}
