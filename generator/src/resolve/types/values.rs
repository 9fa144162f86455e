//! The values of enumerations that become no type, for the docs of the types that have them.

use openapi::Pointer;
use serde_json::Value;

use super::merge::Merged;
use super::part::{self, LocatedSchema};
use super::{TypeBuilder, component, enumeration};

impl<'a> TypeBuilder<'a> {
    /// The values that a schema lists for itself, its items or its properties, if they are in the docs of no type.
    pub(in crate::resolve) fn values_of(
        &self,
        schema: &'a Value,
        pointer: &Pointer,
    ) -> Vec<String> {
        self.values_of_all(vec![LocatedSchema::new(schema, pointer.clone())])
    }

    /// The same of schemas that apply together.
    pub(super) fn values_of_all(&self, parts: Vec<LocatedSchema<'a>>) -> Vec<String> {
        self.values_within(parts, 0)
    }

    /// The same of merged schemas.
    pub(super) fn values_of_merged(&self, merged: &Merged<'a>, depth: usize) -> Vec<String> {
        let values = enumeration::plain(merged, self.root);
        if !values.is_empty() || merged.needs_name(self.root) {
            return values;
        }
        let inner = if merged.is_object {
            merged.additional.iter().flatten().cloned().collect()
        } else {
            merged.items()
        };
        self.values_within(inner, depth + 1)
    }

    fn values_within(&self, parts: Vec<LocatedSchema<'a>>, depth: usize) -> Vec<String> {
        if depth > super::DEPTH || !parts.iter().any(may_list) {
            return Vec::new();
        }
        let (parts, _) = part::unwrapped(parts, |part| self.agrees(part));
        match parts.as_slice() {
            [only] if only.reference().is_some() => match only.followed(self.root) {
                Some(target) => self.values_within(vec![target], depth + 1),
                None => Vec::new(),
            },
            // A type of its own has docs of its own.
            [only] if component(&only.pointer).is_some() => Vec::new(),
            parts => self.values_of_merged(&self.merged(parts).0, depth),
        }
    }
}

/// Whether a schema, its items or its properties may have a list of values. Most schemas have none.
fn may_list(part: &LocatedSchema<'_>) -> bool {
    let has = |keyword: &&str| part.value.get(*keyword).is_some();
    ["$ref", "enum", "allOf", "oneOf", "anyOf"].iter().any(has)
        || !part.has_properties() && ["items", "additionalProperties"].iter().any(has)
}
