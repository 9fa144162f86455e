//! Who may call an operation, in words.

use crate::model::{Access, Token};

/// A list, empty where the document says nothing.
pub(super) fn docs(access: &Access) -> Vec<String> {
    let mut lines = Vec::new();
    if !access.fine_grained.is_empty() {
        let permissions = access
            .fine_grained
            .iter()
            .map(|(name, access)| format!("`{name}: {access}`"));
        lines.push(format!("- Fine-grained token: {}", join(permissions)));
    }
    if !access.classic.is_empty() {
        let scopes = access
            .classic
            .iter()
            .map(|scope| format!("scope `{scope}`"));
        lines.push(format!("- Classic token: {}", join(scopes)));
    }
    match access.token {
        Token::Optional => lines.push("- No token: enough for what is public".to_owned()),
        Token::Required => lines.push("- No token: not enough".to_owned()),
        Token::Unspecified => {}
    }
    lines
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}
