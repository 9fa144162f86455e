//! From schemas to a graph of types.
//!
//! A schema is merged with all schemas that apply together with it (the members of an `allOf`, the
//! properties beside a `oneOf`) by [`merge`], and the type of the result is decided once.

mod conflict;
mod enumeration;
mod finish;
mod look;
mod merge;
mod object;
mod parents;
mod part;
mod scalar;
mod union;
mod values;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use openapi::Pointer;
use serde_json::Value;

use self::merge::Merged;
use self::part::{LocatedSchema, PartKey};
use super::report::Report;
use crate::model::{Definition, Shape, Type, TypeDocs, TypeId, TypeRef, Types};
use crate::names;

pub(super) use self::part::docs;

/// How deep anonymous schemas may nest before the rest is any JSON.
const DEPTH: usize = 64;

/// The longest name that a type gets by putting the names around it together.
const NAME_LENGTH: usize = 48;

/// Finds the type of each requested schema, and of its references.
pub(super) struct TypeBuilder<'a> {
    root: &'a Value,
    definitions: Vec<Option<Definition>>,
    /// The types of schemas seen already, by position.
    known: HashMap<Pointer, Known>,
    /// The types of merged schemas seen already, by their positions.
    combined: HashMap<Vec<PartKey>, TypeRef>,
    /// Anonymous schemas of the current operation seen already, by content.
    equal: HashMap<String, TypeRef>,
    /// The names in Rust of the named schemas.
    component_names: BTreeMap<String, String>,
    /// Names of types in use.
    taken: BTreeSet<String>,
    /// Titles that only one anonymous schema has.
    titles: BTreeSet<&'a str>,
    /// The schemas that say they are a kind of another one, by that one.
    children: BTreeMap<Pointer, Vec<Pointer>>,
    depth: usize,
    /// References that lead nowhere, among those that were followed.
    unresolved: Vec<String>,
    /// How many of them there were when the operation at hand began.
    began_at: usize,
    /// The named schemas that have such a reference in them.
    broken: BTreeMap<TypeId, String>,
    pub(super) report: Report,
}

/// The known facts of a schema.
enum Known {
    /// It is being looked at.
    Open,
    /// Its type.
    Type(TypeRef),
}

impl<'a> TypeBuilder<'a> {
    pub(super) fn new(root: &'a Value) -> Self {
        let mut report = Report::default();
        let mut taken = BTreeSet::new();
        let component_names = component_names(root, &mut taken, &mut report);
        Self {
            root,
            definitions: Vec::new(),
            known: HashMap::new(),
            combined: HashMap::new(),
            equal: HashMap::new(),
            component_names,
            taken,
            titles: part::unique_titles(root),
            children: parents::children(root),
            depth: 0,
            unresolved: Vec::new(),
            began_at: 0,
            broken: BTreeMap::new(),
            report,
        }
    }

    /// Begins with another operation: equal anonymous schemas are one type within each.
    pub(super) fn begin_operation(&mut self) {
        self.equal.clear();
        self.began_at = self.unresolved.len();
    }

    /// The type of a schema; one that needs a name gets one like `wish`.
    pub(super) fn type_of(&mut self, schema: &'a Value, pointer: &Pointer, wish: &str) -> TypeRef {
        self.type_of_all(vec![LocatedSchema::new(schema, pointer.clone())], wish)
    }

    /// The type of the named schema at a place.
    pub(super) fn named(&mut self, pointer: &Pointer) -> Option<TypeRef> {
        let schema = self.root.pointer(pointer.as_str())?;
        Some(self.referenced(&LocatedSchema::new(schema, pointer.clone())))
    }

    /// A reference that leads nowhere, among those followed since the operation began and those in the named schemas
    /// that its types are made of.
    pub(super) fn unresolved_in(&self, roots: &[TypeRef]) -> Option<&String> {
        if self.broken.is_empty() && self.unresolved.is_empty() {
            return None;
        }
        let mut waiting = Vec::new();
        for root in roots {
            root.names(&mut waiting);
        }
        let mut seen = BTreeSet::new();
        while let Some(id) = waiting.pop() {
            if let Some(reference) = self.broken.get(&id) {
                return Some(reference);
            }
            if seen.insert(id)
                && let Some(definition) = &self.definitions[id.0]
            {
                waiting.extend(definition.parts());
            }
        }
        self.unresolved.get(self.began_at)
    }

    /// The types that were found, with `sent` and `received` those that operations use.
    pub(super) fn finish(self, sent: &[TypeRef], received: &[TypeRef]) -> (Types, Report) {
        let definitions = self.definitions.into_iter().flatten().collect();
        let mut types = Types { definitions };
        finish::mark_usage(&mut types, sent, received);
        finish::box_cycles(&mut types);
        (types, self.report)
    }

    /// The type of a value that must match several schemas.
    fn type_of_all(&mut self, parts: Vec<LocatedSchema<'a>>, wish: &str) -> TypeRef {
        if self.depth == DEPTH {
            if let Some(part) = parts.first() {
                self.report.add(
                    "schema-too-deep",
                    &part.pointer,
                    format!("schemas nested more than {DEPTH} levels deep: the rest is any JSON"),
                    "move inner schemas to `components/schemas`",
                );
            }
            return TypeRef::new(Type::Any);
        }
        self.depth += 1;
        let type_ = self.type_of_some(parts, wish);
        self.depth -= 1;
        type_
    }

    fn type_of_some(&mut self, parts: Vec<LocatedSchema<'a>>, wish: &str) -> TypeRef {
        let (parts, nullable) = part::unwrapped(parts, |part| self.agrees(part));
        let type_ = match parts.as_slice() {
            [] => TypeRef::new(Type::Any),
            [part] if !part.without_alternatives => match part.reference() {
                Some(_) => self.referenced(part),
                None => self.anonymous(part.clone(), wish),
            },
            several => self.combination(several, wish),
        };
        type_.or_null(nullable)
    }

    /// The type of schemas that must hold at once. Where they lead to each other again, it is the same one.
    fn combination(&mut self, parts: &[LocatedSchema<'a>], wish: &str) -> TypeRef {
        let places: Vec<_> = parts.iter().map(|part| part.place(self.root)).collect();
        if let Some(type_) = self.combined.get(&places) {
            return type_.clone();
        }
        let (merged, _) = self.merged(parts);
        if !merged.needs_name(self.root) {
            return self.nameless(&merged, wish);
        }
        let (name, id) = (self.free_name(wish), self.reserve());
        let type_ = TypeRef::new(Type::Named(id));
        self.combined.insert(places, type_.clone());
        self.define_merged(id, name, merged.pointer.clone(), merged);
        type_
    }

    /// The type of an inline schema.
    fn anonymous(&mut self, part: LocatedSchema<'a>, wish: &str) -> TypeRef {
        match self.known.get(&part.pointer) {
            Some(Known::Type(type_)) => return type_.clone(),
            Some(Known::Open) => return TypeRef::new(Type::Any),
            None => {}
        }
        let key = part.needs_key().then(|| part.value.to_string());
        if let Some(type_) = key.as_ref().and_then(|key| self.equal.get(key)) {
            return type_.clone();
        }
        let wish = self.title_of(part.value, wish);
        let pointer = part.pointer.clone();
        let (merged, nullable) = self.merged(std::slice::from_ref(&part));
        let type_ = self
            .type_of_merged(merged, &pointer, &wish)
            .or_null(nullable);
        if let Some(key) = key {
            self.equal.insert(key, type_.clone());
        }
        type_
    }

    /// The type of a schema that is referred to.
    fn referenced(&mut self, part: &LocatedSchema<'a>) -> TypeRef {
        let target = part.followed(self.root);
        let Some(part) = target.filter(|target| !is_no_schema(&target.pointer)) else {
            let reference = part.reference().unwrap_or_default();
            self.unresolved.push(reference.to_owned());
            return TypeRef::new(Type::Any);
        };
        match self.known.get(&part.pointer) {
            Some(Known::Type(type_)) => return type_.clone(),
            Some(Known::Open) => return TypeRef::new(Type::Any),
            None => {}
        }
        let pointer = part.pointer.clone();
        let component = component(&pointer);
        let mut docs = docs(part.value);
        let nullable = part::is_nullable(part.value);
        self.known.insert(pointer.clone(), Known::Open);
        let (parts, unwrapped_nullable) = part::unwrapped(vec![part], |part| self.agrees(part));
        let nullable = nullable || unwrapped_nullable;
        if let [alias] = parts.as_slice()
            && alias.reference().is_some()
        {
            let type_ = self.referenced(alias).or_null(nullable);
            self.known.insert(pointer, Known::Type(type_.clone()));
            return type_;
        }
        let whole = Some(&pointer).filter(|whole| parts.iter().all(|part| part.pointer != **whole));
        let (merged, merged_nullable) = self.merged_of(whole, &parts);
        let Some(name) = component else {
            self.known.remove(&pointer);
            let wish = last_name(&pointer);
            return self
                .type_of_merged(merged, &pointer, &wish)
                .or_null(nullable || merged_nullable);
        };
        let name = self.component_names[&name].clone();
        let id = self.reserve();
        let type_ = TypeRef::new(Type::Named(id)).or_null(nullable || merged_nullable);
        self.known
            .insert(pointer.clone(), Known::Type(type_.clone()));
        let known = self.unresolved.len();
        docs.values = self.values_of_merged(&merged, 0);
        let shape = self.shape_of(merged, &pointer, &name, &mut docs);
        if let Some(reference) = self.unresolved.get(known) {
            self.broken.insert(id, reference.clone());
        }
        self.define(id, name, pointer, docs, shape);
        type_
    }

    /// The shape of a named schema, which is a type of its own whatever it says.
    fn shape_of(
        &mut self,
        merged: Merged<'a>,
        pointer: &Pointer,
        name: &str,
        docs: &mut TypeDocs,
    ) -> Shape {
        if let Some(union) = self.parent(&merged, pointer, name) {
            return Shape::Union(union);
        }
        if merged.needs_name(self.root) {
            self.named_shape(merged, name, docs)
        } else {
            Shape::Newtype(self.nameless(&merged, name))
        }
    }

    /// The type of merged schemas; a named one is remembered by its position.
    fn type_of_merged(&mut self, merged: Merged<'a>, pointer: &Pointer, wish: &str) -> TypeRef {
        if !merged.needs_name(self.root) {
            return self.nameless(&merged, wish);
        }
        let (name, id) = (self.free_name(wish), self.reserve());
        let type_ = TypeRef::new(Type::Named(id));
        self.known
            .insert(pointer.clone(), Known::Type(type_.clone()));
        self.define_merged(id, name, pointer.clone(), merged);
        type_
    }

    fn define_merged(&mut self, id: TypeId, name: String, pointer: Pointer, merged: Merged<'a>) {
        let mut docs = merged.docs.clone();
        docs.values = self.values_of_merged(&merged, 0);
        let shape = self.named_shape(merged, &name, &mut docs);
        self.define(id, name, pointer, docs, shape);
    }

    /// An enumeration, a union or a struct.
    fn named_shape(&mut self, merged: Merged<'a>, name: &str, docs: &mut TypeDocs) -> Shape {
        self.report_conflict(&merged);
        if let Some(enumeration) = enumeration::of(&merged, self.root) {
            Shape::Enum(enumeration)
        } else if merged.unions.is_empty() {
            Shape::Struct(self.object(&merged, name))
        } else {
            self.union(merged, name, docs)
        }
    }

    /// A type without a name: a map, a list, a scalar, or any JSON.
    fn nameless(&mut self, merged: &Merged<'a>, wish: &str) -> TypeRef {
        self.report_conflict(merged);
        TypeRef::new(if merged.is_object {
            let values = self.additional(merged, &longer(wish, "Value"));
            Type::Map(Box::new(values.unwrap_or(TypeRef::new(Type::Any))))
        } else if !merged.arrays.is_empty() {
            let items = self.type_of_all(merged.items(), &longer(wish, "Item"));
            Type::List(Box::new(items))
        } else {
            scalar::of(merged)
        })
    }

    fn reserve(&mut self) -> TypeId {
        self.definitions.push(None);
        TypeId(self.definitions.len() - 1)
    }

    fn define(&mut self, id: TypeId, name: String, pointer: Pointer, docs: TypeDocs, shape: Shape) {
        self.definitions[id.0] = Some(Definition {
            name,
            pointer,
            docs,
            shape,
            sent: false,
            received: false,
        });
    }

    /// A name like `wish` that no other type has.
    pub(super) fn free_name(&mut self, wish: &str) -> String {
        names::free_name(&names::schema_type_name(wish), "", &mut self.taken)
    }

    /// The name that an anonymous schema's title gives it, if no other has that title.
    fn title_of(&self, schema: &Value, wish: &str) -> String {
        match schema.get("title").and_then(Value::as_str) {
            Some(title) if self.titles.contains(title) => names::type_name(title),
            _ => wish.to_owned(),
        }
    }
}

/// The name of a type inside something called `name`; names that grow too long start anew.
fn longer(name: &str, inner: &str) -> String {
    let inner = names::type_name(inner);
    if name.len() + inner.len() > NAME_LENGTH && inner.len() > "Value".len() {
        inner
    } else {
        format!("{name}{inner}")
    }
}

/// The names in Rust of the named schemas; those that would be the same are numbered in the
/// document's order.
fn component_names(
    root: &Value,
    taken: &mut BTreeSet<String>,
    report: &mut Report,
) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let described = root.pointer("/components/schemas");
    for (name, _) in described.and_then(Value::as_object).into_iter().flatten() {
        let wish = names::schema_type_name(name);
        let type_name = names::free_name(&wish, "", taken);
        if type_name != wish {
            report.add(
                "shared-name",
                &Pointer::root()
                    .child("components")
                    .child("schemas")
                    .child(name),
                format!("schema `{name}`: Rust name `{wish}` is taken, using `{type_name}`"),
                "choose a name that differs in more than case and separators",
            );
        }
        found.insert(name.clone(), type_name);
    }
    found
}

/// Whether a pointer leads to a component of another kind.
fn is_no_schema(pointer: &Pointer) -> bool {
    let mut segments = pointer.segments();
    segments.next().is_some_and(|first| first == "components")
        && segments.next().is_some_and(|kind| kind != "schemas")
        && segments.nth(1).is_none()
}

/// The name of the named schema that a pointer leads to.
fn component(pointer: &Pointer) -> Option<String> {
    let (section, name) = pointer.component()?;
    (section == "schemas").then(|| name.into_owned())
}

/// A name for the target of a pointer: the last of its segments that is a name.
fn last_name(pointer: &Pointer) -> String {
    const WORDS: &[&str] = &["content", "items", "properties", "schema", "responses"];
    let segments: Vec<_> = pointer.segments().collect();
    let names = segments.iter().rev().filter(|segment| {
        !WORDS.contains(&segment.as_ref()) && segment.contains(|c: char| c.is_ascii_alphabetic())
    });
    let mut names = names.filter(|segment| !segment.contains('/'));
    names::type_name(names.next().map_or("schema", |name| name.as_ref()))
}
