//! Keys that are the author's: names of components, paths, statuses, media types.

use super::context::Context;
use super::node::Node;
use crate::media_type::meant_by;
use crate::objects::Key;
use crate::words;

/// Checks the key of `node`.
pub(super) fn check(cx: &mut Context<'_>, node: &Node<'_, '_>, key: &str, kind: Key) {
    let (rule, what, hint) = match kind {
        Key::Component if !is_component(key) => (
            "invalid-component-name",
            "name of a component",
            "use letters, digits, `.`, `_` and `-` only".to_owned(),
        ),
        Key::Path if !key.starts_with('/') => (
            "invalid-path",
            "path, must start with `/`",
            format!("write `/{}`", words::shown(key)),
        ),
        Key::Status if !is_status(key) => ("invalid-status", "status", status_hint(key)),
        Key::MediaType => match meant_by(key) {
            Some(meant) => (
                "misspelt-media-type",
                "media type",
                format!("it is read as `{meant}`: write that"),
            ),
            None if is_media_type(key) => return,
            None => (
                "invalid-media-type",
                "media type",
                "write `type/subtype`, such as `application/json`".to_owned(),
            ),
        },
        _ => return,
    };
    let message = format!("invalid {what}: `{}`", words::shown(key));
    cx.report_shape(cx.at_key(rule, node, message).with_hint(hint));
}

fn is_component(key: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    !key.is_empty() && key.bytes().all(allowed)
}

fn is_status(key: &str) -> bool {
    match key.as_bytes() {
        b"default" => true,
        [b'1'..=b'5', b'X', b'X'] => true,
        [b'1'..=b'5', tens, ones] => tens.is_ascii_digit() && ones.is_ascii_digit(),
        _ => false,
    }
}

fn status_hint(key: &str) -> String {
    let upper = key.to_uppercase();
    if is_status(&upper) {
        return format!("write `{upper}`");
    }
    "write a status from `100` to `599`, a range such as `4XX`, or `default`".to_owned()
}

/// RFC 9110's `type/subtype`, with `*` for ranges and perhaps parameters.
fn is_media_type(key: &str) -> bool {
    let (essence, parameters) = key.split_once(';').unwrap_or((key, ""));
    let is_token = |text: &str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+*".contains(&byte);
        !text.is_empty() && text.bytes().all(allowed)
    };
    let is_printable = parameters.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    essence
        .trim_end()
        .split_once('/')
        .is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
        && is_printable
}
