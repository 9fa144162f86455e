//! One operation, normalised.

use std::collections::{BTreeMap, BTreeSet};

use openapi::Pointer;
use serde_json::Value;

use super::index::Entry;
use super::interner::Interner;
use super::keywords::words;
use super::members::{Content, Header, Key, Parameter, content, flag, header, parameter};
use super::refs::follow;
use super::security::{Way, security};
use super::servers::servers;

/// An operation, and all that it says itself.
pub(crate) struct Operation<'d> {
    pub(crate) entry: Entry<'d>,
    pub(crate) deprecated: bool,
    pub(crate) parameters: BTreeMap<Key, Parameter>,
    pub(crate) body: Option<Body>,
    /// By status: `200`, `5XX`, `default`.
    pub(crate) responses: BTreeMap<String, Response>,
    pub(crate) servers: Option<(Pointer, Vec<String>)>,
    pub(crate) security: (Option<Pointer>, BTreeSet<Way>),
    /// The parts that can't be read.
    pub(crate) broken: Vec<Broken>,
}

/// A part of an operation that can't be read.
pub(crate) struct Broken {
    pub(crate) part: Piece,
    pub(crate) at: Pointer,
    /// Why not.
    pub(crate) reason: String,
}

/// The parts of an operation that can be references.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Parameter(usize),
    Body,
    Response(String),
    Header(String, String),
}

pub(crate) struct Body {
    pub(crate) at: Pointer,
    pub(crate) required: bool,
    pub(crate) content: Content,
    pub(super) words: String,
}

pub(crate) struct Response {
    pub(crate) at: Pointer,
    /// By name in lower case.
    pub(crate) headers: BTreeMap<String, Header>,
    pub(crate) content: Content,
    pub(super) words: String,
}

impl<'d> Operation<'d> {
    /// Reads an operation. Its schemas are asked for, and read by [`Graph::read`](super::graph::Graph::read).
    pub(crate) fn read(schemas: &mut Interner<'d>, entry: Entry<'d>) -> Self {
        let root = schemas.root;
        let mut operation = Self {
            deprecated: flag(entry.value, "deprecated"),
            parameters: BTreeMap::new(),
            body: None,
            responses: BTreeMap::new(),
            servers: servers(root, &entry),
            security: security(root, &entry),
            broken: Vec::new(),
            entry,
        };
        operation.read_parameters(schemas);
        operation.read_body(schemas);
        operation.read_responses(schemas);
        operation
    }

    /// Those of the path, and then those of the operation, which take their places.
    fn read_parameters(&mut self, schemas: &mut Interner<'d>) {
        for at in [&self.entry.item, &self.entry.at].map(|at| at.child("parameters")) {
            let listed = schemas.root.pointer(at.as_str()).and_then(Value::as_array);
            for index in 0..listed.map_or(0, Vec::len) {
                let place = at.child(index.to_string());
                match parameter(schemas, &place, self.entry.path) {
                    Ok(Some((key, parameter))) => drop(self.parameters.insert(key, parameter)),
                    Ok(None) => {}
                    Err(reason) => self.broken.push(Broken {
                        part: Piece::Parameter(index),
                        at: place,
                        reason,
                    }),
                }
            }
        }
    }

    fn read_body(&mut self, schemas: &mut Interner<'d>) {
        let place = self.entry.at.child("requestBody");
        if self.entry.value.get("requestBody").is_none() {
            return;
        }
        match follow(schemas.root, &place) {
            Ok((at, value)) => {
                self.body = Some(Body {
                    required: flag(value, "required"),
                    content: content(schemas, &at, value),
                    words: words(value),
                    at,
                });
            }
            Err(reason) => self.broken.push(Broken {
                part: Piece::Body,
                at: place,
                reason,
            }),
        }
    }

    fn read_responses(&mut self, schemas: &mut Interner<'d>) {
        let listed = self.entry.value.get("responses").and_then(Value::as_object);
        for written in listed.into_iter().flatten().map(|(status, _)| status) {
            let place = self.entry.at.child("responses").child(written);
            let status = if written == "default" {
                written.clone()
            } else {
                written.to_uppercase()
            };
            match follow(schemas.root, &place) {
                _ if written.starts_with("x-") => {}
                Ok((at, value)) => {
                    let headers = self.headers(schemas, &status, &at, value);
                    let response = Response {
                        headers,
                        content: content(schemas, &at, value),
                        words: words(value),
                        at,
                    };
                    self.responses.insert(status, response);
                }
                Err(reason) => self.broken.push(Broken {
                    part: Piece::Response(status),
                    at: place,
                    reason,
                }),
            }
        }
    }

    /// The content declares `Content-Type`.
    fn headers(
        &mut self,
        schemas: &mut Interner<'d>,
        status: &str,
        at: &Pointer,
        value: &Value,
    ) -> BTreeMap<String, Header> {
        let mut headers = BTreeMap::new();
        let listed = value.get("headers").and_then(Value::as_object);
        for written in listed.into_iter().flatten().map(|(name, _)| name) {
            let name = written.to_lowercase();
            let place = at.child("headers").child(written);
            match header(schemas, &place, written) {
                _ if name == "content-type" => {}
                Ok(header) => drop(headers.insert(name, header)),
                Err(reason) => self.broken.push(Broken {
                    part: Piece::Header(status.to_owned(), name),
                    at: place,
                    reason,
                }),
            }
        }
        headers
    }
}
