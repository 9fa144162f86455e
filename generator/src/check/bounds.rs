//! Bounds that no value can keep.

use super::context::Context;
use super::node::Node;

const PAIRS: [(&str, &str); 4] = [
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
];

pub(super) fn check(cx: &mut Context<'_>, schema: &Node<'_, '_>) {
    for (lower, upper) in PAIRS {
        check_pair(cx, schema, lower, upper);
    }
    for (flag, bound) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        if let Some(node) = schema
            .get(flag)
            .filter(|flag| flag.value.is_boolean() && !schema.has(bound))
        {
            let message = format!("says nothing without `{bound}`: `{flag}`");
            cx.report(
                cx.at_key("misplaced-keyword", &node, message)
                    .with_hint(format!("add `{bound}`, or remove it")),
            );
        }
    }
    check_integers(cx, schema);
    if let Some(node) = schema.get("multipleOf")
        && node.value.as_f64().is_some_and(|step| step <= 0.0)
    {
        let message = format!("`multipleOf` must be more than 0: found `{}`", node.value);
        cx.report(
            cx.at_value("impossible-bounds", &node, message)
                .with_hint("write the step between two values"),
        );
    }
}

/// The bounds of an integer are integers themselves.
fn check_integers(cx: &mut Context<'_>, schema: &Node<'_, '_>) {
    if schema.text("type") != Some("integer") {
        return;
    }
    for key in ["minimum", "maximum", "multipleOf"] {
        let Some(node) = schema.get(key).filter(|node| node.value.is_f64()) else {
            continue;
        };
        let message = format!(
            "`{key}` of an integer must be an integer: found `{}`",
            node.value
        );
        cx.report(
            cx.at_value("wrong-type", &node, message)
                .with_hint("write an integer, or `type: number`"),
        );
    }
}

fn check_pair(cx: &mut Context<'_>, schema: &Node<'_, '_>, lower: &str, upper: &str) {
    let (Some(low), Some(high)) = (schema.get(lower), schema.get(upper)) else {
        return;
    };
    let (Some(least), Some(most)) = (low.value.as_f64(), high.value.as_f64()) else {
        return;
    };
    let is_open = lower == "minimum"
        && (schema.is_true("exclusiveMinimum") || schema.is_true("exclusiveMaximum"));
    if least > most || (is_open && least >= most) {
        let message = format!(
            "no value is possible: `{lower}: {}` with{} `{upper}: {}`",
            low.value,
            if is_open { " exclusive" } else { "" },
            high.value
        );
        cx.report(
            cx.at_key("impossible-bounds", &low, message)
                .with_related(cx.key_span(&high), "with this bound")
                .with_hint("exchange them, or change one"),
        );
    }
}
