//! One operation.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::resolve::{Resolver, split_id, text};
use super::{
    Access, Body, Operation, Parameter, Place, Token, extension, paging, parameter, response,
};
use crate::names;
use crate::source::Pointer;

/// An operation as the document describes it.
pub(super) struct Described<'a> {
    pub(super) path: &'a str,
    pub(super) method: &'a str,
    pub(super) item: &'a Value,
    pub(super) item_pointer: Pointer,
    pub(super) value: &'a Value,
}

impl<'a> Described<'a> {
    pub(super) fn resolve(&self, resolver: &mut Resolver<'a>) -> Operation {
        let pointer = self.item_pointer.child(self.method);
        let id = text(self.value, "operationId").unwrap_or_default();
        let (namespace, name) = split_id(&id);
        let owner = namespace.map_or("Client".to_owned(), names::namespace_type_name);
        let parameters = self.parameters(resolver, &pointer, &id);
        let responses = response::resolve(resolver, self.value, &pointer, &id);
        let paging = paging::recognise(resolver.root(), self.method, &parameters, &responses);
        Operation {
            name: names::value_name(name),
            module: names::operation_module(name, namespace),
            type_name: names::request_type_name(name, &owner),
            method: self.method.to_owned(),
            path: self.path.to_owned(),
            summary: text(self.value, "summary"),
            description: text(self.value, "description"),
            reference: self.value.get("externalDocs").and_then(reference),
            deprecated: flag(self.value, "deprecated"),
            body: self.body(resolver, &pointer, &id),
            success: match self.method {
                "head" => response::without_body(responses.success),
                _ => responses.success,
            },
            errors: responses.errors,
            access: self.access(resolver, &pointer),
            parameters,
            paging,
            pointer,
            id,
        }
    }

    /// The operation's parameters and those of its path that it does not replace.
    fn parameters(
        &self,
        resolver: &mut Resolver<'a>,
        pointer: &Pointer,
        id: &str,
    ) -> Vec<Parameter> {
        let mut found = BTreeMap::<(Place, String), Parameter>::new();
        for (owner, at) in [(self.item, &self.item_pointer), (self.value, pointer)] {
            let described = owner.get("parameters").and_then(Value::as_array);
            for (index, value) in described.into_iter().flatten().enumerate() {
                let at = at.child("parameters").child(index.to_string());
                if let Some(parameter) = parameter::resolve(resolver, value, &at, id) {
                    found.insert((parameter.place, parameter.name.clone()), parameter);
                }
            }
        }
        let mut parameters: Vec<_> = found.into_values().collect();
        parameters.sort_by_key(|parameter| self.rank(parameter));
        self.reject_collisions(resolver, &parameters, id);
        parameters
    }

    fn rank(&self, parameter: &Parameter) -> (Place, usize, String) {
        let segment = format!("{{{}}}", parameter.name);
        let index = self.path.find(&segment).unwrap_or_default();
        (parameter.place, index, parameter.name.clone())
    }

    fn reject_collisions(&self, resolver: &mut Resolver<'a>, parameters: &[Parameter], id: &str) {
        let mut fields = BTreeSet::new();
        if self.value.get("requestBody").is_some() {
            fields.insert("body");
        }
        for parameter in parameters {
            if !fields.insert(&parameter.field) {
                resolver.reject(
                    "name-collision",
                    &parameter.pointer,
                    format!(
                        "operation `{id}`: parameter `{}` has the name of another in Rust: `{}`",
                        parameter.name, parameter.field
                    ),
                    "one of them needs a name that differs in more than its spelling",
                );
            }
        }
    }

    fn body(&self, resolver: &mut Resolver<'a>, pointer: &Pointer, id: &str) -> Option<Body> {
        let at = pointer.child("requestBody");
        let (body, pointer) = resolver.follow(self.value.get("requestBody")?, &at);
        let content = body.get("content").and_then(Value::as_object)?;
        let media = content
            .iter()
            .filter(|(media_type, _)| response::is_json(media_type))
            .collect::<Vec<_>>();
        let [(media_type, media)] = media[..] else {
            resolver.reject(
                "unsupported-request-body",
                &pointer.child("content"),
                format!("operation `{id}`: the body is not JSON"),
                "give it the media type `application/json`; no other can be sent yet",
            );
            return None;
        };
        Some(Body {
            required: flag(body, "required"),
            media_type: media_type.clone(),
            description: text(body, "description"),
            schema: media.get("schema").cloned().unwrap_or(Value::Bool(true)),
            examples: response::examples(resolver, media, &format!("{id} request")),
        })
    }

    fn access(&self, resolver: &mut Resolver<'_>, pointer: &Pointer) -> Access {
        let security = self.value.get("security");
        let security = security.or_else(|| resolver.root().get("security"));
        let (fine_grained, classic) = extension::permissions(resolver, self.value, pointer);
        Access {
            token: security
                .and_then(Value::as_array)
                .map_or(Token::Unspecified, |alternatives| token(alternatives)),
            fine_grained,
            classic,
        }
    }
}

fn token(alternatives: &[Value]) -> Token {
    let none = |alternative: &Value| {
        alternative
            .as_object()
            .is_some_and(|names| names.is_empty())
    };
    if alternatives.is_empty() {
        Token::Unspecified
    } else if alternatives.iter().any(none) {
        Token::Optional
    } else {
        Token::Required
    }
}

/// The address of further documentation, if it can stand in a link.
fn reference(docs: &Value) -> Option<String> {
    let url = text(docs, "url")?;
    let is_address = url.starts_with("https://") || url.starts_with("http://");
    let is_plain = url
        .chars()
        .all(|c| c.is_ascii_graphic() && !"()<>[]`\\".contains(c));
    (is_address && is_plain).then_some(url)
}

/// A boolean field, false where it is absent.
pub(super) fn flag(value: &Value, field: &str) -> bool {
    value.get(field).and_then(Value::as_bool).unwrap_or(false)
}
