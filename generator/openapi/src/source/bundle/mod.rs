//! A document and its neighbours as one document.
//!
//! The target of a reference to another file becomes a component, named after the last segment of the reference or after
//! the file. A reference where OpenAPI has none, and that of a path, is replaced by its target.

mod components;
mod files;
pub(super) mod path;
mod replace;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::Value;

use self::components::Component;
use self::files::{Files, Problem, Target};
use super::identifiers::Identifiers;
use super::places::Places;
use super::positions::Positions;
use super::{Document, Read, version};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::objects::{DOCUMENT, Object, ObjectKind, Shape};
use crate::pointer::Pointer;
use crate::references::reference;
use crate::terms::Version;
use crate::text::Source;

/// Whether there is anything to do for a document.
pub(super) fn is_needed(text: &str, value: &Value) -> bool {
    let paths = value.get("paths").and_then(Value::as_object);
    let mut items = paths.into_iter().flatten().map(|(_, item)| item);
    may_lead_out(text) || items.any(|item| reference(item).is_some())
}

/// Whether a text may have references to other files, without resolving them.
pub(super) fn may_lead_out(text: &str) -> bool {
    let is_around = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ':');
    text.match_indices("$ref").any(|(at, key)| {
        let value = text[at + key.len()..].trim_start_matches(is_around);
        !value.starts_with('#')
    })
}

/// Combines a document with the targets of its references in other files.
///
/// # Errors
///
/// When it becomes too deep or too large by that.
pub(super) fn bundle(
    source: &Source,
    (value, identifiers): (Value, Identifiers),
    positions: Positions,
    warnings: Vec<Diagnostic>,
    read: &mut Read<'_>,
) -> Result<Document, Diagnostics> {
    let mut root = value.clone();
    let version = version(&value);
    let places = Places::new(positions);
    let mut bundler = Bundler {
        version,
        files: Files::new(&source.name, version, (value, identifiers), places, read),
        components: BTreeMap::new(),
        names: BTreeMap::new(),
        waiting: VecDeque::new(),
        open: Vec::new(),
        values: 0,
        refusal: None,
        warnings,
        reported: BTreeSet::new(),
    };
    bundler.document(&mut root);
    if let Some(refusal) = bundler.refusal {
        return Err(refusal.into());
    }
    let Bundler {
        files,
        warnings,
        reported,
        ..
    } = bundler;
    Ok(Document::new(root, files.places, warnings, reported))
}

struct Bundler<'r> {
    version: Version,
    files: Files<'r>,
    /// The components that values in other files have become, by section.
    components: BTreeMap<(&'static str, Target), String>,
    /// The names of components in use, by section.
    names: BTreeMap<&'static str, BTreeSet<String>>,
    /// Components that are not in the document yet.
    waiting: VecDeque<Component>,
    /// The targets that replace the references around the current value.
    open: Vec<Target>,
    /// How many values have replaced references.
    values: usize,
    /// Why the document cannot be put together.
    refusal: Option<Diagnostic>,
    warnings: Vec<Diagnostic>,
    reported: BTreeSet<Pointer>,
}

impl Bundler<'_> {
    fn document(&mut self, root: &mut Value) {
        self.named_components(root);
        self.walk(root, &Pointer::root(), 0, Shape::Object(&DOCUMENT));
        while let Some(component) = self.waiting.pop_front() {
            let Component {
                section,
                name,
                shape,
                mut value,
            } = component;
            self.walk(&mut value, &components::place(section, &name), 0, shape);
            components::insert(root, section, name, value);
        }
    }

    /// Finds references in a value of the file numbered `file`, unless it is known to come from another.
    fn walk(&mut self, value: &mut Value, at: &Pointer, file: usize, shape: Shape) {
        let file = self
            .files
            .places
            .origin(at)
            .map_or(file, |origin| origin.file);
        let open = self.open.len();
        match shape {
            _ if self.refusal.is_some() => {}
            Shape::Ref(object) if reference(value).is_some() => {
                self.component(&mut value["$ref"], &at.child("$ref"), file, object);
                if object.is_later_schema(self.version) {
                    self.walk_fields(value, at, file, object);
                }
            }
            Shape::MapOrRef(_, object) if reference(value).is_some() => {
                self.component(&mut value["$ref"], &at.child("$ref"), file, object);
            }
            Shape::Ref(object) => self.walk_fields(value, at, file, object),
            Shape::BooleanOr(object) => self.walk(value, at, file, Shape::Ref(object)),
            Shape::Object(object) => {
                let is_path = object.kind == ObjectKind::PathItem;
                let file = self.replace_if(is_path, value, at, file);
                self.walk_fields(value, at, file, object);
            }
            Shape::Map(map) | Shape::MapOrRef(map, _) => {
                let file = self.replace_if(false, value, at, file);
                for (key, child) in value.as_object_mut().into_iter().flatten() {
                    if !map.is_extension(key) {
                        self.walk(child, &at.child(key), file, map.value);
                    }
                }
            }
            Shape::List(items) => {
                let file = self.replace_if(false, value, at, file);
                let list = value.as_array_mut().into_iter().flatten();
                for (index, item) in list.enumerate() {
                    self.walk(item, &at.child(index.to_string()), file, *items);
                }
            }
            Shape::Any
            | Shape::Text
            | Shape::Boolean
            | Shape::Number
            | Shape::Count
            | Shape::Word(_)
            | Shape::Type
            | Shape::Bound
            | Shape::Outdated => {}
        }
        self.open.truncate(open);
    }

    fn walk_fields(&mut self, value: &mut Value, at: &Pointer, file: usize, object: &Object) {
        if object.kind == ObjectKind::Discriminator {
            self.mapping(value, at, file);
        }
        for field in object.fields(self.version) {
            if let Some(child) = value.get_mut(field.name) {
                self.walk(child, &at.child(field.name), file, field.shape);
            }
        }
    }

    fn report(&mut self, problem: Problem, at: &Pointer) {
        let span = self.files.places.find(at).value;
        match problem {
            Problem::Elsewhere => return,
            Problem::Reference {
                rule,
                message,
                hint,
            } => self
                .warnings
                .push(Diagnostic::new(rule, span, message).with_hint(hint)),
            Problem::File(found) => self.warnings.extend(
                found
                    .into_iter()
                    .map(|diagnostic| diagnostic.with_related(span, "referred to here")),
            ),
        }
        self.reported.insert(at.clone());
    }
}
