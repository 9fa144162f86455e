//! Types that are renamed, and otherwise unchanged.

use std::collections::BTreeMap;

use crate::surface::{Surface, TypeItem};

/// The new paths of renamed types by the old ones: those of `hints`, and types that differ only by
/// name.
pub(super) fn find(
    before: &Surface,
    after: &Surface,
    hints: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let is_gone = |path: &str| before.types.contains_key(path) && !after.types.contains_key(path);
    let is_new = |path: &str| after.types.contains_key(path) && !before.types.contains_key(path);
    let mut renamed: BTreeMap<_, _> = hints
        .iter()
        .filter(|(old, new)| is_gone(old) && is_new(new))
        .map(|(old, new)| (old.clone(), new.clone()))
        .collect();
    // First including docs, then without them.
    for with_docs in [true, false] {
        let kept: Vec<_> = renamed.values().cloned().collect();
        let gone = portraits(before, with_docs, |path| {
            is_gone(path) && !renamed.contains_key(path)
        });
        let new = portraits(after, with_docs, |path| {
            is_new(path) && !kept.iter().any(|known| known == path)
        });
        for (portrait, old) in gone {
            if let ([old], Some([new])) = (old.as_slice(), new.get(&portrait).map(Vec::as_slice)) {
                renamed.insert((*old).to_owned(), (*new).to_owned());
            }
        }
    }
    renamed
}

/// The paths that are used now for types that have several, by those that were.
pub(super) fn moved(before: &Surface, after: &Surface) -> BTreeMap<String, String> {
    let now = after.aliases.iter();
    let then = before.aliases.iter().map(|(new, old)| (old, new));
    let is_moved = |(old, new): &(&String, &String)| {
        let is_gone = before.types.contains_key(*old) && !after.types.contains_key(*old);
        is_gone && after.types.contains_key(*new) && !before.types.contains_key(*new)
    };
    let moved = now.chain(then).filter(is_moved);
    moved.map(|(old, new)| (old.clone(), new.clone())).collect()
}

/// Some of the types by their contents without names.
fn portraits(
    surface: &Surface,
    with_docs: bool,
    is_selected: impl Fn(&str) -> bool,
) -> BTreeMap<String, Vec<&str>> {
    let mut portraits = BTreeMap::<_, Vec<_>>::new();
    for (path, item) in &surface.types {
        if is_selected(path)
            && let Some(portrait) = portrait(item, path, with_docs)
        {
            portraits.entry(portrait).or_default().push(path.as_str());
        }
    }
    portraits
}

/// The text with the new names of types.
pub(super) fn apply(renamed: &BTreeMap<String, String>, text: &str) -> String {
    let mut text = text.to_owned();
    for (old, new) in renamed {
        text = replaced(&text, old, new);
    }
    text
}

/// Replaces whole occurrences of a path.
fn replaced(text: &str, path: &str, by: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let mut result = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(path) {
        let (before, behind) = rest.split_at(at);
        let behind = &behind[path.len()..];
        let is_whole = !before.ends_with(is_part) && !behind.starts_with(is_part);
        result.push_str(before);
        result.push_str(if is_whole { by } else { path });
        rest = behind;
    }
    result + rest
}

fn parent(path: &str) -> &str {
    path.rsplit_once("::").map_or("", |(parent, _)| parent)
}

/// The contents of a type without its name; `None` if they are too few to identify it.
fn portrait(item: &TypeItem, path: &str, with_docs: bool) -> Option<String> {
    let fields = item.fields().iter();
    let fields = fields.map(|field| format!("{}: {}", field.name, field.type_.exact));
    let variants = item.variants().iter().map(|variant| {
        let fields = variant.fields.iter();
        let types: Vec<_> = fields.map(|field| field.type_.exact.as_str()).collect();
        format!("{}({})", variant.name, types.join(", "))
    });
    let members: Vec<_> = fields.chain(variants).collect();
    if members.is_empty() {
        return None;
    }
    let traits: Vec<_> = item.traits.keys().map(String::as_str).collect();
    let methods: Vec<_> = item.methods.keys().map(String::as_str).collect();
    let docs = if with_docs { &item.marks.docs } else { "" };
    let portrait = format!(
        "{}\n{}\n{}\n{}\n{docs}",
        parent(path),
        members.join("\n"),
        traits.join("\n"),
        methods.join("\n"),
    );
    Some(replaced(&portrait, path, "Self"))
}
