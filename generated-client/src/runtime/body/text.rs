//! Text as the body of a request.

use reqwest::RequestBuilder;
use reqwest::header::CONTENT_TYPE;

/// Sends text as the body of a request.
///
/// Text of a `text/*` type is in ASCII unless it says something else, which it does when it has to.
#[allow(dead_code, reason = "a document may have no bodies of text")]
pub(crate) fn text(
    request: RequestBuilder,
    media_type: &'static str,
    body: &str,
) -> RequestBuilder {
    let lower = media_type.to_ascii_lowercase();
    let lacks_charset = lower.starts_with("text/") && !lower.contains("charset=");
    let request = if lacks_charset && !body.is_ascii() {
        request.header(CONTENT_TYPE, format!("{media_type}; charset=utf-8"))
    } else {
        request.header(CONTENT_TYPE, media_type)
    };
    request.body(body.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_types() {
        for (media_type, body, expected) in [
            ("text/plain", "a", "text/plain"),
            ("text/plain", "ä", "text/plain; charset=utf-8"),
            (
                "text/plain; Charset=UTF-8",
                "ä",
                "text/plain; Charset=UTF-8",
            ),
            ("application/xml", "<ä/>", "application/xml"),
            ("Text/XML", "<ä/>", "Text/XML; charset=utf-8"),
        ] {
            let request = reqwest::Client::new().post("http://localhost/");
            let request = text(request, media_type, body).build().unwrap();
            assert_eq!(request.headers()[CONTENT_TYPE], expected);
            let sent = request.body().and_then(reqwest::Body::as_bytes);
            assert_eq!(sent, Some(body.as_bytes()));
        }
    }
}
