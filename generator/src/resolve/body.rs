//! The body of a request.

use std::collections::BTreeSet;

use openapi::media_type::{self, MediaKind};
use openapi::{Pointer, is_extension};
use serde_json::Value;

use super::operation::DescribedOperation;
use super::{Resolver, entries, examples, flag, text};
use crate::model::{
    Body, BodyContent, BodyKind, FieldStyle, Multipart, Part, PartKind, Style, Type, TypeRef,
};
use crate::names;

/// A media type object with its position.
pub(super) struct Media<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a Value,
    pub(super) pointer: Pointer,
}

impl<'a> Media<'a> {
    pub(super) fn schema(&self) -> Option<&'a Value> {
        self.value.get("schema").filter(|schema| schema.is_object())
    }

    pub(super) fn schema_pointer(&self) -> Pointer {
        self.pointer.child("schema")
    }

    /// Its type as JSON.
    pub(super) fn type_(&self, resolver: &mut Resolver<'a>, wish: &str) -> TypeRef {
        let pointer = self.schema_pointer();
        self.schema().map_or(TypeRef::new(Type::Any), |schema| {
            resolver.report_values(schema, &pointer);
            resolver.types.type_of(schema, &pointer, wish)
        })
    }
}

impl<'a> Resolver<'a> {
    /// Reports values that a schema lists where no docs show them.
    pub(super) fn report_values(&mut self, schema: &'a Value, pointer: &Pointer) {
        if self.types.values_of(schema, pointer).is_empty() {
            return;
        }
        let (_, at) = self.follow(schema, pointer);
        self.report.add(
            "lossy-schema",
            &at,
            "the type accepts other values than those of `enum`",
            "move the schema to `components/schemas`: the docs of its type will list the values",
        );
    }
}

/// The media types of a body or response.
pub(super) fn media<'a>(
    resolver: &Resolver<'a>,
    owner: &'a Value,
    pointer: &Pointer,
) -> Vec<Media<'a>> {
    let Some(content) = owner.get("content") else {
        return Vec::new();
    };
    let (content, at) = resolver.follow(content, &pointer.child("content"));
    let media = content.as_object().into_iter().flatten();
    media
        .filter(|(name, value)| !is_extension(name) && value.is_object())
        .map(|(name, value)| Media {
            name,
            value,
            pointer: at.child(name),
        })
        .collect()
}

pub(super) fn resolve<'a>(
    resolver: &mut Resolver<'a>,
    described: &DescribedOperation<'a>,
    pointer: &Pointer,
    id: &str,
    wish: &str,
) -> Option<Body> {
    let at = pointer.child("requestBody");
    let (body, pointer) = resolver.follow(described.value.get("requestBody")?, &at);
    let media = media(resolver, body, &pointer);
    if !media.is_empty() && !is_allowed(resolver, described.method, &at) {
        return None;
    }
    let mut contents = Vec::<BodyContent>::new();
    let mut seen = Vec::<(MediaKind, Option<&Value>)>::new();
    for media in &media {
        if !media_type::is_sendable(media.name) {
            continue;
        }
        let kind = media_type::kind(media.name, media.schema());
        let described = (kind, media.schema());
        // Text and bytes are sent under the name of their own media type.
        let is_typed = !matches!(kind, MediaKind::Text | MediaKind::Bytes);
        let known = seen
            .iter()
            .position(|known| is_typed && *known == described);
        if let Some(known) = known {
            contents[known].alike.push(media.name.to_owned());
            continue;
        }
        seen.push(described);
        let variant = variant(kind, media.name, &contents);
        let wish = if contents.is_empty() {
            format!("{wish}Body")
        } else {
            format!("{wish}{variant}Body")
        };
        let kind = content(resolver, media, kind, id, &wish);
        contents.push(BodyContent {
            media_type: sent_as(media.name, &kind),
            alike: Vec::new(),
            range: Some(media.name.to_owned())
                .filter(|name| name.contains("/*") && !name.contains("*/*")),
            variant,
            kind,
        });
    }
    if contents.is_empty() {
        if !media.is_empty() {
            resolver.report.add(
                "unsupported-request-body",
                &pointer.child("content"),
                format!("operation `{id}`: no media type of the body can be sent"),
                "name the one that the server accepts; `application/octet-stream` allows any bytes",
            );
        }
        return None;
    }
    // JSON is what callers prefer.
    contents.sort_by_key(|content| !matches!(content.kind, BodyKind::Json(_)));
    Some(Body {
        required: flag(body, "required"),
        description: text(body, "description"),
        contents,
        choice: format!("{wish}Content"),
    })
}

/// Whether HTTP lets a request of this method have a body (RFC 9110, 9.3). Where it has no meaning, servers may give it
/// one, and some do.
fn is_allowed(resolver: &mut Resolver<'_>, method: &str, at: &Pointer) -> bool {
    let name = method.to_uppercase();
    match method {
        "trace" => resolver.report.add(
            "forbidden-request-body",
            at,
            format!("HTTP forbids a body for {name}: it is not sent"),
            "remove the body, or change the method",
        ),
        "get" | "head" => resolver.report.add(
            "unusual-request-body",
            at,
            format!("HTTP defines no meaning for a body of {name}: it is sent all the same"),
            "use parameters, or the method `post`",
        ),
        _ => {}
    }
    method != "trace"
}

fn content<'a>(
    resolver: &mut Resolver<'a>,
    media: &Media<'a>,
    kind: MediaKind,
    id: &str,
    wish: &str,
) -> BodyKind {
    match kind {
        MediaKind::Json => {
            let type_ = media.type_(resolver, wish);
            resolver.sent.push(type_.clone());
            examples::of_media(resolver, media, &format!("{id} request"), &type_);
            BodyKind::Json(type_)
        }
        MediaKind::Form => {
            let type_ = media.type_(resolver, wish);
            resolver.sent.push(type_.clone());
            let styles = styles(media);
            BodyKind::Form(type_, styles)
        }
        MediaKind::Multipart => multipart(resolver, media, wish),
        MediaKind::Text => BodyKind::Text,
        MediaKind::Bytes => BodyKind::Upload,
    }
}

/// The media type that is sent: one that leaves it open is made definite.
fn sent_as(media_type: &str, kind: &BodyKind) -> String {
    if !media_type::is_wildcard(media_type) && media_type::meant_by(media_type).is_none() {
        return media_type.to_owned();
    }
    match kind {
        BodyKind::Json(_) => "application/json",
        BodyKind::Multipart(_) | BodyKind::Parts => "multipart/form-data",
        BodyKind::Text => "text/plain",
        _ => "application/octet-stream",
    }
    .to_owned()
}

fn variant(kind: MediaKind, media_type: &str, others: &[BodyContent]) -> String {
    let subtype = media_type.split(';').next().unwrap_or_default();
    let subtype = subtype
        .split_once('/')
        .map_or(subtype, |(_, subtype)| subtype);
    let wish = match kind {
        MediaKind::Json => "Json".to_owned(),
        MediaKind::Form => "Form".to_owned(),
        MediaKind::Multipart => "Multipart".to_owned(),
        MediaKind::Text | MediaKind::Bytes => match subtype {
            "plain" => "Text".to_owned(),
            "octet-stream" | "*" => "Bytes".to_owned(),
            subtype => names::type_name(subtype),
        },
    };
    let mut taken: BTreeSet<_> = others.iter().map(|other| other.variant.clone()).collect();
    names::free_name(&wish, "", &mut taken)
}

/// The properties of a form that are not written as the others are.
fn styles(media: &Media<'_>) -> Vec<(String, FieldStyle)> {
    let mut styles = Vec::new();
    for (property, encoding) in entries(media.value, "encoding") {
        let style = encoding.get("style").and_then(Value::as_str);
        let explode = encoding.get("explode").and_then(Value::as_bool);
        let content_type = encoding.get("contentType").and_then(Value::as_str);
        let style = match (style, explode) {
            (Some("deepObject"), _) => FieldStyle::DeepObject,
            (Some("spaceDelimited"), _) => FieldStyle::Joined(Style::SpaceDelimited),
            (Some("pipeDelimited"), _) => FieldStyle::Joined(Style::PipeDelimited),
            (_, Some(false)) => FieldStyle::Joined(Style::Form),
            (Some("form"), _) => FieldStyle::Form,
            _ if content_type.is_some_and(media_type::is_json) => FieldStyle::Json,
            _ => continue,
        };
        styles.push((property.clone(), style));
    }
    styles
}

/// The parts of a form with files, if the document says which there are.
fn multipart<'a>(resolver: &mut Resolver<'a>, media: &Media<'a>, wish: &str) -> BodyKind {
    let Some(schema) = media.schema() else {
        return BodyKind::Parts;
    };
    let pointer = media.schema_pointer();
    let (target, at) = resolver.follow(schema, &pointer);
    let shape = resolver.types.object_of(schema, &pointer, wish);
    let Some((fields, files)) = shape else {
        if ["allOf", "anyOf", "items", "oneOf"]
            .iter()
            .any(|key| target.get(key).is_some())
        {
            resolver.report.add(
                "lossy-schema",
                &at,
                "this form is not an object with properties, so its parts have no types",
                "describe an object with a property for each part",
            );
        }
        return BodyKind::Parts;
    };
    let mut parts = Vec::new();
    for field in fields {
        let encoding = media
            .value
            .get("encoding")
            .and_then(|all| all.get(&field.property));
        let media_type = encoding.and_then(|encoding| text(encoding, "contentType"));
        let is_file = files.contains(&field.property);
        let (repeated, item) = match field.type_.type_ {
            Type::List(item) => (true, *item),
            type_ => (false, TypeRef::new(type_)),
        };
        let kind = if is_file {
            PartKind::File
        } else if resolver.types.is_scalar(&item) {
            PartKind::Text(item)
        } else {
            PartKind::Json(item)
        };
        if let PartKind::Text(type_) | PartKind::Json(type_) = &kind {
            resolver.sent.push(type_.clone());
        }
        parts.push(Part {
            name: field.property,
            field: field.name,
            required: field.required && !field.read_only,
            repeated,
            kind,
            media_type: media_type.filter(|media_type| {
                media_type::is_sendable(media_type)
                    && !media_type.contains(',')
                    && !media_type::is_wildcard(media_type)
            }),
            docs: field.docs,
        });
    }
    BodyKind::Multipart(Multipart {
        type_name: wish.to_owned(),
        description: text(target, "description"),
        parts,
    })
}
