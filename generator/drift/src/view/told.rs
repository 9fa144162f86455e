//! The facts of an operation in a fixed order: the input of its hash.

use openapi::template;

use super::graph::Graph;
use super::keywords::words;
use super::members::{Content, Header, Parameter};
use super::operation::{Operation, Response};
use super::shape::ShapeId;

/// Receives each fact, its documentation, and its schema.
pub(super) type Tell<'t> = &'t mut dyn FnMut(&str, &str, Option<ShapeId>);

impl Operation<'_> {
    pub(super) fn told(&self, graph: &Graph<'_>, tell: Tell<'_>) {
        let entry = &self.entry;
        let head = format!(
            "{} {} {}",
            entry.method,
            template(entry.path),
            self.deprecated
        );
        tell(&head, &words(entry.value), None);
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
        tell(&servers, "", None);
        tell(&ways.collect::<Vec<_>>().join(" "), "", None);
        for parameter in self.parameters.values() {
            parameter.told(graph, tell);
        }
        if let Some(body) = &self.body {
            tell(&format!("body {}", body.required), &body.words, None);
            tell_content(&body.content, tell);
        }
        for (status, response) in &self.responses {
            tell(status, &response.words, None);
            response.told(tell);
        }
        for broken in &self.broken {
            tell(&broken.reason, "", None);
        }
    }
}

impl Parameter {
    pub(super) fn told(&self, graph: &Graph<'_>, tell: Tell<'_>) {
        let Self {
            location,
            required,
            deprecated,
            ..
        } = self;
        let name = self.wire_name();
        let style = self.wire(self.has_parts(graph));
        let said = format!("{location} {name} {required} {deprecated} {style}");
        tell(&said, &self.words, Some(self.schema.shape));
    }
}

impl Response {
    /// Everything except its status and its own documentation.
    pub(super) fn told(&self, tell: Tell<'_>) {
        for (name, header) in &self.headers {
            header.told(name, tell);
        }
        tell_content(&self.content, tell);
    }
}

impl Header {
    pub(super) fn told(&self, name: &str, tell: Tell<'_>) {
        let said = format!("{name} {} {}", self.required, self.deprecated);
        tell(&said, &self.words, Some(self.schema.shape));
    }
}

pub(super) fn tell_content(content: &Content, tell: Tell<'_>) {
    for (media_type, child) in content {
        tell(media_type, "", Some(child.shape));
    }
}
