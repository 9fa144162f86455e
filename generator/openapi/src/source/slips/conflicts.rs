//! Conflict markers that a merge has left.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::text::Span;

/// Each conflict of a text that can't be read, at its first marker.
pub(in super::super) fn conflicts(text: &str) -> Option<Diagnostics> {
    let mut conflicts: Vec<Vec<Span>> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        if is_marker(content) {
            let span = Span::new(start, start + content.len());
            match conflicts.last_mut() {
                Some(conflict) if !content.starts_with('<') => conflict.push(span),
                _ => conflicts.push(vec![span]),
            }
        }
        start += line.len();
    }
    let found: Vec<_> = conflicts.iter().map(|markers| conflict(markers)).collect();
    Diagnostics::from_found(found).err()
}

/// The starts of lines that only git's conflict markers have.
fn is_marker(line: &str) -> bool {
    let is_named = ["<<<<<<< ", "||||||| ", ">>>>>>> "];
    line == "=======" || is_named.iter().any(|marker| line.starts_with(marker))
}

fn conflict(markers: &[Span]) -> Diagnostic {
    let hint = "resolve the conflict, and remove its markers";
    let diagnostic = Diagnostic::new("merge-conflict", markers[0], "unresolved merge conflict");
    let related = markers[1..].iter();
    related
        .fold(diagnostic, |diagnostic, span| {
            diagnostic.with_related(*span, "")
        })
        .with_hint(hint)
}
