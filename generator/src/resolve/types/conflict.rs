//! Schemas that apply together, but exclude each other.

use openapi::Pointer;
use serde_json::Value;

use super::TypeBuilder;
use super::enumeration;
use super::merge::{Choice, Merged, type_name};
use super::part::LocatedSchema;

/// A contradiction between schemas that apply together.
#[derive(Clone, Debug)]
pub(super) struct Conflict {
    /// The position of the later of the two.
    pointer: Pointer,
    message: String,
}

impl Conflict {
    /// Types that exclude each other.
    pub(super) fn of_types(types: &[(&str, Pointer)]) -> Option<Self> {
        let mut types = types.iter().filter(|(name, _)| class(name).is_some());
        let (first, _) = types.next()?;
        let (other, pointer) = types.find(|(name, _)| class(name) != class(first))?;
        Some(Self {
            pointer: pointer.clone(),
            message: format!("`{first}` and `{other}` at once: no value matches both"),
        })
    }

    /// A type beside alternatives that are all of other types.
    pub(super) fn of_choices(
        types: &[(&str, Pointer)],
        choices: &[Choice<'_>],
        root: &Value,
    ) -> Option<Self> {
        let (name, pointer) = types.iter().find(|(name, _)| class(name).is_some())?;
        let is_apart = |alternative: &LocatedSchema<'_>| {
            let others = types_of(alternative, root, 0);
            let mut others = others.iter().filter_map(|other| class(other));
            others.any(|other| Some(other) != class(name))
        };
        let choice = choices
            .iter()
            .find(|choice| choice.is_complete && choice.alternatives.iter().all(is_apart))?;
        let keyword = choice.pointer.segments().last();
        let keyword = keyword.as_deref().unwrap_or_default().to_owned();
        Some(Self {
            pointer: pointer.clone(),
            message: format!("`{name}` beside `{keyword}` of other types: no value matches both"),
        })
    }

    /// A date with a time and one without.
    pub(super) fn of_dates(scalars: &[LocatedSchema<'_>]) -> Option<Self> {
        let format = |part: &LocatedSchema<'_>| {
            let format = part.value.get("format")?.as_str()?;
            ["date", "date-time"]
                .into_iter()
                .find(|date| *date == format)
        };
        let mut dates = scalars
            .iter()
            .filter_map(|part| Some((format(part)?, part)));
        let (first, _) = dates.next()?;
        let (other, part) = dates.find(|(other, _)| *other != first)?;
        Some(Self {
            pointer: part.pointer.child("format"),
            message: format!("`{first}` and `{other}` at once: no string matches both"),
        })
    }

    /// Lists of values that have none in common.
    pub(super) fn of_enums(merged: &Merged<'_>) -> Option<Self> {
        let (first, others) = merged.enums.split_first()?;
        let known = enumeration::values(first);
        let is_apart = |part: &&LocatedSchema<'_>| {
            let values = enumeration::values(part);
            !values.is_empty() && !values.iter().any(|value| known.contains(value))
        };
        let other = others.iter().find(is_apart)?;
        Some(Self {
            pointer: other.pointer.child("enum"),
            message: "two lists of values at once: no value is in both".to_owned(),
        })
    }
}

impl<'a> TypeBuilder<'a> {
    /// Reports a contradiction between the schemas of a type.
    pub(super) fn report_conflict(&mut self, merged: &Merged<'a>) {
        if let Some(Conflict { pointer, message }) = &merged.conflict {
            self.report.add(
                "conflicting-schemas",
                pointer,
                message,
                "keep the intended one, or write `oneOf` if either is allowed",
            );
        }
    }

    /// Whether the type beside an `allOf` is that of its members.
    pub(super) fn agrees(&self, part: &LocatedSchema<'a>) -> bool {
        let has_type = part.value.get("type").is_some();
        !has_type || self.merged(std::slice::from_ref(part)).0.conflict.is_none()
    }
}

/// The types that a schema and the members of its `allOf` name.
fn types_of<'a>(part: &LocatedSchema<'a>, root: &'a Value, depth: usize) -> Vec<&'a str> {
    let Some(part) = part.followed(root).filter(|_| depth < super::DEPTH) else {
        return Vec::new();
    };
    let members = part.members("allOf");
    let members = members.flat_map(|member| types_of(&member, root, depth + 1));
    type_name(part.value).into_iter().chain(members).collect()
}

/// The class of values of a type, if there is such a type. Integers are numbers.
fn class(type_: &str) -> Option<&str> {
    match type_ {
        "integer" => Some("number"),
        "array" | "boolean" | "number" | "object" | "string" => Some(type_),
        _ => None,
    }
}
