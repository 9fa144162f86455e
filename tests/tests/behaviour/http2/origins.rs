//! Two names of one server, with one certificate for both: they are two origins, and what belongs to
//! the one is not sent to the other.

use generated_client::reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use tests::server::{Answer, Authority, Server};

use super::{artifact, builder};
use crate::Naps;
use crate::store_faults::{download, streamed};

/// A server that sends all requests to another of its names, or to itself.
fn server(authority: &Authority, store: &'static str) -> Server {
    Server::tls(authority.http2(), move |request| {
        let host = request.header("host").unwrap();
        if request.target == "/content" {
            return Answer::status(200).body("content");
        }
        let url = format!("https://{host}/content");
        let is_download = request.target.ends_with("/zip");
        Answer::redirect(
            if is_download { 302 } else { 307 },
            &url.replace("127.0.0.1", store),
        )
    })
}

#[tokio::test]
async fn downloads() {
    for store in ["localhost", "127.0.0.1"] {
        let authority = Authority::new();
        let server = server(&authority, store);
        let key = (
            HeaderName::from_static("x-key"),
            HeaderValue::from_static("SECRET"),
        );
        let client = builder(&authority, &server, &Naps::default())
            .configure_api_http(|http| http.default_headers(HeaderMap::from_iter([key])))
            .build()
            .unwrap();
        for _ in 0..2 {
            let (bytes, error) = streamed(download(&client)).await;
            assert!(error.is_none() && bytes == b"content", "{error:?}");
        }
        let requests = server.requests();
        assert_eq!(super::connections(&requests), [0, 1, 0, 1]);
        for pair in requests.chunks(2) {
            assert_eq!(pair[0].header("authorization"), Some("Bearer SECRET-TOKEN"));
            assert_eq!(pair[0].header("x-key"), Some("SECRET"));
            assert!(pair[1].header("host").unwrap().starts_with(store));
            let sent = pair[1].to_string();
            assert!(
                !sent.contains("SECRET") && !sent.contains("github"),
                "{sent}"
            );
        }
    }
}

#[tokio::test]
async fn redirects() {
    let authority = Authority::new();
    let server = server(&authority, "localhost");
    let client = builder(&authority, &server, &Naps::default());
    let error = artifact(&client.build().unwrap()).await.unwrap_err();
    assert!(error.is_redirect(), "{error:?}");
    assert_eq!(server.requests().len(), 1);
}

/// Clients of the two names share nothing.
#[tokio::test]
async fn clients() {
    let authority = Authority::new();
    let server = server(&authority, "localhost");
    for name in ["127.0.0.1", "localhost"] {
        let url = server.url().replace("127.0.0.1", name);
        let client = builder(&authority, &server, &Naps::default()).base_url(url);
        download(&client.token(name).build().unwrap())
            .stream()
            .next()
            .await
            .unwrap()
            .unwrap();
    }
    for request in server.requests() {
        let host = request.header("host").unwrap();
        if let Some(token) = request.header("authorization") {
            assert!(host.starts_with(token.strip_prefix("Bearer ").unwrap()));
        }
    }
}
