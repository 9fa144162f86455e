//! Docs of an operation: on the method that creates its request, and on `send`.

use std::collections::BTreeSet;

use super::docs::{Docs, Target, code_span, in_one_line, sentence};
use super::subject::{RequestField, Subject};
use super::{access, request, sample};
use crate::model::{CaseKind, Paging, ParameterLocation};

impl Subject<'_> {
    pub(super) fn method_docs(&self) -> Docs {
        let operation = self.operation;
        let mut docs = Docs::default();
        if let Some(summary) = &operation.summary {
            docs = docs.markdown(&sentence(summary));
        }
        if let Some(description) = &operation.description {
            docs = docs.linked(description, &|id| self.other_operation(id));
        }
        let method = operation.method.to_uppercase();
        let mut request = vec![code_span(&format!("{method} {}", operation.path))];
        if let Some(reference) = &operation.reference {
            request.push(format!("([reference]({reference}))"));
        }
        docs.lines(request)
            .section("Arguments", self.argument_docs())
            .section(
                "Permissions",
                access::docs(self.context.api, &operation.access),
            )
            .section("Examples", sample::docs(self))
    }

    /// Another operation of the namespace, by its id.
    fn other_operation(&self, id: &str) -> Option<Target> {
        let mut operations = self.namespace.operations.iter();
        let other = operations.rfind(|other| other.id == id && other.id != self.operation.id)?;
        let owner = match &self.namespace.name {
            Some(name) => format!("crate::{name}::{}", self.owner),
            None => "crate::Client".to_owned(),
        };
        Some(Target {
            name: other.name.clone(),
            path: format!("{owner}::{}", other.name),
        })
    }

    fn argument_docs(&self) -> Vec<String> {
        let arguments = self.fields.iter().filter(|field| field.is_argument());
        let items = arguments.map(|field| {
            let description = field.description.map(in_one_line);
            let of_body = match field.parameter {
                Some(_) => None,
                None => request::body_docs(self),
            };
            let parts: Vec<_> = description
                .into_iter()
                .chain(request::values(field))
                .chain(of_body)
                .collect();
            if parts.is_empty() {
                format!("- `{}`", field.ident)
            } else {
                format!("- `{}`: {}", field.ident, parts.join(" "))
            }
        });
        let items: Vec<_> = items.collect();
        Docs::new(&items.join("\n")).into_lines()
    }

    pub(super) fn send_docs(&self) -> Docs {
        let mut docs = Docs::new("Sends the request.");
        for case in &self.operation.success.cases {
            if self.operation.success.is_choice() {
                break;
            }
            docs = docs.markdown(&case.description);
            if let CaseKind::Redirect(Some(location)) = &case.kind {
                docs = docs.markdown(location);
            }
            // The headers of a status without a body are documented at the one with a body.
            if !case.is_empty() {
                break;
            }
        }
        docs = docs.lines(self.media_docs());
        if let Some(Paging::Property(items)) = &self.operation.paging {
            docs = docs.markdown(&format!("The items of the page are in `{items}`."));
        }
        if let Some(text) = self.beside_sending() {
            docs = docs.text(text);
        }
        docs.section("Errors", self.errors.operation_docs(&self.operation.errors))
    }

    /// The docs of a setter.
    pub(super) fn setter_docs(&self, field: &RequestField<'_>) -> Docs {
        let docs = match (field.description, field.parameter) {
            (Some(description), _) => Docs::new(description),
            (None, None) => Docs::new("Sets the body of the request."),
            (None, Some(parameter)) => {
                let kind = match parameter.location {
                    ParameterLocation::Path => "part of the path",
                    ParameterLocation::Query => "query parameter",
                    ParameterLocation::Header => "header",
                    ParameterLocation::Cookie => "cookie",
                };
                Docs::new(&format!("Sets the {kind} {}.", code_span(&parameter.name)))
            }
        };
        let docs = docs.lines(request::limits(field));
        match field.parameter {
            Some(_) => docs,
            None => docs.lines(request::body_docs(self)),
        }
    }

    /// The media types that the server offers beside the one that is asked for, and the headers
    /// that come with it.
    fn media_docs(&self) -> Vec<String> {
        let success = &self.operation.success;
        let mut lines = Vec::new();
        let is_requested = |name: &&String| {
            let mut others = success.representations.iter();
            others.any(|other| other.media_type == **name)
        };
        let others = success.cases.iter().flat_map(|case| &case.others);
        let others: BTreeSet<_> = others.filter(|name| !is_requested(name)).collect();
        if !others.is_empty() {
            let others: Vec<_> = others.iter().map(|name| code_span(name)).collect();
            lines.push(format!(
                "Other media types of the response: {}.",
                others.join(", ")
            ));
        }
        if let Some(name) = super::headers::struct_name(self.operation) {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            lines.push(format!("[`{name}::of`] reads the headers of the response."));
        }
        lines
    }

    /// The alternatives to `send`, and the automatic behaviour of a request.
    fn beside_sending(&self) -> Option<&'static str> {
        if self.items.is_some() {
            Some("[`stream`](Self::stream) fetches the items of all pages.")
        } else if self.operation.is_download() {
            Some("Only the URL is returned; [`download`](Self::download) fetches the content.")
        } else if self.operation.is_deletion() {
            Some(
                "A 404 is a success too if the response to an earlier attempt was lost: see \
                 [`Response::was_already_gone`].",
            )
        } else {
            None
        }
    }
}
