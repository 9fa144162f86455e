//! Links: each names one operation.

use super::context::Context;
use super::node::Node;
use super::structure;

pub(super) fn check<'v>(cx: &mut Context<'v>, node: &Node<'v, '_>) {
    match (node.get("operationId"), node.get("operationRef")) {
        (None, None) => {
            let diagnostic = structure::missing_field(cx, node, "a link", "operationId");
            cx.report(diagnostic);
        }
        (Some(id), Some(_)) => cx.report(
            cx.at_key(
                "conflicting-fields",
                &id,
                "only one is allowed: `operationId` or `operationRef`",
            )
            .with_hint("keep one of them"),
        ),
        (Some(id), None) => {
            if let Some(text) = id.value.as_str() {
                let span = cx.value_span(&id);
                cx.linked.push((span, text));
            }
        }
        (None, Some(_)) => {}
    }
}
