//! Values of other files that become components.

use serde_json::{Map, Value};

use super::files::{Problem, Target};
use super::{Bundler, path};
use crate::diagnostic::Diagnostic;
use crate::names::free_name;
use crate::objects::{COMPONENTS, Field, Object, SCHEMA, Shape};
use crate::pointer::Pointer;
use crate::references::reference;
use crate::source::places::Origin;
use crate::terms::Version;
use crate::words;

/// Segments of pointers that say nothing about the target.
const WORDS: &[&str] = &[
    "allOf",
    "anyOf",
    "content",
    "items",
    "oneOf",
    "properties",
    "schema",
];

/// A value of another file that becomes a component.
pub(super) struct Component {
    pub(super) section: &'static str,
    pub(super) name: String,
    pub(super) shape: Shape,
    pub(super) value: Value,
}

impl Bundler<'_> {
    /// Gives the values of other files that are components of the document the names that they have there.
    pub(super) fn named_components(&mut self, root: &mut Value) {
        let Some(components) = root.get_mut("components") else {
            return;
        };
        let at = Pointer::root().child("components");
        let file = self.replace_if(false, components, &at, 0);
        for field in COMPONENTS.fields(self.version) {
            let Some(entries) = components.get_mut(field.name) else {
                continue;
            };
            let at = at.child(field.name);
            let file = self.replace_if(false, entries, &at, file);
            for (name, value) in entries.as_object_mut().into_iter().flatten() {
                self.names
                    .entry(field.name)
                    .or_default()
                    .insert(name.clone());
                self.named_component(field, name, value, &at.child(name), file);
            }
        }
        self.open.clear();
    }

    fn named_component(
        &mut self,
        field: &'static Field,
        name: &str,
        value: &mut Value,
        at: &Pointer,
        file: usize,
    ) {
        let Some(text) = reference(value) else {
            return;
        };
        let has_more = value.as_object().is_some_and(|fields| fields.len() > 1);
        if has_more && self.version == Version::V3_1 && field.name == "schemas" {
            return;
        }
        // The walk reports mistakes in it.
        let Ok(target) = self.files.target(text, file, &mut self.warnings) else {
            return;
        };
        let key = (field.name, target);
        if key.1.file != 0 && !self.components.contains_key(&key) {
            self.put(value, at, key.1.clone());
            self.components.insert(key, name.to_owned());
        }
    }

    /// The schemas for the values of a discriminator. Mistakes in them are reported at the discriminator.
    pub(super) fn mapping(&mut self, value: &mut Value, at: &Pointer, file: usize) {
        let mapping = value.get_mut("mapping").and_then(Value::as_object_mut);
        for (key, target) in mapping.into_iter().flatten() {
            let Some(text) = target.as_str() else {
                continue;
            };
            let is_name = !text.contains(['#', '/', '.']);
            let reference = match file {
                0 if is_name || self.is_taken("schemas", text) => continue,
                _ if is_name => format!("#/components/schemas/{text}"),
                _ => text.to_owned(),
            };
            let at = at.child("mapping").child(key);
            if let Ok(Some(reference)) = self.lead(&reference, &at, file, &SCHEMA) {
                *target = reference.into();
            }
        }
    }

    /// Turns the target of a reference into a component, where `object` is expected.
    pub(super) fn component(
        &mut self,
        reference: &mut Value,
        at: &Pointer,
        file: usize,
        object: &'static Object,
    ) {
        let Some(text) = reference.as_str() else {
            return;
        };
        match self.lead(text, at, file, object) {
            Ok(Some(text)) => *reference = text.into(),
            Ok(None) | Err(Problem::Elsewhere) => {}
            Err(problem) => self.report(problem, at),
        }
    }

    /// The reference to write instead of one to another file.
    fn lead(
        &mut self,
        text: &str,
        at: &Pointer,
        file: usize,
        object: &'static Object,
    ) -> Result<Option<String>, Problem> {
        let is_local = text.starts_with('#');
        if file == 0 && is_local {
            return Ok(None);
        }
        let target = self.files.target(text, file, &mut self.warnings)?;
        if target.file == 0 {
            return Ok(Some(target.pointer.to_reference()));
        }
        let section = object.component;
        if let Some(other) = other_section(&target.pointer, section) {
            return Err(wrong_kind(text, &other, object));
        }
        let key = (section, target);
        if let Some(name) = self.components.get(&key) {
            return Ok(Some(format!("#/components/{section}/{name}")));
        }
        let value = self.files.value(&key.1).cloned().unwrap_or_default();
        if !self.is_affordable(&value, at, 0) {
            return Ok(None);
        }
        let name = self.name(section, &key.1, at);
        let origin = Origin {
            file: key.1.file,
            pointer: key.1.pointer.clone(),
            has_key: false,
        };
        let places = &mut self.files.places;
        places.set_origin(place(section, &name), origin);
        self.waiting.push_back(Component {
            section,
            name: name.clone(),
            shape: Shape::Ref(object),
            value,
        });
        let reference = format!("#/components/{section}/{name}");
        self.components.insert(key, name);
        Ok(Some(reference))
    }

    /// A name for a component, which no other of the section has.
    fn name(&mut self, section: &'static str, target: &Target, at: &Pointer) -> String {
        let wish = wish(&target.pointer, self.files.path(target.file));
        let name = free_name(&wish, "", self.names.entry(section).or_default());
        if name != wish {
            let file = self.files.path(target.file);
            let message = format!(
                "component name `{wish}` is taken: that of `{}` becomes `{name}`",
                words::shown(file)
            );
            let span = self.files.places.find(at).value;
            self.warnings.push(
                Diagnostic::new("shared-name", span, message)
                    .with_hint("rename it, or define both in one place"),
            );
        }
        name
    }

    fn is_taken(&self, section: &str, name: &str) -> bool {
        self.names
            .get(section)
            .is_some_and(|names| names.contains(name))
    }
}

/// Puts a component into the document.
pub(super) fn insert(root: &mut Value, section: &str, name: String, value: Value) {
    let components = entry(root, "components").and_then(|components| entry(components, section));
    if let Some(Value::Object(entries)) = components {
        entries.insert(name, value);
    }
}

/// The position of a component.
pub(super) fn place(section: &str, name: &str) -> Pointer {
    let components = Pointer::root().child("components");
    components.child(section).child(name)
}

/// An entry to add to: one that is left empty counts as an empty object.
fn entry<'v>(object: &'v mut Value, key: &str) -> Option<&'v mut Value> {
    let entry = object.as_object_mut()?.entry(key).or_insert(Value::Null);
    if entry.is_null() {
        *entry = Value::Object(Map::new());
    }
    Some(entry)
}

/// A name for the target of a pointer in a file.
fn wish(pointer: &Pointer, path: &str) -> String {
    let segments: Vec<_> = pointer.segments().collect();
    let is_name = |segment: &&str| {
        !WORDS.contains(segment)
            && !segment.contains('/')
            && segment.contains(|c: char| c.is_ascii_alphabetic())
    };
    let mut names = segments.iter().rev().map(AsRef::as_ref);
    let name = names.find(is_name).unwrap_or_else(|| path::stem(path));
    let allowed = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    name.chars()
        .map(|c| if allowed(c) { c } else { '_' })
        .collect()
}

/// The section of components that a pointer leads to, if it is not the one that is wanted.
fn other_section(pointer: &Pointer, wanted: &str) -> Option<String> {
    let (section, _) = pointer.component()?;
    (section != wanted).then(|| section.into_owned())
}

fn wrong_kind(reference: &str, section: &str, object: &Object) -> Problem {
    let wanted = object.name;
    Problem::Reference {
        rule: "wrong-reference-kind",
        message: format!(
            "reference to an entry of `components/{section}`, expected {wanted}: `{}`",
            words::shown(reference)
        ),
        hint: format!("refer to an entry of `components/{}`", object.component),
    }
}
