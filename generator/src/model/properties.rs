//! Properties whose names are one in Rust.

use std::collections::BTreeMap;

use serde_json::Value;

use super::resolve::Resolver;
use crate::names;
use crate::source::Pointer;

/// Fields in which there are values rather than schemas.
const VALUES: &[&str] = &["default", "enum", "example", "examples"];

/// Rejects, anywhere in the document, properties of one schema that would be the same field.
pub(super) fn reject_twins(resolver: &mut Resolver<'_>) {
    let root = resolver.root();
    reject_below(resolver, root, &mut Pointer::root(), false);
}

/// `is_map` says that the value holds properties by their names.
fn reject_below(resolver: &mut Resolver<'_>, value: &Value, pointer: &mut Pointer, is_map: bool) {
    match value {
        Value::Object(fields) => {
            if is_map {
                reject_in(resolver, fields.keys(), pointer);
            }
            for (key, value) in fields {
                let is_value = VALUES.contains(&key.as_str()) || key.starts_with("x-");
                if is_map || !is_value {
                    pointer.push(key);
                    reject_below(resolver, value, pointer, !is_map && key == "properties");
                    pointer.pop();
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointer.push(index.to_string());
                reject_below(resolver, item, pointer, false);
                pointer.pop();
            }
        }
        _ => {}
    }
}

fn reject_in<'v>(
    resolver: &mut Resolver<'_>,
    names: impl Iterator<Item = &'v String>,
    pointer: &Pointer,
) {
    let mut fields = BTreeMap::new();
    for name in names {
        if let Some(twin) = fields.insert(names::value_name(name), name) {
            resolver.reject(
                "name-collision",
                &pointer.child(name),
                format!("property `{name}`: its name in Rust is that of `{twin}`"),
                "one of them needs a name that differs in more than its spelling",
            );
        }
    }
}
