//! Checks numbers and counts against bounds.

use serde_json::Value;

use super::Pass;
use crate::check::formats;
use crate::check::node::Node;
use crate::words;

pub(super) fn check(pass: &mut Pass, schema: &Node<'_, '_>, value: &Node<'_, '_>) {
    let Some(number) = value.value.as_f64() else {
        return;
    };
    let bound = |key: &str| schema.get(key)?.value.as_f64();
    if let Some(minimum) = bound("minimum")
        && (number < minimum || (number <= minimum && schema.is_true("exclusiveMinimum")))
    {
        pass.fail(schema, "minimum", value, || {
            format!("must be at least {minimum}, found `{}`", value.value)
        });
    }
    if let Some(maximum) = bound("maximum")
        && (number > maximum || (number >= maximum && schema.is_true("exclusiveMaximum")))
    {
        pass.fail(schema, "maximum", value, || {
            format!("must be at most {maximum}, found `{}`", value.value)
        });
    }
    if let Some(step) = bound("multipleOf")
        && step > 0.0
        && ((number / step).round() * step - number).abs() > 1e-9 * number.abs().max(1.0)
    {
        pass.fail(schema, "multipleOf", value, || {
            format!("must be a multiple of {step}, found `{}`", value.value)
        });
    }
    if let (Some(format), Value::Number(number)) = (schema.text("format"), value.value)
        && formats::contradicts_integer(format, number)
    {
        pass.fail(schema, "format", value, || {
            format!(
                "must be of format `{}`, found `{number}`",
                words::shown(format)
            )
        });
    }
}

/// Checks the number of characters, items or properties of a value.
pub(super) fn check_count(
    pass: &mut Pass,
    schema: &Node<'_, '_>,
    value: &Node<'_, '_>,
    (minimum, maximum): (&str, &str),
    count: usize,
    (one, many): (&str, &str),
) {
    let bound = |key: &str| schema.get(key)?.value.as_u64();
    let has = |limit: &str, bound| {
        let what = if count == 1 { one } else { many };
        format!("has {count} {what}, must have {limit} {bound}")
    };
    if let Some(bound) = bound(minimum).filter(|bound| (count as u64) < *bound) {
        pass.fail(schema, minimum, value, || has("at least", bound));
    }
    if let Some(bound) = bound(maximum).filter(|bound| (count as u64) > *bound) {
        pass.fail(schema, maximum, value, || has("at most", bound));
    }
}
