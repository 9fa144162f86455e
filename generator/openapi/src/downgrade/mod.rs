//! Converts OpenAPI 3.1 to 3.0, so that later stages know only one version.
//!
//! Rewrites every schema, one keyword at a time; the rest is the same in both versions. Constraints that neither 3.0 nor
//! a type can express are removed and reported. [`Moved`] records the original position of everything.

mod bounds;
mod choices;
mod conditions;
mod content;
mod described;
mod items;
mod moved;
mod properties;
mod references;
mod schema;
mod types;
mod values;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

pub(crate) use self::moved::Moved;
use self::references::Targets;
use self::schema::{Schema, Term};
use crate::diagnostic::Unplaced;
use crate::objects::{DOCUMENT, Object, ObjectKind, SCHEMA, Shape};
use crate::pointer::Pointer;
use crate::references::reference;
use crate::terms::Version;

/// A document in the terms of 3.0.
pub(crate) struct Downgraded {
    pub(crate) value: Value,
    pub(crate) moved: Moved,
    /// Its findings, by original position.
    pub(crate) found: Vec<Unplaced>,
}

/// The position of a value, and the original one if it differs.
#[derive(Clone, Default)]
struct PointerPair {
    new: Pointer,
    old: Option<Pointer>,
}

struct Downgrader<'v> {
    root: &'v Value,
    targets: Targets,
    moved: Moved,
    found: Vec<Unplaced>,
    /// References whose targets may have moved.
    references: BTreeSet<Pointer>,
}

/// Rewrites a document of OpenAPI 3.1.
pub(crate) fn downgrade(document: &Value) -> Downgraded {
    let mut downgrader = Downgrader {
        root: document,
        targets: Targets::of(document),
        moved: Moved::default(),
        found: Vec::new(),
        references: BTreeSet::new(),
    };
    let mut value = downgrader.value(document, Shape::Object(&DOCUMENT), &PointerPair::default());
    if let Some(fields) = value.as_object_mut() {
        fields.insert("openapi".to_owned(), "3.0.3".into());
    }
    downgrader.redirect(&mut value);
    Downgraded {
        value,
        moved: downgrader.moved,
        found: downgrader.found,
    }
}

impl<'v> Downgrader<'v> {
    fn value(&mut self, value: &'v Value, shape: Shape, at: &PointerPair) -> Value {
        match (shape, value) {
            (Shape::BooleanOr(_), Value::Bool(_)) => value.clone(),
            (Shape::Ref(object) | Shape::BooleanOr(object), _)
                if object.kind == ObjectKind::Schema =>
            {
                self.schema(value, at)
            }
            (Shape::Ref(object), Value::Object(fields)) => self
                .described(fields, object, at)
                .unwrap_or_else(|| self.fields(fields, object, at)),
            (Shape::Object(object), Value::Object(fields)) => self.fields(fields, object, at),
            (Shape::Map(_) | Shape::MapOrRef(..), _) if reference(value).is_some() => value.clone(),
            (Shape::Map(map) | Shape::MapOrRef(map, _), Value::Object(entries)) => {
                let entries = entries.iter().map(|(key, entry)| {
                    let is_other = map.is_extension(key);
                    let shape = if is_other { Shape::Any } else { map.value };
                    (key.clone(), self.value(entry, shape, &at.child(key)))
                });
                entries.collect()
            }
            (Shape::List(shape), Value::Array(items)) => {
                let items = items.iter().enumerate();
                let items = items
                    .map(|(index, item)| self.value(item, *shape, &at.child(index.to_string())));
                items.collect()
            }
            _ => value.clone(),
        }
    }

    fn fields(
        &mut self,
        fields: &'v Map<String, Value>,
        object: &Object,
        at: &PointerPair,
    ) -> Value {
        let fields = fields.iter().map(|(key, field)| {
            let shape = object
                .field(key, Version::V3_1)
                .map_or(Shape::Any, |field| field.shape);
            (key.clone(), self.value(field, shape, &at.child(key)))
        });
        fields.collect()
    }

    fn schema(&mut self, value: &'v Value, at: &PointerPair) -> Value {
        let mut schema = match value {
            Value::Bool(true) => return json!({}),
            Value::Bool(false) => return json!({ "not": {} }),
            Value::Object(fields) => Schema::of(fields, at.written().clone()),
            _ => return value.clone(),
        };
        self.targets.record_move(at.written(), &at.new);
        self.unwrap_choices(&mut schema);
        self.read_conditions(&mut schema);
        references::wrap(&mut schema);
        values::list_choice(&mut schema);
        values::list_constant(&mut schema);
        values::keep_example(&mut schema);
        bounds::close(&mut schema);
        content::name_format(&mut schema);
        self.join_items(&mut schema);
        self.join_properties(&mut schema);
        self.report_narrowing(&mut schema);
        self.report_lone_null(&schema);
        types::choose(&mut schema);
        self.written_out(schema, at)
    }

    /// A schema that has been rewritten, with all that is in it.
    fn written_out(&mut self, schema: Schema<'v>, at: &PointerPair) -> Value {
        let written = schema.at.clone();
        let fields = schema.into_fields().map(|(key, term)| {
            let shape = SCHEMA
                .field(key, Version::V3_1)
                .map_or(Shape::Any, |field| field.shape);
            let place = at.new.child(key);
            if key == "$ref" {
                self.references.insert(place.clone());
            }
            let value = self.term(term, shape, place, &written.child(key));
            (key.to_owned(), value)
        });
        fields.collect()
    }

    /// `expected` is where it is written unless it has been moved.
    fn term(&mut self, term: Term<'v>, shape: Shape, new: Pointer, expected: &Pointer) -> Value {
        if term.at() != expected {
            self.moved.insert(new.clone(), term.at().clone());
        }
        match term {
            Term::Made(value, _) => value,
            Term::Written(value, old) => {
                let old = (old != new).then_some(old);
                self.value(value, shape, &PointerPair { new, old })
            }
            Term::Schema(schema) => self.written_out(schema, &PointerPair { new, old: None }),
            Term::List(terms, old) => {
                let Shape::List(shape) = shape else {
                    return Value::Null;
                };
                let terms = terms.into_iter().enumerate().map(|(index, term)| {
                    let index = index.to_string();
                    self.term(term, *shape, new.child(&index), &old.child(&index))
                });
                terms.collect()
            }
            Term::Map(terms, old) => {
                let shape = Shape::Ref(&SCHEMA);
                let terms = terms.into_iter().map(|(key, term)| {
                    let value = self.term(term, shape, new.child(key), &old.child(key));
                    (key.to_owned(), value)
                });
                terms.collect()
            }
        }
    }

    /// Reports a constraint that no type can express.
    fn lose(&mut self, at: Pointer, message: impl Into<String>) {
        self.found.push(Unplaced {
            rule: "lossy-schema",
            pointer: at,
            message: message.into(),
            hint: "it is not checked: check values yourself where it matters".to_owned(),
        });
    }
}

impl PointerPair {
    fn child(&self, key: impl AsRef<str>) -> Self {
        Self {
            new: self.new.child(key.as_ref()),
            old: self.old.as_ref().map(|old| old.child(key)),
        }
    }

    fn written(&self) -> &Pointer {
        self.old.as_ref().unwrap_or(&self.new)
    }
}
