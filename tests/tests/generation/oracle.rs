//! What is sent, held against the client that bare progenitor emits: of the operations that it can
//! express, both send the same requests, but where there is a reason not to.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use generator::Source;
use openapiv3::OpenAPI;
use progenitor::Generator;
use serde_json::Value;
use tests::server::{Answer, Request, Server};

use super::stand_alone::{cargo, emitted, write_files};

const NAME: &str = "oracle-client";

/// Differences: the case, the part of the request, and why ours is right.
const DIFFERENCES: &[(&str, &str, &str)] = &[
    (
        "body-object-of-empty",
        "body",
        "what is set to be empty is sent as such: leaving it out says nothing of it",
    ),
    (
        "body-object-with-null",
        "body",
        "null clears a property, and leaving it out does not",
    ),
    (
        "body-text",
        "content type",
        "a server may read text beyond ASCII as Latin-1 without a charset",
    ),
    (
        "headers-beyond-ascii",
        "request",
        "there is no agreement on what such bytes of a header mean",
    ),
    (
        "path-backslash",
        "path",
        "parsers of URLs take a backslash for a slash: it is encoded",
    ),
    (
        "path-empty",
        "request",
        "an empty segment makes another path of it",
    ),
    ("path-parent", "request", "two dots lead to another path"),
    ("path-time", "path", "OpenAPI's times are those of RFC 3339"),
    (
        "query-large-number",
        "query",
        "numbers are written as in JSON: `1e+21` rather than `1e21`",
    ),
];

#[test]
fn requests_are_the_same() {
    let server = Server::answering(|_| Answer::status(204));
    let arguments = ["run", "--no-default-features", "--bin", "send", "--"];
    cargo(&write(), &[&arguments[..], &[&server.url()]].concat());
    let mut expected: BTreeSet<_> = DIFFERENCES
        .iter()
        .map(|(case, part, _)| ((*case).to_owned(), *part))
        .collect();
    let cases = Cases::of(&server.requests());
    assert!(cases.0.len() > 40, "{cases}");
    for (case, [ours, bare]) in &cases.0 {
        for part in differences(ours.as_ref(), bare.as_ref()) {
            let is_expected = expected.remove(&(case.clone(), part));
            assert!(is_expected, "{part} of {case} differs\n{cases}");
        }
    }
    assert_eq!(expected, BTreeSet::new(), "no difference any more\n{cases}");
}

/// Writes a crate with both clients, and with a program that sends each case by both.
fn write() -> std::path::PathBuf {
    let text = super::read("tests/tests/generation/oracle/document.yaml");
    let send = super::read("tests/tests/generation/oracle/send.rs");
    let source = Source::new("document.yaml", &text);
    let mut files: BTreeMap<_, _> = emitted(NAME, &source).collect();
    files.insert("src/bin/send/main.rs".to_owned(), send);
    files.insert("src/bin/send/bare.rs".to_owned(), bare(&text));
    let manifest = files.get_mut("Cargo.toml").expect("a manifest");
    *manifest = manifest.replace(
        "[dependencies]\n",
        "[dependencies]\nprogenitor-client = { version = \"0.15\", default-features = false }\n",
    );
    write_files(NAME, files)
}

/// The client that progenitor emits by itself.
fn bare(text: &str) -> String {
    let document: OpenAPI = serde_yaml::from_str(text).expect("the document is OpenAPI");
    let tokens = Generator::default().generate_tokens(&document);
    let file = syn::parse2(tokens.expect("progenitor accepts the document"));
    prettyplease::unparse(&file.expect("progenitor writes Rust"))
}

/// The requests of each case, by ours and by the bare client.
struct Cases(BTreeMap<String, [Option<Sent>; 2]>);

/// A request as a server understands it.
struct Sent {
    method: String,
    /// The segments, decoded.
    path: Vec<String>,
    /// The pairs, decoded, in their order.
    query: Vec<(String, String)>,
    /// Those that the document describes.
    headers: Vec<(String, String)>,
    content_type: Option<String>,
    body: Body,
    /// As it was sent.
    target: String,
}

#[derive(Debug, PartialEq)]
enum Body {
    Json(Value),
    Form(Vec<(String, String)>),
    Bytes(Vec<u8>),
}

impl Cases {
    /// Requests for `/CASE/ours/…` and `/CASE/bare/…`.
    fn of(requests: &[Request]) -> Self {
        let mut cases = BTreeMap::<_, [Option<Sent>; 2]>::new();
        for request in requests {
            let mut parts = request.target.splitn(4, '/').skip(1);
            let [case, client, rest] = [(); 3].map(|()| parts.next().unwrap_or_default());
            let sides = cases.entry(case.to_owned()).or_default();
            let side = &mut sides[usize::from(client == "bare")];
            assert!(side.is_none(), "{case} is sent twice by {client}");
            *side = Some(Sent::new(request, rest));
        }
        Self(cases)
    }
}

impl Sent {
    fn new(request: &Request, target: &str) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let content_type = request.header("content-type");
        let mut headers = request.headers.clone();
        headers.retain(|(name, _)| name.starts_with("x-"));
        headers.sort();
        Self {
            method: request.method.clone(),
            path: path.split('/').map(decoded).collect(),
            query: pairs(query),
            headers,
            content_type: content_type.map(str::to_owned),
            body: Body::new(content_type.unwrap_or_default(), &request.body),
            target: format!("/{target}"),
        }
    }
}

impl Body {
    fn new(content_type: &str, bytes: &[u8]) -> Self {
        let text = || str::from_utf8(bytes).expect("UTF-8");
        match content_type {
            "application/json" => Self::Json(serde_json::from_str(text()).expect("JSON")),
            "application/x-www-form-urlencoded" => Self::Form(pairs(text())),
            _ => Self::Bytes(bytes.to_vec()),
        }
    }
}

/// The parts in which two requests differ.
fn differences(ours: Option<&Sent>, bare: Option<&Sent>) -> Vec<&'static str> {
    let (Some(ours), Some(bare)) = (ours, bare) else {
        return vec!["request"];
    };
    let parts = [
        ("method", ours.method == bare.method),
        ("path", ours.path == bare.path),
        ("query", ours.query == bare.query),
        ("headers", ours.headers == bare.headers),
        ("content type", ours.content_type == bare.content_type),
        ("body", ours.body == bare.body),
    ];
    let different = parts.into_iter().filter(|(_, is_same)| !is_same);
    different.map(|(part, _)| part).collect()
}

fn pairs(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (
                decoded(&name.replace('+', " ")),
                decoded(&value.replace('+', " ")),
            )
        })
        .collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        let digits = after.get(..2).filter(|_| *byte == b'%');
        let digits = digits.and_then(|digits| str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            None => bytes.push(*byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// All cases, for a test that has failed.
impl fmt::Display for Cases {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (case, [ours, bare]) in &self.0 {
            writeln!(f, "{case}")?;
            for (client, sent) in [("ours", ours), ("bare", bare)] {
                match sent {
                    Some(sent) => writeln!(f, "  {client}: {sent}")?,
                    None => writeln!(f, "  {client}: nothing")?,
                }
            }
        }
        Ok(())
    }
}

impl fmt::Display for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let content_type = self.content_type.as_deref().unwrap_or_default();
        write!(f, "{} {} {content_type}", self.method, self.target)?;
        write!(f, " {:?} {:?}", self.headers, self.body)
    }
}
