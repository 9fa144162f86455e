//! Requests by method and path.

use std::time::Duration;

use generated_client::Error;
use generated_client::reqwest::Method;
use generated_client::types::{Artifact, ArtifactPage};
use serde_json::{Value, json};
use tests::api::Api;
use tests::server::{Answer, Server};
use tests::store::Store;

use crate::{ARTIFACT, Naps, TOKEN, api, builder, client, patient};

#[tokio::test]
async fn as_any_request() {
    let (server, client) = api(Answer::json(200, ARTIFACT).header("etag", "\"1\""));
    let request = client
        .request(
            Method::GET,
            "/repos/{owner}/octo-docs/actions/artifacts/{id}",
        )
        .path("owner", "octo/org")
        .path("id", 11)
        .query("per_page", 2)
        .header("accept", "application/json");
    let artifact = request.send::<Artifact>().await.unwrap();
    assert_eq!(artifact.name, "Rails");
    assert_eq!(artifact.etag(), Some("\"1\""));
    let sent = server.request();
    assert_eq!(sent.method, "GET");
    assert_eq!(
        sent.target,
        "/repos/octo%2Forg/octo-docs/actions/artifacts/11?per_page=2"
    );
    let token = format!("Bearer {TOKEN}");
    for (name, value) in [
        ("authorization", token.as_str()),
        ("accept", "application/json"),
        ("user-agent", "tests/1.0"),
        ("x-github-api-version", "2026-03-10"),
    ] {
        assert_eq!(sent.header(name), Some(value));
    }
}

#[tokio::test]
async fn bodies() {
    let server = Server::answering(|_| Answer::json(201, r#"{"a": 1}"#));
    let client = client(&server);
    let post = client.request(Method::POST, "/a").json(&json!({"b": [1]}));
    assert_eq!(post.send::<Value>().await.unwrap()["a"], 1);
    let put = client.request(Method::PUT, "/a").body("plain");
    let put = put.header("content-type", "text/plain");
    assert_eq!(put.text().await.unwrap().to_string(), r#"{"a": 1}"#);
    let [post, put] = server.requests().try_into().unwrap();
    assert_eq!(post.body, br#"{"b":[1]}"#);
    assert_eq!(post.header("content-type"), Some("application/json"));
    assert_eq!(put.body, b"plain");
    assert_eq!(put.header("content-type"), Some("text/plain"));
}

#[tokio::test]
async fn answers() {
    let (_server, client) = api(Answer::status(204));
    let delete = client.request(Method::DELETE, "/a");
    delete.send::<()>().await.unwrap();
    let (_server, client) = api(Answer::status(200));
    let get = client.request(Method::GET, "/a");
    assert!(get.send::<Option<Artifact>>().await.unwrap().is_none());
    let (_server, client) = api(Answer::status(200).body(b"\xff\0"));
    let get = client.request(Method::GET, "/a");
    assert_eq!(get.bytes().await.unwrap().as_ref(), b"\xff\0");
    let (_server, client) = api(Answer::status(200).body(b"\xff\0").chunked());
    let get = client.request(Method::GET, "/a");
    let bytes = get.stream().await.unwrap().into_inner().bytes().await;
    assert_eq!(bytes.unwrap().as_ref(), b"\xff\0");
}

#[tokio::test]
async fn errors() {
    async fn sent(answer: Answer) -> Error {
        let (_server, client) = api(answer);
        let request = client.request(Method::GET, "/a");
        request.send::<Artifact>().await.unwrap_err()
    }
    let error = sent(Answer::json(404, r#"{"message": "Not Found"}"#)).await;
    assert!(error.is_not_found());
    assert_eq!(error.operation(), None);
    assert_eq!(error.to_string(), "GET /a: 404 Not Found: Not Found");
    assert!(sent(Answer::status(204)).await.is_decode());
    assert!(sent(Answer::json(200, "{}")).await.is_decode());
    assert!(sent(Answer::redirect(302, "/b")).await.is_redirect());
    let (_server, client) = api(Answer::status(404));
    let redirect = client.request(Method::GET, "/a").redirect().await;
    assert!(redirect.unwrap_err().is_not_found());
    // The beginning of another answer's body is none.
    let cut = Answer::json(200, ARTIFACT).cut_after(0);
    assert!(sent(cut).await.is_interrupted());
}

#[tokio::test]
async fn retries_and_moves() {
    let naps = Naps::default();
    let server = Server::scripted([
        Answer::status(503),
        Answer::status(429).header("retry-after", "7"),
        Answer::redirect(307, "/b"),
        Answer::json(200, "[]"),
    ]);
    let patient_client = patient(&server, &naps).build().unwrap();
    let request = patient_client.request(Method::GET, "/a");
    assert_eq!(*request.send::<Value>().await.unwrap(), json!([]));
    assert_eq!(server.requests().len(), 4);
    assert!(naps.taken()[1] >= Duration::from_secs(7));
    // A request that may have had its effect is not repeated.
    let server = Server::answering(|_| Answer::status(503));
    let client = patient(&server, &naps).build().unwrap();
    let request = client.request(Method::POST, "/a").json(&1);
    assert!(request.send::<()>().await.unwrap_err().is_server_error());
    assert_eq!(server.requests().len(), 1);
    let server = Server::answering(|_| Answer::hang_up());
    let client = patient(&server, &naps).build().unwrap();
    let request = client.request(Method::POST, "/a").json(&1);
    assert!(request.send::<()>().await.unwrap_err().is_interrupted());
    assert_eq!(server.requests().len(), 1);
    // Without a connection, nothing has been done.
    let naps = Naps::default();
    let client = patient(&server, &naps).base_url("http://127.0.0.1:1");
    let client = client.build().unwrap();
    let request = client.request(Method::POST, "/a").json(&1);
    assert!(request.send::<()>().await.unwrap_err().is_connect());
    assert_eq!(naps.taken().len(), 3);
}

#[tokio::test]
async fn pages() {
    let server = Api::paging([vec![1, 2], vec![3]]);
    let client = client(&server);
    let path = "/repos/octo-org/octo-docs/actions/artifacts";
    let mut pages = client.request(Method::GET, path).pages::<ArtifactPage>();
    let mut ids = Vec::new();
    while let Some(page) = pages.next().await {
        ids.extend(page.unwrap().artifacts.iter().map(|artifact| artifact.id.0));
    }
    assert_eq!(ids, [1, 2, 3]);
}

#[tokio::test]
async fn downloads() {
    let store = Store::new(vec![7; 1000]);
    let server = Api::downloading(&store);
    let client = builder(&server).build().unwrap();
    let request = client.request(Method::GET, "/a/zip");
    let redirect = request.clone().redirect().await.unwrap();
    assert!(redirect.location().starts_with(&store.url()));
    let mut chunks = request.download().stream();
    while let Some(chunk) = chunks.next().await {
        chunk.unwrap();
    }
    assert_eq!(chunks.bytes(), 1000);
    store.assert_clean();
}

/// The token goes nowhere but to the client's own origin, and to no other path than the one given.
#[tokio::test]
async fn nowhere_else() {
    let other = Server::answering(|_| Answer::json(200, "1"));
    let (server, client) = api(Answer::json(200, "1"));
    let outside = format!("{}/a", other.url());
    let port = other.url().rsplit(':').next().unwrap().to_owned();
    let attached = format!(":{port}/a");
    let user = format!("@127.0.0.1:{port}/a");
    let short = format!("//127.0.0.1:{port}/a");
    for path in [
        &outside,
        &attached,
        &user,
        &short,
        "/a/../b",
        "/a/%2e%2e/b",
        "a",
        "",
    ] {
        let request = client.request(Method::GET, path);
        let error = request.send::<Value>().await.unwrap_err();
        assert!(error.is_invalid_request(), "{path}");
    }
    let inside = format!("{}/a", server.url());
    let request = client.request(Method::GET, inside);
    request.send::<Value>().await.unwrap();
    assert_eq!(server.request().target, "/a");
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn suggested_names() {
    for (suggested, expected) in [
        (Some("attachment; filename=\"../a.zip\""), Some("a.zip")),
        (Some("attachment"), None),
        (None, None),
    ] {
        let answer = Answer::status(200).body("content");
        let (_server, client) = api(match suggested {
            Some(suggested) => answer.header("content-disposition", suggested),
            None => answer,
        });
        let body = client.request(Method::GET, "/a").stream().await.unwrap();
        assert_eq!(body.file_name().as_deref(), expected);
    }
}

#[test]
fn prints_no_query() {
    let (_server, client) = api(Answer::status(200));
    let request = client
        .request(Method::GET, "/a?b=SECRET")
        .query("c", "SECRET");
    let printed = format!("{:?}", request.header("x-a", "SECRET"));
    assert!(
        printed.contains("/a") && !printed.contains("SECRET"),
        "{printed}"
    );
}
