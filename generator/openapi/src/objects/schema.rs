//! The schema object and its parts.

use super::Shape::{Any, Boolean, BooleanOr, Count, List, Number, Object as Of, Ref, Text};
use super::tables::{EXTERNAL_DOCS, TEXT_MAP, TEXTS};
use super::{Key, Map, Object, ObjectKind, Shape, component, map, may, must, object};

static ANY_SCHEMA: Shape = Ref(&SCHEMA);
static SCHEMAS: Map = map(Key::Any, Ref(&SCHEMA));

pub(crate) static SCHEMA: Object = component(
    ObjectKind::Schema,
    "a schema",
    "schemas",
    &[
        may("title", Text),
        may("multipleOf", Number),
        may("maximum", Number),
        may("exclusiveMaximum", Boolean).only_3_0(),
        may("exclusiveMaximum", Shape::Bound).only_3_1(),
        may("minimum", Number),
        may("exclusiveMinimum", Boolean).only_3_0(),
        may("exclusiveMinimum", Shape::Bound).only_3_1(),
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
        may("properties", Shape::Map(&SCHEMAS)),
        may("additionalProperties", BooleanOr(&SCHEMA)),
        may("description", Text),
        may("format", Text),
        may("default", Any),
        may("nullable", Boolean).only_3_0(),
        may("nullable", Shape::Outdated).only_3_1(),
        may("discriminator", Of(&DISCRIMINATOR)),
        may("readOnly", Boolean),
        may("writeOnly", Boolean),
        may("xml", Of(&XML)),
        may("externalDocs", Of(&EXTERNAL_DOCS)),
        may("example", Any),
        may("deprecated", Boolean),
        may("const", Any).only_3_1(),
        may("examples", List(&Any)).only_3_1(),
        may("prefixItems", List(&ANY_SCHEMA)).only_3_1(),
        may("patternProperties", Shape::Map(&SCHEMAS)).only_3_1(),
        may("contentEncoding", Text).only_3_1(),
        may("contentMediaType", Text).only_3_1(),
        may("contentSchema", Ref(&SCHEMA)).only_3_1(),
        may("if", Ref(&SCHEMA)).only_3_1(),
        may("then", Ref(&SCHEMA)).only_3_1(),
        may("else", Ref(&SCHEMA)).only_3_1(),
        may("dependentSchemas", Shape::Map(&SCHEMAS)).only_3_1(),
        may("dependentRequired", Shape::Map(&map(Key::Any, TEXTS))).only_3_1(),
        may("propertyNames", Ref(&SCHEMA)).only_3_1(),
        may("unevaluatedProperties", Ref(&SCHEMA)).only_3_1(),
        may("unevaluatedItems", Ref(&SCHEMA)).only_3_1(),
        may("contains", Ref(&SCHEMA)).only_3_1(),
        may("minContains", Count).only_3_1(),
        may("maxContains", Count).only_3_1(),
        may("$defs", Shape::Map(&SCHEMAS)).only_3_1(),
        may("definitions", Shape::Map(&SCHEMAS)).only_3_1(),
        may("$id", Text).only_3_1(),
        may("$schema", Text).only_3_1(),
        may("$vocabulary", Any).only_3_1(),
        may("$comment", Text).only_3_1(),
        may("$anchor", Text).only_3_1(),
        may("$dynamicAnchor", Text).only_3_1(),
        may("$dynamicRef", Text).only_3_1(),
    ],
);

static DISCRIMINATOR: Object = object(
    ObjectKind::Discriminator,
    "a discriminator",
    &[must("propertyName", Text), may("mapping", TEXT_MAP)],
);

static XML: Object = object(
    ObjectKind::Other,
    "an XML object",
    &[
        may("name", Text),
        may("namespace", Text),
        may("prefix", Text),
        may("attribute", Boolean),
        may("wrapped", Boolean),
    ],
);
