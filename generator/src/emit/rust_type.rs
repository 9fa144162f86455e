//! The model's types as Rust writes them.

use quote::{format_ident, quote};
use syn::{Type as RustType, parse_quote};

use crate::model::{EnumKind, Integer, Shape, Type, TypeRef, Types};

/// A type as the files of operations name it: `types::Artifact`.
pub(super) fn outside(types: &Types, type_: &TypeRef) -> RustType {
    written(types, type_, true)
}

/// A type as its siblings name it: `Artifact`.
pub(super) fn inside(types: &Types, type_: &TypeRef) -> RustType {
    written(types, type_, false)
}

fn written(types: &Types, type_: &TypeRef, is_outside: bool) -> RustType {
    let written = match &type_.type_ {
        Type::Any => return parse_quote!(serde_json::Value),
        Type::Boolean => parse_quote!(bool),
        Type::Text => parse_quote!(String),
        Type::Date => parse_quote!(NaiveDate),
        Type::DateTime => parse_quote!(DateTime<Utc>),
        Type::Integer(Integer::I32) => parse_quote!(i32),
        Type::Integer(Integer::I64) => parse_quote!(i64),
        Type::Integer(Integer::U64) => parse_quote!(u64),
        Type::Number => parse_quote!(f64),
        Type::List(item) => {
            let item = written(types, item, is_outside);
            parse_quote!(Vec<#item>)
        }
        Type::Map(values) if values.type_ == Type::Any => {
            parse_quote!(serde_json::Map<String, serde_json::Value>)
        }
        Type::Map(values) => {
            let values = written(types, values, is_outside);
            parse_quote!(BTreeMap<String, #values>)
        }
        Type::Named(id) => {
            let name = format_ident!("{}", types.get(*id).name);
            let module = is_outside.then(|| quote!(types::));
            parse_quote!(#module #name)
        }
    };
    if type_.nullable {
        parse_quote!(Option<#written>)
    } else {
        written
    }
}

/// The imports of a type, except for types of the document.
pub(super) fn imports(type_: &TypeRef) -> Vec<&'static str> {
    match &type_.type_ {
        Type::Date => vec!["chrono::NaiveDate"],
        Type::DateTime => vec!["chrono::DateTime", "chrono::Utc"],
        Type::List(inner) => imports(inner),
        Type::Map(inner) if inner.type_ == Type::Any => Vec::new(),
        Type::Map(inner) => {
            let mut imports = imports(inner);
            imports.push("std::collections::BTreeMap");
            imports
        }
        _ => Vec::new(),
    }
}

/// Whether a type's `Display` writes the value as sent.
pub(super) fn is_displayed(types: &Types, type_: &TypeRef) -> bool {
    match &type_.type_ {
        Type::Boolean | Type::Text | Type::Date | Type::Integer(_) | Type::Number => true,
        Type::Named(id) => match &types.get(*id).shape {
            Shape::Enum(enumeration) => enumeration.kind != EnumKind::Mixed,
            Shape::Newtype(inner) => {
                !inner.nullable
                    && matches!(
                        inner.type_,
                        Type::Boolean | Type::Text | Type::Integer(_) | Type::Number
                    )
            }
            _ => false,
        },
        _ => false,
    }
}

/// Whether arguments of a type are converted into it: what may be null, text, lists and maps, and types with a name that
/// are made of something else.
pub(super) fn is_converted(types: &Types, type_: &TypeRef) -> bool {
    match &type_.type_ {
        _ if type_.nullable => true,
        Type::Text | Type::List(_) => true,
        Type::Map(values) => values.type_ != Type::Any,
        Type::Named(id) => !matches!(types.get(*id).shape, Shape::Enum(_)),
        _ => false,
    }
}
