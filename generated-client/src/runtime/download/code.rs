//! Error codes of stores.

use serde_json::Value;

/// Reads the code in the body of an error: `<Code>…</Code>` in XML, or in JSON the `code`, that of the
/// `error`, or the `typeKey`.
///
/// It must look like a code. Other text may contain the signed URL.
pub(super) fn code(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let json = || serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')).ok();
    let code = match xml(&text) {
        Some(code) => code.to_owned(),
        None => from_json(&json()?)?.to_owned(),
    };
    is_code(&code).then_some(code)
}

fn xml(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("<Code>")?;
    let (code, _) = rest.split_once("</Code>")?;
    Some(code.trim())
}

fn from_json(json: &Value) -> Option<&str> {
    let places = ["/code", "/error/code", "/typeKey"];
    places
        .iter()
        .find_map(|place| json.pointer(place)?.as_str())
}

fn is_code(text: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    (1..=64).contains(&text.len()) && text.bytes().all(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, expected: Option<&str>) {
        assert_eq!(code(body.as_bytes()).as_deref(), expected, "{body}");
    }

    #[test]
    fn codes() {
        check(
            "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>AuthenticationFailed</Code>\
             <Message>Server failed to authenticate the request.\nRequestId:1</Message></Error>",
            Some("AuthenticationFailed"),
        );
        check(
            "<Error>\n <Code>\n  AccessDenied\n </Code>\n <Message>Request has expired</Message>",
            Some("AccessDenied"),
        );
        check(r#"{"code": "not_found"}"#, Some("not_found"));
        check(
            r#"{"error": {"code": "BlobNotFound"}}"#,
            Some("BlobNotFound"),
        );
        check(
            "\u{feff}{\"$id\": \"1\", \"typeKey\": \"ResourceNotFoundException\"}",
            Some("ResourceNotFoundException"),
        );
    }

    #[test]
    fn no_codes() {
        for body in [
            "",
            "Forbidden",
            "<html><h1>403 Forbidden</h1></html>",
            "<Code>Cut",
            "<Code></Code>",
            "<Code>GET /?sig=SECRET</Code>",
            "<Code>&lt;</Code>",
            r#"{"code": 403}"#,
            r#"{"code": "https://store.test/?sig=SECRET"}"#,
            r#"{"error": "denied"}"#,
            r#"{"code": "cut"#,
            "[]",
        ] {
            check(body, None);
        }
        check(
            &format!("<Code>{}</Code>", "a".repeat(64)),
            Some(&"a".repeat(64)),
        );
        check(&format!("<Code>{}</Code>", "a".repeat(65)), None);
        assert_eq!(code(b"<Code>\xff</Code>"), None);
    }
}
