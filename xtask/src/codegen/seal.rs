//! Files of a stand-alone crate that its user may edit: `Cargo.toml` and `README.md`.
//!
//! Their last line is a checksum of all lines before it. As long as it is right, the file has not been edited, and
//! codegen may replace it.

use crate::checksum::checksum;

const TOML: [&str; 2] = ["# codegen replaces this file until it is edited: ", ""];
const MARKDOWN: [&str; 2] = [
    "<!-- codegen replaces this file until it is edited: ",
    " -->",
];

/// The text with its seal, in the comments that a file of this name can have.
pub(super) fn sealed(path: &str, text: &str) -> String {
    let [before, after] = comment(path);
    let text = format!("{}\n\n", text.trim_end());
    format!("{text}{before}{:016x}{after}\n", checksum(&text))
}

/// Whether this is a text as [`sealed`] has given it; git may have changed the line ends.
pub(super) fn is_intact(path: &str, text: &str) -> bool {
    let text = text.replace("\r\n", "\n");
    let last = text
        .trim_end_matches('\n')
        .rfind('\n')
        .map_or(0, |at| at + 1);
    sealed(path, &text[..last]) == text
}

fn comment(path: &str) -> [&'static str; 2] {
    if path.ends_with(".md") {
        MARKDOWN
    } else {
        TOML
    }
}

#[cfg(test)]
mod tests {
    use super::{is_intact, sealed};

    #[test]
    fn an_edit_breaks_the_seal() {
        for path in ["Cargo.toml", "README.md"] {
            let text = sealed(path, "[package]\nname = \"a\"\n");
            assert!(is_intact(path, &text), "{text}");
            assert!(is_intact(path, &text.replace('\n', "\r\n")));
            assert!(!is_intact(path, &text.replace("\"a\"", "\"b\"")));
            assert!(!is_intact(path, &format!("{text}more\n")));
            assert!(!is_intact(path, &text.replace("[package]", "[package]\n")));
        }
        assert!(!is_intact("README.md", ""));
        assert!(!is_intact("README.md", "# Mine\n"));
    }
}
