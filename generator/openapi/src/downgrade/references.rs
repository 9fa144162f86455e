//! References: their siblings, and their targets once schemas have moved.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Downgrader;
use super::schema::{Schema, Term};
use crate::diagnostic::Unplaced;
use crate::pointer::Pointer;
use crate::references::reference;

/// Targets of references within components, and their present positions.
pub(super) struct Targets(BTreeMap<Pointer, Option<Pointer>>);

impl Targets {
    pub(super) fn of(document: &Value) -> Self {
        let mut found = BTreeMap::new();
        let mut waiting = vec![document];
        while let Some(value) = waiting.pop() {
            if let Some(pointer) = reference(value).and_then(Pointer::from_reference)
                && pointer.component().is_none()
            {
                found.insert(pointer, None);
            }
            match value {
                Value::Object(fields) => waiting.extend(fields.values()),
                Value::Array(items) => waiting.extend(items),
                _ => {}
            }
        }
        Self(found)
    }

    /// Whether a reference leads to a value or into it.
    pub(super) fn lead_into(&self, pointer: &Pointer) -> bool {
        let whole = pointer.as_str();
        let from = self.0.range(pointer..).map(|(target, _)| target.as_str());
        let mut rests = from.map_while(|target| target.strip_prefix(whole));
        rests.any(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Records that a schema has moved.
    pub(super) fn record_move(&mut self, written: &Pointer, new: &Pointer) {
        if let Some(place) = self.0.get_mut(written) {
            *place = Some(new.clone());
        }
    }
}

/// Wraps a reference in its siblings.
pub(super) fn wrap(schema: &mut Schema<'_>) {
    let is_more = |key: &str| key != "$ref" && key != "$comment";
    if !schema.get("$ref").is_some_and(Value::is_string) || !schema.keys().any(is_more) {
        return;
    }
    let Some(target) = schema.remove("$ref") else {
        return;
    };
    let mut alone = Schema::new(schema.at.clone());
    alone.set("$ref", target);
    let at = schema.place("allOf");
    let mut members = match schema.get("allOf") {
        Some(members) => Term::items(members, &at),
        None => Vec::new(),
    };
    members.push(Term::Schema(alone));
    schema.set("allOf", Term::List(members, at));
}

impl Downgrader<'_> {
    /// Redirects references to the new positions of schemas.
    pub(super) fn redirect(&mut self, root: &mut Value) {
        for at in std::mem::take(&mut self.references) {
            let text = root.pointer(at.as_str()).and_then(Value::as_str);
            let Some(target) = text.and_then(Pointer::from_reference) else {
                continue;
            };
            match self.targets.0.get(&target) {
                Some(Some(place)) if *place != target => {
                    if let Some(reference) = root.pointer_mut(at.as_str()) {
                        *reference = place.to_reference().into();
                    }
                }
                Some(None)
                    if self.root.pointer(target.as_str()).is_some()
                        && root.pointer(target.as_str()).is_none() =>
                {
                    self.found.push(Unplaced {
                        rule: "unresolved-reference",
                        pointer: self.moved.written(&at).into_owned(),
                        message: format!(
                            "reference into an unsupported keyword: `{}`",
                            target.to_reference()
                        ),
                        hint: "move the schema to `components/schemas`".to_owned(),
                    });
                }
                _ => {}
            }
        }
    }
}
