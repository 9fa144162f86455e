//! Null as an alternative, which 3.0 says by a flag.

use serde_json::{Map, Value};

use super::Downgrader;
use super::schema::{Schema, Term, is_annotation};
use crate::pointer::Pointer;
use crate::references::{follow, reference};

/// Maximum nesting of single alternatives that are unwrapped.
const MAX_DEPTH: usize = 32;

impl<'v> Downgrader<'v> {
    /// Removes null from choices, and unwraps a single remaining alternative.
    pub(super) fn unwrap_choices(&self, schema: &mut Schema<'v>) {
        for _ in 0..MAX_DEPTH {
            let mut is_unwrapped = false;
            for key in ["anyOf", "oneOf"] {
                is_unwrapped |= self.unwrap_choice(schema, key);
            }
            if !is_unwrapped {
                break;
            }
        }
    }

    /// Whether a schema has replaced a choice.
    fn unwrap_choice(&self, schema: &mut Schema<'v>, key: &'static str) -> bool {
        let Some(Value::Array(members)) = schema.get(key) else {
            return false;
        };
        let at = schema.place(key);
        let places = members.iter().enumerate();
        let places = places.map(|(index, member)| (member, at.child(index.to_string())));
        let (nulls, others): (Vec<_>, Vec<_>) =
            places.partition(|(member, _)| self.is_null(member));
        let Some((_, null)) = nulls.into_iter().next() else {
            return false;
        };
        schema.set("nullable", Term::made(true, null.clone()));
        match others.as_slice() {
            [] => {
                schema.remove(key);
                schema.set("enum", Term::made(vec![Value::Null], null));
                false
            }
            [(Value::Object(only), place)] if self.is_mergeable(only, place, schema, key) => {
                schema.remove(key);
                for (field, value) in only {
                    if !schema.has(field) {
                        schema.set(field, Term::Written(value, place.child(field)));
                    }
                }
                true
            }
            _ => {
                let others = others.into_iter();
                let others = others.map(|(member, place)| Term::Written(member, place));
                schema.set(key, Term::List(others.collect(), at));
                false
            }
        }
    }

    /// Whether an alternative can replace its choice, together with its siblings.
    fn is_mergeable(
        &self,
        only: &'v Map<String, Value>,
        place: &Pointer,
        schema: &Schema<'v>,
        choice: &str,
    ) -> bool {
        let conflicts = |(field, value): (&String, &Value)| {
            field != choice
                && field != "nullable"
                && !is_annotation(field)
                && schema.has(field)
                && schema.get(field) != Some(value)
        };
        !only.iter().any(conflicts) && !self.targets.lead_into(place)
    }

    /// Whether a schema admits null and nothing else.
    fn is_null(&self, schema: &'v Value) -> bool {
        let meant = match reference(schema) {
            Some(first) => follow(self.root, first).map(|(_, target)| target),
            None => Some(schema),
        };
        let Some(fields) = meant.and_then(Value::as_object) else {
            return false;
        };
        let is_only = |values: &Value| match values {
            Value::Array(values) => {
                !values.is_empty()
                    && values
                        .iter()
                        .all(|value| value.is_null() || value == "null")
            }
            value => value == "null",
        };
        let is_known = |key: &String| {
            is_annotation(key) || matches!(key.as_str(), "type" | "const" | "enum" | "nullable")
        };
        let is_null = fields.get("type").is_some_and(is_only)
            || fields.get("const").is_some_and(Value::is_null)
            || fields.get("enum").is_some_and(is_only);
        is_null && fields.keys().all(is_known)
    }
}
