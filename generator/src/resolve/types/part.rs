//! A schema with its position.

use std::collections::{BTreeMap, BTreeSet};

use openapi::{Pointer, reference};
use serde_json::Value;

use crate::model::TypeDocs;

/// Keywords that say nothing about a value.
const ANNOTATIONS: &[&str] = &[
    "$defs",
    "default",
    "definitions",
    "deprecated",
    "description",
    "discriminator",
    "example",
    "examples",
    "externalDocs",
    "nullable",
    "readOnly",
    "title",
    "writeOnly",
    "xml",
];

/// The position of a schema, and whether its alternatives are left out.
pub(super) type PartKey = (Pointer, bool);

/// A schema with its position.
#[derive(Clone, Debug)]
pub(super) struct LocatedSchema<'a> {
    pub(super) value: &'a Value,
    pub(super) pointer: Pointer,
    /// Whether its `oneOf` and `anyOf` are left out, so that only their siblings count.
    pub(super) without_alternatives: bool,
}

impl<'a> LocatedSchema<'a> {
    pub(super) fn new(value: &'a Value, pointer: Pointer) -> Self {
        Self {
            value,
            pointer,
            without_alternatives: false,
        }
    }

    /// Its target, if it is a reference.
    pub(super) fn reference(&self) -> Option<&'a str> {
        reference(self.value)
    }

    /// The schema at the end of a chain of references.
    pub(super) fn followed(&self, root: &'a Value) -> Option<Self> {
        let Some(reference) = self.reference() else {
            return Some(self.clone());
        };
        let (pointer, value) = openapi::follow(root, reference)?;
        Some(Self {
            value,
            pointer,
            without_alternatives: self.without_alternatives,
        })
    }

    /// The position of its final target.
    pub(super) fn place(&self, root: &'a Value) -> PartKey {
        let target = self.followed(root);
        let pointer = target.map_or_else(|| self.pointer.clone(), |target| target.pointer);
        (pointer, self.without_alternatives)
    }

    /// The members of a list of schemas.
    pub(super) fn members(&self, keyword: &str) -> impl Iterator<Item = LocatedSchema<'a>> {
        let pointer = self.pointer.child(keyword);
        list(self.value, keyword)
            .enumerate()
            .map(move |(index, value)| Self::new(value, pointer.child(index.to_string())))
    }

    pub(super) fn has_properties(&self) -> bool {
        let properties = self.value.get("properties").and_then(Value::as_object);
        properties.is_some_and(|properties| !properties.is_empty())
    }

    /// The schema under a keyword.
    pub(super) fn child(&self, keyword: &str) -> Option<LocatedSchema<'a>> {
        let value = self.value.get(keyword)?;
        Some(Self::new(value, self.pointer.child(keyword)))
    }

    /// The alternatives under a keyword that are types.
    pub(super) fn alternatives(&self, keyword: &str) -> Vec<LocatedSchema<'a>> {
        if self.without_alternatives {
            return Vec::new();
        }
        self.members(keyword)
            .filter(|part| !has_only(part.value, &["required", "not"]))
            .collect()
    }

    /// Whether an equal schema elsewhere would have to have a name, too.
    pub(super) fn needs_key(&self) -> bool {
        ["allOf", "anyOf", "enum", "oneOf", "properties"]
            .iter()
            .any(|keyword| self.value.get(*keyword).is_some())
    }
}

/// Unwraps schemas from an `allOf`, `oneOf` or `anyOf` without siblings, and removes empty ones. Returns
/// whether any of them allows null.
///
/// `agrees` returns whether a `type` beside an `allOf` is that of its members.
pub(super) fn unwrapped<'a>(
    parts: Vec<LocatedSchema<'a>>,
    agrees: impl Fn(&LocatedSchema<'a>) -> bool,
) -> (Vec<LocatedSchema<'a>>, bool) {
    let mut found = Vec::<LocatedSchema<'a>>::new();
    let mut nullable = false;
    let mut waiting: Vec<_> = parts.into_iter().rev().map(|part| (part, 0)).collect();
    while let Some((part, depth)) = waiting.pop() {
        if part.reference().is_some() {
            if !found
                .iter()
                .any(|other| other.reference() == part.reference())
            {
                found.push(part);
            }
            continue;
        }
        let alternatives = [part.alternatives("oneOf"), part.alternatives("anyOf")].concat();
        let is_wrapper = |more: &[&str]| has_only(part.value, more) && depth < super::DEPTH;
        let has_members = part.value.get("allOf").is_some();
        if has_members && is_wrapper(&["allOf", "type"]) && agrees(&part) {
            nullable |= is_nullable(part.value);
            let members: Vec<_> = part.members("allOf").collect();
            waiting.extend(members.into_iter().rev().map(|member| (member, depth + 1)));
        } else if is_wrapper(&["oneOf", "anyOf"])
            && alternatives.len() == 1
            && !has_mapping(part.value)
        {
            nullable |= is_nullable(part.value);
            waiting.extend(alternatives.into_iter().map(|only| (only, depth + 1)));
        } else if has_only(part.value, &[]) {
            nullable |= is_nullable(part.value);
        } else if !found.iter().any(|other| other.value == part.value) {
            nullable |= is_nullable(part.value);
            found.push(part);
        }
    }
    (found, nullable)
}

/// Whether a discriminator may name more alternatives than are listed.
fn has_mapping(schema: &Value) -> bool {
    let mapping = schema.pointer("/discriminator/mapping");
    mapping
        .and_then(Value::as_object)
        .is_some_and(|mapping| mapping.len() > 1)
}

/// The documentation of a schema, without the values that it lists.
pub(in crate::resolve) fn docs(schema: &Value) -> TypeDocs {
    let default = schema.get("default").filter(|default| !default.is_null());
    TypeDocs {
        description: text(schema, "description"),
        default: default.map(plain),
        deprecated: schema.get("deprecated") == Some(&Value::Bool(true)),
        ..TypeDocs::default()
    }
}

/// A JSON value as a person writes it.
pub(super) fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn text(value: &Value, field: &str) -> Option<String> {
    let text = value.get(field)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Whether a schema holds nothing but annotations and the keywords in `more`.
fn has_only(schema: &Value, more: &[&str]) -> bool {
    match schema {
        Value::Object(fields) => fields.keys().all(|field| {
            ANNOTATIONS.contains(&field.as_str())
                || more.contains(&field.as_str())
                || field.starts_with("x-")
        }),
        _ => true,
    }
}

/// Whether a schema by itself allows null.
pub(super) fn is_nullable(schema: &Value) -> bool {
    schema.get("nullable") == Some(&Value::Bool(true))
        || list(schema, "type").any(|type_| type_ == "null")
        || list(schema, "enum").any(Value::is_null)
}

pub(super) fn list<'v>(schema: &'v Value, field: &str) -> impl Iterator<Item = &'v Value> {
    schema
        .get(field)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// The titles that are short enough for a name and that only one anonymous schema has.
pub(super) fn unique_titles(root: &Value) -> BTreeSet<&str> {
    let mut holders = BTreeMap::<&str, Vec<&Value>>::new();
    let mut waiting = vec![root];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(fields) => {
                if let Some(title) = fields.get("title").and_then(Value::as_str)
                    && (fields.contains_key("properties") || fields.contains_key("enum"))
                {
                    let known = holders.entry(title).or_default();
                    if !known.contains(&value) {
                        known.push(value);
                    }
                }
                waiting.extend(fields.values());
            }
            Value::Array(items) => waiting.extend(items),
            _ => {}
        }
    }
    let is_name = |title: &str| {
        (3..=40).contains(&title.len())
            && title.split_whitespace().count() <= 4
            && title.starts_with(|first: char| first.is_ascii_alphabetic())
            && title.is_ascii()
    };
    holders
        .into_iter()
        .filter(|(title, holders)| holders.len() == 1 && is_name(title))
        .map(|(title, _)| title)
        .collect()
}
