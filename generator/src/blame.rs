//! Which operation progenitor failed at.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::engine::{self, Failure};
use crate::lower;
use crate::model::Api;
use crate::source::{Document, Pointer};

/// Turns a failure into diagnostics that point at the operations that cause it, each tried alone.
pub(crate) fn blame(document: &Document, api: &Api, failure: &Failure) -> Diagnostics {
    let mut diagnostics = Vec::new();
    for operation in api.operations() {
        let lowered = lower::lower(&api.only(operation));
        let failure = match lowered {
            Ok(lowered) => engine::run(&lowered).err(),
            Err(error) => Some(Failure::Refused(error.to_string())),
        };
        if let Some(failure) = failure {
            let pointer = operation.pointer.child("operationId");
            let subject = format!("operation `{}`", operation.id);
            diagnostics.push(diagnostic(document, &pointer, &subject, &failure));
        }
    }
    match Diagnostics::from_found(diagnostics) {
        Err(diagnostics) => diagnostics,
        Ok(()) => diagnostic(document, &Pointer::root(), "document", failure).into(),
    }
}

fn diagnostic(
    document: &Document,
    pointer: &Pointer,
    subject: &str,
    failure: &Failure,
) -> Diagnostic {
    let (rule, message, hint) = match failure {
        Failure::Refused(reason) => (
            "engine-refusal",
            format!("{subject}: progenitor refuses it: {reason}"),
            "describe it in simpler terms; this is a gap in the generator, worth a report",
        ),
        Failure::Surprise(what) => (
            "engine-surprise",
            format!("{subject}: progenitor emitted something unknown: {what}"),
            "the generator does not match this version of progenitor; adapt generator/src/engine",
        ),
    };
    Diagnostic::new(rule, document.span(pointer), message).with_hint(hint)
}
