//! The facts that a document states, read without the model.

mod narrowed;

use std::collections::{HashMap, HashSet};

use openapi::media_type::{self, MediaKind};
use openapi::{METHODS, Pointer};
use serde_json::{Map, Value};

/// The facts of every operation, and of every schema that operations reach.
#[derive(Debug, Default)]
pub(super) struct Facts<'d> {
    pub(super) operations: Vec<OperationFacts<'d>>,
    /// The properties of each schema that has any.
    pub(super) objects: Vec<Vec<Fact>>,
    /// The values of each enumeration.
    pub(super) enums: Vec<Vec<Fact>>,
}

/// A fact of an operation.
#[derive(Debug)]
pub(super) struct OperationFacts<'d> {
    pub(super) pointer: Pointer,
    pub(super) method: &'d str,
    pub(super) path: &'d str,
    pub(super) parameters: Vec<ParameterFact>,
    pub(super) statuses: Vec<Fact>,
    pub(super) media_types: Vec<Fact>,
}

/// A parameter that is sent.
#[derive(Debug)]
pub(super) struct ParameterFact {
    pub(super) fact: Fact,
    pub(super) place: String,
}

/// Something that the document names.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub(super) pointer: Pointer,
    /// Its name or value on the wire.
    pub(super) text: String,
    pub(super) direction: Direction,
}

/// The messages that a property is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Both,
    Sent,
    Received,
}

/// A value of the document, behind its references.
type Located<'d> = (Pointer, &'d Value);

/// How far the members of an `allOf` are followed.
const DEPTH: usize = 16;

/// The header parameters that OpenAPI says to ignore.
const IGNORED_HEADERS: &[&str] = &["accept", "authorization", "content-type"];

impl<'d> Facts<'d> {
    /// Returns the facts of the document, except for losses that `is_reported`.
    pub(super) fn of(document: &'d Value, is_reported: &dyn Fn(&Pointer) -> bool) -> Self {
        let mut reader = Reader {
            root: document,
            is_reported,
            children: HashMap::new(),
            seen: HashSet::new(),
            schemas: Vec::new(),
            left: HashMap::new(),
            lost: HashSet::new(),
            facts: Self::default(),
        };
        reader.find_children();
        reader.read_paths();
        reader.read_webhooks();
        reader.read_schemas();
        reader.facts
    }
}

impl OperationFacts<'_> {
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }

    /// The path without the names of its parameters.
    pub(super) fn template(&self) -> String {
        super::unescaped(&openapi::template(
            self.path.split('#').next().unwrap_or_default(),
        ))
    }
}

impl Fact {
    fn new(pointer: Pointer, text: impl Into<String>) -> Self {
        Self {
            pointer,
            text: text.into(),
            direction: Direction::Both,
        }
    }
}

struct Reader<'d, 't> {
    root: &'d Value,
    is_reported: &'t dyn Fn(&Pointer) -> bool,
    /// The schemas that say `allOf` of a schema, by that schema's pointer.
    children: HashMap<Pointer, Vec<Pointer>>,
    /// By address, with the role that a schema was met in.
    seen: HashSet<(*const Value, Role)>,
    /// Those that are still to be read.
    schemas: Vec<(Located<'d>, Role)>,
    /// The values that are left of a list beside others, by the address of its schema.
    left: HashMap<*const Value, Vec<&'d Value>>,
    /// The addresses of schemas that are lost together with another one.
    lost: HashSet<*const Value>,
    facts: Facts<'d>,
}

/// The role of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Role {
    /// The schema of a value, which may be one of its children.
    Value,
    /// A member of an `allOf`.
    Part,
}

impl<'d> Reader<'d, '_> {
    /// Where a value is, behind all references; nothing if they lead nowhere or out of the document.
    fn resolve(&self, pointer: Pointer, value: &'d Value) -> Option<Located<'d>> {
        let mut found = (pointer, value);
        let mut followed = HashSet::new();
        while let Some(reference) = openapi::reference(found.1) {
            let pointer = Pointer::from_reference(reference)?;
            let value = self.root.pointer(pointer.as_str())?;
            if !followed.insert(pointer.clone()) {
                return None;
            }
            found = (pointer, value);
        }
        Some(found)
    }

    fn find_children(&mut self) {
        let pointer = Pointer::root().child("components").child("schemas");
        for (name, schema) in fields(self.root.pointer(pointer.as_str())) {
            let child = pointer.child(name);
            for part in items(schema.get("allOf")) {
                if openapi::reference(part).is_none() {
                    continue;
                }
                if let Some((parent, _)) = self.resolve(child.clone(), part) {
                    self.children.entry(parent).or_default().push(child.clone());
                }
            }
        }
    }

    fn read_paths(&mut self) {
        let paths = Pointer::root().child("paths");
        for (path, item) in extended(self.root.get("paths")) {
            let Some((pointer, item)) = self.resolve(paths.child(path), item) else {
                continue;
            };
            for (method, operation) in fields(Some(item)) {
                if METHODS.contains(&method.as_str()) && operation.is_object() {
                    let shared = self.parameters(&pointer, item);
                    let operation = (pointer.child(method), operation);
                    let operation = self.read_operation(method, path, operation, shared);
                    self.facts.operations.push(operation);
                }
            }
        }
    }

    /// The payloads of webhooks; or all named schemas, in a document that has nothing else.
    fn read_webhooks(&mut self) {
        let webhooks = Pointer::root().child("webhooks");
        for (name, item) in extended(self.root.get("webhooks")) {
            let Some((pointer, item)) = self.resolve(webhooks.child(name), item) else {
                continue;
            };
            for (method, webhook) in fields(Some(item)) {
                let body = webhook.get("requestBody");
                if let Some(body) = body.filter(|_| METHODS.contains(&method.as_str())) {
                    let pointer = pointer.child(method).child("requestBody");
                    let body = self.resolve(pointer, body);
                    self.read_content(body, Direction::Sent);
                }
            }
        }
        if self.root.get("paths").is_none() && self.root.get("webhooks").is_none() {
            let schemas = Pointer::root().child("components").child("schemas");
            for (name, schema) in fields(self.root.pointer(schemas.as_str())) {
                self.schemas
                    .push(((schemas.child(name), schema), Role::Value));
            }
        }
    }

    fn read_operation(
        &mut self,
        method: &'d str,
        path: &'d str,
        (pointer, operation): Located<'d>,
        mut parameters: Vec<Located<'d>>,
    ) -> OperationFacts<'d> {
        let own = self.parameters(&pointer, operation);
        let own = own
            .into_iter()
            .filter(|(at, _)| !self.is_unsent(at))
            .collect::<Vec<_>>();
        parameters.retain(|(at, shared)| {
            !self.is_unsent(at) && own.iter().all(|(_, own)| !is_same(own, shared))
        });
        parameters.extend(own);
        let mut read = OperationFacts {
            pointer: pointer.clone(),
            method,
            path,
            parameters: Vec::new(),
            statuses: Vec::new(),
            media_types: Vec::new(),
        };
        for (pointer, parameter) in parameters {
            read.parameters
                .extend(self.read_parameter(path, pointer, parameter));
        }
        let at = pointer.child("requestBody");
        if let Some(body) = operation
            .get("requestBody")
            .filter(|_| !(self.is_reported)(&at))
        {
            let body = self.resolve(at, body);
            read.media_types
                .extend(self.read_content(body, Direction::Sent));
        }
        let responses = pointer.child("responses");
        for (status, response) in extended(operation.get("responses")) {
            if is_followed(status) || (self.is_reported)(&responses.child(status)) {
                continue;
            }
            if status != "default" {
                let fact = Fact::new(responses.child(status), status.to_uppercase());
                read.statuses.push(fact);
            }
            // The response to a HEAD has no body.
            let response = self.resolve(responses.child(status), response);
            let response = response.filter(|_| method != "head");
            let media_types = self.read_content(response, Direction::Received);
            if status.starts_with('2') {
                read.media_types.extend(media_types);
            }
        }
        read
    }

    fn parameters(&self, pointer: &Pointer, value: &'d Value) -> Vec<Located<'d>> {
        let pointer = pointer.child("parameters");
        let parameters = items(value.get("parameters")).enumerate();
        parameters
            .filter_map(|(index, parameter)| {
                self.resolve(pointer.child(index.to_string()), parameter)
            })
            .collect()
    }

    /// Nothing of a parameter that is not sent: because OpenAPI says so, or because its path has no place for it.
    fn read_parameter(
        &mut self,
        path: &str,
        pointer: Pointer,
        parameter: &'d Value,
    ) -> Option<ParameterFact> {
        let name = text(parameter, "name")?;
        let place = text(parameter, "in")?;
        let ignored = match place {
            "header" => IGNORED_HEADERS.contains(&name.to_ascii_lowercase().as_str()),
            "path" => !openapi::parameter_names(path).contains(&name),
            _ => false,
        };
        if ignored {
            return None;
        }
        self.visit(&pointer, parameter, "schema");
        self.read_content(Some((pointer.clone(), parameter)), Direction::Sent);
        Some(ParameterFact {
            fact: Fact::new(pointer.child("name"), name),
            place: place.to_owned(),
        })
    }

    /// The media types of a body, a response or a parameter.
    fn read_content(&mut self, of: Option<Located<'d>>, direction: Direction) -> Vec<Fact> {
        let Some((pointer, of)) = of else {
            return Vec::new();
        };
        let at = pointer.child("content");
        if (self.is_reported)(&at) {
            return Vec::new();
        }
        let content = of
            .get("content")
            .and_then(|of| self.resolve(at.clone(), of));
        let Some((pointer, content)) = content else {
            return Vec::new();
        };
        // A reference leads to something else as a rule.
        let is_misled = pointer != at;
        let mut media_types = Vec::new();
        for (name, media_type) in fields(Some(content)) {
            let pointer = pointer.child(name);
            if (self.is_reported)(&pointer) || is_misled && !name.contains('/') {
                continue;
            }
            if is_structured(name, media_type.get("schema"), direction) {
                self.visit(&pointer, media_type, "schema");
            }
            let meant = media_type::meant_by(name).unwrap_or(name);
            media_types.push(Fact::new(pointer, meant));
        }
        media_types
    }

    /// Has the schema in a field read as that of a value.
    fn visit(&mut self, pointer: &Pointer, value: &'d Value, field: &str) {
        self.visit_as(Role::Value, pointer, value, field);
    }

    fn visit_as(&mut self, role: Role, pointer: &Pointer, value: &'d Value, field: &str) {
        if let Some(schema) = value.get(field) {
            self.schemas.push(((pointer.child(field), schema), role));
        }
    }

    fn read_schemas(&mut self) {
        let mut recorded = HashSet::new();
        while let Some(((pointer, schema), role)) = self.schemas.pop() {
            let Some((pointer, schema)) = self.resolve(pointer, schema) else {
                continue;
            };
            if is_no_schema(&pointer) {
                continue;
            }
            let address = std::ptr::from_ref(schema);
            if !schema.is_object() || !self.seen.insert((address, role)) {
                continue;
            }
            if self.lost.contains(&address) || self.is_lost(&pointer, schema, 0) {
                continue;
            }
            if role == Role::Value {
                self.narrow(vec![(pointer.clone(), schema)], 0);
            }
            if recorded.insert(address) {
                self.record(&pointer, schema);
            }
            if role == Role::Value {
                self.visit_children(&pointer, schema);
            }
            self.visit_parts(&pointer, schema, role);
        }
    }

    /// Whether a warning says that a parameter is not sent.
    fn is_unsent(&self, pointer: &Pointer) -> bool {
        (self.is_reported)(pointer)
            || ["in", "name"]
                .iter()
                .any(|field| (self.is_reported)(&pointer.child(field)))
    }

    /// Whether a warning says that a schema is lost: by itself, or together with schemas that apply beside it.
    fn is_lost(&self, pointer: &Pointer, schema: &Value, depth: usize) -> bool {
        const KEYWORDS: [&str; 7] = [
            "type",
            "format",
            "enum",
            "properties",
            "items",
            "oneOf",
            "anyOf",
        ];
        let mut keywords = KEYWORDS
            .iter()
            .filter(|keyword| schema.get(**keyword).is_some());
        let members = pointer.child("allOf");
        let mut parts = items(schema.get("allOf")).enumerate();
        (self.is_reported)(pointer)
            || keywords.any(|keyword| (self.is_reported)(&pointer.child(keyword)))
            || parts.any(|(index, part)| {
                let part = self.resolve(members.child(index.to_string()), part);
                depth < DEPTH && part.is_some_and(|(at, part)| self.is_lost(&at, part, depth + 1))
            })
    }

    fn record(&mut self, pointer: &Pointer, schema: &'d Value) {
        if may_be(schema, "object") {
            let pointer = pointer.child("properties");
            let properties = fields(schema.get("properties"));
            let properties = properties.map(|(name, property)| Fact {
                direction: self.direction(property),
                ..Fact::new(pointer.child(name), name)
            });
            let properties = properties.collect();
            add(&mut self.facts.objects, properties);
        }
        let pointer = pointer.child("enum");
        let values = items(schema.get("enum")).enumerate();
        let left = self.left.get(&std::ptr::from_ref(schema));
        let values = values.filter_map(|(index, value)| {
            if left.is_some_and(|left| !left.contains(&value)) {
                return None;
            }
            let written = written(value, text(schema, "type"))?;
            Some(Fact::new(pointer.child(index.to_string()), written))
        });
        add(&mut self.facts.enums, values.collect());
    }

    fn direction(&self, property: &'d Value) -> Direction {
        let resolved = self.resolve(Pointer::root(), property);
        let property = resolved.map_or(property, |(_, property)| property);
        if property.get("readOnly") == Some(&Value::Bool(true)) {
            Direction::Received
        } else if property.get("writeOnly") == Some(&Value::Bool(true)) {
            Direction::Sent
        } else {
            Direction::Both
        }
    }

    /// The schemas that a discriminator leads to: by its mapping, or by their `allOf`.
    fn visit_children(&mut self, pointer: &Pointer, schema: &'d Value) {
        let discriminator = schema.get("discriminator");
        let discriminator = discriminator.filter(|discriminator| {
            text(discriminator, "propertyName").is_some()
                && !(self.is_reported)(&pointer.child("discriminator"))
        });
        let Some(discriminator) = discriminator else {
            return;
        };
        let mapped = fields(discriminator.get("mapping")).filter_map(|(_, target)| {
            let target = target.as_str()?;
            Pointer::from_reference(target).or_else(|| Some(component(target)))
        });
        let children = self.children.get(pointer).into_iter().flatten().cloned();
        for pointer in mapped.chain(children).collect::<Vec<_>>() {
            if let Some(schema) = self.root.pointer(pointer.as_str()) {
                self.schemas.push(((pointer, schema), Role::Value));
            }
        }
    }

    fn visit_parts(&mut self, pointer: &Pointer, schema: &'d Value, role: Role) {
        if may_be(schema, "object") {
            if let Some(properties) = schema.get("properties") {
                let pointer = pointer.child("properties");
                for (name, _) in fields(Some(properties)) {
                    self.visit(&pointer, properties, name);
                }
            }
            self.visit(pointer, schema, "additionalProperties");
        }
        if may_be(schema, "array") {
            self.visit(pointer, schema, "items");
        }
        let children = self.descendants(pointer);
        for (keyword, role) in [("allOf", Role::Part), ("oneOf", role), ("anyOf", role)] {
            let at = pointer.child(keyword);
            let members = items(schema.get(keyword)).enumerate();
            let members: Vec<_> = members
                .map(|(index, part)| (at.child(index.to_string()), part))
                .collect();
            let is_child = |(at, part): &Located<'d>| {
                let target = self.resolve(at.clone(), part);
                target.is_some_and(|(target, _)| children.contains(&target))
            };
            // A child of a parent that lists its children is none of the others that it names.
            let lists_children = role == Role::Part && members.iter().any(is_child);
            let is_other = |part: &Value| lists_children && part.get("$ref").is_some();
            // An array or a scalar has no properties, whatever is said of them.
            let is_moot = |part: &Value| {
                !may_be(schema, "object")
                    && part.get("type").is_none()
                    && part.get("properties").is_some()
            };
            let members = members
                .into_iter()
                .filter(|(_, part)| !is_moot(part) && !is_other(part));
            self.schemas.extend(members.map(|member| (member, role)));
        }
    }

    /// The schemas that say `allOf` of a schema, directly or not.
    fn descendants(&self, pointer: &Pointer) -> HashSet<Pointer> {
        let mut found = HashSet::new();
        let mut parents = vec![pointer];
        while let Some(parent) = parents.pop() {
            let children = self.children.get(parent).into_iter().flatten();
            parents.extend(children.filter(|child| found.insert((*child).clone())));
        }
        found
    }
}

fn add(groups: &mut Vec<Vec<Fact>>, group: Vec<Fact>) {
    if !group.is_empty() {
        groups.push(group);
    }
}

fn is_same(parameter: &Value, other: &Value) -> bool {
    ["name", "in"]
        .iter()
        .all(|field| text(parameter, field) == text(other, field))
}

fn component(name: &str) -> Pointer {
    Pointer::root()
        .child("components")
        .child("schemas")
        .child(name)
}

/// Whether a pointer leads to a component of another kind.
fn is_no_schema(pointer: &Pointer) -> bool {
    let component = pointer.component();
    component.is_some_and(|(section, _)| section != "schemas")
}

/// Whether the client itself handles a response: an interim one, or a redirect.
fn is_followed(status: &str) -> bool {
    status.starts_with('1') || matches!(status, "301" | "304" | "307" | "308")
}

/// Whether the values of a media type have the structure that their schema describes: what is text or bytes has none in
/// Rust, and of what is received only JSON is decoded.
fn is_structured(media_type: &str, schema: Option<&Value>, direction: Direction) -> bool {
    match media_type::kind(media_type, schema) {
        MediaKind::Json => true,
        MediaKind::Form | MediaKind::Multipart => direction != Direction::Received,
        MediaKind::Text | MediaKind::Bytes => false,
    }
}

/// Whether a schema's type is this one, or not given.
fn may_be(schema: &Value, type_: &str) -> bool {
    text(schema, "type").is_none_or(|given| given == type_)
}

/// A value of an enumeration as code writes it, without its sign; nothing of those that need no code of their own.
fn written(value: &Value, type_: Option<&str>) -> Option<String> {
    match value {
        // A contradiction, which the checks report.
        _ if type_ == Some("boolean") => None,
        // Who lists numbers as text forgets that they are numbers.
        Value::String(text)
            if matches!(type_, Some("integer" | "number")) && text.parse::<f64>().is_ok() =>
        {
            Some(text.trim_start_matches(['+', '-']).to_owned())
        }
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => {
            let written = number.to_string();
            let written = written.trim_start_matches('-');
            // An integer may be written as `1.0`.
            let whole = written.strip_suffix(".0");
            let whole = whole.filter(|whole| type_ == Some("integer") && whole.len() < 16);
            Some(whole.unwrap_or(written).to_owned())
        }
        _ => None,
    }
}

fn text<'v>(value: &'v Value, field: &str) -> Option<&'v str> {
    value.get(field)?.as_str()
}

fn items(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

fn fields(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::iter)
}

/// The fields of an object that may have extensions.
fn extended(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    fields(value).filter(|(name, _)| !name.starts_with("x-"))
}
