//! Responses are sent exactly as declared, to the byte.

use std::io::{Read, Write};
use std::mem::ManuallyDrop;
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use generated_client::reqwest::{Certificate, Client};

use super::*;

fn connect(server: &Server) -> TcpStream {
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
    stream
}

/// Everything that a client receives that sends nothing after its request.
fn received(answer: Answer) -> Vec<u8> {
    let server = Server::scripted([answer]);
    let mut stream = connect(&server);
    stream.shutdown(Shutdown::Write).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    assert_eq!(server.sent(), [bytes.len() as u64]);
    bytes
}

#[track_caller]
fn check(answer: Answer, expected: &str) {
    assert_eq!(String::from_utf8(received(answer)).unwrap(), expected);
}

fn hello() -> Answer {
    Answer::status(200).body("hello")
}

#[test]
fn framing() {
    let start = "HTTP/1.1 200 As Scripted\r\n";
    check(hello(), &format!("{start}content-length: 5\r\n\r\nhello"));
    check(
        hello().chunked(),
        &format!("{start}transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
    );
    check(
        hello().until_close().header("a", "b"),
        &format!("{start}a: b\r\nconnection: close\r\n\r\nhello"),
    );
    check(
        hello().length(3),
        &format!("{start}content-length: 3\r\n\r\nhello"),
    );
    check(
        hello().length(9),
        &format!("{start}content-length: 9\r\n\r\nhello"),
    );
    check(
        Answer::status(204).header("a", "b"),
        "HTTP/1.1 204 As Scripted\r\na: b\r\n\r\n",
    );
    check(Answer::garbage("220 ESMTP\r\n"), "220 ESMTP\r\n");
    check(Answer::hang_up(), "");
}

#[test]
fn cut() {
    for answer in [hello(), hello().chunked(), hello().until_close()] {
        let whole = received(answer.clone());
        for bytes in 0..=whole.len() {
            let cut = received(answer.clone().cut_answer_after(bytes as u64));
            assert_eq!(cut, whole[..bytes]);
        }
        let start = whole.windows(5).position(|window| window == b"hello");
        for bytes in 1..=5 {
            let cut = received(answer.clone().cut_after(bytes as u64));
            assert_eq!(cut, whole[..start.unwrap() + bytes]);
        }
        let head = received(answer.cut_after(0));
        assert!(whole.starts_with(&head) && head.len() <= start.unwrap());
    }
}

/// The client gets the available bytes, and then nothing until it disconnects.
#[test]
fn stalled() {
    let server = Server::scripted([hello().stalled_after(2)]);
    let mut stream = connect(&server);
    let expected = b"HTTP/1.1 200 As Scripted\r\ncontent-length: 5\r\n\r\nhe";
    let mut bytes = vec![0; expected.len()];
    stream.read_exact(&mut bytes).unwrap();
    assert_eq!(bytes, expected);
    // Had the server closed the connection, this would be an error on it.
    stream.write_all(b"still there").unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    assert_eq!(stream.read(&mut [0]).unwrap(), 0);
    assert_eq!(server.sent(), [expected.len() as u64]);
}

/// A client that disconnects ends the response, however long it is.
#[test]
fn abandoned() {
    let endless = 1 << 40;
    let server = Server::scripted([Answer::status(200).body(Body::generated(1, endless))]);
    let mut stream = connect(&server);
    stream.read_exact(&mut [0; 1000]).unwrap();
    drop(stream);
    assert!(server.sent()[0] < endless / 1000);
}

#[test]
fn dropped() {
    let server = Server::scripted([Answer::silence()]);
    let mut stream = connect(&server);
    while server.requests().is_empty() {
        thread::yield_now();
    }
    drop(server);
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    assert_eq!(stream.read(&mut [0]).unwrap(), 0);
}

#[test]
#[should_panic(expected = "the server panicked: as the test wants it")]
fn panics_are_reported() {
    let server = ManuallyDrop::new(panicking());
    server.requests();
}

#[test]
#[should_panic(expected = "the server panicked: as the test wants it")]
fn panics_are_reported_at_the_end() {
    drop(panicking());
}

/// A server that has already panicked.
fn panicking() -> Server {
    let server = Server::answering(|_| panic!("as the test wants it"));
    let read = connect(&server).read(&mut [0]);
    assert_eq!(read.unwrap_or_default(), 0);
    server
}

/// Over TLS, a body that ends with the connection is complete if the server sends `close_notify`.
#[tokio::test]
async fn until_close_over_tls() {
    let authority = Authority::new();
    let root = Certificate::from_pem(authority.certificate().as_bytes()).unwrap();
    let client = Client::builder().tls_certs_only([root]).build().unwrap();
    for (answer, whole) in [
        (hello().until_close(), true),
        (hello().until_close().cut_after(5), false),
        (hello().until_close().cut_after(2), false),
    ] {
        let server = Server::tls(&authority, script([answer]));
        let response = client.get(server.url()).send().await.unwrap();
        assert_eq!(response.text().await.is_ok(), whole);
    }
}
