//! Parameters, whose values are written as text.

use serde_json::{Value, json};

use super::kind::component;
use super::schema::Schemas;
use crate::model::{Parameter, Place};

/// The schema of a parameter.
///
/// - One that admits a single value is a plain string: the client sends it for the caller, and a
///   setter is of use only where the server has learnt more since.
/// - An integer loses its bounds, which would make `NonZeroU64` of it; the request checks them.
/// - Text that has no type of its own in a path or header is a plain string.
pub(super) fn lower<'a>(schemas: &mut Schemas<'a>, parameter: &'a Parameter, wish: &str) -> Value {
    if parameter.only_value.is_some() {
        return json!({ "type": "string" });
    }
    let schema = &parameter.schema;
    if component(schema).is_none() {
        match schema.get("type").and_then(Value::as_str) {
            Some("integer") if parameter.bounds.least.is_some_and(|least| least >= 0) => {
                return json!({ "type": "integer", "format": "uint64" });
            }
            Some("string") if parameter.place != Place::Query && schema.get("enum").is_none() => {
                return json!({ "type": "string" });
            }
            None if parameter.place != Place::Query => return json!({ "type": "string" }),
            _ => {}
        }
    }
    let mut lowered = schemas.lower(schema, wish);
    // Whether a parameter is sent is up to `required`; there is no way to send null.
    if let Some(fields) = lowered.as_object_mut()
        && fields.remove("nullable").is_some()
        && let Some(Value::Array(members)) = fields.get_mut("allOf")
        && let Some(only) = members.pop()
    {
        lowered = only;
    }
    lowered
}
