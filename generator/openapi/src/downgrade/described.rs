//! References with a description of their own, which counts in the place of the component's.

use serde_json::{Map, Value, json};

use super::{Downgrader, PointerPair};
use crate::objects::{Object, ObjectKind, Shape};
use crate::pointer::Pointer;
use crate::references::{follow, reference};
use crate::terms::Version;

/// Components that have a description which is read.
const DESCRIBED: [&str; 4] = ["headers", "parameters", "requestBodies", "responses"];

impl<'v> Downgrader<'v> {
    /// The component that is referred to, with the description beside the reference. Its schemas are referred to where
    /// they are, so that they remain the same types.
    pub(super) fn described(
        &mut self,
        fields: &'v Map<String, Value>,
        object: &'static Object,
        at: &PointerPair,
    ) -> Option<Value> {
        let description = fields.get("description").filter(|text| text.is_string())?;
        if !DESCRIBED.contains(&object.component) {
            return None;
        }
        let (pointer, target) = follow(self.root, fields.get("$ref")?.as_str()?)?;
        let mut copy = by_reference(target, Shape::Ref(object), &pointer);
        copy.as_object_mut()?
            .insert("description".to_owned(), description.clone());
        self.moved.insert(
            at.new.child("description"),
            at.written().child("description"),
        );
        self.moved.insert(at.new.clone(), pointer);
        Some(copy)
    }
}

/// A copy with references in place of schemas.
fn by_reference(value: &Value, shape: Shape, at: &Pointer) -> Value {
    match (shape, value) {
        (Shape::Ref(object) | Shape::BooleanOr(object), _)
            if object.kind == ObjectKind::Schema && reference(value).is_none() =>
        {
            json!({ "$ref": at.to_reference() })
        }
        (Shape::Object(object) | Shape::Ref(object), Value::Object(fields)) => {
            let fields = fields.iter().map(|(key, field)| {
                let known = object.field(key, Version::V3_1);
                let shape = known.map_or(Shape::Any, |field| field.shape);
                (key.clone(), by_reference(field, shape, &at.child(key)))
            });
            fields.collect()
        }
        (Shape::Map(map), Value::Object(entries)) => {
            let entries = entries
                .iter()
                .map(|(key, entry)| (key.clone(), by_reference(entry, map.value, &at.child(key))));
            entries.collect()
        }
        _ => value.clone(),
    }
}
