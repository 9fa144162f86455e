//! Schemas that must hold at once, and that no value can meet together.

use super::TypeBuilder;
use super::enumeration;
use super::merge::Merged;
use super::part::Part;
use crate::source::Pointer;

/// What no value can meet together.
#[derive(Clone, Debug)]
pub(super) struct Conflict {
    /// Where the later of two says something else than the earlier one.
    pointer: Pointer,
    message: String,
}

impl Conflict {
    /// Types that no value is of together.
    pub(super) fn of_types(types: &[(&str, Pointer)]) -> Option<Self> {
        let mut types = types.iter().filter(|(name, _)| class(name).is_some());
        let (first, _) = types.next()?;
        let (other, pointer) = types.find(|(name, _)| class(name) != class(first))?;
        Some(Self {
            pointer: pointer.clone(),
            message: format!("`{first}` and `{other}` at once: no value is both"),
        })
    }

    /// A date with a time and one without.
    pub(super) fn of_dates(scalars: &[Part<'_>]) -> Option<Self> {
        let format = |part: &Part<'_>| {
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
            message: format!("`{first}` and `{other}` at once: no text is both"),
        })
    }

    /// Lists of values that have none in common.
    pub(super) fn of_enums(merged: &Merged<'_>) -> Option<Self> {
        let (first, others) = merged.enums.split_first()?;
        let known = enumeration::values(first);
        let is_apart = |part: &&Part<'_>| {
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
    /// Tells what the schemas that make a type contradict each other in.
    pub(super) fn tell_conflict(&mut self, merged: &Merged<'a>) {
        if let Some(Conflict { pointer, message }) = &merged.conflict {
            self.report.add(
                "conflicting-schemas",
                pointer,
                message,
                "keep the one that is meant, or write `oneOf` if either may be",
            );
        }
    }

    /// Whether the type that stands beside an `allOf` is that of its members.
    pub(super) fn agrees(&self, part: &Part<'a>) -> bool {
        let has_type = part.value.get("type").is_some();
        !has_type || self.merged(std::slice::from_ref(part)).0.conflict.is_none()
    }
}

/// What a value of a type is, if there is such a type. Whole numbers are numbers.
fn class(type_: &str) -> Option<&str> {
    match type_ {
        "integer" => Some("number"),
        "array" | "boolean" | "number" | "object" | "string" => Some(type_),
        _ => None,
    }
}
