//! Text from elsewhere, made fit for one line of a log.

use std::fmt::{self, Write};

/// Shows text with its line breaks and control characters escaped, and those that reorder what is
/// around them.
pub(super) struct OneLine<'a>(pub(super) &'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| {
            if c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
                write!(f, "{}", c.escape_default())
            } else {
                f.write_char(c)
            }
        })
    }
}

/// Shows so many characters of a text at most, on one line.
pub(super) struct Beginning<'a>(pub(super) &'a str, pub(super) usize);

impl fmt::Display for Beginning<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(self.1) {
            Some((end, _)) => write!(f, "{}…", OneLine(&self.0[..end])),
            None => OneLine(self.0).fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line() {
        for (text, expected) in [
            ("it's \"ü\" \\ `x`", "it's \"ü\" \\ `x`"),
            ("a\r\nb\t\u{1b}[31m", "a\\r\\nb\\t\\u{1b}[31m"),
            (
                "\u{85}\u{2028}\u{202e}\u{2066}",
                "\\u{85}\\u{2028}\\u{202e}\\u{2066}",
            ),
        ] {
            assert_eq!(OneLine(text).to_string(), expected);
        }
    }
}
