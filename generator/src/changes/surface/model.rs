//! Types and what can be done with them, as plain data.

use std::collections::BTreeMap;

use super::Conditions;

/// A type and what can be done with it.
#[derive(Clone, Debug, Default)]
pub(in crate::changes) struct TypeItem {
    pub(in crate::changes) shape: Shape,
    /// Generic parameters with their bounds.
    pub(in crate::changes) generics: String,
    pub(in crate::changes) marks: Marks,
    /// Methods and associated functions, by name.
    pub(in crate::changes) methods: BTreeMap<String, Method>,
    /// Implemented traits, derived ones too: `Clone`, `From<i64>`, `From<types::RunId> for i64`.
    pub(in crate::changes) traits: BTreeMap<String, Implementation>,
}

/// What a type consists of.
#[derive(Clone, Debug, Default)]
pub(in crate::changes) enum Shape {
    Struct {
        /// The public ones.
        fields: Vec<Field>,
        /// Whether there are others.
        has_private: bool,
        /// What every use of the type depends on: `tuple struct`.
        form: &'static str,
    },
    Enum {
        variants: Vec<Variant>,
    },
    /// Defined elsewhere.
    #[default]
    Foreign,
}

/// What holds for items of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::changes) struct Marks {
    pub(in crate::changes) docs: String,
    pub(in crate::changes) non_exhaustive: bool,
    pub(in crate::changes) deprecated: bool,
    pub(in crate::changes) must_use: bool,
    /// What must hold for it to be there.
    pub(in crate::changes) conditions: Conditions,
    /// What serde is told of it.
    pub(in crate::changes) serde: Vec<String>,
}

/// A field of a struct or of a variant.
#[derive(Clone, Debug)]
pub(in crate::changes) struct Field {
    pub(in crate::changes) name: String,
    pub(in crate::changes) type_: TypeText,
    pub(in crate::changes) marks: Marks,
}

/// A variant of an enum.
#[derive(Clone, Debug)]
pub(in crate::changes) struct Variant {
    pub(in crate::changes) name: String,
    pub(in crate::changes) fields: Vec<Field>,
    pub(in crate::changes) is_default: bool,
    pub(in crate::changes) marks: Marks,
}

/// A method or associated function.
#[derive(Clone, Debug)]
pub(in crate::changes) struct Method {
    /// `async` and the like.
    pub(in crate::changes) modifiers: String,
    pub(in crate::changes) generics: String,
    /// `&self` and the like; none for a function.
    pub(in crate::changes) receiver: Option<String>,
    pub(in crate::changes) arguments: Vec<Argument>,
    pub(in crate::changes) output: TypeText,
    pub(in crate::changes) marks: Marks,
}

/// An argument of a method.
#[derive(Clone, Debug)]
pub(in crate::changes) struct Argument {
    pub(in crate::changes) name: String,
    pub(in crate::changes) type_: TypeText,
}

/// An implemented trait.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::changes) struct Implementation {
    /// Generic parameters with their bounds; none where it is derived.
    pub(in crate::changes) generics: String,
    /// Associated types.
    pub(in crate::changes) associated: String,
    pub(in crate::changes) conditions: Conditions,
}

/// A type as it is written and as it is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::changes) struct TypeText {
    /// For people.
    pub(in crate::changes) shown: String,
    /// With every name in full.
    pub(in crate::changes) exact: String,
}

impl Shape {
    /// Whether there are fields that callers cannot name.
    pub(in crate::changes) fn has_private(&self) -> bool {
        matches!(
            self,
            Self::Struct {
                has_private: true,
                ..
            }
        )
    }

    /// What of the shape every use of the type depends on.
    pub(in crate::changes) fn form(&self) -> &'static str {
        match self {
            Self::Struct { form, .. } => form,
            Self::Enum { .. } => "enum",
            Self::Foreign => "type of another crate",
        }
    }
}

impl TypeItem {
    pub(in crate::changes) fn fields(&self) -> &[Field] {
        match &self.shape {
            Shape::Struct { fields, .. } => fields,
            Shape::Enum { .. } | Shape::Foreign => &[],
        }
    }

    pub(in crate::changes) fn variants(&self) -> &[Variant] {
        match &self.shape {
            Shape::Enum { variants } => variants,
            Shape::Struct { .. } | Shape::Foreign => &[],
        }
    }

    pub(in crate::changes) fn implements(&self, name: &str) -> bool {
        self.traits.contains_key(name)
    }
}

impl TypeText {
    pub(in crate::changes) fn plain(text: &str) -> Self {
        Self {
            shown: text.to_owned(),
            exact: text.to_owned(),
        }
    }

    /// The two types as people read them, in full where they are not told apart otherwise.
    pub(in crate::changes) fn apart<'t>(&'t self, other: &'t Self) -> (&'t str, &'t str) {
        if self.shown == other.shown {
            (&self.exact, &other.exact)
        } else {
            (&self.shown, &other.shown)
        }
    }

    /// What is in the type if it is `outer` of something: `i64` of `Option<i64>`.
    pub(in crate::changes) fn inside(&self, outer: &str) -> Option<&str> {
        self.exact
            .strip_prefix(outer)?
            .strip_prefix('<')?
            .strip_suffix('>')
    }
}
