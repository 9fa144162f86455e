//! What a crate's manifest promises: its name, features, the compiler that it asks for, and the
//! versions of crates whose items are part of its API.

mod dependencies;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use generator::File;

use super::{Change, Rule};

/// The name of a manifest among a crate's files.
const NAME: &str = "Cargo.toml";

/// The fields of each table, as text.
type Tables = BTreeMap<String, BTreeMap<String, String>>;

/// Compares the manifests among the files of two crates, if both have one. `shown` are the crates
/// whose items are part of the API.
pub(super) fn compare(before: &[File], after: &[File], shown: &BTreeSet<&str>) -> Vec<Change> {
    let of = |files: &[File]| {
        let manifest = files.iter().find(|file| file.path == NAME)?;
        Some(tables(&manifest.contents))
    };
    let (Some(before), Some(after)) = (of(before), of(after)) else {
        return Vec::new();
    };
    let mut found = features(&before, &after);
    found.extend(name(&before, &after));
    found.extend(dependencies::changed(&before, &after, shown));
    found.extend(rust_version(&before, &after));
    found
}

fn features(before: &Tables, after: &Tables) -> Vec<Change> {
    let of = |tables: &Tables| tables.get("features").cloned().unwrap_or_default();
    let (before, after) = (of(before), of(after));
    let mut found = Vec::new();
    for (name, old) in &before {
        let Some(new) = after.get(name) else {
            found.push(Change::new(Rule::FeatureRemoved, name));
            continue;
        };
        let (old, new) = (enabled(old), enabled(new));
        let listed = |names: BTreeSet<&str>| names.into_iter().collect::<Vec<_>>().join(", ");
        let (lost, gained) = (listed(&old - &new), listed(&new - &old));
        if !lost.is_empty() {
            found.push(Change::new(Rule::FeatureNarrowed, name).was(lost));
        }
        if !gained.is_empty() {
            found.push(Change::new(Rule::FeatureWidened, name).becomes(gained));
        }
    }
    let new = after.keys().filter(|name| !before.contains_key(*name));
    found.extend(new.map(|name| Change::new(Rule::FeatureAdded, name)));
    found
}

/// The effects of a feature, in this crate and in others.
fn enabled(list: &str) -> BTreeSet<&str> {
    list.split('"').skip(1).step_by(2).collect()
}

/// The package has another name, or else the library in it.
fn name(before: &Tables, after: &Tables) -> Option<Change> {
    let of = |tables: &Tables, table: &str| {
        let name = tables.get(table)?.get("name")?;
        Some(name.trim_matches('"').to_owned())
    };
    let library = |tables: &Tables| {
        let package = || of(tables, "package").map(|name| name.replace('-', "_"));
        of(tables, "lib").or_else(package)
    };
    let packages = of(before, "package").zip(of(after, "package"));
    let libraries = library(before).zip(library(after));
    let mut names = packages.into_iter().chain(libraries);
    let (old, new) = names.find(|(old, new)| old != new)?;
    Some(Change::new(Rule::CrateRenamed, old).becomes(new))
}

fn rust_version(before: &Tables, after: &Tables) -> Option<Change> {
    let of = |tables: &Tables| {
        let value = tables.get("package")?.get("rust-version")?;
        Some(value.trim_matches('"').to_owned())
    };
    let (old, new) = (of(before)?, of(after)?);
    let numbers = |version: &str| -> Vec<u64> {
        let numbers = version.split('.');
        numbers.filter_map(|number| number.parse().ok()).collect()
    };
    let is_raised = numbers(&new) > numbers(&old);
    is_raised.then(|| {
        let change = Change::new(Rule::RustVersionRaised, "rust-version");
        change.was(old).becomes(new)
    })
}

/// Reads as much of TOML as manifests are written in: tables under headings, fields of one line, and
/// lists of several.
fn tables(text: &str) -> Tables {
    let mut tables = Tables::new();
    let mut table = String::new();
    let mut lines = text.lines().map(|line| uncommented(line).trim());
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix('[') {
            name.trim_end_matches(']').trim().clone_into(&mut table);
        } else if let Some((name, value)) = line.split_once('=') {
            let mut value = value.trim().to_owned();
            while value.starts_with('[') && !value.ends_with(']') {
                let Some(more) = lines.next() else { break };
                value.push_str(more);
            }
            let name = name.trim().trim_matches('"').to_owned();
            tables.entry(table.clone()).or_default().insert(name, value);
        }
    }
    tables
}

/// A line without the comment at its end.
fn uncommented(line: &str) -> &str {
    let mut is_text = false;
    let end = line.find(|character| {
        is_text ^= character == '"';
        character == '#' && !is_text
    });
    &line[..end.unwrap_or(line.len())]
}
