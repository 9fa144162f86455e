//! One operation.

use std::collections::{BTreeMap, BTreeSet};

use openapi::{Pointer, parameter_names};
use serde_json::Value;

use super::{
    Resolver, body, extension, flag, items, paging, parameter, response, security, server, text,
};
use crate::model::{Operation, Parameter, ParameterLocation};
use crate::names;

/// An operation as the document describes it.
pub(super) struct DescribedOperation<'a> {
    pub(super) path: &'a str,
    pub(super) method: &'a str,
    pub(super) item: &'a Value,
    pub(super) item_pointer: Pointer,
    pub(super) value: &'a Value,
}

/// An operation, and its namespace.
pub(super) struct ResolvedOperation {
    /// Its namespace, as the document writes it.
    pub(super) namespace: Option<String>,
    pub(super) operation: Operation,
}

impl<'a> DescribedOperation<'a> {
    pub(super) fn resolve(&self, resolver: &mut Resolver<'a>) -> ResolvedOperation {
        resolver.types.begin_operation();
        let pointer = self.item_pointer.child(self.method);
        let id = self.id();
        let (namespace, name) = self.namespace(&id);
        // Types that the operation alone uses are called after its id.
        let wish = names::type_name(&id);
        let parameters = self.parameters(resolver, &pointer, &wish);
        let responses = response::resolve(resolver, self, &pointer, &id, &wish, &parameters);
        let body = body::resolve(resolver, self, &pointer, &id, &wish);
        let access = security::access(resolver, self.value);
        let paging = paging::recognise(resolver, (self.method, &pointer), &parameters, &responses);
        let (fine_grained, classic) = extension::permissions(resolver, self.value, &pointer);
        let operation = Operation {
            name: names::value_name(&name),
            module: String::new(),
            type_name: names::type_name(&name),
            method: self.method.to_owned(),
            path: self.path.to_owned(),
            summary: text(self.value, "summary").or_else(|| text(self.item, "summary")),
            description: text(self.value, "description").or_else(|| text(self.item, "description")),
            reference: self.value.get("externalDocs").and_then(reference),
            deprecated: flag(self.value, "deprecated"),
            parameters,
            body,
            success: responses.success,
            errors: responses.errors,
            paging,
            access: crate::model::Access {
                fine_grained,
                classic,
                ..access
            },
            server: server::own(resolver, self, &pointer),
            pointer,
            id,
        };
        ResolvedOperation {
            namespace,
            operation,
        }
    }

    /// The operation's id, or one made of its method and path.
    fn id(&self) -> String {
        if let Some(id) = text(self.value, "operationId") {
            return id;
        }
        let mut words = vec![self.method.to_owned()];
        for segment in self.path.split('/').filter(|segment| !segment.is_empty()) {
            let names = parameter_names(segment);
            if names.is_empty() {
                words.push(segment.to_owned());
            } else {
                words.extend(names.iter().map(|name| format!("by_{name}")));
            }
        }
        names::value_name(&words.join("_"))
    }

    /// The operation's namespace, by its id or its first tag, and its name within that.
    fn namespace(&self, id: &str) -> (Option<String>, String) {
        if let Some((namespace, name)) = id.split_once('/')
            && !namespace.trim().is_empty()
            && !name.trim().is_empty()
        {
            return (Some(namespace.to_owned()), name.to_owned());
        }
        let tag = items(self.value, "tags").find_map(Value::as_str);
        let tag = tag.map(str::trim).filter(|tag| !tag.is_empty());
        (tag.map(str::to_owned), id.to_owned())
    }

    /// The operation's parameters and those of its path that it does not replace.
    fn parameters(
        &self,
        resolver: &mut Resolver<'a>,
        pointer: &Pointer,
        wish: &str,
    ) -> Vec<Parameter> {
        let mut found = BTreeMap::<(ParameterLocation, String), Parameter>::new();
        for (owner, at) in [(self.item, &self.item_pointer), (self.value, pointer)] {
            let mut own = BTreeMap::new();
            for (index, value) in items(owner, "parameters").enumerate() {
                let at = at.child("parameters").child(index.to_string());
                if let Some(parameter) = parameter::resolve(resolver, value, &at, wish) {
                    // Of several with the same name the first one counts.
                    let name = (parameter.location, parameter.name.clone());
                    own.entry(name).or_insert(parameter);
                }
            }
            found.extend(own);
        }
        let in_path = parameter_names(self.path);
        found.retain(|(location, name), _| {
            *location != ParameterLocation::Path || in_path.contains(&name.as_str())
        });
        for name in &in_path {
            found
                .entry((ParameterLocation::Path, (*name).to_owned()))
                .or_insert_with(|| parameter::undeclared(name, pointer));
        }
        let mut parameters: Vec<_> = found.into_values().collect();
        parameters.sort_by_cached_key(|parameter| self.rank(parameter));
        self.name_apart(resolver, &mut parameters);
        for parameter in &parameters {
            resolver.sent.push(parameter.type_.clone());
        }
        parameters
    }

    fn rank(&self, parameter: &Parameter) -> (ParameterLocation, usize, String) {
        let segment = format!("{{{}}}", parameter.name);
        let index = self.path.find(&segment).unwrap_or_default();
        (parameter.location, index, parameter.name.clone())
    }

    /// Parameters with the same name get names with their location.
    fn name_apart(&self, resolver: &mut Resolver<'_>, parameters: &mut [Parameter]) {
        let names: Vec<_> = parameters.iter().map(|one| one.name.clone()).collect();
        let mut taken = BTreeSet::new();
        if self.value.get("requestBody").is_some() && self.method != "trace" {
            taken.insert("body".to_owned());
        }
        for parameter in parameters {
            if taken.insert(parameter.field.clone()) {
                continue;
            }
            let place = match parameter.location {
                ParameterLocation::Path => "in_path",
                ParameterLocation::Query => "in_query",
                ParameterLocation::Header => "in_header",
                ParameterLocation::Cookie => "in_cookie",
            };
            let wish = format!("{}_{place}", parameter.field.trim_end_matches('_'));
            let field = names::free_name(&wish, "_", &mut taken);
            // The checks report parameters with the same name and different `in`.
            let mut homonyms = names.iter().filter(|name| **name == parameter.name);
            if homonyms.nth(1).is_none() {
                resolver.report.add(
                    "shared-name",
                    &parameter.pointer.child("name"),
                    format!(
                        "parameter `{}`: Rust name `{}` is taken, using `{field}`",
                        parameter.name, parameter.field
                    ),
                    "choose a name that differs in more than case and separators",
                );
            }
            parameter.field = field;
        }
    }
}

/// The URL of further documentation, if it can be a link.
fn reference(docs: &Value) -> Option<String> {
    let url = text(docs, "url")?;
    let is_address = url.starts_with("https://") || url.starts_with("http://");
    let is_plain = url
        .chars()
        .all(|c| c.is_ascii_graphic() && !"()<>[]`\\".contains(c));
    (is_address && is_plain).then_some(url)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_are_plain_urls() {
        let reference = |url: &str| reference(&json!({ "url": url }));
        assert_eq!(
            reference("https://a.b/c_d").as_deref(),
            Some("https://a.b/c_d")
        );
        for url in [
            "ftp://a.b",
            "/c",
            "https://a.b/(c)",
            "https://a.b/c d",
            "https://a.b/<c>",
        ] {
            assert_eq!(reference(url), None);
        }
    }
}
