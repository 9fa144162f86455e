//! The facts of an operation in a fixed order: the input of its hash.

use openapi::template;

use super::graph::Graph;
use super::keywords::words;
use super::members::{Content, Header, Parameter};
use super::operation::{Operation, Response};
use super::shape::ShapeId;

/// Receives each fact, its documentation, and its schema.
pub(super) type HashSink<'t> = &'t mut dyn FnMut(&str, &str, Option<ShapeId>);

impl Operation<'_> {
    pub(super) fn hash_into(&self, graph: &Graph<'_>, sink: HashSink<'_>) {
        let entry = &self.entry;
        let head = format!(
            "{} {} {}",
            entry.method,
            template(entry.path),
            self.deprecated
        );
        sink(&head, &words(entry.value), None);
        let servers = self
            .servers
            .as_ref()
            .map(|(_, servers)| servers.join(" "))
            .unwrap_or_default();
        let ways = self
            .security
            .1
            .iter()
            .map(|way| way.iter().cloned().collect::<Vec<_>>().join("+"));
        sink(&servers, "", None);
        sink(&ways.collect::<Vec<_>>().join(" "), "", None);
        for parameter in self.parameters.values() {
            parameter.hash_into(graph, sink);
        }
        if let Some(body) = &self.body {
            sink(&format!("body {}", body.required), &body.words, None);
            hash_content_into(&body.content, sink);
        }
        for (status, response) in &self.responses {
            sink(status, &response.words, None);
            response.hash_into(sink);
        }
        for broken in &self.broken {
            sink(&broken.reason, "", None);
        }
    }
}

impl Parameter {
    pub(super) fn hash_into(&self, graph: &Graph<'_>, sink: HashSink<'_>) {
        let Self {
            location,
            required,
            deprecated,
            ..
        } = self;
        let name = self.wire_name();
        let style = self.wire(self.has_parts(graph));
        let facts = format!("{location} {name} {required} {deprecated} {style}");
        sink(&facts, &self.words, Some(self.schema.shape));
    }
}

impl Response {
    /// Everything except its status and its own documentation.
    pub(super) fn hash_into(&self, sink: HashSink<'_>) {
        for (name, header) in &self.headers {
            header.hash_into(name, sink);
        }
        hash_content_into(&self.content, sink);
    }
}

impl Header {
    pub(super) fn hash_into(&self, name: &str, sink: HashSink<'_>) {
        let facts = format!("{name} {} {}", self.required, self.deprecated);
        sink(&facts, &self.words, Some(self.schema.shape));
    }
}

pub(super) fn hash_content_into(content: &Content, sink: HashSink<'_>) {
    for (media_type, child) in content {
        sink(media_type, "", Some(child.shape));
    }
}
