//! Every operation as the emitter needs it: resolved, checked and plain.
//!
//! After this stage nobody looks at the document's paths, parameters or responses again; schemas
//! stay as they are written and are the business of [`lower`](crate::lower).

mod content;
mod extension;
mod operation;
mod paging;
mod parameter;
mod properties;
mod resolve;
mod response;
mod server;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::source::Pointer;

pub use resolve::resolve;

/// A whole API.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// The document's title.
    pub title: String,
    /// The document's version.
    pub version: String,
    /// What the document says of itself, in Markdown.
    pub description: Option<String>,
    /// The base URL without variables that a client uses unless told otherwise.
    pub base_url: Option<String>,
    /// Servers whose base URL a caller completes.
    pub templates: Vec<ServerTemplate>,
    /// The `Accept` header of every request.
    pub accept: Option<String>,
    /// The header that tells the server which version of the API is meant.
    pub version_header: Option<String>,
    /// The operations, by namespace, both in the order of their names.
    pub namespaces: Vec<Namespace>,
    /// The named schemas, by their names in the document.
    pub schemas: BTreeMap<String, Schema>,
}

/// A named schema.
#[derive(Clone, Debug)]
pub struct Schema {
    /// The type's name in Rust.
    pub type_name: String,
    /// Where the document describes it.
    pub pointer: Pointer,
    /// The schema as the document has it.
    pub value: Value,
    /// What it tells of content that can be downloaded.
    pub content: Option<Content>,
}

/// Properties that tell of content: its `digest`, and its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Content {
    /// The property that holds the length in bytes.
    pub length: &'static str,
}

impl Api {
    /// All operations, in the order of the namespaces.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.namespaces
            .iter()
            .flat_map(|namespace| &namespace.operations)
    }

    /// The same API with one operation.
    pub(crate) fn only(&self, operation: &Operation) -> Self {
        let namespace = Namespace {
            name: None,
            description: None,
            operations: vec![operation.clone()],
        };
        Self {
            namespaces: vec![namespace],
            ..self.clone()
        }
    }
}

/// A server whose URL has one variable, such as `https://{host}/api/v3`.
#[derive(Clone, Debug)]
pub struct ServerTemplate {
    /// The URL with the variable in braces.
    pub url: String,
    /// The variable's name in the URL.
    pub variable: String,
    /// The name in Rust of the method that takes the variable's value.
    pub method: String,
    /// The variable's default, good for an example.
    pub example: String,
    /// What the server is.
    pub description: Option<String>,
    /// What the variable means.
    pub variable_description: Option<String>,
}

/// Operations whose ids share the part before the `/`.
#[derive(Clone, Debug)]
pub struct Namespace {
    /// The part before the `/`; none for operations that have no such part.
    pub name: Option<String>,
    /// What the document says of the tag of the same name.
    pub description: Option<String>,
    /// In the order of their names.
    pub operations: Vec<Operation>,
}

/// One operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The document's `operationId`, word for word.
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
    /// Whether callers are told to stop using it.
    pub deprecated: bool,
    /// Path parameters in the order of the path, then the others by name.
    pub parameters: Vec<Parameter>,
    /// What is sent.
    pub body: Option<Body>,
    /// What comes back when all is well.
    pub success: Success,
    /// What comes back when it is not, by status.
    pub errors: Vec<ErrorResponse>,
    /// How the list goes on, where the operation answers one page of a list.
    pub paging: Option<Paging>,
    /// Who may call it.
    pub access: Access,
}

impl Operation {
    /// Whether an answer can be asked for on the condition that it has changed.
    pub fn is_conditional(&self) -> bool {
        self.method == "get" && matches!(self.success, Success::Json { .. })
    }

    /// Whether it deletes something and may have nothing to say of it, so that it is done when a
    /// second try does not find it.
    pub fn is_deletion(&self) -> bool {
        let may_be_empty = match &self.success {
            Success::Json { empty, .. } => !empty.is_empty(),
            Success::Empty { .. } => true,
            Success::Redirect { .. } => false,
        };
        self.method == "delete" && may_be_empty
    }

    /// Whether its result is content elsewhere, to be downloaded.
    pub fn is_download(&self) -> bool {
        self.method == "get" && matches!(self.success, Success::Redirect { .. })
    }
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A segment of the path.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
}

/// What the value of a parameter is, seen through references.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Text without a name or a type of its own.
    Text,
    /// A date, with a time or without.
    Date,
    /// An integer without a name.
    Integer,
    /// Another scalar.
    Scalar,
    /// What is no scalar, or may be several things.
    Other,
}

/// One parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: String,
    /// Its name in Rust.
    pub field: String,
    /// Where it goes.
    pub place: Place,
    /// Where the document describes it.
    pub pointer: Pointer,
    /// Whether a request cannot do without.
    pub required: bool,
    /// Markdown.
    pub description: Option<String>,
    /// Whether callers are told to stop using it.
    pub deprecated: bool,
    /// Its schema as the document has it.
    pub schema: Value,
    /// What its value is.
    pub form: Form,
    /// What the server assumes when it is not sent.
    pub default: Option<Value>,
    /// The value to send for the caller: the parameter is required and admits no other.
    pub only_value: Option<String>,
    /// The least and the greatest integer.
    pub bounds: Bounds,
    /// A value to show in examples.
    pub example: Option<Value>,
}

/// The least and the greatest integer that a parameter admits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The least.
    pub least: Option<i64>,
    /// The greatest.
    pub greatest: Option<i64>,
}

/// A JSON body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its media type as documented.
    pub media_type: String,
    /// Whether a request cannot do without.
    pub required: bool,
    /// Markdown.
    pub description: Option<String>,
    /// Its schema as the document has it.
    pub schema: Value,
    /// Its examples, by name.
    pub examples: Vec<Example>,
}

/// What comes back when all is well.
#[derive(Clone, Debug)]
pub enum Success {
    /// A JSON body.
    Json {
        /// The statuses with the body, such as `200` or `2XX`.
        statuses: Vec<String>,
        /// Other successes, whose statuses come without a body.
        empty: Vec<String>,
        /// The media type as documented.
        media_type: String,
        /// What it means.
        description: String,
        /// Its schema as the document has it.
        schema: Value,
        /// Its examples.
        examples: Vec<Example>,
    },
    /// Nothing but the status.
    Empty {
        /// All statuses.
        statuses: Vec<String>,
        /// What it means.
        description: String,
    },
    /// The address of something elsewhere.
    Redirect {
        /// All statuses, such as `302`.
        statuses: Vec<String>,
        /// What it means.
        description: String,
        /// What the `Location` header holds.
        location: Option<String>,
    },
}

/// An answer that the client reports as an error.
#[derive(Clone, Debug)]
pub struct ErrorResponse {
    /// A status such as `404`, a range such as `5XX`, or `default`.
    pub status: String,
    /// What it means.
    pub description: String,
    /// The schema of its JSON body as the document has it.
    pub schema: Option<Value>,
    /// Its examples.
    pub examples: Vec<Example>,
}

/// A JSON value of a documented type.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its name in the document, or what it is an example of.
    pub name: String,
    /// The value.
    pub value: Value,
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
    /// Whether credentials are asked for, and whether it works without them too.
    pub token: Token,
    /// Permissions of a fine-grained token, such as `actions: read`.
    pub fine_grained: BTreeMap<String, String>,
    /// Scopes of a classic token.
    pub classic: Vec<String>,
}

/// Whether an operation asks for credentials.
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
