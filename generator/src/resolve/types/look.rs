//! Queries of types before all of them are known.

use std::collections::BTreeSet;

use openapi::Pointer;
use serde_json::Value;

use super::TypeBuilder;
use super::part::LocatedSchema;
use crate::model::{Field, Shape, Type, TypeRef};

impl<'a> TypeBuilder<'a> {
    /// The type behind aliases, unless it is still being resolved.
    pub(in crate::resolve) fn behind<'t>(
        &'t self,
        type_: &'t TypeRef,
    ) -> Option<(&'t Type, Option<&'t Shape>)> {
        let mut type_ = &type_.type_;
        loop {
            let Type::Named(id) = type_ else {
                return Some((type_, None));
            };
            match &self.definitions[id.0].as_ref()?.shape {
                Shape::Newtype(inner) => type_ = &inner.type_,
                shape => return Some((type_, Some(shape))),
            }
        }
    }

    /// Whether a value is written as text: no list, no object, no choice.
    pub(in crate::resolve) fn is_scalar(&self, type_: &TypeRef) -> bool {
        match self.behind(type_) {
            Some((Type::Named(_), shape)) => matches!(shape, Some(Shape::Enum(_))),
            Some((Type::Any | Type::List(_) | Type::Map(_), _)) | None => false,
            Some(_) => true,
        }
    }

    /// The properties of an object, and which of them are files; none where a schema is something
    /// else.
    pub(in crate::resolve) fn object_of(
        &mut self,
        schema: &'a Value,
        pointer: &Pointer,
        wish: &str,
    ) -> Option<(Vec<Field>, BTreeSet<String>)> {
        let (merged, _) = self.merged(&[LocatedSchema::new(schema, pointer.clone())]);
        if merged.properties.is_empty() || !merged.unions.is_empty() {
            return None;
        }
        let is_file = |parts: &&(&str, Vec<LocatedSchema<'a>>)| {
            let mut parts = parts.1.iter();
            parts.any(|part| self.is_file(part))
        };
        let files = merged.properties.iter().filter(is_file);
        let files = files.map(|(name, _)| (*name).to_owned()).collect();
        Some((self.object(&merged, wish).fields, files))
    }

    /// Whether a schema is the content of a file, or a list of such.
    fn is_file(&self, part: &LocatedSchema<'a>) -> bool {
        let Some(part) = part.followed(self.root) else {
            return false;
        };
        let text = |keyword: &str| part.value.get(keyword).and_then(Value::as_str);
        text("format") == Some("binary")
            || text("type") == Some("file")
            || (text("type") == Some("array")
                && part.child("items").is_some_and(|items| {
                    let items = items.followed(self.root);
                    items.is_some_and(|items| {
                        items.value.get("format").and_then(Value::as_str) == Some("binary")
                    })
                }))
    }
}
