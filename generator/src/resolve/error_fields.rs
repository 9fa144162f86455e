//! Recognises the properties of documented errors that clients show, by their names and types.

use std::collections::{BTreeSet, HashSet};

use crate::model::{EnumKind, ErrorFields, Field, Namespace, Shape, Type, TypeId, TypeRef, Types};

/// Names of properties, each without signs between words and in lower case; the best come first.
const MESSAGES: &[&str] = &[
    "message",
    "errormessage",
    "detail",
    "errordescription",
    "title",
    "reason",
    "msg",
    "error",
];
const DOCUMENTATION_URLS: &[&str] = &["documentationurl", "docsurl", "docurl", "helpurl"];
const DETAILS: &[&str] = &["errors", "details", "detail"];
const LOCATIONS: &[&str] = &["resource", "field", "property", "pointer", "path", "param"];
const CODES: &[&str] = &["code"];

/// The properties that the documented errors of any operation have.
pub(super) fn recognise(namespaces: &[Namespace], types: &Types) -> ErrorFields {
    let operations = namespaces
        .iter()
        .flat_map(|namespace| &namespace.operations);
    let errors = operations.flat_map(|operation| &operation.errors);
    let properties = properties(types, errors.flat_map(|error| &error.bodies));
    let (details, lists) = details(types, &properties);
    let of_details = self::properties(types, lists);
    let of_both = properties.iter().chain(&of_details);
    ErrorFields {
        messages: texts(types, of_both.copied(), MESSAGES),
        documentation_urls: texts(types, properties.iter().copied(), DOCUMENTATION_URLS),
        details,
        locations: texts(types, of_details.iter().copied(), LOCATIONS),
        codes: texts(types, of_details.iter().copied(), CODES),
    }
}

/// The lists of details, and the types of their items.
fn details<'t>(types: &'t Types, properties: &[&'t Field]) -> (Vec<String>, Vec<&'t TypeRef>) {
    let lists = properties.iter().filter_map(|field| {
        let inner = alternatives(types, [&field.type_]).find_map(|type_| match &type_.type_ {
            Type::List(items) => Some(&**items),
            _ => None,
        });
        Some((field.property.as_str(), inner?))
    });
    let lists: Vec<_> = lists
        .filter(|(name, _)| DETAILS.contains(&plain(name).as_str()))
        .collect();
    let names = ranked(lists.iter().map(|(name, _)| *name), DETAILS);
    (names, lists.into_iter().map(|(_, items)| items).collect())
}

/// The properties of all objects among types and their alternatives.
fn properties<'t>(types: &'t Types, of: impl IntoIterator<Item = &'t TypeRef>) -> Vec<&'t Field> {
    let objects =
        alternatives(types, of).filter_map(|type_| match &types.get(type_.named()?).shape {
            Shape::Struct(object) => Some(&object.fields),
            _ => None,
        });
    objects.flatten().collect()
}

/// The names of those properties that hold a text.
fn texts<'t>(
    types: &'t Types,
    properties: impl Iterator<Item = &'t Field>,
    known: &[&str],
) -> Vec<String> {
    let texts = properties.filter(|field| {
        let is_text = |type_: &TypeRef| match type_.type_ {
            Type::Text | Type::Any => true,
            Type::Named(id) => matches!(&types.get(id).shape,
                Shape::Enum(values) if values.kind == EnumKind::Text),
            _ => false,
        };
        alternatives(types, [&field.type_]).any(is_text)
    });
    ranked(texts.map(|field| field.property.as_str()), known)
}

/// The names that are known, in the order of the known ones.
fn ranked<'n>(names: impl Iterator<Item = &'n str>, known: &[&str]) -> Vec<String> {
    let ranked: BTreeSet<_> = names
        .filter_map(|name| {
            let name_in_lower_case = plain(name);
            let rank = known
                .iter()
                .position(|known| *known == name_in_lower_case)?;
            Some((rank, name))
        })
        .collect();
    ranked
        .into_iter()
        .map(|(_, name)| name.to_owned())
        .collect()
}

fn plain(name: &str) -> String {
    name.replace(['_', '-'], "").to_lowercase()
}

/// The types, and the alternatives of those that are unions, without names for other types.
fn alternatives<'t>(
    types: &'t Types,
    of: impl IntoIterator<Item = &'t TypeRef>,
) -> impl Iterator<Item = &'t TypeRef> {
    let mut open: Vec<_> = of.into_iter().collect();
    let mut seen = HashSet::<TypeId>::new();
    std::iter::from_fn(move || {
        loop {
            let type_ = open.pop()?;
            let Some(id) = type_.named() else {
                return Some(type_);
            };
            if !seen.insert(id) {
                continue;
            }
            match &types.get(id).shape {
                Shape::Newtype(inner) => open.push(inner),
                Shape::Union(union) => open.extend(union.variants.iter().map(|it| &it.type_)),
                Shape::Struct(_) | Shape::Enum(_) => return Some(type_),
            }
        }
    })
}
