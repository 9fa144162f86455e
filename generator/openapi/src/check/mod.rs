//! Checks of a document's value alone.

mod bounds;
mod context;
mod cycles;
mod examples;
mod formats;
mod hints;
mod keys;
mod links;
mod near;
mod node;
mod operations;
mod parameters;
mod paths;
mod policy;
mod references;
mod schemas;
mod security;
mod servers;
mod structure;
mod tags;
mod usage;
mod validator;
mod version;

pub use policy::Policy;
pub use usage::narrow;

use crate::diagnostic::Diagnostic;
use crate::objects::{DOCUMENT, ObjectKind, Shape};
use crate::pointer::Pointer;
use crate::source::Document;
use context::Context;
use node::Node;

/// Finds every mistake that is visible before anything is generated.
///
/// A document without any is known to deserialize as openapiv3's `OpenAPI`.
pub fn check(document: &Document) -> Vec<Diagnostic> {
    let mut cx = Context::new(document);
    cx.found.clone_from(&document.warnings);
    let start = Pointer::root();
    let root = Node::at(&start, &document.value);
    let written = document.as_written().unwrap_or(document);
    if let Some(diagnostic) = version::check(&cx, &Node::at(&start, &written.value)) {
        let is_other = diagnostic.rule == version::RULE;
        cx.report(diagnostic);
        if is_other {
            return cx.found;
        }
    }
    structure::check(&mut cx, &root, Shape::Object(&DOCUMENT), check_object);
    if let Some(written) = document.as_written() {
        cx.misshapen = misshapen(written);
    }
    cycles::check(&mut cx, &root);
    paths::check(&mut cx, &root);
    operations::check(&mut cx, &root);
    tags::check(&mut cx, &root);
    cx.found.append(&mut cx.misshapen);
    cx.found
}

/// Checks fields, keys and references, in the document's own version.
fn misshapen(written: &Document) -> Vec<Diagnostic> {
    let mut cx = Context::new(written);
    let start = Pointer::root();
    let root = Node::at(&start, &written.value);
    structure::check(&mut cx, &root, Shape::Object(&DOCUMENT), |_, _, _| {});
    if !["paths", "components", "webhooks"]
        .iter()
        .any(|field| root.has(field))
    {
        let diagnostic = structure::missing_field(&cx, &root, "the document", "paths");
        cx.report_shape(diagnostic);
    }
    cx.misshapen
}

/// Whether later stages can make sense of a document of which this was found.
pub fn is_readable(found: &[Diagnostic]) -> bool {
    let stops = |rule| matches!(rule, version::RULE | "too-deep");
    !found.iter().any(|diagnostic| stops(diagnostic.rule))
}

/// Checks an object beyond its fields.
fn check_object<'v>(cx: &mut Context<'v>, kind: ObjectKind, node: &Node<'v, '_>) {
    match kind {
        ObjectKind::Document | ObjectKind::Operation => security::check_requirements(cx, node),
        ObjectKind::Server => servers::check(cx, node),
        ObjectKind::Parameter => {
            parameters::check_parameter(cx, node);
            examples::check_parameter(cx, node);
        }
        ObjectKind::Header => {
            parameters::check_content(cx, node, "a header");
            examples::check_parameter(cx, node);
        }
        ObjectKind::RequestBody => parameters::check_body(cx, node),
        ObjectKind::MediaType => examples::check_media_type(cx, node),
        ObjectKind::Example => examples::check_example(cx, node),
        ObjectKind::Link => links::check(cx, node),
        ObjectKind::Schema => {
            schemas::check(cx, node);
            near::check_format(cx, node);
            bounds::check(cx, node);
            examples::check_schema(cx, node);
        }
        ObjectKind::Discriminator => schemas::check_discriminator(cx, node),
        ObjectKind::SecurityScheme => security::check_scheme(cx, node),
        ObjectKind::OAuthFlows => security::check_flows(cx, node),
        ObjectKind::PathItem | ObjectKind::Other => {}
    }
}
