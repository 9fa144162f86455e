//! References that are replaced by their targets.

use serde_json::Value;

use super::Bundler;
use super::files::{Problem, Target};
use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;
use crate::references::reference;
use crate::source::places::Origin;
use crate::source::positions::{MAX_DEPTH, too_deep};
use crate::text::Span;
use crate::words;

/// How many values references may add to a document.
const MAX_VALUES: usize = 1_000_000;
/// How deep the document may become: a whole file may be a component.
const DEEPEST: usize = MAX_DEPTH + 3;

/// The size of a value.
struct Size {
    values: usize,
    height: usize,
}

impl Bundler<'_> {
    /// Replaces a reference where OpenAPI has none, if it leads out of the document or `is_path` is true.
    pub(super) fn replace_if(
        &mut self,
        is_path: bool,
        value: &mut Value,
        at: &Pointer,
        file: usize,
    ) -> usize {
        let is_outward = |text: &str| file != 0 || !text.starts_with('#');
        match reference(value) {
            Some(text) if is_path || is_outward(text) => self.replace(value, at, file),
            _ => file,
        }
    }

    /// Replaces a reference by its final target, and returns the target's file.
    pub(super) fn replace(&mut self, value: &mut Value, at: &Pointer, mut file: usize) -> usize {
        while let Some(text) = reference(value) {
            let reference_at = at.child("$ref");
            let target = match self.files.target(text, file, &mut self.warnings) {
                Ok(target) if self.open.contains(&target) => {
                    let problem = circular(text);
                    self.report(problem, &reference_at);
                    break;
                }
                Ok(target) if self.files.value(&target).is_none() => {
                    let problem = self.files.unresolved(text, &target);
                    self.report(problem, &reference_at);
                    break;
                }
                Ok(target) => target,
                Err(problem) => {
                    let problem = described(problem, text);
                    self.report(problem, &reference_at);
                    break;
                }
            };
            file = target.file;
            self.open.push(target.clone());
            if !self.put(value, at, target) {
                break;
            }
        }
        file
    }

    /// Replaces a reference by its target; returns whether that is possible.
    pub(super) fn put(&mut self, value: &mut Value, at: &Pointer, target: Target) -> bool {
        let new = self.files.value(&target).cloned().unwrap_or_default();
        let reference_at = at.child("$ref");
        if !self.is_affordable(&new, &reference_at, at.segments().count()) {
            return false;
        }
        for (key, _) in value.as_object().into_iter().flatten() {
            if key != "$ref" {
                let span = self.files.places.find(&at.child(key)).key;
                self.warnings.push(ignored_sibling(key, span));
            }
        }
        *value = new;
        let origin = Origin {
            file: target.file,
            pointer: target.pointer,
            has_key: true,
        };
        self.files.places.set_origin(at.clone(), origin);
        true
    }

    /// Whether a value may be added to the document at a certain depth; if not, the document is refused.
    pub(super) fn is_affordable(&mut self, value: &Value, at: &Pointer, depth: usize) -> bool {
        let size = size(value);
        self.values += size.values;
        let span = self.files.places.find(at).value;
        if depth + size.height > DEEPEST {
            self.refusal = Some(too_deep(span));
        } else if self.values > MAX_VALUES {
            self.refusal = Some(too_large(span));
        }
        self.refusal.is_none()
    }
}

fn size(value: &Value) -> Size {
    let mut size = Size {
        values: 0,
        height: 0,
    };
    let mut waiting = vec![(value, 0)];
    while let Some((value, depth)) = waiting.pop() {
        size.values += 1;
        size.height = size.height.max(depth);
        match value {
            Value::Array(items) => waiting.extend(items.iter().map(|item| (item, depth + 1))),
            Value::Object(fields) => {
                waiting.extend(fields.values().map(|field| (field, depth + 1)));
            }
            _ => {}
        }
    }
    size
}

fn too_large(span: Span) -> Diagnostic {
    let message = format!("references expand to more than {MAX_VALUES} values");
    Diagnostic::new("too-large", span, message)
        .with_hint("refer to schemas, parameters and other components rather than to parts of them")
}

fn circular(reference: &str) -> Problem {
    Problem::Reference {
        rule: "circular-reference",
        message: format!(
            "reference to a value that contains it: `{}`",
            words::shown(reference)
        ),
        hint: "OpenAPI has no references here: refer to a component instead".to_owned(),
    }
}

/// A problem in words, where no check has any for it.
fn described(problem: Problem, reference: &str) -> Problem {
    match problem {
        Problem::Elsewhere => Problem::Reference {
            rule: "external-reference",
            message: format!(
                "reference to something outside the document: `{}`",
                words::shown(reference)
            ),
            hint: "copy it here, or into a file beside the document".to_owned(),
        },
        other => other,
    }
}

fn ignored_sibling(key: &str, span: Span) -> Diagnostic {
    let message = format!("ignored beside `$ref`: `{}`", words::shown(key));
    Diagnostic::new("ignored-sibling", span, message)
        .with_hint("remove the field, or move it to the target of the reference")
}
