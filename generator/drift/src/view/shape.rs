//! The meaning of a schema, without its children.

use std::collections::{BTreeMap, BTreeSet};

use openapi::Pointer;

use super::bounds::Bound;

/// Identifies a shape among those of its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ShapeId(pub(super) usize);

/// A schema, normalised.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a keyword that is said or not"
)]
pub(crate) struct Shape {
    pub(crate) nullable: bool,
    /// `None` if any type is allowed; null is in `nullable`.
    pub(crate) types: Option<Fact<BTreeSet<String>>>,
    /// The listed values, as JSON, if any; null is in `nullable`.
    pub(crate) values: Option<Fact<BTreeSet<String>>>,
    pub(crate) format: Option<Fact<String>>,
    /// A format without effect; there is no other then.
    pub(crate) implied_format: Option<Fact<String>>,
    pub(crate) bounds: BTreeMap<&'static str, Fact<Bound>>,
    pub(crate) default: Option<Fact<String>>,
    pub(crate) properties: BTreeMap<String, Property>,
    pub(crate) items: Option<Child>,
    pub(crate) rest: Rest,
    /// Alternatives that one shape can't express.
    pub(crate) choice: Vec<Child>,
    pub(crate) deprecated: bool,
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
    /// Keywords that are compared as they are written, as JSON.
    pub(crate) other: BTreeMap<String, Fact<String>>,
    /// Why it can't be read, if it can't.
    pub(crate) broken: Option<String>,
    /// Its documentation.
    pub(crate) words: String,
}

/// A keyword of a schema, and its position.
#[derive(Clone, Debug)]
pub(crate) struct Fact<T> {
    pub(crate) value: T,
    pub(crate) at: Pointer,
}

/// A schema in another one.
#[derive(Clone, Debug)]
pub(crate) struct Child {
    /// The position of its use; its definition may be elsewhere.
    pub(crate) at: Pointer,
    pub(crate) shape: ShapeId,
}

#[derive(Clone, Debug)]
pub(crate) struct Property {
    pub(crate) child: Child,
    pub(crate) required: bool,
}

/// Properties that have no schema by name.
#[derive(Clone, Debug, Default)]
pub(crate) enum Rest {
    /// Unspecified, which allows any.
    #[default]
    Unspecified,
    /// Allowed explicitly, of any type.
    Any(Pointer),
    Of(Child),
    None(Pointer),
}

impl Shape {
    /// Whether any value is allowed.
    pub(crate) fn is_any(&self) -> bool {
        self.types.is_none() && self.values.is_none() && self.choice.is_empty()
    }

    /// Whether a value may have the type by name.
    pub(crate) fn may_be(&self, name: &str) -> bool {
        self.types
            .as_ref()
            .is_none_or(|types| types.value.contains(name))
    }

    /// Whether objects are maps: from any name to a value.
    pub(crate) fn is_map(&self) -> bool {
        self.properties.is_empty() || matches!(self.rest, Rest::Any(_) | Rest::Of(_))
    }
}
