//! Parameters, whose values are written as text.

use serde_json::{Value, json};

use super::schema::Schemas;
use crate::model::{Form, Parameter, Place};

/// The schema of a parameter.
///
/// - One that admits a single value is a plain string: the client sends it for the caller, and a
///   setter is of use only where the server has learnt more since.
/// - An integer loses its bounds, which would make `NonZeroU64` of it; the request checks them.
/// - In a path or header, what has no text of its own in Rust is a plain string: dates, whose
///   text is another one there, and what may be several things.
pub(super) fn lower<'a>(schemas: &mut Schemas<'a>, parameter: &'a Parameter, wish: &str) -> Value {
    let is_text = parameter.place != Place::Query
        && matches!(parameter.form, Form::Text | Form::Date | Form::Other);
    if parameter.only_value.is_some() || is_text {
        return json!({ "type": "string" });
    }
    if parameter.form == Form::Integer && parameter.bounds.least.is_some_and(|least| least >= 0) {
        return json!({ "type": "integer", "format": "uint64" });
    }
    let mut lowered = schemas.lower(&parameter.schema, wish);
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
