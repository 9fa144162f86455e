//! Texts of the documents in messages: between backticks, and with none of their own, so that it is
//! plain which words are ours.

use openapi::words::{shown, shown_up_to};

/// Maximum characters shown of a request: most of GitHub's paths have more than 60.
const LONGEST_REQUEST: usize = 160;

/// A text of a document as messages show it.
pub(super) fn quoted(text: &str) -> String {
    if text.is_empty() {
        return "`\"\"`".to_owned();
    }
    format!("`{}`", shown(&without_quotes(text)))
}

/// `` `get /things` ``
pub(super) fn quoted_request(method: &str, path: &str) -> String {
    let request = without_quotes(&format!("{method} {path}"));
    format!("`{}`", shown_up_to(LONGEST_REQUEST, &request))
}

pub(super) fn without_quotes(text: &str) -> String {
    text.replace('`', "'")
}
