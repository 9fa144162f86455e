//! Names of schemas in OpenAPI 3.1, `$id`, `$anchor` and `$dynamicAnchor`: references by them become pointers.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::bundle::path::has_scheme;
use crate::pointer::{Pointer, percent_decoded};
use crate::terms::{Version, is_extension};

/// The keywords that name a schema.
const KEYWORDS: [&str; 3] = ["$id", "$anchor", "$dynamicAnchor"];
/// Fields with values as sent, whatever their keys.
const VALUES: &[&str] = &["const", "default", "enum", "example", "examples"];
/// Fields with keys that are the author's.
const MAPS: &[&str] = &[
    "$defs",
    "callbacks",
    "content",
    "definitions",
    "dependentSchemas",
    "encoding",
    "headers",
    "links",
    "parameters",
    "pathItems",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securitySchemes",
    "webhooks",
];

/// Schemas by their names; `None` where several have the same.
type Names = BTreeMap<String, Option<Pointer>>;

/// The schemas of one text that have names.
#[derive(Default)]
pub(super) struct Identifiers {
    /// By `$id`, resolved.
    resources: Names,
    /// By `$anchor` and `$dynamicAnchor`.
    anchors: Names,
    /// By `$dynamicAnchor` alone.
    dynamic_anchors: Names,
    /// By `$anchor` and `$dynamicAnchor`, under the URI that they belong to.
    own_anchors: BTreeMap<String, Names>,
}

/// Where a walk is.
#[derive(Clone)]
struct Scope<'p> {
    at: Pointer,
    /// The URI that references are relative to; empty where none is given.
    base: &'p str,
    /// The schema that has this URI, or the whole text.
    resource: &'p Pointer,
}

/// Turns references by name within a text into pointers. References that do not resolve by name stay unchanged, and so do
/// all in OpenAPI 3.0.
pub(super) fn resolve(version: Version, text: &str, root: &mut Value) -> Identifiers {
    let mut found = Identifiers::default();
    if version == Version::V3_0 || !KEYWORDS.iter().any(|keyword| text.contains(keyword)) {
        return found;
    }
    let start = Scope {
        at: Pointer::root(),
        base: "",
        resource: &Pointer::root(),
    };
    walk(root, &start, false, &mut |fields, place| {
        found.add(fields, place);
    });
    let (mut references, mut mapped) = (Vec::new(), Vec::new());
    walk(root, &start, false, &mut |fields, place| {
        for (value, text) in mapping(fields) {
            if !is_schema_name(root, text)
                && let Some(target) = found.target(root, text, place, false)
            {
                let discriminator = place.at.child("discriminator");
                mapped.push((discriminator.child("mapping").child(value), target));
            }
        }
        let keyword = ["$ref", "$dynamicRef"]
            .into_iter()
            .find(|keyword| fields.contains_key(*keyword));
        let target = keyword.and_then(|keyword| {
            let text = fields[keyword].as_str()?;
            found.target(root, text, place, keyword == "$dynamicRef")
        });
        if let (Some(keyword), Some(target)) = (keyword, target) {
            references.push((place.at.clone(), keyword, target.to_reference()));
        }
    });
    for (at, keyword, reference) in references {
        let schema = root.pointer_mut(at.as_str());
        if let Some(fields) = schema.and_then(Value::as_object_mut) {
            fields.shift_remove(keyword);
            fields.insert("$ref".to_owned(), reference.into());
        }
    }
    for (at, target) in mapped {
        if let Some(value) = root.pointer_mut(at.as_str()) {
            *value = target.to_reference().into();
        }
    }
    found
}

/// The values of a schema's discriminator, and the references or names that they are mapped to.
fn mapping(schema: &Map<String, Value>) -> impl Iterator<Item = (&String, &str)> {
    let discriminator = schema.get("discriminator");
    let mapping = discriminator.and_then(|discriminator| discriminator.get("mapping"));
    let mapping = mapping.and_then(Value::as_object).into_iter().flatten();
    mapping.filter_map(|(value, target)| Some((value, target.as_str()?)))
}

fn is_schema_name(root: &Value, text: &str) -> bool {
    let schemas = root.pointer("/components/schemas");
    schemas.is_some_and(|schemas| schemas.get(text).is_some())
}

/// Visits all objects but those that are values, and maps.
fn walk(
    value: &Value,
    place: &Scope<'_>,
    is_map: bool,
    visit: &mut impl FnMut(&Map<String, Value>, &Scope<'_>),
) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &place.child(index.to_string()), false, visit);
            }
        }
        Value::Object(fields) if is_map => {
            for (key, field) in fields {
                walk(field, &place.child(key), false, visit);
            }
        }
        Value::Object(fields) => {
            let uri = own_uri(fields, place);
            let place = Scope {
                at: place.at.clone(),
                base: uri.as_deref().unwrap_or(place.base),
                resource: uri.as_ref().map_or(place.resource, |_| &place.at),
            };
            visit(fields, &place);
            for (key, field) in fields {
                let is_value = VALUES.contains(&key.as_str()) || is_extension(key);
                if !is_value && (field.is_object() || field.is_array()) {
                    walk(
                        field,
                        &place.child(key),
                        MAPS.contains(&key.as_str()),
                        visit,
                    );
                }
            }
        }
        _ => {}
    }
}

/// The `$id` of a schema, resolved.
fn own_uri(fields: &Map<String, Value>, place: &Scope<'_>) -> Option<String> {
    let id = fields.get("$id")?.as_str()?;
    let uri = id.strip_suffix('#').unwrap_or(id);
    let is_uri = !uri.is_empty() && !uri.contains('#');
    is_uri.then(|| resolved(place.base, uri))
}

impl Scope<'_> {
    fn child(&self, key: impl AsRef<str>) -> Self {
        Self {
            at: self.at.child(key),
            ..*self
        }
    }
}

impl Identifiers {
    /// The schema that an anchor names, if it is the only one of this name.
    pub(super) fn only(&self, name: &str) -> Option<&Pointer> {
        self.anchors.get(name)?.as_ref()
    }

    fn add(&mut self, fields: &Map<String, Value>, place: &Scope<'_>) {
        if *place.resource == place.at && !place.base.is_empty() {
            add_name(&mut self.resources, place.base, &place.at);
        }
        for (keyword, is_dynamic) in [("$anchor", false), ("$dynamicAnchor", true)] {
            if let Some(name) = fields.get(keyword).and_then(Value::as_str) {
                add_name(&mut self.anchors, name, &place.at);
                if is_dynamic {
                    add_name(&mut self.dynamic_anchors, name, &place.at);
                }
                let own = self.own_anchors.entry(place.base.to_owned());
                add_name(own.or_default(), name, &place.at);
            }
        }
    }

    /// Where a reference leads, unless pointers within the text say it already or no name here does.
    fn target(
        &self,
        root: &Value,
        reference: &str,
        place: &Scope<'_>,
        is_dynamic: bool,
    ) -> Option<Pointer> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let base = resolved(place.base, uri);
        let resource = if uri.is_empty() {
            place.resource
        } else {
            self.resources.get(&base)?.as_ref()?
        };
        let target = if fragment.is_empty() || fragment.starts_with('/') {
            let is_plain = uri.is_empty() && *resource == Pointer::root() && !is_dynamic;
            let rest = Pointer::from_reference(&format!("#{fragment}"))?;
            (!is_plain).then(|| resource.followed_by(rest.as_str()))?
        } else {
            let name = percent_decoded(fragment)?;
            self.anchor(&name, &base, uri.is_empty(), is_dynamic)?
                .clone()
        };
        root.pointer(target.as_str()).map(|_| target)
    }

    /// The schema that an anchor of a URI names; one of another URI if it `may_be_other` and is the only one.
    fn anchor(
        &self,
        name: &str,
        base: &str,
        may_be_other: bool,
        is_dynamic: bool,
    ) -> Option<&Pointer> {
        if is_dynamic && let Some(dynamic) = self.dynamic_anchors.get(name) {
            // Which of several is meant depends on the way to the reference.
            return dynamic.as_ref();
        }
        match self.own_anchors.get(base).and_then(|own| own.get(name)) {
            Some(own) => own.as_ref(),
            None if may_be_other => self.only(name),
            None => None,
        }
    }
}

fn add_name(names: &mut Names, name: &str, at: &Pointer) {
    names
        .entry(name.to_owned())
        .and_modify(|known| *known = None)
        .or_insert_with(|| Some(at.clone()));
}

/// The URI that a reference means at `base`, as RFC 3986 resolves it; both are without a fragment.
fn resolved(base: &str, reference: &str) -> String {
    if reference.is_empty() {
        return base.to_owned();
    }
    if has_scheme(reference) {
        return reference.to_owned();
    }
    let (base, _) = split_query(base);
    let scheme_end = if has_scheme(base) {
        base.find(':').map_or(0, |at| at + 1)
    } else {
        0
    };
    let (scheme, rest) = base.split_at(scheme_end);
    if reference.starts_with("//") {
        return format!("{scheme}{reference}");
    }
    let (reference, query) = split_query(reference);
    if reference.is_empty() {
        return format!("{base}{query}");
    }
    let authority_end = match rest.strip_prefix("//") {
        Some(authority) => authority.find('/').map_or(rest.len(), |at| at + 2),
        None => 0,
    };
    let (authority, path) = rest.split_at(authority_end);
    let directory_end = path.rfind('/').map_or(0, |at| at + 1);
    let directory = match &path[..directory_end] {
        _ if reference.starts_with('/') => "",
        "" if !authority.is_empty() => "/",
        directory => directory,
    };
    let path = without_dots(&format!("{directory}{reference}"));
    format!("{scheme}{authority}{path}{query}")
}

/// The part of a URI before its query, and the query with its `?`.
fn split_query(uri: &str) -> (&str, &str) {
    uri.split_at(uri.find('?').unwrap_or(uri.len()))
}

/// A path without the segments `.` and `..`.
fn without_dots(path: &str) -> String {
    let (root, relative) = match path.strip_prefix('/') {
        Some(relative) => ("/", relative),
        None => ("", path),
    };
    let mut segments = Vec::new();
    for segment in relative.split('/') {
        match segment {
            "." => {}
            ".." if segments.last().is_some_and(|last| *last != "..") => drop(segments.pop()),
            ".." if !root.is_empty() => {}
            _ => segments.push(segment),
        }
    }
    format!("{root}{}", segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn references_are_resolved() {
        let base = "https://example.com/schemas/a.json";
        for (reference, expected) in [
            ("", base),
            ("urn:b", "urn:b"),
            ("b.json", "https://example.com/schemas/b.json"),
            ("./c/../b.json", "https://example.com/schemas/b.json"),
            ("../../b.json", "https://example.com/b.json"),
            ("/b.json", "https://example.com/b.json"),
            ("//example.org/b", "https://example.org/b"),
        ] {
            assert_eq!(resolved(base, reference), expected, "{reference}");
        }
        assert_eq!(
            resolved("https://example.com", "b"),
            "https://example.com/b"
        );
        let with_query = "https://example.com/s/a?v=1/2";
        for (reference, expected) in [
            ("", with_query),
            ("b", "https://example.com/s/b"),
            ("?v=2", "https://example.com/s/a?v=2"),
            ("../b?v=/../2", "https://example.com/b?v=/../2"),
        ] {
            assert_eq!(resolved(with_query, reference), expected, "{reference}");
        }
        assert_eq!(
            resolved("https://example.com?v=1/2", "b"),
            "https://example.com/b"
        );
        assert_eq!(resolved("", "../b"), "../b");
        assert_eq!(resolved("a/b", "c"), "a/c");
        assert_eq!(resolved("urn:a", "b"), "urn:b");
    }
}
