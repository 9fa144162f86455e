//! References: each target is a component of the expected kind.

use serde_json::Value;

use super::context::Context;
use super::node::Node;
use crate::diagnostic::Diagnostic;
use crate::media_type::is_plain;
use crate::objects::Object;
use crate::pointer::Pointer;
use crate::terms::Version;
use crate::words;

/// Rule of references whose target is not a component.
const INLINE: &str = "inline-reference";

/// Rule of references whose target is a component of another kind.
const WRONG_KIND: &str = "wrong-reference-kind";

/// Checks a reference where an `object` is expected.
pub(super) fn check(cx: &mut Context<'_>, node: &Node<'_, '_>, object: &'static Object) {
    let is_ignored = |key: &str| key != "$ref" && !counts_beside(cx, key, object);
    let siblings: Vec<_> = node.fields().filter(|(key, _)| is_ignored(key)).collect();
    for (key, sibling) in siblings {
        let message = format!("ignored beside `$ref`: `{}`", words::shown(key));
        let hint = if object.component == "schemas" {
            "wrap the reference: `allOf: [{$ref: …}]`, or remove the field"
        } else {
            "remove the field, or move it to the target of the reference"
        };
        cx.report_shape(
            cx.at_key("ignored-sibling", &sibling, message)
                .with_hint(hint),
        );
    }
    let Some(reference) = node.get("$ref") else {
        return;
    };
    let diagnostic = match reference.value.as_str() {
        _ if cx.document.is_reported(&reference.pointer()) => None,
        Some(text) => target(cx, &reference, text, object.component, object.name),
        None => {
            let (found, hint) = match reference.value {
                Value::Null => ("nothing".to_owned(), quoted_example_of(object.component)),
                value => (words::shown_value(value), example_of(object.component)),
            };
            let message = format!("`$ref` must be a string: found {found}");
            Some(
                cx.at_value("malformed-reference", &reference, message)
                    .with_hint(hint),
            )
        }
    };
    if let Some(diagnostic) = &diagnostic
        && diagnostic.rule == INLINE
        && let Some(pointer) = reference.value.as_str().and_then(Pointer::from_reference)
    {
        cx.inline.insert((object.component, pointer));
    }
    let is_definition = |diagnostic: &Diagnostic| {
        diagnostic.rule == INLINE && cx.version() == Version::V3_1 && is_definition(node)
    };
    let diagnostic = diagnostic.filter(|diagnostic| !is_definition(diagnostic));
    cx.misshapen.extend(diagnostic);
}

/// Whether the target of a reference is in a schema's `$defs` or `definitions`.
fn is_definition(node: &Node<'_, '_>) -> bool {
    let target = node.text("$ref").and_then(Pointer::from_reference);
    target.is_some_and(|target| {
        let segments: Vec<_> = target.segments().collect();
        matches!(segments.as_slice(), [.., section, _] if section == "$defs" || section == "definitions")
    })
}

/// Whether a field has an effect beside a `$ref`.
fn counts_beside(cx: &Context<'_>, key: &str, object: &Object) -> bool {
    let is_text = || matches!(key, "summary" | "description");
    object.is_later_schema(cx.version()) || (cx.version() == Version::V3_1 && is_text())
}

/// A reference where none is allowed or supported.
pub(super) fn unsupported(cx: &mut Context<'_>, reference: &Node<'_, '_>) {
    if cx.document.is_reported(&reference.pointer()) {
        return;
    }
    let message = "a reference is not supported here";
    cx.report_shape(
        cx.at_key("unsupported-reference", reference, message)
            .with_hint("write its target inline"),
    );
}

/// A reference in place of media types, whose meaning is plain.
pub(super) fn misplaced(cx: &mut Context<'_>, node: &Node<'_, '_>) {
    let target = node.value.as_str().and_then(Pointer::from_reference);
    if cx.document.is_reported(&node.pointer()) {
        return;
    }
    if !target.is_some_and(|target| cx.exists(&target)) {
        return unsupported(cx, node);
    }
    let message = "a reference in place of media types";
    cx.report(
        cx.at_key("misplaced-reference", node, message)
            .with_hint("write its target inline, or refer to the whole response or body"),
    );
}

/// Checks the target of `reference`, where an entry of `components/{component}` is expected.
pub(super) fn target(
    cx: &Context<'_>,
    node: &Node<'_, '_>,
    reference: &str,
    component: &str,
    wanted: &str,
) -> Option<Diagnostic> {
    let (rule, message, hint) = problem(cx, reference, component, wanted)?;
    let message = format!("{message}: `{}`", words::shown(reference));
    let rule = match rule {
        INLINE => rule,
        _ if component == "examples" || is_unneeded(node) => "unneeded-reference",
        WRONG_KIND if matches!(component, "responses" | "schemas") => "untyped-reference",
        _ => rule,
    };
    Some(cx.at_value(rule, node, message).with_hint(hint))
}

/// Whether a reference is the schema of a media type that is text or bytes, whatever its schema says.
fn is_unneeded(reference: &Node<'_, '_>) -> bool {
    let pointer = reference.pointer();
    let segments: Vec<_> = pointer.segments().collect();
    match segments.iter().map(AsRef::as_ref).collect::<Vec<_>>()[..] {
        [.., "content", media_type, "schema", "$ref"] => is_plain(media_type),
        _ => false,
    }
}

fn problem(
    cx: &Context<'_>,
    reference: &str,
    component: &str,
    wanted: &str,
) -> Option<(&'static str, String, String)> {
    let malformed = |hint| {
        let message = "malformed reference".to_owned();
        Some(("malformed-reference", message, hint))
    };
    if !reference.starts_with("#/") && reference != "#" {
        let candidate = format!("#/{}", reference.trim_start_matches(['#', '/']));
        let names = cx.component_names(component);
        return match Pointer::from_reference(&candidate) {
            Some(pointer) if cx.exists(&pointer) => {
                malformed(format!("did you mean `{candidate}`?"))
            }
            _ if names.contains(&reference) => malformed(format!(
                "did you mean `#/components/{component}/{reference}`?"
            )),
            _ if reference.starts_with('#') => malformed(example_of(component)),
            _ => Some((
                "external-reference",
                "reference to something outside the document".to_owned(),
                format!(
                    "copy it into `components/{component}`, or into a file beside the document"
                ),
            )),
        };
    }
    let Some(pointer) = Pointer::from_reference(reference) else {
        return malformed(example_of(component));
    };
    if !cx.exists(&pointer) {
        let name = pointer.segments().last().unwrap_or_default();
        return Some((
            "unresolved-reference",
            "unresolved reference".to_owned(),
            unresolved_hint(cx, component, &name),
        ));
    }
    match pointer.component() {
        Some((section, _)) if section == component => None,
        Some((section, name)) => Some((
            WRONG_KIND,
            format!("reference to an entry of `components/{section}`, expected {wanted}"),
            namesake_hint(cx, component, &name),
        )),
        None => Some((
            INLINE,
            "reference to something that is not a component".to_owned(),
            format!("move its target to `components/{component}`"),
        )),
    }
}

fn unresolved_hint(cx: &Context<'_>, component: &str, name: &str) -> String {
    let names = cx.component_names(component);
    match words::closest(name, names.iter().copied()) {
        Some(name) => format!("did you mean `#/components/{component}/{name}`?"),
        None if names.is_empty() => format!("there are no `components/{component}`: add it there"),
        None => format!(
            "`components/{component}` has: {}",
            words::listed(names.iter().copied())
        ),
    }
}

/// The entry of the same name, if the right section has one.
fn namesake_hint(cx: &Context<'_>, component: &str, name: &str) -> String {
    if cx.component_names(component).contains(&name) {
        format!("did you mean `#/components/{component}/{name}`?")
    } else {
        example_of(component)
    }
}

fn quoted_example_of(component: &str) -> String {
    format!("put it in quotes, `\"#/components/{component}/NAME\"`: `#` starts a comment")
}

fn example_of(component: &str) -> String {
    format!("write `#/components/{component}/NAME`")
}
