//! Bounds that no value can keep.

use super::context::Context;
use super::formats;
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
            let message = format!("no effect without `{bound}`: `{flag}`");
            cx.report(
                cx.at_key("misplaced-keyword", &node, message)
                    .with_hint(format!("add `{bound}`, or remove it")),
            );
        }
    }
    check_integers(cx, schema);
    check_representable(cx, schema);
    if let Some(node) = schema.get("multipleOf")
        && node.value.as_f64().is_some_and(|step| step <= 0.0)
    {
        let message = format!("`multipleOf` must be more than 0: found `{}`", node.value);
        cx.report(
            cx.at_value("impossible-bounds", &node, message)
                .with_hint("write a positive number"),
        );
    }
}

/// The bounds of an integer are integers themselves.
fn check_integers(cx: &mut Context<'_>, schema: &Node<'_, '_>) {
    if !is_integer(schema) {
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

/// The bounds of an integer within its format; without one, it is of 64 bits.
fn check_representable(cx: &mut Context<'_>, schema: &Node<'_, '_>) {
    if !is_integer(schema) {
        return;
    }
    let format = schema.text("format").unwrap_or_default();
    let range = formats::integers(format)
        .or_else(|| formats::integers("int64"))
        .unwrap_or(i128::MIN..=i128::MAX);
    for (key, flag, step) in [
        ("minimum", "exclusiveMinimum", 1),
        ("maximum", "exclusiveMaximum", -1),
    ] {
        let Some(node) = schema.get(key) else {
            continue;
        };
        let Some(bound) = integer(&node) else {
            continue;
        };
        let effective = bound + if schema.is_true(flag) { step } else { 0 };
        if !range.contains(&bound) || !range.contains(&effective) {
            let kind = if formats::integers(format).is_some() {
                format!("`format: {format}`")
            } else {
                "a 64-bit integer".to_owned()
            };
            let exclusive = if effective == bound { "" } else { "exclusive " };
            let message = format!("{exclusive}`{key}` exceeds {kind}: found `{}`", node.value);
            cx.report(
                cx.at_value("impossible-bounds", &node, message)
                    .with_hint(format!(
                        "write a number from {} to {}, or another `format`",
                        range.start(),
                        range.end()
                    )),
            );
        }
    }
}

fn integer(node: &Node<'_, '_>) -> Option<i128> {
    node.value.as_number()?.as_i128()
}

fn check_pair(cx: &mut Context<'_>, schema: &Node<'_, '_>, lower: &str, upper: &str) {
    let (Some(low), Some(high)) = (schema.get(lower), schema.get(upper)) else {
        return;
    };
    let exclusive = |flag: &str| lower == "minimum" && schema.is_true(flag);
    let (above, below) = (exclusive("exclusiveMinimum"), exclusive("exclusiveMaximum"));
    let is_possible = match (integer(&low), integer(&high)) {
        (Some(minimum), Some(maximum)) if lower != "minimum" || is_integer(schema) => {
            minimum + i128::from(above) <= maximum - i128::from(below)
        }
        (Some(minimum), Some(maximum)) => {
            minimum < maximum || (minimum == maximum && !above && !below)
        }
        _ => match (low.value.as_f64(), high.value.as_f64()) {
            (Some(minimum), Some(maximum)) if above || below => minimum < maximum,
            (Some(minimum), Some(maximum)) => minimum <= maximum,
            _ => return,
        },
    };
    if is_possible {
        return;
    }
    let shown = |is_exclusive: bool, key: &str, node: &Node<'_, '_>| {
        let exclusive = if is_exclusive { "exclusive " } else { "" };
        format!("{exclusive}`{key}: {}`", node.value)
    };
    let message = format!(
        "no value is possible: {} with {}",
        shown(above, lower, &low),
        shown(below, upper, &high)
    );
    cx.report(
        cx.at_key("impossible-bounds", &low, message)
            .with_related(cx.key_span(&high), "the other bound")
            .with_hint("swap them, or change one"),
    );
}

fn is_integer(schema: &Node<'_, '_>) -> bool {
    schema.text("type") == Some("integer")
}
