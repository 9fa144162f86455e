//! One operation: its request and its responses.

use std::collections::BTreeMap;

use openapi::Pointer;
use serde_json::Value;

use super::types::{TypeDocs, TypeRef};

/// One operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The document's `operationId` word for word, or a name made of method and path.
    pub id: String,
    /// Where the document describes it.
    pub pointer: Pointer,
    /// The method's name in Rust.
    pub name: String,
    /// The name of the module that holds it.
    pub module: String,
    /// The request type's name in Rust.
    pub type_name: String,
    /// The HTTP method in lower case.
    pub method: String,
    /// The path template.
    pub path: String,
    /// One line.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Where the operation is documented.
    pub reference: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Path parameters in the order of the path, then the others by name.
    pub parameters: Vec<Parameter>,
    /// What is sent.
    pub body: Option<Body>,
    /// The successful responses.
    pub success: Success,
    /// The error responses, by status.
    pub errors: Vec<ErrorResponse>,
    /// The pagination, if the operation returns one page of a list.
    pub paging: Option<Paging>,
    /// Who may call it.
    pub access: Access,
    /// The URL of its own server, where it has one.
    pub server: Option<String>,
}

impl Operation {
    /// Whether the request can be conditional.
    pub fn is_conditional(&self) -> bool {
        self.method == "get"
            && matches!(self.success.cases.as_slice(), [first, rest @ ..]
                if matches!(first.kind, CaseKind::Json(_)) && rest.iter().all(Case::is_empty))
    }

    /// Whether it deletes something and may have nothing to say of it, so that it is done when a
    /// second try does not find it.
    pub fn is_deletion(&self) -> bool {
        self.method == "delete" && self.success.cases.iter().any(Case::is_empty)
    }

    /// Whether its result is content elsewhere, to be downloaded.
    pub fn is_download(&self) -> bool {
        self.method == "get" && self.success.is_redirect()
    }
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterLocation {
    /// The path.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// One parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: String,
    /// Its name in Rust.
    pub field: String,
    /// Where it goes.
    pub location: ParameterLocation,
    /// Where the document describes it.
    pub pointer: Pointer,
    /// Whether a request cannot do without.
    pub required: bool,
    /// Markdown.
    pub description: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Its type.
    pub type_: TypeRef,
    /// How its value is written.
    pub encoding: Encoding,
    /// The server's default, as a person writes it.
    pub default: Option<String>,
    /// The one value that the document admits, sent for the caller.
    pub only_value: Option<String>,
    /// The values it can have, where no type expresses that.
    pub values: Vec<String>,
    /// The values it can have if it is an integer.
    pub bounds: Bounds,
    /// A value it can have.
    pub example: Option<Value>,
}

/// How the value of a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// By a style of OpenAPI.
    Style {
        /// The style.
        style: Style,
        /// Whether each item or property is written by itself.
        explode: bool,
        /// Whether reserved characters of URLs stay as they are.
        allow_reserved: bool,
    },
    /// As JSON.
    Json,
}

/// The styles of parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `blue,black`
    Simple,
    /// `.blue.black`
    Label,
    /// `;color=blue,black`
    Matrix,
    /// `color=blue,black`
    Form,
    /// `color=blue%20black`
    SpaceDelimited,
    /// `color=blue|black`
    PipeDelimited,
    /// `color[R]=100`
    DeepObject,
}

/// The bounds of an integer, both included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The minimum.
    pub minimum: Option<i64>,
    /// The maximum.
    pub maximum: Option<i64>,
}

/// The body of a request.
#[derive(Clone, Debug)]
pub struct Body {
    /// Whether a request cannot do without.
    pub required: bool,
    /// Markdown.
    pub description: Option<String>,
    /// The forms that it can have, the preferred one first; at least one.
    pub contents: Vec<BodyContent>,
    /// The name in Rust of the choice between several forms.
    pub choice: String,
}

/// A form of a request's body.
#[derive(Clone, Debug)]
pub struct BodyContent {
    /// Its media type as documented.
    pub media_type: String,
    /// Media types that the document describes in the same way.
    pub alike: Vec<String>,
    /// The range, as `image/*`, that `media_type` stands for.
    pub range: Option<String>,
    /// The name in Rust of the variant where there is a choice.
    pub variant: String,
    /// What is sent.
    pub kind: BodyKind,
}

/// The kind of a body.
#[derive(Clone, Debug)]
pub enum BodyKind {
    /// JSON.
    Json(TypeRef),
    /// `application/x-www-form-urlencoded`, with the properties that are not written in the usual way.
    Form(TypeRef, Vec<(String, FieldStyle)>),
    /// `multipart/form-data` with known parts.
    Multipart(Multipart),
    /// `multipart/form-data` whose parts the caller knows.
    Parts,
    /// Text.
    Text,
    /// Bytes.
    Upload,
}

/// How a property of a form is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldStyle {
    /// `a[b]=c`
    DeepObject,
    /// `a=b,c`
    Joined(Style),
    /// `a=b&a=c`
    Form,
    /// As JSON.
    Json,
}

/// A `multipart/form-data` body.
#[derive(Clone, Debug)]
pub struct Multipart {
    /// The name in Rust of its struct.
    pub type_name: String,
    /// Markdown.
    pub description: Option<String>,
    /// In the document's order.
    pub parts: Vec<Part>,
}

/// A part of a `multipart/form-data` body.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name on the wire.
    pub name: String,
    /// Its name in Rust.
    pub field: String,
    /// Whether a request cannot do without.
    pub required: bool,
    /// Whether there can be several of the same name.
    pub repeated: bool,
    /// What it is.
    pub kind: PartKind,
    /// The media type that the document declares.
    pub media_type: Option<String>,
    /// What the document says of it.
    pub docs: TypeDocs,
}

/// The kind of a part.
#[derive(Clone, Debug)]
pub enum PartKind {
    /// A scalar, written as text.
    Text(TypeRef),
    /// Anything else, written as JSON.
    Json(TypeRef),
    /// The content of a file.
    File,
}

/// The successful responses.
#[derive(Clone, Debug, Default)]
pub struct Success {
    /// The cases, at least one; those with a body first.
    pub cases: Vec<Case>,
    /// The name in Rust of the choice between several cases with bodies.
    pub choice: String,
    /// The headers that the document describes, but for those that the runtime reads itself.
    pub headers: Vec<ResponseHeader>,
    /// The name in Rust of the struct of the headers.
    pub headers_name: String,
    /// The other JSON media types that callers can request.
    pub representations: Vec<Representation>,
}

/// Another form of a JSON body, with a type of its own.
#[derive(Clone, Debug)]
pub struct Representation {
    /// The requested media type.
    pub media_type: String,
    /// The Rust name of the method that requests it.
    pub method: String,
    /// The name in Rust of the type that requests it.
    pub type_name: String,
    /// The successful responses in that media type.
    pub success: Success,
}

/// A header of a response.
#[derive(Clone, Debug)]
pub struct ResponseHeader {
    /// Its name.
    pub name: String,
    /// Its name in Rust.
    pub field: String,
    /// The type of its value.
    pub type_: TypeRef,
    /// Markdown.
    pub description: Option<String>,
}

/// Statuses with the same kind of body.
#[derive(Clone, Debug)]
pub struct Case {
    /// The statuses, such as `200` or `2XX`.
    pub statuses: Vec<String>,
    /// Its description.
    pub description: String,
    /// Its content.
    pub kind: CaseKind,
    /// The media type as documented.
    pub media_type: Option<String>,
    /// The other media types in which the server has it.
    pub others: Vec<String>,
    /// The name in Rust of the variant where there is a choice.
    pub variant: String,
}

/// The content of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseKind {
    /// A JSON body.
    Json(TypeRef),
    /// Text.
    Text,
    /// Bytes, read as they come.
    Stream,
    /// Nothing.
    Empty,
    /// A URL, from the `Location` header.
    Redirect(Option<String>),
}

impl Case {
    /// Whether nothing comes but the status.
    pub fn is_empty(&self) -> bool {
        self.kind == CaseKind::Empty
    }
}

impl Success {
    /// The cases of all representations.
    pub fn all_cases(&self) -> impl Iterator<Item = &Case> {
        let others = self.representations.iter();
        let others = others.flat_map(|other| &other.success.cases);
        self.cases.iter().chain(others)
    }

    /// The cases with a body or a URL.
    pub fn filled(&self) -> impl Iterator<Item = &Case> {
        self.cases.iter().filter(|case| !case.is_empty())
    }

    /// Whether it is a URL rather than a body.
    pub fn is_redirect(&self) -> bool {
        let mut cases = self.cases.iter();
        cases.any(|case| matches!(case.kind, CaseKind::Redirect(_)))
    }

    /// Whether callers must distinguish several bodies.
    pub fn is_choice(&self) -> bool {
        self.filled().nth(1).is_some()
    }

    /// The type of the JSON body, where that is the only body.
    pub fn json(&self) -> Option<&TypeRef> {
        let mut filled = self.filled();
        match (filled.next(), filled.next()) {
            (
                Some(Case {
                    kind: CaseKind::Json(type_),
                    ..
                }),
                None,
            ) => Some(type_),
            _ => None,
        }
    }
}

/// A response that the client reports as an error.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorResponse {
    /// A status such as `404`, a range such as `5XX`, or `default`.
    pub status: String,
    /// Its description.
    pub description: String,
    /// The types of its JSON body: one for each media type that has its own.
    pub bodies: Vec<TypeRef>,
    /// Its media types, where it has no JSON body.
    pub media_types: Vec<String>,
}

/// How a list goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paging {
    /// The body is the page's items.
    Items,
    /// The items are a property of the body.
    Property(String),
}

/// Who may call an operation.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// Whether credentials are required, optional or unused.
    pub token: Token,
    /// The alternatives, each of them the indices of all schemes that it takes; none where the document says nothing.
    pub alternatives: Option<Vec<Vec<usize>>>,
    /// Permissions of a fine-grained token, such as `actions: read`.
    pub fine_grained: BTreeMap<String, String>,
    /// Scopes of a classic token.
    pub classic: Vec<String>,
}

/// Whether an operation requires credentials.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Token {
    /// The document names no security for it.
    #[default]
    Unspecified,
    /// It works without them for some callers.
    Optional,
    /// It does not work without.
    Required,
}
