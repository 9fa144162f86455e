//! Wrong references with only one possible target.
//!
//! Some documents refer to a schema's own `$defs` as if they were the document's, or to a component of another kind that
//! contains the expected one, such as a response with one schema. The former are corrected, and the latter where a schema
//! is expected; other references are followed unchanged.

use serde_json::Value;

use super::Document;
use crate::diagnostic::Diagnostic;
use crate::objects::{DOCUMENT, Object, ObjectKind, SCHEMA, Shape};
use crate::pointer::Pointer;
use crate::references::{follow, reference};
use crate::terms::Version;
use crate::words;

/// The fields of a schema with its own schemas.
const DEFINITIONS: [&str; 2] = ["$defs", "definitions"];

/// Maximum references followed between components of other kinds; longer chains are cycles.
const MAX_HOPS: usize = 100;

/// A wrong reference.
struct Mistake {
    /// The position of its text.
    at: Pointer,
    message: String,
    /// The target that was meant.
    meant: String,
    /// Whether it must be corrected.
    is_led: bool,
}

struct Search<'v> {
    root: &'v Value,
    version: Version,
    at: Pointer,
    /// The enclosing schemas that have their own schemas.
    scopes: Vec<(Pointer, &'v Value)>,
    found: Vec<Mistake>,
}

/// Corrects such references, and reports them.
pub(super) fn mend(document: &mut Document) {
    let mut search = Search {
        root: &document.value,
        version: document.version,
        at: Pointer::root(),
        scopes: Vec::new(),
        found: Vec::new(),
    };
    search.walk(search.root, Shape::Object(&DOCUMENT));
    for mistake in search.found {
        let span = document.span(&mistake.at);
        let hint = format!("write `{}`", mistake.meant);
        document
            .warnings
            .push(Diagnostic::new("mistaken-reference", span, mistake.message).with_hint(hint));
        if mistake.is_led
            && let Some(text) = document.value.pointer_mut(mistake.at.as_str())
        {
            *text = mistake.meant.into();
        }
        document.reported.insert(mistake.at);
    }
}

impl<'v> Search<'v> {
    fn walk(&mut self, value: &'v Value, shape: Shape) {
        match (shape, value) {
            (Shape::BooleanOr(object), _) => self.walk(value, Shape::Ref(object)),
            (Shape::Ref(object), _) if object.kind == ObjectKind::Schema => {
                self.schema(value, object)
            }
            (Shape::Ref(object), _) => match reference(value) {
                Some(text) => self.reference(text, object, self.at.child("$ref")),
                None => self.walk_fields(value, object),
            },
            (Shape::Object(object), _) => self.walk_fields(value, object),
            (Shape::Map(map) | Shape::MapOrRef(map, _), Value::Object(entries)) => {
                for (key, entry) in entries {
                    if !map.is_extension(key) {
                        self.step(key, entry, map.value);
                    }
                }
            }
            (Shape::List(items), Value::Array(list)) => {
                for (index, item) in list.iter().enumerate() {
                    self.step(&index.to_string(), item, *items);
                }
            }
            _ => {}
        }
    }

    fn step(&mut self, key: &str, value: &'v Value, shape: Shape) {
        if value.is_object() || value.is_array() {
            self.at.push(key);
            self.walk(value, shape);
            self.at.pop();
        }
    }

    fn walk_fields(&mut self, value: &'v Value, object: &Object) {
        if object.kind == ObjectKind::Discriminator {
            self.mapping(value);
        }
        for field in object.fields(self.version) {
            if let Some(child) = value.get(field.name) {
                self.step(field.name, child, field.shape);
            }
        }
    }

    /// The references of a discriminator's values.
    fn mapping(&mut self, discriminator: &'v Value) {
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        let at = self.at.child("mapping");
        for (key, target) in mapping.into_iter().flatten() {
            if let Some(text) = target.as_str() {
                self.reference(text, &SCHEMA, at.child(key));
            }
        }
    }

    fn schema(&mut self, schema: &'v Value, object: &Object) {
        let is_scope = DEFINITIONS.iter().any(|key| schema.get(key).is_some());
        if is_scope {
            self.scopes.push((self.at.clone(), schema));
            self.walk_definitions(schema, object);
        }
        let reference = reference(schema);
        if let Some(text) = reference {
            self.reference(text, object, self.at.child("$ref"));
        }
        if reference.is_none() || self.version == Version::V3_1 {
            self.walk_fields(schema, object);
        }
        if is_scope {
            self.scopes.pop();
        }
    }

    /// Walks schemas in places that the version does not know.
    fn walk_definitions(&mut self, schema: &'v Value, object: &Object) {
        for key in DEFINITIONS {
            let schemas = schema.get(key).and_then(Value::as_object);
            if object.field(key, self.version).is_some() {
                continue;
            }
            self.at.push(key);
            for (name, schema) in schemas.into_iter().flatten() {
                self.step(name, schema, Shape::Ref(&SCHEMA));
            }
            self.at.pop();
        }
    }

    /// Checks the reference whose text is at `at`.
    fn reference(&mut self, text: &str, wanted: &Object, at: Pointer) {
        let Some(target) = Pointer::from_reference(text) else {
            return;
        };
        let exists = self.root.pointer(target.as_str()).is_some();
        let mistake = match target.component() {
            Some((section, _)) if exists && section != wanted.component => {
                self.of_another_kind(text, &section, wanted)
            }
            None if !exists && is_in_definitions(&target) => self.of_own(&target, wanted),
            _ => None,
        };
        if let Some((message, meant, is_led)) = mistake {
            self.found.push(Mistake {
                at,
                message: format!("{message}: `{}`", words::shown(text)),
                meant,
                is_led,
            });
        }
    }

    /// A schema in the `$defs` of an enclosing schema.
    fn of_own(&self, target: &Pointer, wanted: &Object) -> Option<(String, String, bool)> {
        let has = |(_, scope): &&(Pointer, &Value)| scope.pointer(target.as_str()).is_some();
        let (scope, _) = self
            .scopes
            .iter()
            .rev()
            .filter(|_| wanted.kind == ObjectKind::Schema)
            .find(has)?;
        let meant = scope.followed_by(target.as_str()).to_reference();
        let message = "reference relative to the schema around it";
        Some((message.to_owned(), meant, true))
    }

    /// A component of another kind.
    fn of_another_kind(
        &self,
        text: &str,
        section: &str,
        wanted: &Object,
    ) -> Option<(String, String, bool)> {
        let (at, value) = follow(self.root, text)?;
        let message = format!(
            "reference to an entry of `components/{section}`, expected {}",
            wanted.name
        );
        if wanted.kind == ObjectKind::Schema {
            return Some((message, self.only_schema(at, value)?, true));
        }
        // Kinds with the same fields, but for the name and place of a parameter.
        let fits = match (wanted.component, section) {
            ("responses", "requestBodies") | ("requestBodies", "responses") => {
                value.get("content").is_some()
            }
            ("headers", "parameters") => {
                value.get("schema").is_some() || value.get("content").is_some()
            }
            _ => false,
        };
        let component = wanted.component;
        fits.then(|| (message, format!("#/components/{component}/NAME"), false))
    }

    /// The reference to the only schema of a component, unless its target is not a schema either.
    fn only_schema(&self, at: Pointer, component: &'v Value) -> Option<String> {
        let first = schema_of(&at, component)?;
        let mut found = first.clone();
        for _ in 0..MAX_HOPS {
            let Some(text) = reference(found.1) else {
                return Some(first.0.to_reference());
            };
            let (at, target) = follow(self.root, text)?;
            let is_plain = found.1.as_object().is_some_and(|fields| fields.len() == 1);
            match at.component() {
                Some((section, _)) if section != "schemas" => found = schema_of(&at, target)?,
                Some(_) if found.0 == first.0 && is_plain => return Some(text.to_owned()),
                _ => return Some(first.0.to_reference()),
            }
        }
        None
    }
}

/// The schema that all media types of a component share, and its position; `None` if there are several.
fn schema_of<'v>(at: &Pointer, component: &'v Value) -> Option<(Pointer, &'v Value)> {
    let Some(media_types) = component.get("content").and_then(Value::as_object) else {
        return Some((at.child("schema"), component.get("schema")?));
    };
    let mut schemas = media_types
        .iter()
        .filter_map(|(name, media)| Some((name, media.get("schema")?)));
    let (name, schema) = schemas.next()?;
    let at = at.child("content").child(name).child("schema");
    schemas
        .all(|(_, other)| other == schema)
        .then_some((at, schema))
}

/// Whether a pointer leads from the root into a schema's own schemas.
fn is_in_definitions(pointer: &Pointer) -> bool {
    let mut segments = pointer.segments();
    segments
        .next()
        .is_some_and(|key| DEFINITIONS.contains(&key.as_ref()))
        && segments.next().is_some()
}
