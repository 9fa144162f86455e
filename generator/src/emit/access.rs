//! Who may call an operation, in words.

use crate::model::{Access, Api, Token};

/// A list, empty where the document says nothing.
pub(super) fn docs(api: &Api, access: &Access) -> Vec<String> {
    let mut lines: Vec<_> = credentials(api, access).into_iter().collect();
    let has_credentials = !lines.is_empty();
    let kinds = [
        ("Fine-grained token", permissions(access)),
        ("Classic token", scopes(access)),
    ];
    for (kind, needed) in kinds {
        if !needed.is_empty() {
            lines.push(format!("- {kind}: {needed}"));
        }
    }
    match access.token {
        // It is said of each of the credentials.
        _ if has_credentials => {}
        Token::Optional => lines.push("- Unauthenticated: public resources only".to_owned()),
        Token::Required => lines.push("- Unauthenticated: no access".to_owned()),
        Token::Unspecified => {}
    }
    lines
}

/// The permissions in one line, empty where the document says nothing.
pub(super) fn in_one_line(access: &Access) -> String {
    let mut kinds = vec![permissions(access), scopes(access)];
    kinds.retain(|kind| !kind.is_empty());
    let permissions = kinds.join(" or ");
    if access.token == Token::Optional && !permissions.is_empty() {
        format!("{permissions}; none for public resources")
    } else {
        permissions
    }
}

/// The permissions of a fine-grained token.
fn permissions(access: &Access) -> String {
    let permissions = access.fine_grained.iter();
    join(permissions.map(|(name, level)| format!("`{name}: {level}`")))
}

/// The scopes of a classic token.
fn scopes(access: &Access) -> String {
    let scopes = access.classic.iter();
    join(scopes.map(|scope| format!("scope `{scope}`")))
}

/// The credentials that an operation takes, where there are others than a token.
fn credentials(api: &Api, access: &Access) -> Option<String> {
    let alternatives = access.alternatives.as_ref()?;
    let is_token = |scheme: &usize| api.schemes[*scheme].method.is_none();
    if alternatives.iter().flatten().all(is_token) {
        return None;
    }
    let name = |scheme: &usize| {
        let method = api.schemes[*scheme].setting();
        format!("[`{method}`](crate::ClientBuilder::{method})")
    };
    let alternatives: Vec<_> = alternatives
        .iter()
        .map(|schemes| match schemes.as_slice() {
            [] => "nothing".to_owned(),
            schemes => schemes.iter().map(name).collect::<Vec<_>>().join(" and "),
        })
        .collect();
    Some(format!("- Credentials: {}", alternatives.join(", or ")))
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}
