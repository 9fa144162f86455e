//! The token is sent only to trusted servers, and never printed.

use generated_client::Client;
use generated_client::reqwest::Proxy;
use generated_client::reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use tests::server::{Answer, Server};

use crate::{ARTIFACT, TOKEN, builder, client, operations};

#[test]
fn printed_nowhere() {
    let text = format!(
        "{:?} {:#?}",
        Client::builder().token(TOKEN),
        Client::builder().token("SECRET\n")
    );
    assert!(!text.contains("SECRET"), "{text}");

    let server = Server::scripted([]);
    let client = client(&server);
    let request = operations::get(&client);
    let text = format!("{client:?} {:?} {request:#?}", client.actions());
    assert!(!text.contains("SECRET"), "{text}");
}

/// For any status of a redirect, the other origin gets no request, and the error shows only the origin.
#[tokio::test]
async fn never_to_another_origin() {
    for status in [301, 307, 308] {
        let other = Server::answering(|_| Answer::status(500));
        let location = format!("{}/steal?sig=SIGNED", other.url());
        let server = Server::scripted([Answer::redirect(status, &location)]);
        let error = operations::get(&client(&server)).send().await.unwrap_err();
        assert!(error.is_redirect());
        assert_eq!(error.status().unwrap(), status);
        let text = format!("{error} {error:?}");
        assert!(
            text.contains(&other.url()) && !text.contains("SIGNED") && !text.contains("steal"),
            "{text}"
        );
        assert!(other.requests().is_empty());
    }
}

#[tokio::test]
async fn never_to_another_name_of_the_host() {
    for location in [
        "http://localhost:PORT/x",
        "https://127.0.0.1:PORT/x",
        "//127.0.0.1/x",
        "http://u:p@127.0.0.1:PORT/x",
    ] {
        let server = Server::answering(move |request| {
            let port = request.header("host").unwrap().rsplit(':').next().unwrap();
            Answer::redirect(307, &location.replace("PORT", port))
        });
        let error = operations::delete(&client(&server))
            .send()
            .await
            .unwrap_err();
        assert!(error.is_redirect(), "{error}");
        assert_eq!(server.requests().len(), 1);
    }
}

/// A redirect that is given to the caller is not followed at all.
#[tokio::test]
async fn never_to_the_store() {
    let store = Server::answering(|_| Answer::status(500));
    let location = format!("{}/zip?sig=SIGNED", store.url());
    let server = Server::scripted([Answer::redirect(302, &location)]);
    let redirect = operations::download(&client(&server)).send().await.unwrap();
    assert_eq!(redirect.location(), location);
    assert!(store.requests().is_empty());
}

/// Headers for the API are not sent to a store.
#[tokio::test]
async fn headers_of_the_api_alone() {
    let store = Server::answering(|_| Answer::status(200).body("content"));
    let location = format!("{}/zip?sig=SIGNED", store.url());
    let server = Server::scripted([Answer::redirect(302, &location)]);
    let key = HeaderMap::from_iter([(
        HeaderName::from_static("x-key"),
        HeaderValue::from_static("SECRET"),
    )]);
    let client = builder(&server)
        .configure_api_http(|http| http.default_headers(key))
        .build()
        .unwrap();
    let mut chunks = operations::download(&client).download().stream();
    assert_eq!(chunks.next().await.unwrap().unwrap(), "content");
    assert_eq!(server.request().header("x-key"), Some("SECRET"));
    assert_eq!(store.request().header("x-key"), None);
}

#[tokio::test]
async fn to_its_own_origin() {
    let server = Server::answering(|_| Answer::status(500));
    let client = builder(&server).build().unwrap();
    assert!(operations::get(&client).send().await.is_err());
    assert_eq!(
        server.request().header("authorization"),
        Some("Bearer SECRET-TOKEN")
    );
}

/// The client keeps no cookies.
#[tokio::test]
async fn cookies_are_not_kept() {
    let cookie = |answer: Answer| answer.header("set-cookie", "session=SIGNED; Path=/");
    let server = Server::scripted([
        cookie(Answer::redirect(301, "/moved")),
        cookie(Answer::json(200, ARTIFACT)),
        cookie(Answer::status(204)),
    ]);
    let client = client(&server);
    let artifact = operations::get(&client);
    artifact.send().await.unwrap();
    let deletion = operations::delete(&client);
    deletion.send().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert!(
        requests
            .iter()
            .all(|request| request.header("cookie").is_none())
    );
}

/// Plain http to the machine itself does not leave it, so neither does the token.
#[tokio::test]
async fn never_to_a_proxy_in_the_clear() {
    let proxy = Server::answering(|_| Answer::status(500));
    let server = Server::answering(|_| Answer::status(500));
    let through = Proxy::all(proxy.url()).unwrap();
    let client = builder(&server)
        .configure_http(|http| http.proxy(through.clone()))
        .build()
        .unwrap();
    assert!(operations::get(&client).send().await.is_err());
    assert_eq!((server.requests().len(), proxy.requests().len()), (1, 0));
}

/// A signed URL on loopback goes to a proxy only when allowed.
#[tokio::test]
async fn no_signature_to_a_proxy_in_the_clear() {
    for is_allowed in [false, true] {
        let proxy = Server::answering(|_| Answer::status(200).body("of the proxy"));
        let store = Server::answering(|request| match request.target.as_str() {
            "/zip?sig=SIGNED" => Answer::redirect(302, "/moved?sig=SIGNED"),
            _ => Answer::status(200).body("content"),
        });
        let location = format!("{}/zip?sig=SIGNED", store.url());
        let server = Server::scripted([Answer::redirect(302, &location)]);
        // Requests to the API bypass the proxy, allowed or not.
        let (api, url) = (server.url(), proxy.url());
        let through = Proxy::custom(move |target| {
            let is_api = target.as_str().starts_with(&api);
            (!is_api).then(|| url.clone())
        });
        let mut builder = builder(&server).configure_http(|http| http.proxy(through.clone()));
        if is_allowed {
            builder = builder.allow_insecure_http();
        }
        let client = builder.build().unwrap();
        let download = operations::download(&client);
        let chunk = download.download().stream().next().await.unwrap().unwrap();
        if is_allowed {
            assert_eq!(chunk, "of the proxy");
            assert_eq!(proxy.request().target, location);
            assert!(store.requests().is_empty());
        } else {
            assert_eq!(chunk, "content");
            assert_eq!((store.requests().len(), proxy.requests().len()), (2, 0));
        }
    }
}

#[tokio::test]
async fn to_a_proxy_when_allowed() {
    let proxy = Server::answering(|_| Answer::status(500));
    let through = Proxy::all(proxy.url()).unwrap();
    let client = Client::builder()
        .base_url("http://example.invalid")
        .token(TOKEN)
        .max_attempts(1)
        .allow_insecure_http();
    let client = client
        .configure_http(|http| http.proxy(through.clone()))
        .build()
        .unwrap();
    assert!(operations::get(&client).send().await.is_err());
    assert!(
        proxy
            .request()
            .target
            .starts_with("http://example.invalid/")
    );
}
