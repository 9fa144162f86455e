//! Values of JSON: reading and writing emitted types, selecting alternatives of unions, and comparing
//! values by meaning.

mod meaning;
mod object;
#[cfg(test)]
mod round_trip;
mod text;
mod union;

use serde::Serialize;
use serde_json::Value;

#[allow(unused_imports, reason = "the document decides which of them are used")]
pub(crate) use {
    object::{JsonObject, ObjectReader, ObjectWriter, json_object, read_object},
    text::{json_text, read_text},
    union::{closest, decode_value, encode_tagged, union_tag},
};

#[cfg(test)]
#[allow(unused_imports, reason = "a document may have no examples")]
pub(crate) use round_trip::assert_round_trip;

/// Encodes a value by way of text, so that it has the digits of a body: `serde_json::to_value`
/// converts an `f32` to an `f64`, and `0.1` would become `0.10000000149011612`.
pub(super) fn encode(value: &impl Serialize) -> Result<Value, serde_json::Error> {
    serde_json::from_str(&serde_json::to_string(value)?)
}
