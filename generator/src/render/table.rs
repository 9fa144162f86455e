//! Calls of macros that take a table, one row on each line.

use proc_macro2::{Delimiter, Group, TokenTree};
use syn::{ItemMacro, MacroDelimiter};

/// Whether a macro is called with a table: in braces.
pub(super) fn is_table(call: &ItemMacro) -> bool {
    matches!(call.mac.delimiter, MacroDelimiter::Brace(_))
}

pub(super) fn printed(call: &ItemMacro) -> String {
    let name = call.mac.path.get_ident().map(ToString::to_string);
    let mut text = format!("{}! {{\n", name.unwrap_or_default());
    for token in call.mac.tokens.clone() {
        match token {
            TokenTree::Group(rows) if rows.stream().is_empty() => text.push_str(" {}\n"),
            TokenTree::Group(rows) => text.push_str(&format!(" {{\n{}    }}\n", lines(&rows))),
            name => text.push_str(&format!("    {name}")),
        }
    }
    text + "}\n"
}

fn lines(rows: &Group) -> String {
    let mut text = String::new();
    let mut is_start = true;
    for token in rows.stream() {
        if std::mem::take(&mut is_start) {
            text.push_str("        ");
        }
        match token {
            TokenTree::Punct(mark) if mark.as_char() == ',' => {
                text.push_str(",\n");
                is_start = true;
            }
            TokenTree::Punct(mark) if mark.as_char() == '=' => text.push_str(" ="),
            TokenTree::Punct(mark) if mark.as_char() == '>' => text.push_str("> "),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
                text.push_str(&format!("({})", group.stream()));
            }
            other => text.push_str(&other.to_string()),
        }
    }
    text
}
