//! OpenAPI 3.0 and 3.1 as tables: every kind of object with its fields.

mod schema;
mod tables;

pub(crate) use schema::SCHEMA;
pub(crate) use tables::{COMPONENTS, DOCUMENT};

use crate::terms::{Version, is_extension};

/// A kind of object: its name and its fields. Fields that start with `x-` are always allowed.
pub(crate) struct Object {
    pub(crate) kind: ObjectKind,
    /// With its article: `an operation`.
    pub(crate) name: &'static str,
    fields: &'static [Field],
    /// Where `$ref`s to such objects lead: `schemas` of `#/components/schemas/…`. Empty if none may.
    pub(crate) component: &'static str,
}

/// Kinds that are checked beyond their fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ObjectKind {
    Document,
    Server,
    PathItem,
    Operation,
    Parameter,
    Header,
    RequestBody,
    MediaType,
    Example,
    Link,
    Schema,
    Discriminator,
    SecurityScheme,
    OAuthFlows,
    Other,
}

pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    pub(crate) required: bool,
    /// The only version that has it; both have it where there is none.
    version: Option<Version>,
}

impl Object {
    /// The fields that such an object has in a version.
    pub(crate) fn fields(
        &self,
        version: Version,
    ) -> impl Iterator<Item = &'static Field> + Clone + use<> {
        let is_known = move |field: &&Field| field.version.is_none_or(|only| only == version);
        self.fields.iter().filter(is_known)
    }

    /// Returns the field of this name in a version.
    pub(crate) fn field(&self, name: &str, version: Version) -> Option<&'static Field> {
        self.fields(version).find(|field| field.name == name)
    }

    /// Whether it is a schema of 3.1: possibly a boolean, or with siblings of its `$ref`.
    pub(crate) fn is_later_schema(&self, version: Version) -> bool {
        version == Version::V3_1 && self.kind == ObjectKind::Schema
    }
}

impl Field {
    const fn only_3_0(mut self) -> Self {
        self.version = Some(Version::V3_0);
        self
    }

    const fn only_3_1(mut self) -> Self {
        self.version = Some(Version::V3_1);
        self
    }
}

/// The expected shape of a value.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    Any,
    Text,
    Boolean,
    Number,
    /// An integer from zero up, of 32 bits.
    Count,
    /// One of these texts.
    Word(&'static [&'static str]),
    /// The type of a schema's values, or a list of them where the version has such lists.
    Type,
    /// A number; or a boolean, as 3.0 has it.
    Bound,
    /// A boolean of 3.0, which 3.1 says otherwise.
    Outdated,
    List(&'static Shape),
    Map(&'static Map),
    /// Such a map, or a reference to an object of this kind.
    MapOrRef(&'static Map, &'static Object),
    Object(&'static Object),
    /// An object of this kind, or a reference to one.
    Ref(&'static Object),
    /// A boolean or an object of this kind, or a reference to one.
    BooleanOr(&'static Object),
}

/// An object whose keys are the author's.
pub(crate) struct Map {
    pub(crate) key: Key,
    pub(crate) value: Shape,
    /// Whether keys that start with `x-` may have any value.
    extensible: bool,
}

impl Map {
    /// Whether a key is an extension rather than one of the author's, and its value may be anything.
    pub(crate) fn is_extension(&self, key: &str) -> bool {
        self.extensible && is_extension(key)
    }
}

/// The expected form of a key of a [`Map`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Any,
    Component,
    Path,
    Status,
    MediaType,
    /// A runtime expression, such as `{$request.body#/url}`.
    Expression,
}

const fn must(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        required: true,
        version: None,
    }
}

const fn may(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        required: false,
        version: None,
    }
}

const fn object(kind: ObjectKind, name: &'static str, fields: &'static [Field]) -> Object {
    Object {
        kind,
        name,
        fields,
        component: "",
    }
}

const fn component(
    kind: ObjectKind,
    name: &'static str,
    component: &'static str,
    fields: &'static [Field],
) -> Object {
    Object {
        kind,
        name,
        fields,
        component,
    }
}

const fn map(key: Key, value: Shape) -> Map {
    Map {
        key,
        value,
        extensible: false,
    }
}

const fn extensible_map(key: Key, value: Shape) -> Map {
    Map {
        key,
        value,
        extensible: true,
    }
}
