//! Texts against lengths, patterns and formats.

use regex::Regex;

use super::Pass;
use super::numbers::check_count;
use crate::check::node::Node;
use crate::check::{formats, words};

pub(super) fn check(pass: &mut Pass, schema: &Node<'_, '_>, value: &Node<'_, '_>, text: &str) {
    let bounds = ("minLength", "maxLength");
    check_count(
        pass,
        schema,
        value,
        bounds,
        text.chars().count(),
        ("character", "characters"),
    );
    if let Some(format) = schema.text("format")
        && formats::contradicts_text(format, text)
    {
        pass.fail(schema, "format", value, || {
            let found = words::shown(text);
            format!(
                "must be of format `{}`, found `{found}`",
                words::shown(format)
            )
        });
    }
    if let Some(pattern) = schema.text("pattern")
        && contradicts_pattern(pattern, text)
    {
        pass.fail(schema, "pattern", value, || {
            let found = words::shown(text);
            format!("must match `{}`, found `{found}`", words::shown(pattern))
        });
    }
}

/// Patterns beyond what can be matched in linear time are taken as matched.
fn contradicts_pattern(pattern: &str, text: &str) -> bool {
    Regex::new(pattern).is_ok_and(|regex| !regex.is_match(text))
}
