//! Every operation and every type as the emitter needs them: resolved, checked and plain.
//!
//! Later stages do not read the document. The only JSON in the model are values:
//! examples, and the values of enumerations.

mod operation;
mod types;

use serde_json::Value;

pub use operation::{
    Access, Body, BodyContent, BodyKind, Bounds, Case, CaseKind, Encoding, ErrorResponse,
    FieldStyle, Multipart, Operation, Paging, Parameter, ParameterLocation, Part, PartKind,
    Representation, ResponseHeader, Style, Success, Token,
};
pub use types::{
    Additional, Content, Definition, Enum, EnumKind, EnumValue, Field, Integer, Shape, Struct,
    Type, TypeDocs, TypeId, TypeRef, Types, Union, Variant,
};

/// A whole API.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// The document's title.
    pub title: String,
    /// The document's version.
    pub version: String,
    /// The document's own description, in Markdown.
    pub description: Option<String>,
    /// Where the API is served.
    pub servers: Servers,
    /// The `Accept` header of every request.
    pub accept: Option<String>,
    /// The header with the version of the API.
    pub version_header: Option<String>,
    /// The response header with the id of a request, in lower case.
    pub request_id_header: String,
    /// The errors beside 429 that report a rate limit.
    pub rate_limit_errors: RateLimitErrors,
    /// The properties of errors that clients show.
    pub error_fields: ErrorFields,
    /// The security schemes, in the order of their names.
    pub schemes: Vec<SecurityScheme>,
    /// The settings that clients can read from the environment.
    pub environment: Option<Environment>,
    /// The operations, by namespace, both in the order of their names.
    pub namespaces: Vec<Namespace>,
    /// The types that operations use.
    pub types: Types,
    /// Every example of a request's or response's body.
    pub examples: Vec<Example>,
}

impl Api {
    /// All operations, in the order of the namespaces.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.namespaces
            .iter()
            .flat_map(|namespace| &namespace.operations)
    }
}

/// Errors that report a rate limit if their headers do, or their text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RateLimitErrors {
    /// Their statuses.
    pub statuses: Vec<u16>,
    /// The phrases of such a text, in lower case.
    pub phrases: Vec<String>,
}

/// The names of the properties that errors have, by purpose; the best come first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorFields {
    /// A message, of an error or of a detail.
    pub messages: Vec<String>,
    /// The URL of documentation.
    pub documentation_urls: Vec<String>,
    /// A list of details.
    pub details: Vec<String>,
    /// The location of a detail, from the outside in.
    pub locations: Vec<String>,
    /// The code of a detail.
    pub codes: Vec<String>,
}

/// Where an API is served.
#[derive(Clone, Debug, Default)]
pub struct Servers {
    /// The default base URL of a client.
    pub base_url: Option<String>,
    /// The path of a server whose host the document does not name, such as `/api/v2`.
    pub relative: Option<String>,
    /// Servers whose base URL a caller completes.
    pub templates: Vec<ServerTemplate>,
}

/// A server whose URL has variables, such as `https://{host}/api/v3`.
#[derive(Clone, Debug)]
pub struct ServerTemplate {
    /// The URL with the variables in braces.
    pub url: String,
    /// The description of the server.
    pub description: Option<String>,
    /// In the order of the URL.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server's URL.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Its name in the URL.
    pub name: String,
    /// The name in Rust of the method that takes its value.
    pub method: String,
    /// The value that it has unless set.
    pub default: String,
    /// The values that it can have; none where it can have any.
    pub values: Vec<String>,
    /// Its description.
    pub description: Option<String>,
}

/// A security scheme.
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// Its name in the document.
    pub name: String,
    /// The kind of credentials sent.
    pub kind: SchemeKind,
    /// Markdown.
    pub description: Option<String>,
    /// The name in Rust of the builder's method for it; none where `token` serves it.
    pub method: Option<String>,
}

impl SecurityScheme {
    /// The name in Rust of the builder's method that takes its credential.
    pub fn setting(&self) -> &str {
        self.method.as_deref().unwrap_or("token")
    }
}

/// Environment variables that clients take settings from; of several, the first that is set holds.
#[derive(Clone, Debug)]
pub struct Environment {
    /// Those with the base URL.
    pub base_url: Vec<String>,
    /// Those with the credentials of schemes, by the index of the scheme.
    pub credentials: Vec<(usize, Vec<String>)>,
}

/// The credentials that a security scheme adds to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// `Authorization: Bearer TOKEN`.
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
    /// A whole `Authorization` header.
    Authorization,
    /// A header of this name.
    Header(String),
    /// A query parameter of this name.
    Query(String),
    /// A cookie of this name.
    Cookie(String),
}

/// Operations that belong together: their ids share the part before the `/`, or they have a tag in common.
#[derive(Clone, Debug)]
pub struct Namespace {
    /// Its name in Rust; none for operations that belong to nothing.
    pub name: Option<String>,
    /// Its name in the document.
    pub title: String,
    /// The name in Rust of the type whose methods begin its requests.
    pub type_name: String,
    /// The description of the tag of the same name.
    pub description: Option<String>,
    /// In the order of their names.
    pub operations: Vec<Operation>,
}

/// A JSON value of a documented type.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its name in the document, or what it is an example of.
    pub name: String,
    /// What it is an example of.
    pub type_: TypeRef,
    /// The value.
    pub value: Value,
}
