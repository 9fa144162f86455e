//! Typing mistakes in invalid YAML: a fix is suggested if the text can be read further with it.

mod conflicts;
mod line;
mod mends;

pub(super) use conflicts::conflicts;

use super::events;
use crate::diagnostic::Diagnostic;
use line::Line;

/// Maximum length of searched texts, since each attempt to fix one reads it again.
const LONGEST: usize = 4 << 20;
/// Maximum lines searched before the unreadable one.
const SEARCHED: usize = 50;

/// A change of one line.
struct Mend {
    /// The number of the line, counted from zero.
    line: usize,
    /// The line without its end.
    mended: String,
    diagnostic: Diagnostic,
}

/// The parser's error, or the typing mistake that caused it.
pub(super) fn explain(text: &str, error: Diagnostic) -> Diagnostic {
    if text.len() > LONGEST {
        return error;
    }
    let at = text[..error.span.start.min(text.len())]
        .matches('\n')
        .count();
    let lines = line::lines(text, at + 2);
    let mends = mends::all(&lines, at);
    let helps = |mend: &Mend| events::can_be_read(&mend.applied(text, &lines), at + 2);
    match mends.into_iter().find(helps) {
        Some(mend) => mend.diagnostic,
        None => error,
    }
}

impl Mend {
    fn applied(&self, text: &str, lines: &[Line<'_>]) -> String {
        let line = &lines[self.line];
        let end = line.start + line.text.len();
        format!("{}{}{}", &text[..line.start], self.mended, &text[end..])
    }
}
