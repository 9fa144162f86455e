//! The schema object and what belongs to it.

use super::Shape::{Any, Boolean, BooleanOr, Count, List, Number, Object as Of, Ref, Text};
use super::tables::{EXTERNAL_DOCS, TEXT_MAP, TEXTS};
use super::{Key, Kind, Object, Shape, component, map, may, must, object};

static ANY_SCHEMA: Shape = Ref(&SCHEMA);

pub(crate) static SCHEMA: Object = component(
    Kind::Schema,
    "a schema",
    "schemas",
    &[
        may("title", Text),
        may("multipleOf", Number),
        may("maximum", Number),
        may("exclusiveMaximum", Boolean),
        may("minimum", Number),
        may("exclusiveMinimum", Boolean),
        may("maxLength", Count),
        may("minLength", Count),
        may("pattern", Text),
        may("maxItems", Count),
        may("minItems", Count),
        may("uniqueItems", Boolean),
        may("maxProperties", Count),
        may("minProperties", Count),
        may("required", TEXTS),
        may("enum", List(&Any)),
        may("type", Shape::Type),
        may("allOf", List(&ANY_SCHEMA)),
        may("oneOf", List(&ANY_SCHEMA)),
        may("anyOf", List(&ANY_SCHEMA)),
        may("not", Ref(&SCHEMA)),
        may("items", Ref(&SCHEMA)),
        may("properties", Shape::Map(&map(Key::Any, Ref(&SCHEMA)))),
        may("additionalProperties", BooleanOr(&SCHEMA)),
        may("description", Text),
        may("format", Text),
        may("default", Any),
        may("nullable", Boolean),
        may("discriminator", Of(&DISCRIMINATOR)),
        may("readOnly", Boolean),
        may("writeOnly", Boolean),
        may("xml", Of(&XML)),
        may("externalDocs", Of(&EXTERNAL_DOCS)),
        may("example", Any),
        may("deprecated", Boolean),
    ],
);

static DISCRIMINATOR: Object = object(
    Kind::Discriminator,
    "a discriminator",
    &[must("propertyName", Text), may("mapping", TEXT_MAP)],
);

static XML: Object = object(
    Kind::Other,
    "an XML object",
    &[
        may("name", Text),
        may("namespace", Text),
        may("prefix", Text),
        may("attribute", Boolean),
        may("wrapped", Boolean),
    ],
);
