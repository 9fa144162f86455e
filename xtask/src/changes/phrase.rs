//! A change in words.

use changes::{Change, DocumentLine};

use crate::terminal::plain;
use crate::workspace;

/// Subjects of one change that are listed; the rest is counted.
const LISTED: usize = 3;

/// The changed items: a few names, and the number of others.
pub(super) fn subjects(change: &Change, code: fn(&str) -> String) -> String {
    let listed: Vec<_> = change.subjects.iter().take(LISTED).collect();
    let more = change.subjects.len() - listed.len();
    let mut text = named(&listed, change, code);
    if more > 0 {
        text.push_str(&format!(" and {more} more"));
    }
    text
}

/// The changed items, in full.
pub(super) fn all_subjects(change: &Change, code: fn(&str) -> String) -> String {
    named(&change.subjects.iter().collect::<Vec<_>>(), change, code)
}

fn named(subjects: &[&String], change: &Change, code: fn(&str) -> String) -> String {
    let mut names: Vec<_> = subjects.iter().map(|subject| code(subject)).collect();
    names.extend(change.part.as_deref().map(code));
    names.join(", ")
}

/// The change: `turned optional: String → Option<String>`.
pub(super) fn what(change: &Change, code: fn(&str) -> String) -> String {
    let kind = change.rule.kind();
    let what = match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{kind}: {} → {}", code(before), code(after)),
        (None, Some(after)) if kind == "renamed" => format!("{kind} to {}", code(after)),
        (Some(only), None) | (None, Some(only)) => format!("{kind}: {}", code(only)),
        (None, None) => kind.to_owned(),
    };
    match change.cause {
        Some(cause) => format!("{what}; {cause}"),
        None => what,
    }
}

/// Where the document says so.
pub(super) fn place(place: DocumentLine) -> String {
    match place {
        DocumentLine::Before(line) => format!("{}:{line} of the base", workspace::DOCUMENT),
        DocumentLine::After(line) => format!("{}:{line}", workspace::DOCUMENT),
    }
}

/// Text as code in Markdown.
pub(super) fn code(text: &str) -> String {
    let text = plain(text);
    let runs = text.split(|character| character != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or_default() + 1);
    if fence.len() > 1 {
        format!("{fence} {text} {fence}")
    } else {
        format!("`{text}`")
    }
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn code_stays_code() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("`a`"), "`` `a` ``");
        assert_eq!(code("a``b\nc\u{1b}[0m"), "``` a``b c [0m ```");
    }
}
