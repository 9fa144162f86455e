//! What is sent, and what happens when it cannot be read.

use std::error::Error as _;
use std::fs;
use std::io;

use bytes::Bytes;
use futures_core::Stream;
use futures_util::{StreamExt, stream};
use reqwest::{RequestBuilder, StatusCode};
use tempfile::TempDir;

use crate::runtime::Error;
use crate::runtime::body::{Multipart, Upload, multipart, upload};
use crate::runtime::tests::exchange::{Received, block_on, exchange};

const NO_CONTENT: &str = "HTTP/1.1 204 No Content\r\n\r\n";

/// Sends what a function makes of a request.
fn sent(
    build: impl FnOnce(RequestBuilder) -> Result<RequestBuilder, Error>,
) -> (Result<StatusCode, Error>, Received) {
    exchange(NO_CONTENT, async |client, url| {
        let response = build(client.put(url))?.send().await;
        let response = response.map_err(Error::transport)?;
        Ok(response.status())
    })
}

#[track_caller]
fn received(build: impl FnOnce(RequestBuilder) -> Result<RequestBuilder, Error>) -> Received {
    let (status, received) = sent(build);
    assert_eq!(status.unwrap(), StatusCode::NO_CONTENT);
    received
}

#[track_caller]
fn refused(build: impl FnOnce(RequestBuilder) -> Result<RequestBuilder, Error>) -> Error {
    let (status, received) = sent(build);
    assert!(!received.is_whole, "{received:?}");
    status.unwrap_err()
}

/// A stream of these pieces.
fn pieces<const N: usize>(
    pieces: [&'static str; N],
) -> impl Stream<Item = Result<Bytes, io::Error>> + Send + use<N> {
    stream::iter(pieces.map(|piece| Ok(Bytes::from(piece))))
}

/// A file that is longer than what is read at once, and what is in it.
fn long_file(directory: &TempDir) -> (std::path::PathBuf, Vec<u8>) {
    let path = directory.path().join("long file \"1\".bin");
    let content: Vec<u8> = (0..1_000_000_u32).flat_map(u32::to_le_bytes).collect();
    fs::write(&path, &content).unwrap();
    (path, content)
}

#[test]
fn bytes_in_memory() {
    for (content, content_type) in [
        (Upload::from("abc"), "image/png"),
        (Upload::from(b"abc".as_slice()), "image/png"),
        (
            Upload::from("abc".to_owned()).content_type("image/gif"),
            "image/gif",
        ),
        (Upload::new(Bytes::from("abc")).length(1), "image/png"),
    ] {
        let received = received(|request| upload(request, "image/png", &content));
        assert_eq!(received.header("content-type"), Some(content_type));
        assert_eq!(received.header("content-length"), Some("3"));
        assert_eq!(received.text(), "abc");
    }
}

#[test]
fn a_file_can_be_sent_again() {
    let directory = TempDir::new().unwrap();
    let (path, content) = long_file(&directory);
    let file = block_on(Upload::file(&path)).unwrap();
    for file in [&file, &file.clone()] {
        let received = received(|request| upload(request, "*/*", file));
        let content_type = received.header("content-type");
        assert_eq!(content_type, Some("application/octet-stream"));
        assert_eq!(received.header("content-length"), Some("4000000"));
        assert!(received.body == content);
    }
}

#[test]
fn a_file_that_changes_length() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("log");
    fs::write(&path, "one").unwrap();
    let file = block_on(Upload::file(&path)).unwrap();
    fs::write(&path, "one two").unwrap();
    let received = received(|request| upload(request, "text/plain", &file));
    assert_eq!(received.text(), "one");

    fs::write(&path, "o").unwrap();
    let error = refused(|request| upload(request, "text/plain", &file));
    assert!(error.is_file(), "{error:?}");
    let expected = format!("the file cannot be read: `{}`", path.display());
    assert_eq!(error.to_string(), expected);
    assert!(error.source().unwrap().is::<io::Error>());

    fs::remove_file(&path).unwrap();
    let error = refused(|request| upload(request, "text/plain", &file));
    assert!(error.is_file(), "{error:?}");
}

#[test]
fn an_empty_file() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("empty");
    fs::write(&path, "").unwrap();
    let file = block_on(Upload::file(&path)).unwrap();
    let received = received(|request| upload(request, "text/plain", &file));
    assert_eq!(received.header("content-length"), Some("0"));
    assert_eq!(received.text(), "");
}

#[test]
fn no_file() {
    let directory = TempDir::new().unwrap();
    for path in [
        directory.path().join("missing"),
        directory.path().to_owned(),
    ] {
        let error = block_on(Upload::file(&path)).unwrap_err();
        assert!(error.is_file(), "{error:?}");
    }
}

#[test]
fn streams() {
    let content = Upload::stream(pieces(["a", "", "bc"]));
    let received_one = received(|request| upload(request, "text/plain", &content));
    assert_eq!(received_one.header("content-length"), None);
    assert_eq!(received_one.header("transfer-encoding"), Some("chunked"));
    assert_eq!(received_one.text(), "abc");

    let content = Upload::stream(pieces(["a", "", "bc"])).length(3);
    let received = received(|request| upload(request, "text/plain", &content));
    assert_eq!(received.header("content-length"), Some("3"));
    assert_eq!(received.header("transfer-encoding"), None);
    assert_eq!(received.text(), "abc");
}

/// Making a request takes nothing yet: what is sent is the first that is sent.
#[test]
fn a_stream_is_sent_once() {
    let content = Upload::stream(pieces(["abc"]));
    let request = || reqwest::Client::new().put("http://localhost/");
    let another = content.clone();
    drop(upload(request(), "text/plain", &another).unwrap());
    let early = upload(request(), "text/plain", &another).unwrap();
    let received = received(|request| upload(request, "text/plain", &content));
    assert_eq!(received.text(), "abc");

    let expected = "the request's body cannot be sent again";
    let error = upload(request(), "text/plain", &another).unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!(error.to_string(), expected);

    let error = refused(|request| {
        let (client, request) = request.build_split();
        let mut early = early.build().unwrap();
        *early.url_mut() = request.unwrap().url().clone();
        Ok(RequestBuilder::from_parts(client, early))
    });
    assert_eq!(error.to_string(), expected);
}

#[test]
fn a_failing_stream() {
    let failing = || pieces(["abc"]).chain(stream::iter([Err(io::Error::other("no more"))]));
    for content in [
        Upload::stream(failing()),
        Upload::stream(failing()).length(9),
    ] {
        let error = refused(|request| upload(request, "text/plain", &content));
        assert!(error.is_upload() && !error.is_interrupted(), "{error:?}");
        assert_eq!(error.to_string(), "the stream of the request's body failed");
        assert_eq!(error.source().unwrap().to_string(), "no more");
    }
}

#[test]
fn a_stream_of_another_length() {
    for length in [2, 4] {
        let content = Upload::stream(pieces(["a", "bc"])).length(length);
        let error = refused(|request| upload(request, "text/plain", &content));
        assert!(error.is_upload(), "{error:?}");
        assert_eq!(
            error.to_string(),
            "the request's body has another length than announced"
        );
    }
}

/// What a form is made of, with `B` for what ends a part.
fn form(parts: Multipart) -> (Received, String) {
    let received = received(|request| multipart(request, parts));
    let content_type = received.header("content-type").unwrap();
    let (_, boundary) = content_type.split_once("boundary=").unwrap();
    let text = received.text().replace(boundary, "B");
    (received, text)
}

#[test]
fn parts_of_every_kind() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("a\"b.txt");
    fs::write(&path, "a file").unwrap();
    let file = block_on(Upload::file(&path)).unwrap();
    let stream = Upload::stream(pieces(["a ", "stream"]));
    let parts = Multipart::new()
        .text("one", "some text")
        .upload("two", file.content_type("text/plain"))
        .upload("three", stream.length(8));
    let (received, text) = form(parts.clone());
    let expected = "--B\r\nContent-Disposition: form-data; name=\"one\"\r\n\r\nsome text\r\n\
         --B\r\nContent-Disposition: form-data; name=\"two\"; filename=\"a%22b.txt\"\r\n\
         Content-Type: text/plain\r\n\r\na file\r\n\
         --B\r\nContent-Disposition: form-data; name=\"three\"; filename=\"three\"\r\n\
         Content-Type: application/octet-stream\r\n\r\na stream\r\n\
         --B--\r\n";
    assert_eq!(text, expected);
    let length = received.body.len().to_string();
    assert_eq!(received.header("content-length"), Some(length.as_str()));

    let request = reqwest::Client::new().put("http://localhost/");
    let error = multipart(request, parts).unwrap_err();
    assert_eq!(error.to_string(), "the request's body cannot be sent again");
}

#[test]
fn parts_of_unknown_length() {
    let stream = Upload::stream(pieces(["a"]));
    let (received, text) = form(Multipart::new().upload("s", stream));
    assert_eq!(received.header("transfer-encoding"), Some("chunked"));
    assert!(text.ends_with("\r\n\r\na\r\n--B--\r\n"), "{text}");
}

#[test]
fn nothing_prints_content() {
    let content = Upload::from("SECRET")
        .file_name("a")
        .content_type("text/plain");
    let text = format!(
        "{content:?} {:?}",
        Multipart::new().upload("n", content.clone())
    );
    assert!(!text.contains("SECRET"), "{text}");
    assert!(text.contains("length: Some(6)"), "{text}");
}
