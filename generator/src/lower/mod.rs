//! From the model to a document that holds only what progenitor expresses rightly.
//!
//! Every name in it is one that neither progenitor nor typify changes: operations are `op0`,
//! `op1` …, parameters `p00`, `p01` … in the model's order, schemas bear their names in Rust.
//! Errors are left out, since progenitor knows one error type per operation and the runtime reads
//! them all.

mod document;
mod named;
mod parameter;
mod schema;
mod usage;

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::model::Api;

pub use document::operation_id;

/// What is handed to progenitor, and what is emitted beside its output.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// What progenitor reads.
    pub document: OpenAPI,
    /// Its schemas, by type name.
    pub schemas: BTreeMap<String, Value>,
    /// Enumerations of strings, which are emitted without progenitor, by type name.
    pub enums: BTreeMap<String, StringEnum>,
    /// Type names that occur in what a server sends.
    pub received: BTreeSet<String>,
    /// Type names that occur in what a client sends.
    pub sent: BTreeSet<String>,
    /// For each operation the Rust types of its errors' bodies, in the model's order.
    pub error_types: Vec<Vec<Option<String>>>,
    /// Every example of a request's or response's body, with the type it is an example of.
    pub examples: Vec<TypedExample>,
}

impl Lowered {
    /// The lowered schema of a type.
    pub(crate) fn schema(&self, type_name: &str) -> Option<&Value> {
        self.schemas.get(type_name)
    }
}

/// An enumeration of strings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StringEnum {
    /// Markdown.
    pub docs: String,
    /// The values in the document's order.
    pub values: Vec<String>,
    /// The value that the document calls the default.
    pub default: Option<String>,
}

/// An example and the Rust type it is an example of.
#[derive(Clone, Debug)]
pub struct TypedExample {
    /// Its name in the document.
    pub name: String,
    /// The Rust type, with named types under `types`.
    pub type_: String,
    /// The example.
    pub value: Value,
}

/// Lowers a whole API.
///
/// # Errors
///
/// What openapiv3 says of the lowered document; it accepts every document that passed the checks.
pub fn lower(api: &Api) -> Result<Lowered, serde_json::Error> {
    let mut schemas = schema::Schemas::new(api);
    let mut document = document::Lowering::new(&mut schemas);
    for (index, operation) in api.operations().enumerate() {
        document.add(index, operation);
    }
    let document::Lowering {
        paths,
        examples,
        error_types,
        received,
        sent,
        ..
    } = document;
    let named = schemas.into_named();
    Ok(Lowered {
        received: usage::reachable(&named, received),
        sent: usage::reachable(&named, sent),
        document: document::openapi(api, paths, &named)?,
        schemas: named.schemas,
        enums: named.enums,
        error_types,
        examples,
    })
}
