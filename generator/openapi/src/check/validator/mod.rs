//! JSON values against schemas of OpenAPI 3.0.

mod numbers;
mod texts;

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::node::Node;
use crate::pointer::Pointer;
use crate::references::{follow, reference};
use crate::words;
pub(super) use texts::Patterns;

/// Schemas that lead to schemas on one value are followed this far.
const MAX_DEPTH: usize = 200;

/// A contradiction between a value and its schema.
pub(super) struct Contradiction {
    /// The position of the value in the document.
    pub(super) value: Pointer,
    /// Where the schema says otherwise.
    pub(super) schema: Pointer,
    pub(super) message: String,
    /// Whether its key shows the value better than its first line.
    pub(super) is_by_key: bool,
}

/// Remembers the schemas that one value was checked against, so that no document takes exponential time.
pub(super) struct Validator<'v, 'c> {
    root: &'v Value,
    patterns: &'c Patterns,
    verdicts: HashMap<(usize, usize), bool>,
}

/// One pass over a value.
#[derive(Default)]
struct Pass {
    seen: HashSet<(usize, usize)>,
    /// Whether only the verdict matters.
    is_quiet: bool,
    failed: bool,
    contradictions: Vec<Contradiction>,
}

impl<'v, 'c> Validator<'v, 'c> {
    pub(super) fn new(root: &'v Value, patterns: &'c Patterns) -> Self {
        Self {
            root,
            patterns,
            verdicts: HashMap::new(),
        }
    }

    /// Everything in `value` that contradicts `schema`.
    pub(super) fn contradictions(
        &mut self,
        schema: &Node<'v, '_>,
        value: &Node<'v, '_>,
    ) -> Vec<Contradiction> {
        let mut pass = Pass::default();
        self.check(&mut pass, schema, value, 0);
        pass.contradictions
    }

    fn admits(&mut self, schema: &Node<'v, '_>, value: &Node<'v, '_>, depth: usize) -> bool {
        let pair = (address(schema.value), address(value.value));
        if let Some(verdict) = self.verdicts.get(&pair) {
            return *verdict;
        }
        let mut pass = Pass {
            is_quiet: true,
            ..Pass::default()
        };
        self.check(&mut pass, schema, value, depth);
        self.verdicts.insert(pair, !pass.failed);
        !pass.failed
    }

    fn check(
        &mut self,
        pass: &mut Pass,
        schema: &Node<'v, '_>,
        value: &Node<'v, '_>,
        depth: usize,
    ) {
        if let Some(reference) = reference(schema.value) {
            if let Some((pointer, target)) = follow(self.root, reference) {
                self.check(pass, &Node::at(&pointer, target), value, depth + 1);
            }
            return;
        }
        let Some(keywords) = schema.object() else {
            return;
        };
        let pair = (address(schema.value), address(value.value));
        if depth > MAX_DEPTH || !pass.seen.insert(pair) {
            return;
        }
        // Strictly, `nullable` needs a `type` beside it, but documents also use it without one.
        if value.value.is_null() && schema.is_true("nullable") {
            return;
        }
        if !check_type(pass, schema, value) {
            return;
        }
        check_enum(pass, schema, value);
        match value.value {
            Value::Number(_) => numbers::check(pass, schema, value),
            Value::String(text) => texts::check(pass, self.patterns, schema, value, text),
            Value::Array(items) => self.check_items(pass, schema, value, items, depth),
            Value::Object(fields) => self.check_fields(pass, schema, value, fields, depth),
            Value::Null | Value::Bool(_) => {}
        }
        if keywords
            .keys()
            .any(|key| key.ends_with("Of") || key == "not")
        {
            self.check_compositions(pass, schema, value, depth);
        }
    }

    fn check_items(
        &mut self,
        pass: &mut Pass,
        schema: &Node<'v, '_>,
        value: &Node<'v, '_>,
        items: &[Value],
        depth: usize,
    ) {
        numbers::check_count(
            pass,
            schema,
            value,
            ("minItems", "maxItems"),
            items.len(),
            ("item", "items"),
        );
        if schema.is_true("uniqueItems") {
            let distinct: HashSet<_> = items.iter().map(Value::to_string).collect();
            if distinct.len() < items.len() {
                pass.fail(schema, "uniqueItems", value, || {
                    "must not have duplicate items".into()
                });
            }
        }
        if let Some(schema) = schema.get("items") {
            for item in value.items() {
                self.check(pass, &schema, &item, depth + 1);
            }
        }
    }

    fn check_fields(
        &mut self,
        pass: &mut Pass,
        schema: &Node<'v, '_>,
        value: &Node<'v, '_>,
        fields: &Map<String, Value>,
        depth: usize,
    ) {
        let bounds = ("minProperties", "maxProperties");
        numbers::check_count(
            pass,
            schema,
            value,
            bounds,
            fields.len(),
            ("property", "properties"),
        );
        let properties = schema.get("properties");
        check_required(pass, schema, value, fields);
        let others = schema.get("additionalProperties");
        for (key, field) in value.fields() {
            let own = properties
                .as_ref()
                .and_then(|properties| properties.get(key));
            match (own, &others) {
                (Some(own), _) => self.check(pass, &own, &field, depth + 1),
                (None, Some(others)) if others.value == &Value::Bool(false) => {
                    pass.fail(others, "", &field, || not_admitted(schema));
                }
                (None, Some(others)) if others.value.is_object() => {
                    self.check(pass, others, &field, depth + 1);
                }
                _ => {}
            }
        }
    }

    fn check_compositions(
        &mut self,
        pass: &mut Pass,
        schema: &Node<'v, '_>,
        value: &Node<'v, '_>,
        depth: usize,
    ) {
        for member in schema.get("allOf").iter().flat_map(Node::items) {
            self.check(pass, &member, value, depth + 1);
        }
        if let Some(any_of) = schema.get("anyOf") {
            self.check_choice(pass, &any_of, value, false, depth);
        }
        if let Some(one_of) = schema.get("oneOf") {
            self.check_choice(pass, &one_of, value, true, depth);
        }
        if let Some(not) = schema.get("not")
            && self.admits(&not, value, depth + 1)
        {
            pass.fail(&not, "", value, || {
                "must not match the schema of `not`".into()
            });
        }
    }

    fn check_choice(
        &mut self,
        pass: &mut Pass,
        choice: &Node<'v, '_>,
        value: &Node<'v, '_>,
        only_one: bool,
        depth: usize,
    ) {
        let members: Vec<_> = choice.items().collect();
        let admitting = members
            .iter()
            .filter(|member| self.admits(member, value, depth + 1));
        let count = admitting.count();
        let mut similar = members
            .iter()
            .filter(|member| self.may_mean(member, value.value));
        match count {
            0 => match (similar.next(), similar.next()) {
                // Only one can have been meant: its contradictions are more precise.
                (Some(single), None) => self.check(pass, single, value, depth + 1),
                _ => pass.fail(choice, "", value, || {
                    let key = choice.key().unwrap_or_default();
                    let found = words::shown_value(value.value);
                    format!("must match a schema of `{key}`, found {found}")
                }),
            },
            1 => {}
            _ if only_one => pass.fail(choice, "", value, || {
                format!("must match only one schema of `oneOf`, matches {count}")
            }),
            _ => {}
        }
    }

    /// Whether a schema has the value's type, whatever its other keywords.
    fn may_mean(&self, schema: &Node<'v, '_>, value: &Value) -> bool {
        match reference(schema.value).map(|reference| follow(self.root, reference)) {
            Some(Some((pointer, target))) => has_type(&Node::at(&pointer, target), value),
            Some(None) => false,
            None => has_type(schema, value),
        }
    }
}

impl Pass {
    /// `keyword` is the contradicted keyword of `schema`; empty if `schema` is that keyword's value.
    fn fail(
        &mut self,
        schema: &Node<'_, '_>,
        keyword: &str,
        value: &Node<'_, '_>,
        message: impl FnOnce() -> String,
    ) {
        self.failed = true;
        if !self.is_quiet {
            let mut place = schema.pointer();
            if !keyword.is_empty() {
                place.push(keyword);
            }
            self.contradictions.push(Contradiction {
                value: value.pointer(),
                schema: place,
                message: message(),
                is_by_key: value.value.is_object() || value.value.is_array(),
            });
        }
    }
}

/// Whether `value` has the type of `schema`; a schema without `type` allows every type.
pub(super) fn has_type(schema: &Node<'_, '_>, value: &Value) -> bool {
    match schema.text("type") {
        Some("string") => value.is_string(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("boolean") => value.is_boolean(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => true,
    }
}

fn check_type(pass: &mut Pass, schema: &Node<'_, '_>, value: &Node<'_, '_>) -> bool {
    let fits = has_type(schema, value.value);
    if !fits {
        pass.fail(schema, "type", value, || {
            let wanted = match schema.text("type").unwrap_or_default() {
                "string" => "a string",
                "integer" => "an integer",
                "array" => "an array",
                "object" => "an object",
                "boolean" => "a boolean",
                _ => "a number",
            };
            format!(
                "must be {wanted}, found {}",
                words::shown_value(value.value)
            )
        });
    }
    fits
}

fn check_enum(pass: &mut Pass, schema: &Node<'_, '_>, value: &Node<'_, '_>) {
    let Some(list) = schema.get("enum") else {
        return;
    };
    let Some(choice) = list.value.as_array() else {
        return;
    };
    if !choice.contains(value.value) {
        pass.fail(schema, "enum", value, || {
            let found = words::shown_value(value.value);
            let texts = choice.iter().filter_map(Value::as_str);
            format!("must be one of {}, found {found}", words::listed(texts))
        });
    }
}

fn not_admitted(schema: &Node<'_, '_>) -> String {
    let properties = schema.get("properties");
    let names = properties
        .iter()
        .flat_map(Node::fields)
        .map(|(name, _)| name);
    match words::listed(names) {
        list if list.is_empty() => "is not allowed".to_owned(),
        list => format!("must be one of the properties: {list}"),
    }
}

/// Reports all missing properties at once.
fn check_required(
    pass: &mut Pass,
    schema: &Node<'_, '_>,
    value: &Node<'_, '_>,
    fields: &Map<String, Value>,
) {
    let Some(required) = schema.get("required") else {
        return;
    };
    let names = required.items().filter_map(|name| name.value.as_str());
    let missing: Vec<_> = names
        .filter(|name| !fields.contains_key(*name) && !is_one_way(schema, name))
        .collect();
    if !missing.is_empty() {
        pass.fail(&required, "", value, || {
            format!("must have: {}", words::listed(missing))
        });
    }
}

/// Whether a property is `readOnly` or `writeOnly`: an example may leave it out.
fn is_one_way(schema: &Node<'_, '_>, property: &str) -> bool {
    let Some(properties) = schema.get("properties") else {
        return false;
    };
    properties
        .get(property)
        .is_some_and(|property| property.is_true("readOnly") || property.is_true("writeOnly"))
}

/// Values of the document do not move, so their addresses identify them.
fn address(value: &Value) -> usize {
    std::ptr::from_ref(value).addr()
}
