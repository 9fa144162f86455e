//! What is said of an operation: on the method that begins its request, and on sending it.

use std::collections::BTreeSet;

use super::docs::{Docs, in_one_line, sentence};
use super::subject::Subject;
use super::{access, sample};
use crate::model::{Paging, Success};

impl Subject<'_> {
    pub(super) fn method_docs(&self) -> Docs {
        let operation = self.operation;
        let mut docs = Docs::default();
        if let Some(summary) = &operation.summary {
            docs = docs.markdown(&sentence(summary));
        }
        if let Some(description) = &operation.description {
            docs = docs.markdown(description);
        }
        let method = operation.method.to_uppercase();
        let mut request = vec![format!("`{method} {}`", operation.path)];
        if let Some(reference) = &operation.reference {
            request.push(format!("([reference]({reference}))"));
        }
        docs.lines(request)
            .section("Arguments", self.argument_docs())
            .section("Permissions", access::docs(&operation.access))
            .section("Examples", sample::docs(self))
    }

    fn argument_docs(&self) -> Vec<String> {
        let arguments = self.fields.iter().filter(|field| field.is_argument());
        let items = arguments.map(|field| match field.description {
            Some(description) => format!("- `{}`: {}", field.ident, in_one_line(description)),
            None => format!("- `{}`", field.ident),
        });
        let items: Vec<_> = items.collect();
        Docs::new(&items.join("\n")).into_lines()
    }

    pub(super) fn send_docs(&self) -> Docs {
        let docs = Docs::new("Sends the request.");
        let description = match &self.operation.success {
            Success::Json { description, .. } | Success::Empty { description, .. } => description,
            Success::Redirect { description, .. } => description,
        };
        let mut docs = docs.markdown(description);
        if let Success::Redirect {
            location: Some(location),
            ..
        } = &self.operation.success
        {
            docs = docs.markdown(location);
        }
        if let Some(Paging::Property(items)) = &self.operation.paging {
            docs = docs.markdown(&format!("The items of the page are in `{items}`."));
        }
        if let Some(text) = self.beside_sending() {
            docs = docs.text(text);
        }
        docs.section("Errors", self.error_docs())
    }

    /// What a request can do instead, or does by itself.
    fn beside_sending(&self) -> Option<&'static str> {
        if self.operation.paging.is_some() {
            Some("[`stream`](Self::stream) gives the items of all pages.")
        } else if self.operation.is_download() {
            Some(
                "This gives the address alone; [`download`](Self::download) fetches what is there.",
            )
        } else if self.operation.is_deletion() {
            Some(
                "A 404 is a success as well if the answer to an earlier try was lost; \
                 [`Response::status`] tells them apart.",
            )
        } else {
            None
        }
    }

    fn error_docs(&self) -> Vec<String> {
        if self.operation.errors.is_empty() {
            return vec!["What [`Error`] tells of every request.".to_owned()];
        }
        let mut lines = vec![
            "Beside what [`Error`] tells of every request, the API answers:".to_owned(),
            String::new(),
            "| status | meaning |".to_owned(),
            "| --- | --- |".to_owned(),
        ];
        for error in &self.operation.errors {
            let meaning = in_one_line(&error.description).replace('|', "\\|");
            lines.push(format!("| {} | {meaning} |", error.status));
        }
        let bodies: BTreeSet<_> = self.error_types.iter().flatten().collect();
        let links: Vec<_> = bodies.iter().filter_map(|body| link(body)).collect();
        if !links.is_empty() {
            lines.push(String::new());
            lines.push(format!(
                "[`Error::decode_body`] gives their bodies: {}.",
                links.join(", ")
            ));
        }
        lines
    }
}

/// A link to a type of the document.
fn link(type_: &str) -> Option<String> {
    let name = type_.strip_prefix("types::")?;
    Some(format!("[`{name}`](crate::types::{name})"))
}
