//! The crates that a manifest depends on, and which of their versions.

use std::collections::{BTreeMap, BTreeSet};

use super::Tables;
use crate::{Change, Rule};

/// The heading of dependencies that are built into every program with the crate.
const HEADING: &str = "dependencies";

/// Those of `shown` whose old and new versions are not compatible.
pub(super) fn changed(before: &Tables, after: &Tables, shown: &BTreeSet<&str>) -> Vec<Change> {
    let (before, after) = (versions(before), versions(after));
    let changed = shown.iter().filter_map(|name| {
        let (old, new) = (before.get(*name)?, after.get(*name)?);
        (line(old) != line(new)).then(|| {
            let change = Change::new(Rule::DependencyChanged, *name);
            change.was(old.as_str()).becomes(new.as_str())
        })
    });
    changed.collect()
}

/// The versions by the names that code has for the crates, on whatever system.
fn versions(tables: &Tables) -> BTreeMap<String, String> {
    let mut versions = BTreeMap::new();
    let mut add = |name: &str, value: &str| {
        if let Some(version) = version(value) {
            let name = name.trim_matches('"').replace('-', "_");
            versions.insert(name, version);
        }
    };
    for (heading, fields) in tables {
        let (front, name) = heading.rsplit_once(HEADING).unwrap_or((".no", ""));
        if !front.is_empty() && !front.ends_with('.') {
            continue;
        }
        match name.strip_prefix('.') {
            Some(name) => {
                if let Some(value) = fields.get("version") {
                    add(name, value);
                }
            }
            None => {
                for (name, value) in fields {
                    add(name.trim_end_matches(".version"), value);
                }
            }
        }
    }
    versions
}

/// The version in `"1"` or `{ version = "1" }`.
fn version(value: &str) -> Option<String> {
    let text = match value.split_once("version") {
        Some((_, behind)) => behind,
        None => value,
    };
    text.split('"').nth(1).map(str::to_owned)
}

/// The prefix that compatible versions share: `1` of `1.2.3`, `0.13` of `0.13.1`.
fn line(version: &str) -> Vec<&str> {
    let mut numbers = version.trim_start_matches('^').split('.');
    let mut line = Vec::new();
    for number in numbers.by_ref() {
        line.push(number);
        if number != "0" {
            break;
        }
    }
    line
}
