//! The types of an API as a graph: each is decided once, from however the document writes it.

use std::collections::BTreeSet;

use openapi::Pointer;
use serde_json::Value;

/// A type with a name, by its index in [`Types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub(crate) usize);

/// A type at one of its uses.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TypeRef {
    /// The type of a value, unless it is null.
    pub type_: Type,
    /// Whether a value may be null.
    pub nullable: bool,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// Any JSON, null included.
    Any,
    /// True or false.
    Boolean,
    /// A string.
    Text,
    /// A date without a time.
    Date,
    /// A date with a time.
    DateTime,
    /// A whole number.
    Integer(Integer),
    /// A number, whole or not.
    Number,
    /// An array.
    List(Box<TypeRef>),
    /// An object of which only the type of its values is known.
    Map(Box<TypeRef>),
    /// A type with a name.
    Named(TypeId),
}

/// The range of an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Integer {
    /// 32 bits, signed.
    I32,
    /// 64 bits, signed.
    I64,
    /// 64 bits, unsigned.
    U64,
}

/// All types with a name.
#[derive(Clone, Debug, Default)]
pub struct Types {
    pub(crate) definitions: Vec<Definition>,
}

/// A type with a name.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Its name in Rust.
    pub name: String,
    /// Where the document describes it.
    pub pointer: Pointer,
    /// What the document says of it.
    pub docs: TypeDocs,
    /// What it is.
    pub shape: Shape,
    /// Whether it occurs in requests.
    pub sent: bool,
    /// Whether it occurs in responses.
    pub received: bool,
}

/// The documentation of a type or a property.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeDocs {
    /// Markdown.
    pub description: Option<String>,
    /// The values it can have, where no type expresses that.
    pub values: Vec<String>,
    /// Whether it can have other values, too.
    pub has_other_values: bool,
    /// The default as the document writes it.
    pub default: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
}

/// The kind of a named type.
#[derive(Clone, Debug)]
pub enum Shape {
    /// An object whose properties are known.
    Struct(Struct),
    /// One of a list of values.
    Enum(Enum),
    /// One of several types.
    Union(Union),
    /// Another type under a name of its own.
    Newtype(TypeRef),
}

/// An object whose properties are known.
#[derive(Clone, Debug, Default)]
pub struct Struct {
    /// In the document's order.
    pub fields: Vec<Field>,
    /// The other properties, where the document allows them expressly.
    pub additional: Option<Additional>,
    /// The properties that describe content for download.
    pub content: Option<Content>,
}

/// The properties of an object that have no name in the document.
#[derive(Clone, Debug)]
pub struct Additional {
    /// The field's name in Rust.
    pub field: String,
    /// The type of their values.
    pub values: TypeRef,
    /// The documentation of their values.
    pub docs: TypeDocs,
}

/// A property.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name on the wire.
    pub property: String,
    /// Its name in Rust.
    pub name: String,
    /// Where the document describes it.
    pub pointer: Pointer,
    /// What the document says of it.
    pub docs: TypeDocs,
    /// Its type.
    pub type_: TypeRef,
    /// Whether the document requires it.
    pub required: bool,
    /// Whether only responses have it.
    pub read_only: bool,
    /// Whether only requests have it.
    pub write_only: bool,
}

/// Properties that describe content for download: its `digest`, and its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Content {
    /// The property that holds the length in bytes.
    pub length: &'static str,
}

/// One of a list of values.
#[derive(Clone, Debug)]
pub struct Enum {
    /// The values in the document's order, with the names of their variants.
    pub values: Vec<EnumValue>,
    /// The value that the document calls the default.
    pub default: Option<usize>,
    /// The kind of the values.
    pub kind: EnumKind,
}

/// The kind of an enumeration's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnumKind {
    /// Strings.
    Text,
    /// Integers.
    Integer,
    /// Scalars of several types.
    Mixed,
}

/// A value of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumValue {
    /// The variant's name in Rust.
    pub name: String,
    /// A string, a number, a boolean or null.
    pub value: Value,
    /// Markdown.
    pub description: Option<String>,
}

/// One of several types.
#[derive(Clone, Debug)]
pub struct Union {
    /// The property whose value selects the alternative.
    pub tag: Option<String>,
    /// In the order in which they are tried.
    pub variants: Vec<Variant>,
}

/// An alternative of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name in Rust.
    pub name: String,
    /// What the document says of it.
    pub docs: TypeDocs,
    /// Its type.
    pub type_: TypeRef,
    /// The values of the union's tag that select it.
    pub tags: Vec<String>,
    /// Whether its own type holds the tag.
    pub holds_tag: bool,
    /// Whether it has to be on the heap, since it contains the union.
    pub boxed: bool,
}

impl TypeRef {
    pub(crate) fn new(type_: Type) -> Self {
        Self {
            type_,
            nullable: false,
        }
    }

    pub(crate) fn or_null(mut self, nullable: bool) -> Self {
        // Any JSON includes null already.
        self.nullable |= nullable && self.type_ != Type::Any;
        self
    }

    /// The type with a name that this is, whether or not it may be null.
    pub(crate) fn named(&self) -> Option<TypeId> {
        match self.type_ {
            Type::Named(id) => Some(id),
            _ => None,
        }
    }

    /// The type with a name in it.
    pub(crate) fn names(&self, found: &mut Vec<TypeId>) {
        if let Type::Named(id) = self.innermost() {
            found.push(*id);
        }
    }

    /// The type of its items if it is a list or map, or else its own type.
    pub(crate) fn innermost(&self) -> &Type {
        match &self.type_ {
            Type::List(inner) | Type::Map(inner) => inner.innermost(),
            type_ => type_,
        }
    }
}

impl Types {
    /// The definition of a type.
    pub fn get(&self, id: TypeId) -> &Definition {
        &self.definitions[id.0]
    }

    /// All definitions, in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Definition> {
        self.definitions.iter()
    }

    /// The types that requests or responses are made of.
    pub fn used(&self) -> impl Iterator<Item = &Definition> {
        self.used_ids().map(|id| self.get(id))
    }

    /// The same by their ids.
    pub(crate) fn used_ids(&self) -> impl Iterator<Item = TypeId> {
        let ids = (0..self.definitions.len()).map(TypeId);
        ids.filter(|id| self.get(*id).sent || self.get(*id).received)
    }

    /// The definition with a name in Rust.
    pub fn by_name(&self, name: &str) -> Option<&Definition> {
        self.iter().find(|definition| definition.name == name)
    }

    /// The types with a number in them that need not be whole, and may not equal itself.
    pub(crate) fn inexact(&self) -> BTreeSet<TypeId> {
        let mut found = BTreeSet::new();
        loop {
            let is_inexact = |type_: &Type| match type_ {
                Type::Number => true,
                Type::Named(id) => found.contains(id),
                _ => false,
            };
            let has_any = |id: &TypeId| {
                let mut types = self.get(*id).types();
                types.any(|type_| is_inexact(type_.innermost()))
            };
            let more: Vec<_> = self.used_ids().filter(has_any).collect();
            let known = found.len();
            found.extend(more);
            if found.len() == known {
                return found;
            }
        }
    }

    /// The names of the types that `condition` holds of.
    pub fn names(&self, condition: impl Fn(&Definition) -> bool) -> BTreeSet<String> {
        let found = self.iter().filter(|definition| condition(definition));
        found.map(|definition| definition.name.clone()).collect()
    }
}

impl Definition {
    /// The types that it is made of.
    pub(crate) fn types(&self) -> impl Iterator<Item = &TypeRef> {
        let (object, union, inner) = match &self.shape {
            Shape::Struct(object) => (Some(object), None, None),
            Shape::Union(union) => (None, Some(union), None),
            Shape::Newtype(inner) => (None, None, Some(inner)),
            Shape::Enum(_) => (None, None, None),
        };
        let fields = object.into_iter().flat_map(|object| &object.fields);
        let fields = fields.map(|field| &field.type_);
        let additional = object.and_then(|object| object.additional.as_ref());
        let variants = union.into_iter().flat_map(|union| &union.variants);
        fields
            .chain(additional.map(|additional| &additional.values))
            .chain(variants.map(|variant| &variant.type_))
            .chain(inner)
    }

    /// Those of them with a name.
    pub(crate) fn parts(&self) -> Vec<TypeId> {
        let mut found = Vec::new();
        for type_ in self.types() {
            type_.names(&mut found);
        }
        found
    }

    /// The types with a name that a value of it contains directly, in no list or map.
    pub(crate) fn direct_parts(&self) -> Vec<TypeId> {
        match &self.shape {
            Shape::Struct(definition) => {
                let fields = definition.fields.iter();
                fields.filter_map(|field| field.type_.named()).collect()
            }
            Shape::Union(union) => {
                let variants = union.variants.iter().filter(|variant| !variant.boxed);
                variants
                    .filter_map(|variant| variant.type_.named())
                    .collect()
            }
            Shape::Newtype(inner) => inner.named().into_iter().collect(),
            Shape::Enum(_) => Vec::new(),
        }
    }

    /// Whether a request or response need not have a property that the document requires.
    pub(crate) fn may_lack(&self, field: &Field) -> bool {
        !field.required || (self.sent && field.read_only) || (self.received && field.write_only)
    }
}
