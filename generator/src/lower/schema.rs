//! Schemas, reduced to references, scalars, arrays, maps, and named objects and alternatives.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value, json};

use super::StringEnum;
use super::named::{Named, reference};
use crate::model::Api;
use crate::names;
use crate::schema::{
    Kind, alternatives, component, fields, is_nullable, kind, list, only_alternative,
};

/// How deep anonymous schemas may nest before the rest is any JSON.
const DEPTH: usize = 64;

/// Formats that have a type in Rust; all others are plain strings.
const FORMATS: &[&str] = &["date", "date-time"];

/// Lowers schemas and remembers those with a name.
pub(super) struct Schemas<'a> {
    api: &'a Api,
    named: Named,
    waiting: Vec<&'a str>,
    seen: BTreeSet<&'a str>,
    /// The names of schemas without one of their own, by their place in the model: what is merged
    /// into several types is lowered once.
    anonymous: HashMap<*const Value, String>,
    depth: usize,
}

impl<'a> Schemas<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let taken = api
            .schemas
            .values()
            .map(|schema| schema.type_name.clone())
            .collect();
        Self {
            api,
            named: Named::new(taken),
            waiting: Vec::new(),
            seen: BTreeSet::new(),
            anonymous: HashMap::new(),
            depth: 0,
        }
    }

    /// Lowers every schema that has been referred to, and those it refers to.
    pub(super) fn into_named(mut self) -> Named {
        while let Some(name) = self.waiting.pop() {
            let schema = &self.api.schemas[name];
            self.define(&schema.type_name, &schema.value);
        }
        self.named
    }

    /// The schema to write where `schema` stands; one that needs a name gets one like `wish`.
    pub(super) fn lower(&mut self, schema: &'a Value, wish: &str) -> Value {
        if self.depth == DEPTH {
            return json!({});
        }
        self.depth += 1;
        let lowered = self.lower_unbounded(schema, wish);
        self.depth -= 1;
        if is_nullable(schema) {
            nullable(lowered)
        } else {
            lowered
        }
    }

    fn lower_unbounded(&mut self, schema: &'a Value, wish: &str) -> Value {
        if let Some(component) = component(schema) {
            return self.refer(component);
        }
        if let Some(only) = only_alternative(schema) {
            return self.lower(only, wish);
        }
        match kind(schema) {
            Kind::Enum | Kind::Object | Kind::Alternatives | Kind::Intersection => {
                if let Some(name) = self.anonymous.get(&std::ptr::from_ref(schema)) {
                    return reference(name);
                }
                let name = self.named.free_name(wish);
                self.anonymous
                    .insert(std::ptr::from_ref(schema), name.clone());
                self.define(&name, schema);
                reference(&name)
            }
            Kind::Array => {
                let items = schema.get("items");
                let items =
                    items.map_or(json!({}), |items| self.lower(items, &format!("{wish}Item")));
                json!({ "type": "array", "items": items })
            }
            Kind::Map => {
                let values = schema
                    .get("additionalProperties")
                    .filter(|values| values.is_object());
                let values = values.map_or(json!({}), |values| {
                    self.lower(values, &format!("{wish}Value"))
                });
                json!({ "type": "object", "additionalProperties": values })
            }
            Kind::Scalar(kind) => scalar(schema, kind),
            Kind::Any | Kind::Mixed => json!({}),
        }
    }

    /// The reference to a named schema; its being nullable becomes the reference's.
    fn refer(&mut self, component: &str) -> Value {
        let Some((name, schema)) = self.api.schemas.get_key_value(component) else {
            return json!({});
        };
        if self.seen.insert(name) {
            self.waiting.push(name);
        }
        let lowered = reference(&schema.type_name);
        if is_nullable(&schema.value) {
            nullable(lowered)
        } else {
            lowered
        }
    }

    /// Lowers a schema under a name of its own.
    fn define(&mut self, name: &str, schema: &'a Value) {
        let docs = docs(schema, || format!("`{name}` of the API."));
        let mut lowered = match kind(schema) {
            Kind::Enum => {
                let definition = string_enum(schema, docs);
                self.named.enums.insert(name.to_owned(), definition);
                return;
            }
            Kind::Object => self.object(schema, name),
            Kind::Alternatives if only_alternative(schema).is_none() => {
                self.alternatives(schema, name)
            }
            Kind::Intersection if only_alternative(schema).is_none() => {
                self.intersection(schema, name)
            }
            _ => self.lower_unbounded(schema, name),
        };
        lowered["description"] = Value::String(docs);
        self.named.schemas.insert(name.to_owned(), lowered);
    }

    fn object(&mut self, schema: &'a Value, name: &str) -> Value {
        let mut properties = Map::new();
        for (property, value) in fields(schema, "properties") {
            let wish = format!("{name}{}", names::type_name(property));
            let mut lowered = self.lower(value, &wish);
            let docs = docs(value, || format!("`{property}` of the API."));
            describe(&mut lowered, docs);
            properties.insert(property.clone(), lowered);
        }
        let mut lowered = json!({ "type": "object", "properties": properties });
        if let Some(required) = schema.get("required") {
            lowered["required"] = required.clone();
        }
        match schema.get("additionalProperties") {
            None | Some(Value::Bool(false)) => {}
            Some(Value::Bool(true)) => lowered["additionalProperties"] = json!(true),
            Some(values) => {
                lowered["additionalProperties"] = self.lower(values, &format!("{name}Value"));
            }
        }
        lowered
    }

    fn alternatives(&mut self, schema: &'a Value, name: &str) -> Value {
        let mut lowered_alternatives = Vec::new();
        for (index, alternative) in alternatives(schema).enumerate() {
            let title = alternative.get("title").and_then(Value::as_str);
            let wish = title.map_or_else(|| format!("Variant{index}"), names::type_name);
            let mut lowered = self.lower(alternative, &format!("{name}{wish}"));
            if let Some(title) = title
                && lowered.get("$ref").is_none()
            {
                lowered["title"] = json!(title);
            }
            let described = alternative.get("description").and_then(Value::as_str);
            if let Some(description) = described
                && lowered.get("$ref").is_none()
            {
                lowered["description"] = json!(description);
            }
            if !lowered_alternatives.contains(&lowered) {
                lowered_alternatives.push(lowered);
            }
        }
        json!({ "oneOf": lowered_alternatives })
    }

    /// Objects are merged into one; anything else that must satisfy several schemas is any JSON.
    fn intersection(&mut self, schema: &'a Value, name: &str) -> Value {
        let mut merged = Merged::default();
        if !self.merge(schema, name, &mut merged) {
            return json!({});
        }
        let mut lowered = json!({ "type": "object", "properties": merged.properties });
        if !merged.required.is_empty() {
            lowered["required"] = json!(merged.required);
        }
        if let Some(values) = merged.additional {
            lowered["additionalProperties"] = values;
        }
        lowered
    }

    /// Adds what a schema says of an object, and tells whether it is one.
    fn merge(&mut self, schema: &'a Value, name: &str, merged: &mut Merged<'a>) -> bool {
        let api = self.api;
        let (schema, name) = match component(schema).map(|name| (name, api.schemas.get(name))) {
            Some((component, _)) if !merged.seen.insert(component) => return true,
            Some((_, Some(found))) => (&found.value, found.type_name.as_str()),
            _ => (schema, name),
        };
        let is_object = matches!(
            kind(schema),
            Kind::Object | Kind::Map | Kind::Intersection | Kind::Any
        );
        if !is_object || !list(schema, "allOf").all(|member| self.merge(member, name, merged)) {
            return false;
        }
        let mut lowered = self.object(schema, name);
        for (property, value) in fields(&lowered, "properties") {
            merged.properties.insert(property.clone(), value.clone());
        }
        let required = list(schema, "required").filter_map(|name| Some(name.as_str()?.to_owned()));
        merged.required.extend(required);
        if let Some(values) = lowered.get_mut("additionalProperties") {
            merged.additional = Some(values.take());
        }
        true
    }
}

/// Several objects as one.
#[derive(Default)]
struct Merged<'a> {
    properties: Map<String, Value>,
    required: BTreeSet<String>,
    additional: Option<Value>,
    /// Components that are part of it already.
    seen: BTreeSet<&'a str>,
}

fn string_enum(schema: &Value, docs: String) -> StringEnum {
    let alternatives = alternatives(schema).flat_map(|alternative| list(alternative, "enum"));
    let values = list(schema, "enum").chain(alternatives);
    let mut known = BTreeSet::new();
    let values = values
        .filter_map(Value::as_str)
        .filter(|value| known.insert(*value));
    let values = values.map(str::to_owned).collect();
    let default = schema.get("default").and_then(Value::as_str);
    StringEnum {
        docs,
        values,
        default: default.map(str::to_owned),
    }
}

/// Bounds, lengths and patterns are left out: a value outside of them must not make a whole
/// response unreadable.
fn scalar(schema: &Value, kind: &str) -> Value {
    let format = schema.get("format").and_then(Value::as_str);
    match (kind, format) {
        ("string", Some(format)) if FORMATS.contains(&format) => {
            json!({ "type": "string", "format": format })
        }
        ("integer", Some("int32")) => json!({ "type": "integer", "format": "int32" }),
        ("integer", _) => json!({ "type": "integer", "format": "int64" }),
        _ => json!({ "type": kind }),
    }
}

fn nullable(mut schema: Value) -> Value {
    if schema.get("$ref").is_some() {
        return json!({ "nullable": true, "allOf": [schema] });
    }
    // Any JSON includes null already.
    if schema.as_object().is_some_and(|fields| !fields.is_empty()) {
        schema["nullable"] = json!(true);
    }
    schema
}

/// Puts a description where typify finds it, beside a reference too.
fn describe(schema: &mut Value, docs: String) {
    if schema.get("$ref").is_some() {
        *schema = json!({ "allOf": [schema.take()] });
    }
    schema["description"] = Value::String(docs);
}

/// A schema's description, or else what `undescribed` says, and what its type can't express.
fn docs(schema: &Value, undescribed: impl FnOnce() -> String) -> String {
    let description = schema
        .get("description")
        .and_then(Value::as_str)
        .map(str::trim);
    let mut docs = match description {
        Some(description) if !description.is_empty() => description.to_owned(),
        _ => undescribed(),
    };
    if let Some(default) = schema.get("default").filter(|default| !default.is_null()) {
        let default = default
            .as_str()
            .map_or_else(|| default.to_string(), str::to_owned);
        docs.push_str(&format!("\n\nDefault: `{default}`."));
    }
    if schema.get("deprecated") == Some(&Value::Bool(true)) {
        docs.push_str("\n\nDeprecated.");
    }
    docs
}
