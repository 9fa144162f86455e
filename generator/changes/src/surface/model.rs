//! Types and their methods and traits, as plain data.

use std::collections::BTreeMap;

use super::Conditions;

/// A type, with its methods and traits.
#[derive(Clone, Debug, Default)]
pub(crate) struct TypeItem {
    pub(crate) shape: Shape,
    /// Generic parameters with their bounds.
    pub(crate) generics: String,
    pub(crate) marks: Marks,
    /// Methods and associated functions, by name.
    pub(crate) methods: BTreeMap<String, Method>,
    /// Implemented traits, derived ones too: `Clone`, `From<i64>`, `From<types::RunId> for i64`.
    pub(crate) traits: BTreeMap<String, Implementation>,
}

/// The members of a type.
#[derive(Clone, Debug, Default)]
pub(crate) enum Shape {
    Struct {
        /// The public ones.
        fields: Vec<Field>,
        /// Whether there are others.
        has_private: bool,
        /// The kind of struct, which every use depends on: `tuple struct`.
        form: &'static str,
    },
    Enum {
        variants: Vec<Variant>,
    },
    /// Defined elsewhere.
    #[default]
    Foreign,
}

/// Common parts of all items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    pub(crate) docs: String,
    pub(crate) non_exhaustive: bool,
    pub(crate) deprecated: bool,
    pub(crate) must_use: bool,
    /// Its conditions.
    pub(crate) conditions: Conditions,
    /// Its serde attributes.
    pub(crate) serde: Vec<String>,
}

/// A field of a struct or of a variant.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) type_: TypeText,
    pub(crate) marks: Marks,
}

/// A variant of an enum.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) fields: Vec<Field>,
    pub(crate) is_default: bool,
    pub(crate) marks: Marks,
}

/// A method or associated function.
#[derive(Clone, Debug)]
pub(crate) struct Method {
    /// `async` and the like.
    pub(crate) modifiers: String,
    pub(crate) generics: String,
    /// `&self` and the like; none for a function.
    pub(crate) receiver: Option<String>,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) output: TypeText,
    pub(crate) marks: Marks,
}

/// An argument of a method.
#[derive(Clone, Debug)]
pub(crate) struct Argument {
    pub(crate) name: String,
    pub(crate) type_: TypeText,
}

/// An implemented trait.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Implementation {
    /// Generic parameters with their bounds; none where it is derived.
    pub(crate) generics: String,
    /// Associated types.
    pub(crate) associated: String,
    pub(crate) conditions: Conditions,
}

/// A type as written, and with full names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TypeText {
    /// For people.
    pub(crate) shown: String,
    /// With every name in full.
    pub(crate) exact: String,
}

impl Shape {
    /// Whether there are fields that callers cannot name.
    pub(crate) fn has_private(&self) -> bool {
        matches!(
            self,
            Self::Struct {
                has_private: true,
                ..
            }
        )
    }

    /// The part of the shape that every use depends on.
    pub(crate) fn form(&self) -> &'static str {
        match self {
            Self::Struct { form, .. } => form,
            Self::Enum { .. } => "enum",
            Self::Foreign => "type of another crate",
        }
    }
}

impl TypeItem {
    pub(crate) fn fields(&self) -> &[Field] {
        match &self.shape {
            Shape::Struct { fields, .. } => fields,
            Shape::Enum { .. } | Shape::Foreign => &[],
        }
    }

    pub(crate) fn variants(&self) -> &[Variant] {
        match &self.shape {
            Shape::Enum { variants } => variants,
            Shape::Struct { .. } | Shape::Foreign => &[],
        }
    }

    pub(crate) fn implements(&self, name: &str) -> bool {
        self.traits.contains_key(name)
    }
}

impl TypeText {
    pub(crate) fn plain(text: &str) -> Self {
        Self {
            shown: text.to_owned(),
            exact: text.to_owned(),
        }
    }

    /// The two types for display, with full names if they look the same otherwise.
    pub(crate) fn apart<'t>(&'t self, other: &'t Self) -> (&'t str, &'t str) {
        if self.shown == other.shown {
            (&self.exact, &other.exact)
        } else {
            (&self.shown, &other.shown)
        }
    }

    /// The argument of the type if it is `outer`: `i64` of `Option<i64>`.
    pub(crate) fn inside(&self, outer: &str) -> Option<&str> {
        self.exact
            .strip_prefix(outer)?
            .strip_prefix('<')?
            .strip_suffix('>')
    }
}
