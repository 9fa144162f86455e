//! Lists of values.

use std::collections::BTreeSet;

use serde_json::{Number, Value};

use super::merge::{Merged, type_name};
use super::part::{self, LocatedSchema, list};
use crate::model::{Enum, EnumKind, EnumValue};
use crate::names;

/// The enumeration that merged schemas make, if their values are scalars that need one: a boolean
/// and a number stay what they are.
pub(super) fn of(merged: &Merged<'_>, root: &Value) -> Option<Enum> {
    if !merged.properties.is_empty() {
        return None;
    }
    let parts = match merged.unions.as_slice() {
        [] => merged.enums.clone(),
        [choice] if merged.enums.is_empty() => {
            let followed = choice
                .alternatives
                .iter()
                .map(|alternative| alternative.followed(root).filter(is_text_enum));
            followed.collect::<Option<Vec<_>>>()?
        }
        _ => return None,
    };
    let values = joined(&parts, merged.enums.is_empty());
    let kind = kind(&values)?;
    let names = given_names(&parts, values.len());
    let descriptions = given_descriptions(&parts, values.len());
    let mut taken = BTreeSet::from(["Unknown".to_owned()]);
    let values = values.into_iter().enumerate().map(|(index, value)| {
        let wish = names
            .as_ref()
            .map_or_else(|| variant_name(&value), |names| names[index].clone());
        EnumValue {
            name: names::free_name(&wish, "", &mut taken),
            value,
            description: descriptions.get(index).cloned().flatten(),
        }
    });
    let values: Vec<_> = values.collect();
    let default = parts.iter().find_map(|part| {
        let default = typed(part.value.get("default")?, part.value);
        values.iter().position(|known| known.value == default)
    });
    Some(Enum {
        values,
        default,
        kind,
    })
}

/// The values of merged schemas that make no enumeration: numbers or booleans, and those of which some are lists or
/// objects.
pub(super) fn plain(merged: &Merged<'_>, root: &Value) -> Vec<String> {
    if merged.enums.is_empty() || of(merged, root).is_some() {
        return Vec::new();
    }
    let values = joined(&merged.enums, false);
    values.iter().map(part::plain).collect()
}

/// The values that schemas list: those of any of them, or those that all of them list.
fn joined(parts: &[LocatedSchema<'_>], are_alternatives: bool) -> Vec<Value> {
    let mut values = Vec::<Value>::new();
    for (index, part) in parts.iter().enumerate() {
        let more = self::values(part);
        let is_apart = !more.iter().any(|value| values.contains(value));
        if are_alternatives || index == 0 || is_apart {
            values.extend(more);
        } else {
            // Values must be in both lists.
            values.retain(|value| more.contains(value));
        }
    }
    let mut known = BTreeSet::new();
    values.retain(|value| known.insert(value.to_string()));
    values
}

/// The values that a schema lists, without null.
pub(super) fn values(part: &LocatedSchema<'_>) -> Vec<Value> {
    let values = list(part.value, "enum").filter(|value| !value.is_null());
    values.map(|value| typed(value, part.value)).collect()
}

fn is_text_enum(part: &LocatedSchema<'_>) -> bool {
    let mut values = list(part.value, "enum").peekable();
    values.peek().is_some() && values.all(|value| value.is_string() || value.is_null())
}

/// The kind of the values, if they need a type of their own.
fn kind(values: &[Value]) -> Option<EnumKind> {
    let all = |condition: fn(&Value) -> bool| values.iter().all(condition);
    if values.is_empty() || !all(|value| !value.is_object() && !value.is_array()) {
        None
    } else if all(Value::is_string) {
        Some(EnumKind::Text)
    } else if all(Value::is_i64) {
        Some(EnumKind::Integer)
    } else if all(Value::is_boolean) || all(Value::is_number) {
        None
    } else {
        Some(EnumKind::Mixed)
    }
}

/// A value as its type has it: who lists values in YAML forgets their quotes.
pub(super) fn typed(value: &Value, schema: &Value) -> Value {
    match (type_name(schema), value) {
        (Some("string"), Value::Number(_) | Value::Bool(_)) => Value::String(value.to_string()),
        (Some("integer"), Value::String(text)) => {
            let number = text.parse::<i64>();
            number.map_or_else(|_| value.clone(), Value::from)
        }
        (Some("integer"), Value::Number(number)) => {
            whole(number).map_or_else(|| value.clone(), Value::from)
        }
        (Some("boolean"), Value::String(text)) => match text.as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => value.clone(),
        },
        (Some("number"), Value::String(text)) => {
            // JSON knows no `+`.
            let number = text
                .strip_prefix('+')
                .unwrap_or(text)
                .parse::<Number>()
                .ok();
            let number = number.or_else(|| Number::from_f64(text.parse().ok()?));
            number.map_or_else(|| value.clone(), Value::Number)
        }
        _ => value.clone(),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "it is compared with what it was made of"
)]
fn whole(number: &Number) -> Option<i64> {
    if let Some(whole) = number.as_i64() {
        return Some(whole);
    }
    let float = number.as_f64()?;
    let whole = float as i64;
    #[expect(
        clippy::cast_precision_loss,
        clippy::float_cmp,
        reason = "only exact values count"
    )]
    let is_exact = whole as f64 == float && whole.unsigned_abs() < 1 << 53;
    is_exact.then_some(whole)
}

/// The names that the document itself gives the values, by a widespread extension.
fn given_names(parts: &[LocatedSchema<'_>], count: usize) -> Option<Vec<String>> {
    let [part] = parts else {
        return None;
    };
    let names: Vec<_> = ["x-enum-varnames", "x-enumNames"]
        .iter()
        .map(|extension| list(part.value, extension).filter_map(Value::as_str))
        .map(|names| names.map(names::type_name).collect::<Vec<_>>())
        .find(|names| names.len() == count)?;
    let distinct: BTreeSet<_> = names.iter().collect();
    (distinct.len() == count && !names.iter().any(|name| name.starts_with('_'))).then_some(names)
}

/// The documentation of each value, by an equally common extension.
fn given_descriptions(parts: &[LocatedSchema<'_>], count: usize) -> Vec<Option<String>> {
    let [part] = parts else {
        return Vec::new();
    };
    let descriptions: Vec<_> = list(part.value, "x-enum-descriptions").collect();
    if descriptions.len() != count {
        return Vec::new();
    }
    let texts = descriptions.into_iter().map(|description| {
        let text = description.as_str()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    });
    texts.collect()
}

fn variant_name(value: &Value) -> String {
    match value {
        Value::String(text) => names::type_name(text),
        Value::Number(number) => {
            let text = number.to_string().replace('-', "Minus").replace('.', "_");
            format!("Value{}", text.replace('+', ""))
        }
        other => names::type_name(&other.to_string()),
    }
}
