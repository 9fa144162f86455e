//! Answers of the API that are compressed on their way.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use generated_client::Error;
use generated_client::reqwest::Method;
use serde_json::Value;
use tests::server::{Answer, Authority, Body, Server};
use tests::store::Store;

use crate::store_faults::{Setup, body, streamed};
use crate::{ARTIFACT, Naps, api, client, operations, patient};

const MIB: u64 = 1024 * 1024;

fn gzip(body: &Body) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&body.to_vec()).unwrap();
    encoder.finish().unwrap()
}

fn compressed(status: u16, body: impl Into<Body>) -> Answer {
    let answer = Answer::status(status).header("content-encoding", "gzip");
    answer.body(gzip(&body.into()))
}

async fn failed(answer: Answer) -> Error {
    let (_server, client) = api(answer);
    operations::get(&client).send().await.unwrap_err()
}

#[tokio::test]
async fn json() {
    for answer in [
        compressed(200, ARTIFACT),
        compressed(200, ARTIFACT).chunked(),
        compressed(200, ARTIFACT).until_close(),
        Answer::json(200, ARTIFACT),
    ] {
        let (server, client) = api(answer);
        let artifact = operations::get(&client).send().await.unwrap();
        assert_eq!(artifact.name, "Rails");
        let request = server.request();
        assert_eq!(request.header("accept-encoding"), Some("gzip"));
    }
}

#[tokio::test]
async fn errors() {
    let error = failed(compressed(404, r#"{"message": "Not Found"}"#)).await;
    assert!(error.is_not_found());
    assert_eq!(error.message(), Some("Not Found"));
}

/// Other content than JSON is requested uncompressed, and so are responses without a body.
#[tokio::test]
async fn nothing_but_json() {
    for (accept, expected) in [
        (None, "gzip"),
        (Some("application/json"), "gzip"),
        (Some("application/octet-stream"), "identity"),
    ] {
        let (server, client) = api(Answer::json(200, "{}"));
        let mut request = client.request(Method::GET, "/user");
        if let Some(accept) = accept {
            request = request.header("accept", accept);
        }
        request.send::<Value>().await.unwrap();
        assert_eq!(server.request().header("accept-encoding"), Some(expected));
    }
    let (server, client) = api(Answer::status(200));
    let request = client.request(Method::HEAD, "/user");
    request.send::<()>().await.unwrap();
    assert_eq!(server.request().header("accept-encoding"), Some("identity"));
    for method in [Method::GET, Method::HEAD] {
        let (server, client) = api(Answer::status(200));
        client.request(method, "/user").bytes().await.unwrap();
        assert_eq!(server.request().header("accept-encoding"), Some("identity"));
    }
    let (server, client) = api(Answer::status(404));
    let request = client.request(Method::GET, "/user");
    assert!(request.download().stream().next().await.unwrap().is_err());
    assert_eq!(server.request().header("accept-encoding"), Some("identity"));
}

/// Wherever it breaks off, in the eyes of HTTP or not.
#[tokio::test]
async fn truncated() {
    let whole = gzip(&ARTIFACT.into());
    let gzipped = |body: &[u8]| {
        let answer = Answer::status(200).header("content-encoding", "gzip");
        answer.body(body)
    };
    let answers = (0..whole.len()).step_by(5).flat_map(|length| {
        let cut = gzipped(&whole[..length]);
        let interrupted = gzipped(&whole).cut_after(length as u64);
        [
            cut.clone().chunked(),
            cut.clone(),
            cut.until_close(),
            interrupted,
        ]
    });
    let answers = answers.collect::<Vec<_>>();
    let count = answers.len();
    let server = Server::scripted(answers);
    let client = client(&server);
    for index in 0..count {
        let error = operations::get(&client).send().await.unwrap_err();
        let is_expected = error.is_interrupted() || error.is_decode();
        assert!(is_expected, "{index}: {error:?}");
    }
}

/// It is retried as any other body is.
#[tokio::test]
async fn truncated_for_a_while() {
    let cut = compressed(200, ARTIFACT).cut_after(100);
    let server = Server::scripted([cut, compressed(200, ARTIFACT)]);
    let client = patient(&server, &Naps::default()).build().unwrap();
    let artifact = operations::get(&client).send().await.unwrap();
    assert_eq!(artifact.name, "Rails");
}

#[tokio::test]
async fn no_gzip() {
    let answer = Answer::json(200, ARTIFACT).header("content-encoding", "gzip");
    assert!(failed(answer).await.is_interrupted());
}

/// The beginning of a gzip stream of so many MiB, compressed once.
fn compressed_zeros(count: usize) -> Vec<u8> {
    let zeros = vec![0; 1024 * 1024];
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let mut lengths = [0; 2];
    for length in &mut lengths {
        encoder.write_all(&zeros).unwrap();
        encoder.flush().unwrap();
        *length = encoder.get_ref().len();
    }
    let (first, second) = encoder.get_ref()[..lengths[1]].split_at(lengths[0]);
    [first, &second.repeat(count - 1)].concat()
}

/// A few bytes that become many: the limit is on the decompressed length.
#[tokio::test]
async fn bombs() {
    let compressed = compressed_zeros(100);
    let bomb = |status| {
        let answer = Answer::status(status).header("content-encoding", "gzip");
        answer.body(&*compressed)
    };
    let error = failed(bomb(200)).await;
    assert!(error.is_decode());
    let expected = ": the body is longer than 67108864 bytes";
    assert!(error.to_string().ends_with(expected), "{error}");
    assert_eq!(error.body().unwrap().len() as u64, MIB);
    let error = failed(bomb(404)).await;
    assert_eq!(error.body().unwrap().len() as u64, MIB);
    let (_server, client) = api(bomb(200));
    let error = client.request(Method::GET, "/user").bytes().await;
    assert!(error.unwrap_err().is_decode());
}

/// A digest is one of the bytes as they are stored: on this machine, on another by TLS, in parts.
#[tokio::test]
async fn stores() {
    let authority = Authority::new();
    let stored = gzip(&body(10_000_000));
    for store in [Store::new(stored.clone()), Store::tls(&authority, stored)] {
        let store = store.header("content-encoding", "gzip");
        let setup = Setup::trusting(store, &authority);
        setup.check_streamed().await;
        setup.check_saved().await;
        let (bytes, error) = streamed(setup.download().parallel(2)).await;
        assert!(error.is_none(), "{error:?}");
        assert!(bytes == setup.store.body().to_vec());
        for request in setup.store.requests() {
            assert_eq!(request.header("accept-encoding"), Some("identity"));
        }
    }
}
