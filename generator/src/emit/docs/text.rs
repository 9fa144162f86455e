//! The visible text of docs.

use std::borrow::Cow;

/// The text without characters that can't be seen, or that change the order of others.
pub(super) fn visible(text: &str) -> String {
    if text.bytes().all(is_plain) {
        return text.to_owned();
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let visible = text.chars().filter(|&c| is_visible(c));
    // Lines are filled at any white space: none must be a part of a word before.
    let is_space = |c: char| c.is_whitespace() && !matches!(c, '\n' | '\t');
    visible.map(|c| if is_space(c) { ' ' } else { c }).collect()
}

/// The characters of most texts, which need no further check.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\t' | b' '..=b'~')
}

fn is_visible(character: char) -> bool {
    match character {
        '\n' | '\t' => true,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => false,
        '\u{61C}' | '\u{FEFF}' => false,
        _ => !character.is_control(),
    }
}

/// The text with spaces up to the columns that tabs lead to.
pub(super) fn expand_tabs(text: &str) -> Cow<'_, str> {
    if !text.contains('\t') {
        return text.into();
    }
    let mut expanded = String::with_capacity(text.len());
    let mut column = 0;
    for character in text.chars() {
        match character {
            '\t' => {
                let width = 4 - column % 4;
                expanded.push_str(&"    "[..width]);
                column += width;
            }
            '\n' => {
                expanded.push('\n');
                column = 0;
            }
            _ => {
                expanded.push(character);
                column += 1;
            }
        }
    }
    expanded.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_of_any_kind_are_spaces() {
        assert_eq!(visible("a\u{A0}b\u{2003}c\nd\te"), "a b c\nd\te");
    }

    #[test]
    fn tabs_lead_to_every_fourth_column() {
        assert_eq!(expand_tabs("\t\ta"), "        a");
        assert_eq!(expand_tabs("a\tbc\td"), "a   bc  d");
        assert_eq!(expand_tabs("abc\n\td"), "abc\n    d");
        assert_eq!(expand_tabs("a b"), "a b");
    }
}
