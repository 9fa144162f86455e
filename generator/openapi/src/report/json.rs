//! A finding as JSON.

use serde_json::{Value, json};

use super::{Finding, Level, Position};
use crate::pointer::Pointer;

impl Finding {
    /// An object of `rule`, `level`, `message`, `hint`, `file`, `line`, `column`, `end` (with `line` and `column`) and
    /// `pointer`. Unknown values are null.
    pub fn json(&self) -> Value {
        let location = &self.location;
        let (line, column) = parts(location.start);
        let end = location.end.map(|end| {
            let (line, column) = parts(Some(end));
            json!({ "line": line, "column": column })
        });
        json!({
            "rule": self.rule,
            "level": self.level.name(),
            "message": self.message,
            "hint": self.hint,
            "file": location.file,
            "line": line,
            "column": column,
            "end": end,
            "pointer": location.pointer.as_ref().map(Pointer::as_str),
        })
    }
}

impl Level {
    /// The word for it: `error`, `warning` or `notice`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }
}

fn parts(position: Option<Position>) -> (Option<usize>, Option<usize>) {
    let line = position.map(|position| position.line);
    (line, position.and_then(|position| position.column))
}
