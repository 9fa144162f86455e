//! The lowered schemas that have a name.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::StringEnum;
use crate::names;

/// Schemas and enumerations by type name.
#[derive(Default)]
pub(super) struct Named {
    pub(super) schemas: BTreeMap<String, Value>,
    pub(super) enums: BTreeMap<String, StringEnum>,
    /// Names that are taken, also by what has not been lowered yet.
    taken: BTreeSet<String>,
}

impl Named {
    pub(super) fn new(taken: BTreeSet<String>) -> Self {
        Self {
            taken,
            ..Self::default()
        }
    }

    /// A name like `wish` that no other schema has.
    pub(super) fn free_name(&mut self, wish: &str) -> String {
        names::free_name(&names::schema_type_name(wish), "", &mut self.taken)
    }
}

/// The reference to a type.
pub(super) fn reference(type_name: &str) -> Value {
    json!({ "$ref": format!("{PREFIX}{type_name}") })
}

/// The type that a lowered schema refers to.
pub(super) fn referenced(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(PREFIX)
}

const PREFIX: &str = "#/components/schemas/";
