//! The examples of rules, as codegen reads them.

use openapi::diagnostic::{self, Example};

use crate::generate;

/// The diagnostic of a document that breaks a rule.
pub fn diagnose(example: &Example) -> String {
    let source = example.source();
    match generate(&source, &example.options()) {
        Ok(output) => diagnostic::render(&output.warnings, &source, false),
        Err(found) => found.render(&source, false),
    }
}
