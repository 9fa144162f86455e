//! From schemas that hold together to the one shape they have.

use std::collections::BTreeMap;

use openapi::Pointer;
use serde_json::Value;

use super::bounds::{Bound, bounds, limited};
use super::canonical::{canonical, wordless};
use super::children::{items, properties, rest};
use super::conjunction::{Conjunction, Part};
use super::interner::Interner;
use super::keywords::{is_annotation, is_implied, words_of};
use super::nullness::{Null, nullness};
use super::shape::{Fact, Shape};
use super::types::{all_types, all_values};

/// Keywords that become something else of a shape, or that say nothing on their own.
const KNOWN: &[&str] = &[
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contentEncoding",
    "contentMediaType",
    "default",
    "deprecated",
    "discriminator",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "nullable",
    "oneOf",
    "properties",
    "readOnly",
    "required",
    "type",
    "writeOnly",
];

/// Reads the schemas at these places; what lies below them is asked for.
pub(super) fn shape(schemas: &mut Interner<'_>, places: &[Pointer]) -> Shape {
    let together = Conjunction::of(schemas.root, places);
    let types = all_types(&together);
    let is_whole = types
        .as_ref()
        .is_some_and(|types| types.value.iter().eq(["integer"]));
    let values = all_values(&together);
    let null = nullness(schemas.root, places);
    let has_flag = |field: &str| {
        let flags = together.parts.iter().map(|part| part.fields.get(field));
        flags.flatten().any(|flag| *flag == Value::Bool(true))
    };
    let (implied_format, format) = match first(&together, format) {
        Some(format) if is_implied(&format.value) => (Some(format), None),
        format => (None, format),
    };
    let mut shape = Shape {
        nullable: null == Null::Admitted
            || (null == Null::Unspecified && types.is_none() && values.is_none()),
        deprecated: has_flag("deprecated"),
        read_only: has_flag("readOnly"),
        write_only: has_flag("writeOnly"),
        format,
        implied_format,
        default: first(&together, |part| {
            let default = part.fields.get("default").filter(|value| !value.is_null());
            default.map(|value| (canonical(value), "default"))
        }),
        bounds: all_bounds(&together, is_whole),
        other: other(&together),
        properties: properties(schemas, &together),
        items: items(schemas, &together, types.as_ref()),
        rest: rest(schemas, &together),
        choice: Vec::new(),
        broken: together.broken.clone(),
        words: together
            .parts
            .iter()
            .map(|part| words_of(part.fields))
            .filter(|words| !words.is_empty())
            .collect::<Vec<_>>()
            .join("\n"),
        types,
        values,
    };
    choose(schemas, &together, &mut shape);
    if let Some(types) = &shape.types {
        let limits = |keyword: &str| {
            limited(keyword)
                .iter()
                .any(|name| types.value.contains(*name))
        };
        shape.bounds.retain(|keyword, _| limits(keyword));
    }
    shape
}

/// A format, or the keywords that 3.1 has instead.
fn format(part: &Part<'_>) -> Option<(String, &'static str)> {
    let text = |field: &str| part.fields.get(field).and_then(Value::as_str);
    if let Some(format) = text("format") {
        return Some((format.to_owned(), "format"));
    }
    if text("contentEncoding") == Some("base64") {
        return Some(("byte".to_owned(), "contentEncoding"));
    }
    (text("contentMediaType") == Some("application/octet-stream"))
        .then(|| ("binary".to_owned(), "contentMediaType"))
}

fn first(
    together: &Conjunction<'_>,
    read: impl Fn(&Part<'_>) -> Option<(String, &'static str)>,
) -> Option<Fact<String>> {
    together.parts.iter().find_map(|part| {
        let (value, keyword) = read(part)?;
        Some(Fact {
            value,
            at: part.at.child(keyword),
        })
    })
}

/// Of several limits the tightest.
fn all_bounds(together: &Conjunction<'_>, is_whole: bool) -> BTreeMap<&'static str, Fact<Bound>> {
    let mut all = BTreeMap::<_, Fact<Bound>>::new();
    for part in &together.parts {
        for (keyword, value) in bounds(part.fields, is_whole) {
            let at = part.at.child(keyword);
            if all
                .get(keyword)
                .is_none_or(|known| known.value.includes(&value))
            {
                all.insert(keyword, Fact { value, at });
            }
        }
    }
    all
}

/// Keywords that are not known here, which are compared as they are written.
fn other(together: &Conjunction<'_>) -> BTreeMap<String, Fact<String>> {
    let mut other = BTreeMap::new();
    for part in &together.parts {
        for (field, value) in part.fields {
            let at = part.at.child(field);
            let is_known = KNOWN.contains(&field.as_str())
                || !limited(field).is_empty()
                || is_annotation(field);
            let value = match field.as_str() {
                // A discriminator maps to names of components, which have no meaning.
                "discriminator" => value.get("propertyName"),
                _ if is_known && !together.demands.contains(&at) => None,
                _ => Some(value),
            };
            if let Some(value) = value.map(wordless) {
                other.entry(field.clone()).or_insert(Fact { value, at });
            }
        }
    }
    other
}

/// One choice is normalised; further ones are compared as written.
fn choose(schemas: &mut Interner<'_>, together: &Conjunction<'_>, shape: &mut Shape) {
    let mut choices = together.choices.iter();
    for place in choices.next().into_iter().flatten() {
        let child = schemas.child(place.clone());
        shape.choice.push(child);
    }
    for (index, places) in choices.enumerate() {
        let written = places
            .iter()
            .filter_map(|place| schemas.root.pointer(place.as_str()))
            .map(wordless);
        let mut written: Vec<_> = written.collect();
        written.sort();
        let fact = Fact {
            value: written.join(" "),
            at: places[0].clone(),
        };
        shape.other.insert(format!("choice{index}"), fact);
    }
}
