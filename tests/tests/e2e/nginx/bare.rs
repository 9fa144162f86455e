//! Responses of nginx to requests without the client.

use generated_client::reqwest::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_RANGE, COOKIE, ETAG, HeaderName,
    IF_MATCH, RANGE,
};
use generated_client::reqwest::{Client, Response};

use super::object::Object;

async fn get(url: &str) -> Response {
    get_with(url, &[]).await
}

/// Compressed content stays compressed.
async fn get_with(url: &str, headers: &[(HeaderName, &str)]) -> Response {
    let client = Client::builder().no_gzip().build().expect("a client");
    let mut request = client.get(url);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    request.send().await.expect("an answer")
}

fn header(response: &Response, name: HeaderName) -> &str {
    response.headers()[name].to_str().expect("text")
}

#[tokio::test]
async fn whole() {
    let object = Object::random("bare-whole.zip", 1000);
    let response = get(&object.url()).await;
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, ACCEPT_RANGES), "bytes");
    assert_eq!(header(&response, ETAG), r#""3b9aca00-3e8""#);
    assert_eq!(response.bytes().await.expect("a body"), object.bytes);
}

#[tokio::test]
async fn in_part() {
    let mut object = Object::random("bare-part.zip", 1000);
    let etag = (IF_MATCH, r#""3b9aca00-3e8""#);
    let response = get_with(&object.url(), &[(RANGE, "bytes=600-"), etag.clone()]).await;
    assert_eq!(response.status(), 206);
    assert_eq!(header(&response, CONTENT_RANGE), "bytes 600-999/1000");
    assert_eq!(response.bytes().await.expect("a body"), object.bytes[600..]);

    let beyond = get_with(&object.url(), &[(RANGE, "bytes=1000-")]).await;
    assert_eq!(beyond.status(), 416);

    object.replace();
    let changed = get_with(&object.url(), &[(RANGE, "bytes=600-"), etag]).await;
    assert_eq!(changed.status(), 412);
}

#[tokio::test]
async fn not_without_a_valid_signature() {
    let object = Object::random("bare-signed.zip", 1000);
    assert_eq!(get(&object.forged_url()).await.status(), 403);
    assert_eq!(get(&object.expired_url()).await.status(), 410);
}

/// The digest would be of other bytes.
#[tokio::test]
async fn compressed_on_request() {
    let object = Object::new("bare-compressed.txt", b"all the same ".repeat(1000));
    let response = get_with(&object.url(), &[(ACCEPT_ENCODING, "gzip")]).await;
    assert_eq!(header(&response, CONTENT_ENCODING), "gzip");
    assert_ne!(response.bytes().await.expect("a body"), object.bytes);
}

#[tokio::test]
async fn the_log_has_the_headers_sent() {
    let object = Object::random("bare-log.zip", 1000);
    let headers = [
        (RANGE, "bytes=9-"),
        (COOKIE, "a=1"),
        (HeaderName::from_static("x-odd"), "1"),
    ];
    get_with(&object.url(), &headers[..2]).await;
    get_with(&object.url(), &headers).await;
    let [known, odd] = object.sent().await.try_into().expect("two requests");
    assert_eq!((known.status, known.header("cookie")), (206, Some("a=1")));
    assert_eq!(known.header("range"), Some("bytes=9-"));
    assert!(known.is_accounted_for(), "{known:?}");
    assert!(!odd.is_accounted_for(), "{odd:?}");
}
