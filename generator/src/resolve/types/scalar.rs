//! Scalars.

use serde_json::Value;

use super::merge::{Merged, type_name};
use crate::model::{Integer, Type};

/// The type of a scalar, or any JSON where nothing is said of it, or nothing that is known.
pub(super) fn of(merged: &Merged<'_>) -> Type {
    let types = merged.scalars.iter();
    let known: Vec<_> = types.filter_map(|part| of_schema(part.value)).collect();
    if known.contains(&Type::Date) && known.contains(&Type::DateTime) {
        return Type::Text;
    }
    // Of several, the narrowest.
    let narrowest = known.into_iter().max_by_key(narrowness);
    narrowest.unwrap_or(Type::Any)
}

fn of_schema(schema: &Value) -> Option<Type> {
    let format = schema.get("format").and_then(Value::as_str);
    Some(match type_name(schema)? {
        "boolean" => Type::Boolean,
        "integer" => Type::Integer(integer(schema, format)),
        "number" => Type::Number,
        "string" => match format {
            Some("date") => Type::Date,
            Some("date-time") => Type::DateTime,
            _ => Type::Text,
        },
        _ => return None,
    })
}

/// 32 bits if the document says so, and unsigned if it excludes negative values.
fn integer(schema: &Value, format: Option<&str>) -> Integer {
    let is_natural = schema
        .get("minimum")
        .and_then(Value::as_f64)
        .is_some_and(|minimum| minimum >= 0.0);
    match format {
        Some("int32") => Integer::I32,
        Some("uint64") => Integer::U64,
        _ if is_natural => Integer::U64,
        _ => Integer::I64,
    }
}

fn narrowness(type_: &Type) -> u8 {
    match type_ {
        Type::Date | Type::DateTime | Type::Integer(Integer::I32) => 3,
        Type::Integer(_) => 2,
        _ => 1,
    }
}
