//! Every kind of object but the schema.

use super::Shape::{Any, Boolean, List, Object as Of, Ref, Text, Word};
use super::schema::SCHEMA;
use super::{
    Key, Map, Object, ObjectKind, Shape, component, extensible_map, map, may, must, object,
};

pub(super) const TEXTS: Shape = List(&Text);
const ANY_MAP: Shape = Shape::Map(&map(Key::Any, Any));
pub(super) const TEXT_MAP: Shape = Shape::Map(&map(Key::Any, Text));

pub(crate) static DOCUMENT: Object = object(
    ObjectKind::Document,
    "the document",
    &[
        must("openapi", Any),
        must("info", Of(&INFO)),
        may("servers", List(&Of(&SERVER))),
        must("paths", Shape::Map(&PATHS)).only_3_0(),
        may("paths", Shape::Map(&PATHS)).only_3_1(),
        may("webhooks", Shape::Map(&map(Key::Any, Of(&PATH_ITEM)))).only_3_1(),
        may("components", Of(&COMPONENTS)),
        may("security", List(&SECURITY_REQUIREMENT)),
        may("tags", List(&Of(&TAG))),
        may("externalDocs", Of(&EXTERNAL_DOCS)),
        may("jsonSchemaDialect", Text).only_3_1(),
    ],
);

static INFO: Object = object(
    ObjectKind::Other,
    "`info`",
    &[
        must("title", Text),
        may("summary", Text).only_3_1(),
        may("description", Text),
        may("termsOfService", Text),
        may("contact", Of(&CONTACT)),
        may("license", Of(&LICENSE)),
        must("version", Text),
    ],
);

static CONTACT: Object = object(
    ObjectKind::Other,
    "a contact",
    &[may("name", Text), may("url", Text), may("email", Text)],
);

static LICENSE: Object = object(
    ObjectKind::Other,
    "a license",
    &[
        must("name", Text),
        may("identifier", Text).only_3_1(),
        may("url", Text),
    ],
);

static SERVER: Object = object(
    ObjectKind::Server,
    "a server",
    &[
        must("url", Text),
        may("description", Text),
        may(
            "variables",
            Shape::Map(&map(Key::Any, Of(&SERVER_VARIABLE))),
        ),
    ],
);

static SERVER_VARIABLE: Object = object(
    ObjectKind::Other,
    "a server variable",
    &[
        may("enum", TEXTS),
        must("default", Text),
        may("description", Text),
    ],
);

pub(crate) static COMPONENTS: Object = object(
    ObjectKind::Other,
    "`components`",
    &[
        may("schemas", Shape::Map(&map(Key::Component, Ref(&SCHEMA)))),
        may(
            "responses",
            Shape::Map(&map(Key::Component, Ref(&RESPONSE))),
        ),
        may(
            "parameters",
            Shape::Map(&map(Key::Component, Ref(&PARAMETER))),
        ),
        may("examples", Shape::Map(&map(Key::Component, Ref(&EXAMPLE)))),
        may(
            "requestBodies",
            Shape::Map(&map(Key::Component, Ref(&REQUEST_BODY))),
        ),
        may("headers", Shape::Map(&map(Key::Component, Ref(&HEADER)))),
        may(
            "securitySchemes",
            Shape::Map(&map(Key::Component, Ref(&SECURITY_SCHEME))),
        ),
        may("links", Shape::Map(&map(Key::Component, Ref(&LINK)))),
        may(
            "callbacks",
            Shape::Map(&map(
                Key::Component,
                Shape::MapOrRef(&CALLBACK_PATHS, &CALLBACK),
            )),
        ),
        may(
            "pathItems",
            Shape::Map(&map(Key::Component, Of(&PATH_ITEM))),
        )
        .only_3_1(),
    ],
);

static PATHS: Map = extensible_map(Key::Path, Of(&PATH_ITEM));

static PATH_ITEM: Object = component(
    ObjectKind::PathItem,
    "a path",
    "pathItems",
    &[
        may("summary", Text),
        may("description", Text),
        may("get", Of(&OPERATION)),
        may("put", Of(&OPERATION)),
        may("post", Of(&OPERATION)),
        may("delete", Of(&OPERATION)),
        may("options", Of(&OPERATION)),
        may("head", Of(&OPERATION)),
        may("patch", Of(&OPERATION)),
        may("trace", Of(&OPERATION)),
        may("servers", List(&Of(&SERVER))),
        may("parameters", List(&Ref(&PARAMETER))),
    ],
);

static OPERATION: Object = object(
    ObjectKind::Operation,
    "an operation",
    &[
        may("tags", TEXTS),
        may("summary", Text),
        may("description", Text),
        may("externalDocs", Of(&EXTERNAL_DOCS)),
        must("operationId", Text),
        may("parameters", List(&Ref(&PARAMETER))),
        may("requestBody", Ref(&REQUEST_BODY)),
        must("responses", Shape::Map(&RESPONSES)).only_3_0(),
        may("responses", Shape::Map(&RESPONSES)).only_3_1(),
        may(
            "callbacks",
            Shape::Map(&map(Key::Any, Shape::MapOrRef(&CALLBACK_PATHS, &CALLBACK))),
        ),
        may("deprecated", Boolean),
        may("security", List(&SECURITY_REQUIREMENT)),
        may("servers", List(&Of(&SERVER))),
    ],
);

pub(super) static EXTERNAL_DOCS: Object = object(
    ObjectKind::Other,
    "an external documentation",
    &[may("description", Text), must("url", Text)],
);

static PARAMETER: Object = component(
    ObjectKind::Parameter,
    "a parameter",
    "parameters",
    &[
        must("name", Text),
        must("in", Word(&["query", "header", "path", "cookie"])),
        may("description", Text),
        may("required", Boolean),
        may("deprecated", Boolean),
        may("allowEmptyValue", Boolean),
        may("style", Text),
        may("explode", Boolean),
        may("allowReserved", Boolean),
        may("schema", Ref(&SCHEMA)),
        may("example", Any),
        may("examples", Shape::Map(&EXAMPLES)),
        may("content", Shape::Map(&CONTENT)),
    ],
);

static HEADER: Object = component(
    ObjectKind::Header,
    "a header",
    "headers",
    &[
        may("description", Text),
        may("required", Boolean),
        may("deprecated", Boolean),
        may("allowEmptyValue", Boolean),
        may("style", Word(&["simple"])),
        may("explode", Boolean),
        may("allowReserved", Boolean),
        may("schema", Ref(&SCHEMA)),
        may("example", Any),
        may("examples", Shape::Map(&EXAMPLES)),
        may("content", Shape::Map(&CONTENT)),
    ],
);

static REQUEST_BODY: Object = component(
    ObjectKind::RequestBody,
    "a request body",
    "requestBodies",
    &[
        may("description", Text),
        must("content", Shape::Map(&CONTENT)),
        may("required", Boolean),
    ],
);

static CONTENT: Map = map(Key::MediaType, Of(&MEDIA_TYPE));
static EXAMPLES: Map = map(Key::Any, Ref(&EXAMPLE));
static HEADERS: Map = map(Key::Any, Ref(&HEADER));

static MEDIA_TYPE: Object = object(
    ObjectKind::MediaType,
    "a media type",
    &[
        may("schema", Ref(&SCHEMA)),
        may("example", Any),
        may("examples", Shape::Map(&EXAMPLES)),
        may("encoding", Shape::Map(&map(Key::Any, Of(&ENCODING)))),
    ],
);

static ENCODING: Object = object(
    ObjectKind::Other,
    "an encoding",
    &[
        may("contentType", Text),
        may("headers", Shape::Map(&HEADERS)),
        may(
            "style",
            Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        ),
        may("explode", Boolean),
        may("allowReserved", Boolean),
    ],
);

static RESPONSES: Map = extensible_map(Key::Status, Ref(&RESPONSE));

static RESPONSE: Object = component(
    ObjectKind::Other,
    "a response",
    "responses",
    &[
        must("description", Text),
        may("headers", Shape::Map(&HEADERS)),
        may("content", Shape::Map(&CONTENT)),
        may("links", Shape::Map(&map(Key::Any, Ref(&LINK)))),
    ],
);

static CALLBACK_PATHS: Map = map(Key::Expression, Of(&PATH_ITEM));
static CALLBACK: Object = component(ObjectKind::Other, "a callback", "callbacks", &[]);

static EXAMPLE: Object = component(
    ObjectKind::Example,
    "an example",
    "examples",
    &[
        may("summary", Text),
        may("description", Text),
        may("value", Any),
        may("externalValue", Text),
    ],
);

static LINK: Object = component(
    ObjectKind::Link,
    "a link",
    "links",
    &[
        may("operationRef", Text),
        may("operationId", Text),
        may("parameters", ANY_MAP),
        may("requestBody", Any),
        may("description", Text),
        may("server", Of(&SERVER)),
    ],
);

static TAG: Object = object(
    ObjectKind::Other,
    "a tag",
    &[
        must("name", Text),
        may("description", Text),
        may("externalDocs", Of(&EXTERNAL_DOCS)),
    ],
);

const SECURITY_REQUIREMENT: Shape = Shape::Map(&map(Key::Any, TEXTS));

static SECURITY_SCHEME: Object = component(
    ObjectKind::SecurityScheme,
    "a security scheme",
    "securitySchemes",
    &[
        must("type", Word(&["apiKey", "http", "oauth2", "openIdConnect"])).only_3_0(),
        must(
            "type",
            Word(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"]),
        )
        .only_3_1(),
        may("description", Text),
        may("name", Text),
        may("in", Word(&["query", "header", "cookie"])),
        may("scheme", Text),
        may("bearerFormat", Text),
        may("flows", Of(&OAUTH_FLOWS)),
        may("openIdConnectUrl", Text),
    ],
);

static OAUTH_FLOWS: Object = object(
    ObjectKind::OAuthFlows,
    "`flows`",
    &[
        may("implicit", Of(&OAUTH_FLOW)),
        may("password", Of(&OAUTH_FLOW)),
        may("clientCredentials", Of(&OAUTH_FLOW)),
        may("authorizationCode", Of(&OAUTH_FLOW)),
    ],
);

static OAUTH_FLOW: Object = object(
    ObjectKind::Other,
    "an OAuth flow",
    &[
        may("authorizationUrl", Text),
        may("tokenUrl", Text),
        may("refreshUrl", Text),
        must("scopes", TEXT_MAP),
    ],
);
