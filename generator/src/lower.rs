//! From the types of the model to a document of schemas that progenitor handles correctly.
//!
//! Every name in it is one that neither progenitor nor typify changes: schemas are `T0`, `T1` … and
//! properties `f0`, `f1` … in the model's order. Enumerations and unions are left out:
//! typify's can't hold unknown values, and take the first alternative that matches.

use openapiv3::OpenAPI;
use serde_json::{Map, Value, json};

use crate::model::{Definition, Integer, Shape, Struct, Type, TypeId, TypeRef, Types};

/// The input of progenitor.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// The document for progenitor: only schemas.
    pub document: OpenAPI,
    /// The types that are emitted beside its output.
    pub replaced: Vec<String>,
}

/// Lowers the types that requests and responses are made of.
///
/// # Errors
///
/// The lowered document as openapiv3 parses it; it accepts every one.
pub fn lower(types: &Types) -> Result<Lowered, serde_json::Error> {
    let used = types.used_ids().collect::<Vec<_>>();
    let schemas: Map<_, _> = used
        .iter()
        .map(|id| (type_name(*id), schema(types.get(*id))))
        .collect();
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "", "version": "" },
        "paths": {},
        "components": { "schemas": schemas },
    });
    let replaced = used.into_iter().filter(|id| is_replaced(types.get(*id)));
    Ok(Lowered {
        document: serde_json::from_value(document)?,
        replaced: replaced.map(type_name).collect(),
    })
}

/// The name that progenitor knows a type by.
pub(crate) fn type_name(id: TypeId) -> String {
    format!("T{}", id.0)
}

/// The type that progenitor knows by a name.
pub(crate) fn type_id(name: &str) -> Option<TypeId> {
    let number = name.strip_prefix('T')?;
    number.parse().ok().map(TypeId)
}

/// The name that progenitor knows a field by.
pub(crate) fn field_name(index: usize) -> String {
    format!("f{index}")
}

/// Whether a type is emitted without progenitor.
fn is_replaced(definition: &Definition) -> bool {
    matches!(definition.shape, Shape::Enum(_) | Shape::Union(_))
}

fn schema(definition: &Definition) -> Value {
    match &definition.shape {
        Shape::Struct(object) => object_schema(definition, object),
        Shape::Newtype(inner) => reference_schema(inner),
        Shape::Enum(_) | Shape::Union(_) => json!({ "type": "string" }),
    }
}

fn object_schema(definition: &Definition, object: &Struct) -> Value {
    let fields = object.fields.iter().enumerate();
    let properties: Map<_, _> = fields
        .clone()
        .map(|(index, field)| (field_name(index), reference_schema(&field.type_)))
        .collect();
    let required: Vec<_> = fields
        .filter(|(_, field)| !definition.may_lack(field))
        .map(|(index, _)| field_name(index))
        .collect();
    let mut schema = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    if let Some(additional) = &object.additional {
        // For `true`, typify makes no field.
        schema["additionalProperties"] = reference_schema(&additional.values);
    }
    schema
}

fn reference_schema(type_: &TypeRef) -> Value {
    let schema = match &type_.type_ {
        Type::Any => return json!({}),
        Type::Boolean => json!({ "type": "boolean" }),
        Type::Text => json!({ "type": "string" }),
        Type::Date => json!({ "type": "string", "format": "date" }),
        Type::DateTime => json!({ "type": "string", "format": "date-time" }),
        Type::Integer(integer) => json!({ "type": "integer", "format": format(*integer) }),
        Type::Number => json!({ "type": "number" }),
        Type::List(item) => json!({ "type": "array", "items": reference_schema(item) }),
        Type::Map(values) => {
            json!({ "type": "object", "additionalProperties": reference_schema(values) })
        }
        Type::Named(id) => {
            let name = type_name(*id);
            let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
            if type_.nullable {
                return json!({ "nullable": true, "allOf": [reference] });
            }
            return reference;
        }
    };
    nullable(schema, type_.nullable)
}

fn nullable(mut schema: Value, is_nullable: bool) -> Value {
    if is_nullable {
        schema["nullable"] = json!(true);
    }
    schema
}

fn format(integer: Integer) -> &'static str {
    match integer {
        Integer::I32 => "int32",
        Integer::I64 => "int64",
        Integer::U64 => "uint64",
    }
}
