//! The `Accept` header of a single request.

use reqwest::RequestBuilder;
use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};

/// Asks for this media type only, in place of any other.
#[allow(
    dead_code,
    reason = "a document may have each answer in one media type"
)]
pub(crate) fn accepting(request: RequestBuilder, media_type: &'static str) -> RequestBuilder {
    let accepted = HeaderValue::from_static(media_type);
    request.headers(HeaderMap::from_iter([(ACCEPT, accepted)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_one_media_type() {
        let request = reqwest::Client::new().get("http://localhost");
        let request = accepting(request.header(ACCEPT, "text/plain"), "application/ld+json");
        let request = request.build().unwrap();
        let accepted: Vec<_> = request.headers().get_all(ACCEPT).iter().collect();
        assert_eq!(accepted, ["application/ld+json"]);
    }
}
