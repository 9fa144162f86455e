//! Hints for fields and values of another version of OpenAPI.

use serde_json::Value;

use super::node::Node;
use crate::objects::ObjectKind;
use crate::terms::Version;
use crate::words;

/// For a field that is known elsewhere, but not here.
pub(super) fn field(key: &str, kind: ObjectKind, version: Version) -> Option<String> {
    let hint = match (kind, key) {
        (ObjectKind::Schema, _) if version == Version::V3_1 => draft(key)?,
        (ObjectKind::Schema, "const") => "3.1 only: write `enum` with a single value",
        (ObjectKind::Schema, "examples") => "3.1 only: write `example` with a single value",
        (ObjectKind::Schema, "$defs" | "definitions") => {
            "move these schemas to `components/schemas`"
        }
        (ObjectKind::Schema, "contentEncoding" | "contentMediaType") => {
            "3.1 only: write `format: byte` or `format: binary`"
        }
        (
            ObjectKind::Schema,
            "if"
            | "then"
            | "else"
            | "contains"
            | "prefixItems"
            | "patternProperties"
            | "propertyNames"
            | "dependentRequired"
            | "dependentSchemas"
            | "dependencies"
            | "unevaluatedProperties"
            | "unevaluatedItems"
            | "additionalItems"
            | "$id"
            | "$schema"
            | "$comment"
            | "$anchor"
            | "$dynamicRef"
            | "id",
        ) => "JSON Schema only: OpenAPI 3.0 has no such keyword, remove it",
        (ObjectKind::Document, "webhooks" | "jsonSchemaDialect") => {
            "3.1 only: remove it, or move it to an `x-` field"
        }
        (ObjectKind::Document, "definitions") => "2.0 only: move them to `components/schemas`",
        (ObjectKind::Document, "host" | "basePath" | "schemes") => "2.0 only: write `servers`",
        (ObjectKind::Document, "securityDefinitions") => {
            "2.0 only: move them to `components/securitySchemes`"
        }
        (ObjectKind::Document | ObjectKind::Operation, "consumes" | "produces") => {
            "2.0 only: name the media types under `content`"
        }
        (
            ObjectKind::Parameter | ObjectKind::Header,
            "type" | "format" | "items" | "enum" | "default" | "minimum" | "maximum" | "pattern",
        ) => "move it into `schema`",
        _ => return None,
    };
    Some(hint.to_owned())
}

/// For a key and value that YAML reads as one key.
pub(super) fn separated(key: &str, name: &str) -> String {
    let value = key.split_once(':').map_or("", |(_, value)| value);
    let mend = format!("write `{name}: {}`", words::shown(value.trim()));
    match value.chars().next().filter(|c| words::is_unusual_space(*c)) {
        Some(space) => format!(
            "{mend}, with a plain space for {}",
            words::space_name(space)
        ),
        None => format!("{mend}: there is no space after the colon"),
    }
}

/// For a field that may be a property one level too deep, or too high.
pub(super) fn misplaced_property(
    child: &Node<'_, '_>,
    schema: &Node<'_, '_>,
    kind: ObjectKind,
) -> Option<String> {
    let is_schema = child.value.is_object() || child.value.is_null();
    if kind != ObjectKind::Schema || !is_schema {
        return None;
    }
    if schema.parent_key() == Some("properties") {
        let beside = words::shown(schema.key().unwrap_or_default());
        Some(format!(
            "if it is a property, it is one level too deep: move it beside `{beside}`"
        ))
    } else {
        let is_object = schema.has("properties");
        is_object.then(|| {
            "if it is a property, it is one level too high: move it into `properties`".to_owned()
        })
    }
}

/// For a keyword of another draft of JSON Schema than that of OpenAPI 3.1.
fn draft(key: &str) -> Option<&'static str> {
    Some(match key {
        "additionalItems" => "an older draft only: write `prefixItems` and `items`",
        "dependencies" => "an older draft only: write `dependentRequired` or `dependentSchemas`",
        "id" => "an older draft only: write `$id`",
        "$recursiveRef" => "an older draft only: write `$dynamicRef`",
        "$recursiveAnchor" => "an older draft only: write `$dynamicAnchor`",
        _ => return None,
    })
}

/// For a boolean of 3.0 in a document of 3.1.
pub(super) fn outdated(key: &str) -> &'static str {
    match key {
        "nullable" => "add `null` to the types: `type: [string, \"null\"]`",
        "exclusiveMinimum" => "write the bound itself in place of `minimum`: `exclusiveMinimum: 0`",
        _ => "write the bound itself in place of `maximum`: `exclusiveMaximum: 9`",
    }
}

/// For a word that is not among those a field may have.
pub(super) fn word(key: &str, word: &str) -> Option<String> {
    let hint = match (key, word) {
        ("in", "body" | "formData") => "2.0 only: write `requestBody` in the operation",
        ("type", "null") => "3.1 only: write `nullable: true` beside the value's own `type`",
        ("type", "file") => "2.0 only: write `type: string` and `format: binary`",
        ("type", "any") => "remove `type` to allow any value",
        ("type", "float" | "double" | "decimal") => "write `type: number` and a `format`",
        ("type", "int" | "int32" | "int64" | "long") => "write `type: integer` and a `format`",
        ("type", "date" | "date-time" | "datetime" | "uuid" | "binary" | "uri" | "email") => {
            "write `type: string` and a `format`"
        }
        ("type", "mutualTLS") => "3.1 only: OpenAPI 3.0 cannot describe it",
        _ => return None,
    };
    Some(hint.to_owned())
}

/// For a value of another type than the one expected.
pub(super) fn wrong_type(node: &Node<'_, '_>, expected: &str) -> String {
    match (node.key(), node.value, expected) {
        (Some("type"), Value::Array(types), _) => type_list(types),
        (Some("items"), Value::Array(_), _) => {
            "write one schema for all items; 3.1 has `prefixItems` for the first ones".to_owned()
        }
        (Some("$ref"), Value::String(_), "an object") => {
            "move `$ref` one level up, in place of the map".to_owned()
        }
        (Some(key @ ("exclusiveMinimum" | "exclusiveMaximum")), Value::Number(bound), _) => {
            let plain = if key.ends_with("Minimum") {
                "minimum"
            } else {
                "maximum"
            };
            format!("3.1 only: write `{plain}: {bound}` and `{key}: true`")
        }
        (Some("required"), Value::Bool(_), "an array") => {
            "list the required names beside `properties`: `required: [name]`".to_owned()
        }
        (_, Value::Null, "a string") => {
            "give it a value, or remove the key; a value that starts with `#` needs quotes"
                .to_owned()
        }
        (_, Value::Null, _) => "give it a value, or remove the key".to_owned(),
        (_, value @ (Value::Number(_) | Value::Bool(_)), "a string") => {
            format!("put it in quotes: `\"{value}\"`")
        }
        (_, Value::String(text), "a boolean") if truth(text).is_some() => {
            format!(
                "write `{}`: YAML 1.2 has only `true` and `false`",
                truth(text) == Some(true)
            )
        }
        (_, Value::String(text), "an array") if begins_with_dash(text) => {
            "replace the no-break space after the dash with a plain one".to_owned()
        }
        (_, Value::Array(items), "an object") if matches!(&items[..], [Value::Object(_)]) => {
            "remove the dash, or the brackets: they make a list".to_owned()
        }
        (_, Value::Object(_), "a string") => {
            "write a string: text with `: ` needs quotes".to_owned()
        }
        (_, Value::String(text), _) if is_plain_word(text) => {
            format!("remove the quotes: `{}`", words::shown(text))
        }
        (_, Value::String(text), "an array") => {
            format!("write an array: `[{}]`", words::shown(text))
        }
        _ => format!("write {expected}"),
    }
}

fn type_list(types: &[Value]) -> String {
    let mut others = types
        .iter()
        .filter_map(Value::as_str)
        .filter(|name| *name != "null");
    match (others.next(), others.next()) {
        (Some(single), None) if types.len() == 2 => {
            format!(
                "3.1 only: write `type: {}` and `nullable: true`",
                words::shown(single)
            )
        }
        (Some(single), None) => format!("write `type: {}`", words::shown(single)),
        _ => "3.1 only: write `oneOf` with a schema for each type".to_owned(),
    }
}

/// The boolean of YAML 1.1 that a string of YAML 1.2 stands for.
fn truth(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "on" | "y" => Some(true),
        "no" | "off" | "n" => Some(false),
        _ => None,
    }
}

/// Whether the space after a dash is one that YAML reads as text.
fn begins_with_dash(text: &str) -> bool {
    text.strip_prefix('-')
        .is_some_and(|rest| rest.starts_with(words::is_unusual_space))
}

fn is_plain_word(text: &str) -> bool {
    matches!(text, "true" | "false") || text.parse::<u64>().is_ok()
}
