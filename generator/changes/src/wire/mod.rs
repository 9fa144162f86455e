//! Changes on the wire: compares two models, and the serde attributes of the types.

mod answer;
mod api;
mod json;
mod parameter;
mod request;

use std::collections::BTreeMap;

use generator::model::{Namespace, Operation};
use openapi::{Pointer, template};

use super::{Change, DocumentLine, Revision, Rule};

/// Compares what two documents say of requests and answers. `renamed` are the old paths of types by
/// the new ones, and `fields` those of fields.
pub(super) fn compare(
    before: &Revision,
    after: &Revision,
    renamed: &BTreeMap<&str, &str>,
    fields: &BTreeMap<String, String>,
) -> Vec<Change> {
    let mut wire = Wire {
        before,
        after,
        found: Vec::new(),
    };
    wire.api();
    let pairs = Pairs::new(before, after);
    for operation in pairs.removed {
        wire.removed(operation);
    }
    for operation in pairs.added {
        wire.added(operation);
    }
    for (old, new) in pairs.kept {
        wire.request(old, new);
    }
    wire.json(renamed, fields);
    wire.found
}

/// The request types that bear another name for the same request, by their old public paths.
pub(super) fn renamed_requests(before: &Revision, after: &Revision) -> BTreeMap<String, String> {
    let path = |side: &Revision, operation: &Operation| {
        let mut namespaces = side.api.namespaces.iter();
        let is_owner = |namespace: &&Namespace| {
            let mut ids = namespace.operations.iter().map(|operation| &operation.id);
            ids.any(|id| *id == operation.id)
        };
        let owner = namespaces.find(is_owner)?;
        let module = owner.name.as_deref().unwrap_or("operations");
        Some(format!("{module}::{}", operation.type_name))
    };
    let kept = Pairs::new(before, after).kept.into_iter();
    kept.filter_map(|(old, new)| Some((path(before, old)?, path(after, new)?)))
        .filter(|(old, new)| old != new)
        .collect()
}

struct Wire<'a> {
    before: &'a Revision,
    after: &'a Revision,
    found: Vec<Change>,
}

/// Which operations of two documents are the same.
struct Pairs<'a> {
    kept: Vec<(&'a Operation, &'a Operation)>,
    removed: Vec<&'a Operation>,
    added: Vec<&'a Operation>,
}

impl<'a> Pairs<'a> {
    /// By their ids, or else by method and path.
    fn new(before: &'a Revision, after: &'a Revision) -> Self {
        let mut added: Vec<_> = after.api.operations().collect();
        let (mut kept, mut removed) = (Vec::new(), Vec::new());
        let mut take = |is_same: &dyn Fn(&Operation) -> bool| {
            let at = added.iter().position(|operation| is_same(operation))?;
            Some(added.remove(at))
        };
        for old in before.api.operations() {
            match take(&|new| new.id == old.id) {
                Some(new) => kept.push((old, new)),
                None => removed.push(old),
            }
        }
        removed.retain(|old| {
            let is_same = |new: &Operation| {
                new.method == old.method && template(&new.path) == template(&old.path)
            };
            match take(&is_same) {
                Some(new) => {
                    kept.push((old, new));
                    false
                }
                None => true,
            }
        });
        Self {
            kept,
            removed,
            added,
        }
    }
}

impl Wire<'_> {
    fn removed(&mut self, operation: &Operation) {
        let change = Change::new(Rule::RequestRemoved, title(operation));
        let place = self.in_before(&operation.pointer.child("operationId"));
        self.found.push(change.at(place));
    }

    fn added(&mut self, operation: &Operation) {
        let change = Change::new(Rule::RequestAdded, title(operation));
        let place = self.in_after(&operation.pointer.child("operationId"));
        self.found.push(change.at(place));
    }

    fn in_before(&self, pointer: &Pointer) -> DocumentLine {
        DocumentLine::Before(self.before.line(pointer))
    }

    fn in_after(&self, pointer: &Pointer) -> DocumentLine {
        DocumentLine::After(self.after.line(pointer))
    }
}

/// An operation by method and path: `GET /repos/{owner}`.
fn title(operation: &Operation) -> String {
    format!("{} {}", operation.method.to_uppercase(), operation.path)
}
