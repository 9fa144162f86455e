//! What bodies of answers become.

use std::fs;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use futures_util::StreamExt;
use reqwest::RequestBuilder;
use tempfile::TempDir;

use crate::runtime::body::ByteStream;
use crate::runtime::head::Head;
use crate::runtime::tests::API;
use crate::runtime::tests::exchange::{exchange, request_line};
use crate::runtime::transport::{IdleTimeout, ResponseBody};
use crate::runtime::{Answer, Error, Response, Saved};

const WHOLE: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 6\r\n\r\nabcdef";
const CUT: &str = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nabcdef";
const CHUNKED: &str =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n";
const CUT_CHUNKS: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n3\r\nd";

/// What is made of the body of an answer.
fn body<T>(answer: &str, read: impl AsyncFnOnce(ByteStream) -> T) -> T {
    let (value, _) = exchange(answer, async |client, url| {
        let (head, body) = received(client.get(url)).await;
        read(ByteStream::new(request_line(), body, &head)).await
    });
    value
}

/// The two parts of the answer to a request.
async fn received(request: RequestBuilder) -> (Head, ResponseBody) {
    let mut response = request.send().await.unwrap();
    let url = response.url().clone();
    let head = Head::take(&API, &mut response, url, SystemTime::UNIX_EPOCH);
    let limit = IdleTimeout::new(Duration::MAX);
    (head, ResponseBody::new(response, limit, None))
}

#[test]
fn pieces() {
    for (answer, length) in [(WHOLE, Some(6)), (CHUNKED, None)] {
        let gathered = body(answer, async |mut body| {
            assert_eq!(body.length(), length);
            let mut gathered = Vec::new();
            while let Some(piece) = body.chunk().await.unwrap() {
                assert!(!piece.is_empty());
                gathered.extend_from_slice(&piece);
            }
            assert_eq!(body.chunk().await.unwrap(), None);
            gathered
        });
        assert_eq!(gathered, b"abcdef");
        let items: Vec<_> = body(answer, async |body| body.collect().await);
        let pieces: Vec<Bytes> = items.into_iter().map(Result::unwrap).collect();
        assert_eq!(pieces.concat(), b"abcdef");
        let bytes = body(answer, async |body| body.bytes().await);
        assert_eq!(bytes.unwrap(), "abcdef");
    }
}

#[test]
fn a_truncated_body() {
    for answer in [CUT, CUT_CHUNKS] {
        let error = body(answer, async |body| body.bytes().await).unwrap_err();
        assert!(error.is_interrupted(), "{error:?}");

        let items: Vec<_> = body(answer, async |body| body.collect().await);
        let last = items.len() - 1;
        let failed = items.iter().position(Result::is_err);
        assert_eq!(failed, Some(last), "{items:?}");
    }
}

#[test]
fn bytes_are_limited() {
    let gathered = |limit| body(CHUNKED, async |body| body.bytes_up_to(limit).await);
    assert_eq!(gathered(6).unwrap(), "abcdef");
    let error = gathered(5).unwrap_err();
    assert!(error.is_decode());
    assert_eq!(
        error.to_string(),
        "GET /things/1: the body is longer than 5 bytes"
    );
}

fn saved(answer: &str, directory: &TempDir, overwrite: bool) -> Result<Saved, Error> {
    let path = directory.path().join("file");
    body(answer, async |body| {
        let body = if overwrite { body.overwrite() } else { body };
        body.to_file(path).await
    })
}

fn names(directory: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(directory.path()).unwrap();
    let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
    entries.map(|entry| name(entry.unwrap())).collect()
}

#[test]
fn a_file() {
    let directory = TempDir::new().unwrap();
    let saved = saved(WHOLE, &directory, false).unwrap();
    assert_eq!(saved.path, directory.path().join("file"));
    assert_eq!(saved.bytes, 6);
    assert_eq!(saved.content_type.as_deref(), Some("text/csv"));
    let digest = "sha256:bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721";
    assert_eq!(saved.digest, digest);
    assert_eq!(fs::read(saved.path).unwrap(), b"abcdef");
    assert_eq!(names(&directory), ["file"]);
}

#[test]
fn truncated_bodies_leave_no_file() {
    for answer in [CUT, CUT_CHUNKS] {
        let directory = TempDir::new().unwrap();
        let error = saved(answer, &directory, false).unwrap_err();
        assert!(error.is_interrupted(), "{error:?}");
        assert!(names(&directory).is_empty());
    }
}

#[test]
fn an_existing_file() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("file");
    fs::write(&path, "old").unwrap();
    let error = saved(WHOLE, &directory, false).unwrap_err();
    assert!(error.is_file(), "{error:?}");
    saved(CUT, &directory, true).unwrap_err();
    assert_eq!(fs::read(&path).unwrap(), b"old");
    saved(WHOLE, &directory, true).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"abcdef");
    assert_eq!(names(&directory), ["file"]);
}

/// What emitted code makes of an answer.
fn answered<T>(answer: &str, read: impl AsyncFnOnce(Answer) -> T) -> T {
    let (value, _) = exchange(answer, async |client, url| {
        let (head, body) = received(client.get(url)).await;
        read(Answer::new(request_line(), head, body, false)).await
    });
    value
}

#[test]
fn text() {
    let text = |answer| answered(answer, async |answer| answer.text().await);
    let response: Response<String> = text(WHOLE).unwrap();
    assert_eq!(
        (response.status().as_u16(), response.as_str()),
        (200, "abcdef")
    );
    assert_eq!(text(CHUNKED).unwrap().into_inner(), "abcdef");
    for answer in [CUT, CUT_CHUNKS] {
        let error = text(answer).unwrap_err();
        assert!(error.is_interrupted(), "{error:?}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    }
}

#[test]
fn a_stream() {
    let directory = TempDir::new().unwrap();
    let saved = answered(WHOLE, async |answer| {
        let response = answer.stream();
        assert_eq!(response.headers()["content-type"], "text/csv");
        let body = response.into_inner();
        body.to_file(directory.path().join("file")).await
    });
    let saved = saved.unwrap();
    assert_eq!(saved.bytes, 6);
    assert_eq!(saved.content_type.as_deref(), Some("text/csv"));
}
