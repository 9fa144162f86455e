//! `use` declarations.

use std::collections::{BTreeMap, BTreeSet};

/// The groups of declarations, in their order: the standard library, other crates, this crate.
const GROUPS: usize = 3;

/// Columns of a line.
const WIDTH: usize = 100;

/// One declaration for each module, in three groups.
pub(super) fn render(paths: &BTreeSet<String>) -> String {
    let mut groups: [BTreeMap<&str, Vec<&str>>; GROUPS] = Default::default();
    for path in paths {
        let (parent, name) = path.rsplit_once("::").unwrap_or(("", path));
        groups[group(path)].entry(parent).or_default().push(name);
    }
    let groups = groups.iter().filter(|group| !group.is_empty());
    let groups = groups.map(|group| {
        let mut modules: Vec<_> = group.iter().collect();
        modules.sort_by_key(|(parent, names)| order(parent, names));
        modules
            .iter()
            .map(|(parent, names)| declaration(parent, names))
            .collect::<String>()
    });
    groups.collect::<Vec<_>>().join("\n")
}

/// Where people put a declaration, and rustfmt: `super` comes before `crate`, a path by its whole length.
fn order(parent: &str, names: &[&str]) -> (bool, String) {
    let is_own = parent == "super" || parent.starts_with("super::");
    let path = match names {
        [name] => format!("{parent}::{name}"),
        // Behind the names in modules, as the brace is behind letters.
        _ => format!("{parent}::{{"),
    };
    (!is_own, path)
}

fn group(path: &str) -> usize {
    match path.split("::").next() {
        Some("std") => 0,
        Some("crate" | "super") => 2,
        _ => 1,
    }
}

fn declaration(parent: &str, names: &[&str]) -> String {
    if let [name] = names {
        return format!("use {parent}::{name};\n");
    }
    let line = format!("use {parent}::{{{}}};\n", names.join(", "));
    if line.trim_end().len() <= WIDTH {
        return line;
    }
    let mut text = format!("use {parent}::{{\n");
    let mut line = String::from("   ");
    for (index, name) in names.iter().enumerate() {
        let room = usize::from(index + 1 < names.len());
        if line.len() + name.len() + 2 + room > WIDTH {
            text.push_str(&line);
            text.push('\n');
            line = String::from("   ");
        }
        line.push_str(&format!(" {name},"));
    }
    text.push_str(&line);
    text.push_str("\n};\n");
    text
}
