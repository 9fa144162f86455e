//! HTTP/2 responses are sent exactly as declared.

use std::time::Duration;

use generated_client::reqwest::{Certificate, Client, Error, Version};

use crate::server::{Answer, Authority, Body, GoAway, Server, script};

fn serve(answers: impl IntoIterator<Item = Answer>) -> (Server, Client) {
    let authority = Authority::new();
    let root = Certificate::from_pem(authority.certificate().as_bytes()).unwrap();
    let client = Client::builder().tls_certs_only([root]).build().unwrap();
    (Server::tls(authority.http2(), script(answers)), client)
}

/// The status, the announced length, and the body or the root cause of its absence.
async fn received(answer: Answer) -> (u16, Option<u64>, Result<String, String>) {
    let (server, client) = serve([answer]);
    let response = client.get(server.url()).send().await.unwrap();
    assert_eq!(response.version(), Version::HTTP_2);
    let (status, length) = (response.status().as_u16(), response.content_length());
    (status, length, response.text().await.map_err(innermost))
}

fn innermost(error: Error) -> String {
    let mut error: &dyn std::error::Error = &error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

fn hello() -> Answer {
    Answer::status(201).body("hello")
}

fn whole(length: Option<u64>) -> (u16, Option<u64>, Result<String, String>) {
    (201, length, Ok("hello".to_owned()))
}

#[tokio::test]
async fn framing() {
    assert_eq!(received(hello()).await, whole(Some(5)));
    assert_eq!(received(hello().chunked()).await, whole(None));
    let more = hello().after_informational(103).trailer("a", "b");
    assert_eq!(received(more).await, whole(Some(5)));
    let (_, length, body) = received(hello().length(9)).await;
    assert_eq!(length, Some(9));
    assert!(body.unwrap_err().starts_with("stream error detected"));
}

#[tokio::test]
async fn requests() {
    let (server, client) = serve([hello(), hello().last(), hello()]);
    let url = format!("{}/a?b", server.url());
    for _ in 0..3 {
        let request = client.post(&url).header("A", "b").body("body");
        request.send().await.unwrap();
    }
    let requests = server.requests();
    let connections: Vec<_> = requests.iter().map(|request| request.connection).collect();
    assert_eq!(connections, [0, 0, 1]);
    assert_eq!(requests[0].method, "POST");
    assert_eq!(requests[0].target, "/a?b");
    assert_eq!(requests[0].body, b"body");
    assert_eq!(requests[0].header("a"), Some("b"));
    assert!(server.url().ends_with(requests[0].header("host").unwrap()));
}

#[tokio::test]
async fn broken_off() {
    let words = |processed| GoAway {
        code: 11,
        text: "calm down",
        processed,
    };
    for (answer, expected) in [
        (hello().reset_after(2, 8), "stream error received: "),
        (hello().go_away_after(2, words(true)), "stream closed"),
        (hello().cut_after(2), "peer closed connection"),
    ] {
        let (server, client) = serve([answer]);
        let mut response = client.get(server.url()).send().await.unwrap();
        assert_eq!(response.chunk().await.unwrap().unwrap(), "he");
        let reason = innermost(response.chunk().await.unwrap_err());
        assert!(reason.starts_with(expected), "{reason}");
        assert_eq!(server.sent(), [2]);
    }
    for (answer, expected) in [
        (Answer::reset(2), "stream error received: "),
        (Answer::go_away(words(true)), "stream closed"),
        (
            Answer::go_away(words(false)),
            "connection error received: detected excessive load generating behavior (b\"calm down\")",
        ),
        (Answer::hang_up(), "peer closed connection"),
    ] {
        let (server, client) = serve([answer]);
        let reason = innermost(client.get(server.url()).send().await.unwrap_err());
        assert!(reason.starts_with(expected), "{reason}");
    }
}

/// A stream that is silent leaves the connection to others.
#[tokio::test]
async fn stalled() {
    for answer in [hello().stalled_after(2), Answer::silence()] {
        let (server, client) = serve([hello(), answer, hello()]);
        let get = || client.get(server.url()).send();
        get().await.unwrap();
        let silent = tokio::spawn(get());
        while server.requests().len() < 2 {
            tokio::task::yield_now().await;
        }
        get().await.unwrap();
        let requests = server.requests();
        assert!(requests.iter().all(|request| request.connection == 0));
        silent.abort();
    }
}

/// One that freezes does not: it does not even answer pings.
#[tokio::test]
async fn frozen() {
    let authority = Authority::new();
    let root = Certificate::from_pem(authority.certificate().as_bytes()).unwrap();
    let client = Client::builder()
        .tls_certs_only([root])
        .http2_keep_alive_interval(Duration::from_millis(10))
        .http2_keep_alive_timeout(Duration::from_millis(10));
    let client = client.build().unwrap();
    let server = Server::tls(authority.http2(), script([hello().frozen_after(2)]));
    let mut response = client.get(server.url()).send().await.unwrap();
    assert_eq!(response.chunk().await.unwrap().unwrap(), "he");
    response.chunk().await.unwrap_err();
}

/// No more is sent than the client has room for, and a client that goes away ends the answer.
#[tokio::test]
async fn abandoned() {
    let endless = 1 << 40;
    let (server, client) = serve([hello().body(Body::generated(1, endless)), hello()]);
    let mut response = client.get(server.url()).send().await.unwrap();
    response.chunk().await.unwrap().unwrap();
    drop(response);
    client.get(server.url()).send().await.unwrap();
    assert!(server.sent()[0] < endless / 1000);
    assert_eq!(server.requests()[1].connection, 0);
}
