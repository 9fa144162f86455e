//! Checks strings against lengths, patterns and formats.

use std::cell::RefCell;
use std::collections::HashMap;

use regex::Regex;

use super::Pass;
use super::numbers::check_count;
use crate::check::formats;
use crate::check::node::Node;
use crate::words;

/// Patterns, each compiled once, since compiling takes longer than matching.
#[derive(Default)]
pub(in crate::check) struct Patterns(RefCell<HashMap<String, Option<Regex>>>);

impl Patterns {
    /// Patterns that can't be matched in linear time count as matched.
    fn contradict(&self, pattern: &str, text: &str) -> bool {
        let mut patterns = self.0.borrow_mut();
        if !patterns.contains_key(pattern) {
            patterns.insert(pattern.to_owned(), Regex::new(pattern).ok());
        }
        let regex = patterns.get(pattern).and_then(Option::as_ref);
        regex.is_some_and(|regex| !regex.is_match(text))
    }
}

pub(super) fn check(
    pass: &mut Pass,
    patterns: &Patterns,
    schema: &Node<'_, '_>,
    value: &Node<'_, '_>,
    text: &str,
) {
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
        && patterns.contradict(pattern, text)
    {
        pass.fail(schema, "pattern", value, || {
            let found = words::shown(text);
            format!("must match `{}`, found `{found}`", words::shown(pattern))
        });
    }
}
