//! Parameters, headers and contents.

use std::collections::BTreeMap;

use openapi::{Pointer, parameter_names};
use serde_json::Value;

use super::graph::Graph;
use super::interner::Interner;
use super::keywords::words;
use super::refs::follow;
use super::shape::Child;

/// Media types, with the positions and schemas of their contents.
pub(crate) type Content = BTreeMap<String, Child>;

/// A parameter.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) at: Pointer,
    /// `path`, `query`, `header` or `cookie`.
    pub(crate) location: String,
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    /// The encoding of a value, with defaults filled in.
    pub(crate) style: Style,
    pub(crate) schema: Child,
    pub(crate) words: String,
}

/// How a parameter's value becomes text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    /// The style's name, or the media type of the text.
    pub(crate) name: String,
    pub(crate) explode: bool,
    pub(crate) reserved: bool,
}

/// The identity of a parameter: its location and name; in a path, its position.
pub(crate) type Key = (String, String);

/// A header of a response.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    pub(crate) at: Pointer,
    /// As written.
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    pub(crate) schema: Child,
    pub(crate) words: String,
}

/// The parameter at a position, except for headers that OpenAPI declares elsewhere.
///
/// # Errors
///
/// When nothing is there, or something else.
pub(super) fn parameter(
    schemas: &mut Interner<'_>,
    place: &Pointer,
    path: &str,
) -> Result<Option<(Key, Parameter)>, String> {
    let (at, value) = follow(schemas.root, place)?;
    let text = |field: &str| value.get(field).and_then(Value::as_str).map(str::to_owned);
    let (Some(name), Some(location)) = (text("name"), text("in")) else {
        return Err("is not a parameter".to_owned());
    };
    let described_elsewhere = ["accept", "authorization", "content-type"];
    let key = match location.as_str() {
        "header" if described_elsewhere.contains(&name.to_lowercase().as_str()) => return Ok(None),
        "header" => name.to_lowercase(),
        "path" => match parameter_names(path)
            .iter()
            .position(|known| *known == name)
        {
            Some(number) => format!("{number:03}"),
            None => name.clone(),
        },
        _ => name.clone(),
    };
    let schema = schema(schemas, &at, value);
    let parameter = Parameter {
        required: location == "path" || flag(value, "required"),
        deprecated: flag(value, "deprecated"),
        style: style(value, &location),
        words: words(value),
        location: location.clone(),
        name,
        schema,
        at,
    };
    Ok(Some(((location, key), parameter)))
}

/// The header at a place.
///
/// # Errors
///
/// When nothing is there.
pub(super) fn header(
    schemas: &mut Interner<'_>,
    place: &Pointer,
    name: &str,
) -> Result<Header, String> {
    let (at, value) = follow(schemas.root, place)?;
    Ok(Header {
        name: name.to_owned(),
        required: flag(value, "required"),
        deprecated: flag(value, "deprecated"),
        schema: schema(schemas, &at, value),
        words: words(value),
        at,
    })
}

/// The contents of the request body or response at a place.
pub(super) fn content(schemas: &mut Interner<'_>, at: &Pointer, value: &Value) -> Content {
    let at = at.child("content");
    let types = value
        .get("content")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    let schema = |name: &String| at.child(name).child("schema");
    types
        .map(|(name, _)| (media_type(name), schemas.child(schema(name))))
        .collect()
}

pub(super) fn flag(value: &Value, field: &str) -> bool {
    value.get(field) == Some(&Value::Bool(true))
}

/// Parameters and headers have a schema, or one content that has it.
fn schema(schemas: &mut Interner<'_>, at: &Pointer, value: &Value) -> Child {
    match value
        .get("content")
        .and_then(Value::as_object)
        .and_then(|content| content.keys().next())
    {
        Some(media_type) => schemas.child(at.child("content").child(media_type).child("schema")),
        None => schemas.child(at.child("schema")),
    }
}

fn style(value: &Value, location: &str) -> Style {
    let content = value.get("content").and_then(Value::as_object);
    if let Some(name) = content.and_then(|content| content.keys().next()) {
        return Style {
            name: media_type(name),
            explode: false,
            reserved: false,
        };
    }
    let by_default = if ["query", "cookie"].contains(&location) {
        "form"
    } else {
        "simple"
    };
    let name = value
        .get("style")
        .and_then(Value::as_str)
        .unwrap_or(by_default);
    let explode = value.get("explode").and_then(Value::as_bool);
    Style {
        name: name.to_owned(),
        explode: explode.unwrap_or(name == "form"),
        reserved: flag(value, "allowReserved"),
    }
}

/// A media type as it is compared: in lower case, without spaces, and without the charset that is
/// everyone's.
fn media_type(name: &str) -> String {
    let name: String = name.to_lowercase().split_whitespace().collect();
    name.strip_suffix(";charset=utf-8")
        .map_or(name.clone(), str::to_owned)
}

impl Parameter {
    /// Its name as it is compared: headers have no letter case.
    pub(crate) fn wire_name(&self) -> String {
        if self.location == "header" {
            self.name.to_lowercase()
        } else {
            self.name.clone()
        }
    }

    /// Whether a value has parts, which can be written in several ways.
    pub(crate) fn has_parts(&self, graph: &Graph<'_>) -> bool {
        let shape = graph.shape(self.schema.shape);
        shape.is_any()
            || !shape.choice.is_empty()
            || shape.may_be("array")
            || shape.may_be("object")
    }

    /// How a value is written on the wire.
    pub(crate) fn wire(&self, has_parts: bool) -> String {
        let style = &self.style;
        let explode = if style.explode && has_parts {
            ", exploded"
        } else {
            ""
        };
        let reserved = if style.reserved {
            ", reserved characters as they are"
        } else {
            ""
        };
        format!("{}{explode}{reserved}", style.name)
    }
}
