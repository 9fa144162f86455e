//! Everything that an operation says, in an order of its own: what its hash is made of.

use super::graph::{Graph, ShapeId};
use super::index::template;
use super::members::{Content, Parameter};
use super::operation::Operation;
use super::refs::words;

impl Operation<'_> {
    /// Tells each thing that the operation says, what that says to people, and the schema that belongs to it.
    pub(super) fn told(
        &self,
        graph: &Graph<'_>,
        tell: &mut impl FnMut(&str, &str, Option<ShapeId>),
    ) {
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
            let Parameter {
                location,
                required,
                deprecated,
                ..
            } = parameter;
            let name = parameter.wire_name();
            let style = parameter.wire(parameter.has_parts(graph));
            let said = format!("{location} {name} {required} {deprecated} {style}");
            tell(&said, &parameter.words, Some(parameter.schema.shape));
        }
        if let Some(body) = &self.body {
            tell(&format!("body {}", body.required), &body.words, None);
            tell_content(&body.content, tell);
        }
        for (status, response) in &self.responses {
            tell(status, &response.words, None);
            for (name, header) in &response.headers {
                let said = format!("{name} {} {}", header.required, header.deprecated);
                tell(&said, &header.words, Some(header.schema.shape));
            }
            tell_content(&response.content, tell);
        }
        for broken in &self.broken {
            tell(&broken.reason, "", None);
        }
    }
}

fn tell_content(content: &Content, tell: &mut impl FnMut(&str, &str, Option<ShapeId>)) {
    for (media_type, child) in content {
        tell(media_type, "", Some(child.shape));
    }
}
