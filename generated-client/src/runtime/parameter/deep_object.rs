//! Style `deepObject`: names with the path of a value.

use serde_json::Value;

use super::value::scalar;
use crate::runtime::Error;

/// The names and values of a parameter in this style, before they are encoded.
pub(in crate::runtime) fn deep_pairs(
    name: &str,
    value: Value,
) -> Result<Vec<(String, String)>, Error> {
    let path = match &value {
        Value::Array(items) if is_flat(items) => format!("{name}[]"),
        _ => name.to_owned(),
    };
    let mut pairs = Vec::new();
    add(&mut pairs, name, path, value)?;
    Ok(pairs)
}

fn add(
    pairs: &mut Vec<(String, String)>,
    name: &str,
    path: String,
    value: Value,
) -> Result<(), Error> {
    let within: Vec<_> = match value {
        Value::Null => return Ok(()),
        Value::Object(members) => members
            .into_iter()
            .map(|(key, value)| (format!("{path}[{key}]"), value))
            .collect(),
        Value::Array(items) if is_flat(&items) => {
            items.into_iter().map(|item| (path.clone(), item)).collect()
        }
        Value::Array(items) => items
            .into_iter()
            .enumerate()
            .map(|(index, item)| (format!("{path}[{index}]"), item))
            .collect(),
        value => {
            pairs.push((path, scalar(name, value)?));
            return Ok(());
        }
    };
    within
        .into_iter()
        .try_for_each(|(path, value)| add(pairs, name, path, value))
}

fn is_flat(items: &[Value]) -> bool {
    !items
        .iter()
        .any(|item| matches!(item, Value::Array(_) | Value::Object(_)))
}
