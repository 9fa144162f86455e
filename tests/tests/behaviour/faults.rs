//! Connections that fail.

use std::error::Error as _;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use generated_client::{Client, Error};
use tests::api::Api;
use tests::server::{Answer, Server};
use tests::store::Store;

use crate::store_faults::{download, streamed};
use crate::{ARTIFACT, TOKEN, builder, client, operations};

async fn get(client: &Client) -> Error {
    let sent = operations::get(client).send().await;
    sent.expect_err("a connection that fails")
}

#[track_caller]
fn check(error: &Error, expected: &str) {
    assert_eq!(
        error.to_string(),
        format!("GET /repos/octo-org/octo-docs/actions/artifacts/11: {expected}")
    );
    let mut text = format!("{error:?}");
    let mut source = error.source();
    while let Some(error) = source {
        text += &format!("\n{error}\n{error:?}");
        source = error.source();
    }
    assert!(!text.contains(TOKEN), "{text}");
}

#[tokio::test]
async fn refused() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);

    let client = Client::builder()
        .base_url(url)
        .token(TOKEN)
        .build()
        .unwrap();
    let error = get(&client).await;
    assert!(error.is_connect() && !error.is_timeout() && !error.is_interrupted());
    check(&error, "cannot connect to the server");
    assert_eq!(error.status(), None);
}

/// A server that accepts the connection, and never answers the TLS handshake.
#[tokio::test]
async fn slow_to_connect() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let client = Client::builder()
        .base_url(url)
        .max_attempts(1)
        .connect_timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    let start = Instant::now();
    let error = get(&client).await;
    assert!(error.is_connect() && error.is_timeout(), "{error:?}");
    check(&error, "connecting took too long");
    // The limit is this client's, not the default.
    assert!(start.elapsed() < Duration::from_secs(9));
}

#[tokio::test]
async fn hung_up() {
    let error = get(&client(&Server::scripted([Answer::hang_up()]))).await;
    assert!(!error.is_connect() && !error.is_timeout() && !error.is_decode());
    assert!(error.is_interrupted());
    check(&error, "the exchange with the server failed");
    assert!(format!("{error:?}").contains("Transport(reqwest::Error"));
}

#[tokio::test]
async fn cut_short() {
    let server = Server::scripted([Answer::json(200, "{").cut_short()]);
    let error = get(&client(&server)).await;
    assert!(error.is_interrupted() && !error.is_decode());
    check(&error, "200 OK: the exchange with the server failed");
}

#[tokio::test]
async fn no_http() {
    let server = Server::scripted([Answer::garbage("220 mail.test SECRET-TOKEN ESMTP\r\n")]);
    let error = get(&client(&server)).await;
    assert!(error.is_interrupted() && !error.is_connect() && !error.is_decode());
    check(&error, "the exchange with the server failed");
}

/// An HTTP client that sends nothing in the clear.
#[tokio::test]
async fn refused_by_the_http_client() {
    let server = Server::scripted([]);
    let client = builder(&server)
        .configure_http(|http| http.https_only(true))
        .build()
        .unwrap();
    let error = get(&client).await;
    assert!(error.is_invalid_request() && !error.is_interrupted());
    check(&error, "the request cannot be built");
    assert!(server.requests().is_empty());
}

/// There is a limit on silence, and none on the whole of an answer.
#[tokio::test]
async fn slow_and_steady() {
    let idle = Duration::from_millis(300);
    let answer = Answer::json(200, ARTIFACT).dripping(20, Duration::from_millis(25));
    let server = Server::scripted([answer]);
    let client = builder(&server).idle_timeout(idle).build().unwrap();
    let start = Instant::now();
    let sent = operations::get(&client).send().await;
    assert_eq!(sent.unwrap().name, "Rails");
    assert!(start.elapsed() > idle);
}

/// The status of an error is worth more than the rest of its body.
#[tokio::test]
async fn an_error_cut_short() {
    let server = Server::scripted([Answer::json(404, r#"{"message": "Not Found"}"#).cut_short()]);
    let error = get(&client(&server)).await;
    assert!(error.is_not_found());
    check(&error, "404 Not Found: Not Found");
}

/// A timeout of the HTTP client is reported like the client's own.
#[tokio::test]
async fn too_slow_for_the_http_client() {
    let server = Server::scripted([Answer::silence()]);
    let client = builder(&server)
        .configure_http(|http| http.read_timeout(Duration::from_millis(50)))
        .build()
        .unwrap();
    let error = get(&client).await;
    assert!(error.is_timeout() && !error.is_connect() && !error.is_interrupted());
    check(&error, "the server was silent for too long");
}

#[tokio::test]
async fn silent() {
    for answer in [
        Answer::silence(),
        Answer::json(200, ARTIFACT).stalled_answer_after(20),
        Answer::json(200, "{").stalled(),
    ] {
        let server = Server::scripted([answer]);
        let client = builder(&server)
            .idle_timeout(Duration::from_millis(100))
            .build()
            .unwrap();
        let start = Instant::now();
        let error = get(&client).await;
        assert!(error.is_timeout() && !error.is_interrupted(), "{error:?}");
        // The limit is this client's, not the default.
        assert!(start.elapsed() < Duration::from_secs(20));
        assert!(
            error
                .to_string()
                .ends_with("the server was silent for too long"),
            "{error}"
        );
    }
}

/// A limit that is none.
#[tokio::test]
async fn no_limit_on_silence() {
    let store = Store::new("content");
    let api = Api::downloading(&store);
    let client = builder(&api).idle_timeout(Duration::MAX).build().unwrap();
    let (bytes, error) = streamed(download(&client)).await;
    assert_eq!((bytes.as_slice(), error.is_none()), (&b"content"[..], true));
}
