//! The store behaves like real ones, and its faults as declared.

use generated_client::reqwest::{Client, Response};

use super::*;
use crate::server::Answer;

const BODY: &str = "0123456789";

async fn get(url: &str, headers: &[(&str, &str)]) -> Response {
    let mut request = Client::new().get(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap()
}

/// Status, `Content-Range` if any, and body.
async fn received(response: Response) -> (u16, Option<String>, String) {
    let status = response.status().as_u16();
    let range = header(&response, "content-range");
    (status, range, response.text().await.unwrap())
}

fn header(response: &Response, name: &str) -> Option<String> {
    let value = response.headers().get(name);
    value.map(|value| value.to_str().unwrap().to_owned())
}

fn part(range: &str, body: &str) -> (u16, Option<String>, String) {
    (206, Some(range.to_owned()), body.to_owned())
}

fn whole(body: &str) -> (u16, Option<String>, String) {
    (200, None, body.to_owned())
}

#[tokio::test]
async fn a_whole_object() {
    let store = Store::new(BODY).header("content-type", "application/zip");
    let response = get(&store.sign(), &[]).await;
    for (name, value) in [
        ("content-length", "10"),
        ("content-type", "application/zip"),
        ("accept-ranges", "bytes"),
        ("etag", "\"0x8DD0B1C2D3E4F01\""),
        ("last-modified", "Fri, 10 Jan 2020 14:59:01 GMT"),
    ] {
        assert_eq!(header(&response, name).as_deref(), Some(value));
    }
    assert_eq!(received(response).await, whole(BODY));
    let digest = "sha256:84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882";
    assert_eq!(store.body().digest(), digest);
    store.assert_clean();
}

#[tokio::test]
async fn parts() {
    let store = Store::new(BODY);
    let url = store.sign();
    let response = get(&url, &[("range", "bytes=7-")]).await;
    assert_eq!(received(response).await, part("bytes 7-9/10", "789"));
    let response = get(&url, &[("range", "bytes=2-3")]).await;
    assert_eq!(received(response).await, part("bytes 2-3/10", "23"));
    let (status, range, _) = received(get(&url, &[("range", "bytes=10-")]).await).await;
    assert_eq!((status, range.as_deref()), (416, Some("bytes */10")));

    let store = Store::new(BODY).without_ranges();
    let response = get(&store.sign(), &[("range", "bytes=7-")]).await;
    assert_eq!(header(&response, "accept-ranges"), None);
    assert_eq!(received(response).await, whole(BODY));
}

/// An object larger than 32 bits can count, and larger than memory.
#[tokio::test]
async fn a_part_of_a_huge_object() {
    let huge = Body::generated(1, 1 << 40);
    let store = Store::new(huge.clone());
    let response = get(&store.sign(), &[("range", "bytes=1099511627770-")]).await;
    let range = "bytes 1099511627770-1099511627775/1099511627776";
    assert_eq!(header(&response, "content-range").as_deref(), Some(range));
    let expected = huge.slice((1 << 40) - 6..1 << 40).to_vec();
    assert_eq!(response.bytes().await.unwrap(), expected);
}

#[tokio::test]
async fn versions() {
    let ask = async |store: &Store, etag: &str| {
        let headers = [("range", "bytes=7-"), ("if-match", etag)];
        received(get(&store.sign(), &headers).await).await
    };
    let first = "\"0x8DD0B1C2D3E4F01\"";

    let store = Store::new(BODY);
    assert_eq!(ask(&store, first).await, part("bytes 7-9/10", "789"));
    store.replace("abcdefghijk");
    assert_eq!(ask(&store, first).await.0, 412);
    let second = header(&get(&store.sign(), &[]).await, "etag").unwrap();
    assert_ne!(second, first);
    assert_eq!(ask(&store, &second).await, part("bytes 7-10/11", "hijk"));

    let store = Store::new(BODY).ignoring_if_match();
    store.replace("abcdefghijk");
    assert_eq!(ask(&store, first).await, part("bytes 7-10/11", "hijk"));

    for (etag, sent) in [
        (Etag::Weak, Some("W/\"0x8DD0B1C2D3E4F01\"")),
        (Etag::None, None),
    ] {
        let store = Store::new(BODY).etag(etag);
        assert_eq!(
            header(&get(&store.sign(), &[]).await, "etag").as_deref(),
            sent
        );
        assert_eq!(ask(&store, sent.unwrap_or(first)).await.0, 412);
    }

    let store = Store::new(BODY).etag(Etag::Fixed("\"same\""));
    store.replace("abcdefghijk");
    assert_eq!(ask(&store, "\"same\"").await, part("bytes 7-10/11", "hijk"));
}

#[tokio::test]
async fn signatures() {
    for (refusal, status) in [
        (Refusal::Azure, 403),
        (Refusal::S3, 403),
        (Refusal::Pipelines, 401),
        (Refusal::Page(410), 410),
    ] {
        let store = Store::new(BODY);
        let before = store.sign();
        assert_eq!(get(&before, &[]).await.status(), 200);
        store.expire(refusal);
        let response = get(&before, &[]).await;
        assert_eq!(response.status(), status);
        assert!(response.text().await.unwrap().contains(SIGNATURE));
        assert_eq!(get(&store.sign(), &[]).await.status(), 200);
    }
}

/// A URL that differs from the signed one, but means the same.
#[tokio::test]
async fn another_spelling() {
    let store = Store::new(BODY);
    let url = store.sign();
    for (from, to) in [("%2f", "%2F"), ("%3d", "="), ("+", "%20"), ("(", "%28")] {
        assert!(url.contains(from));
        assert_eq!(get(&url.replace(from, to), &[]).await.status(), 403);
    }
    assert_eq!(get(&url, &[]).await.status(), 200);
}

#[tokio::test]
async fn headers_of_the_api() {
    for name in FOREIGN {
        let store = Store::new(BODY);
        let response = get(&store.sign(), &[(name, "x")]).await;
        assert_eq!(response.status(), 400);
        let checked =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| store.assert_clean()));
        assert!(checked.is_err());
    }
}

#[tokio::test]
async fn faults_one_after_the_other() {
    let store = Store::new(BODY).faults([
        Fault::None,
        Fault::Whole,
        Fault::Part(1, 2),
        Fault::ContentRange(Some("bytes 6-8/10".to_owned())),
        Fault::ContentRange(None),
        Fault::Header("etag", "\"other\"".to_owned()),
        Fault::Length(2),
        Fault::status(503),
        Fault::Replaced(Body::from("abcdefghijk")),
    ]);
    let url = store.sign();
    let next = async || get(&url, &[("range", "bytes=7-")]).await;
    let right = part("bytes 7-9/10", "789");

    assert_eq!(received(next().await).await, right);
    assert_eq!(received(next().await).await, whole(BODY));
    assert_eq!(received(next().await).await, part("bytes 1-2/10", "12"));
    assert_eq!(received(next().await).await, part("bytes 6-8/10", "789"));
    assert_eq!(received(next().await).await, (206, None, "789".to_owned()));
    let response = next().await;
    assert_eq!(header(&response, "etag").as_deref(), Some("\"other\""));
    assert_eq!(received(response).await, right);
    assert_eq!(received(next().await).await, part("bytes 7-9/10", "78"));
    assert_eq!(next().await.status(), 503);
    assert_eq!(received(next().await).await, part("bytes 7-10/11", "hijk"));
}

#[tokio::test]
async fn a_body_cut() {
    for framed in [|store| store, Store::chunked] {
        let store = framed(Store::new(BODY)).fault(Fault::Cut(4));
        let mut response = get(&store.sign(), &[]).await;
        assert_eq!(response.chunk().await.unwrap().unwrap(), "0123");
        assert!(response.chunk().await.is_err());
        assert_eq!(received(get(&store.sign(), &[]).await).await, whole(BODY));
    }

    let store = Store::new(BODY).until_close().fault(Fault::Cut(4));
    assert_eq!(received(get(&store.sign(), &[]).await).await, whole("0123"));
}

/// Refusals use up no faults.
#[tokio::test]
async fn expired_meanwhile() {
    let instead = Fault::Instead(Answer::redirect(302, "/elsewhere"));
    let store = Store::new(BODY).faults([Fault::Expired(Refusal::S3), instead]);
    let url = store.sign();
    for _ in 0..2 {
        let response = get(&url, &[]).await;
        assert_eq!(response.status(), 403);
        assert!(response.text().await.unwrap().contains("<Expires>"));
    }
    let client = Client::builder().redirect(generated_client::reqwest::redirect::Policy::none());
    let response = client
        .build()
        .unwrap()
        .get(store.sign())
        .send()
        .await
        .unwrap();
    assert_eq!(header(&response, "location").as_deref(), Some("/elsewhere"));
    assert_eq!(store.requests().len(), 3);
}
