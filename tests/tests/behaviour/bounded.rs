//! Limits for the length of a body.

use generated_client::Client;
use tests::server::{Answer, Body, Server};

use crate::{ARTIFACT, client, operations};

const MIB: u64 = 1024 * 1024;

/// The kept part of an error's body, in bytes.
const KEPT: u64 = MIB;

/// Bytes that may be under way when the client disconnects: the size of the sockets' buffers.
const ON_THE_WAY: u64 = 32 * MIB;

/// An answer of 100 MiB.
fn huge(answer: Answer) -> Answer {
    answer.body(Body::repeating(b"x", 100 * MIB))
}

/// The client has gone away by now, and had read no more than this.
#[track_caller]
fn check(server: &Server, answer: usize, read: u64) {
    let sent = server.sent()[answer];
    assert!(sent < read + ON_THE_WAY, "{} MiB", sent / MIB);
}

#[tokio::test(flavor = "multi_thread")]
async fn errors() {
    for answer in [
        huge(Answer::status(404)),
        huge(Answer::status(502)).chunked(),
        huge(Answer::status(410)).until_close(),
        huge(Answer::status(202)),
    ] {
        let server = Server::scripted([answer]);
        let client = client(&server);
        let sent = operations::get(&client);
        let error = sent.send().await.unwrap_err();
        assert_eq!(error.body().unwrap().len() as u64, KEPT);
        check(&server, 0, KEPT);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_success() {
    let server = Server::scripted([huge(Answer::status(200))]);
    let client = client(&server);
    let sent = operations::get(&client);
    let error = sent.send().await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(
        error.to_string(),
        "GET /repos/octo-org/octo-docs/actions/artifacts/11: 200 OK: the body is longer than 67108864 bytes"
    );
    assert_eq!(error.body().unwrap().len() as u64, KEPT);
    check(&server, 0, 64 * MIB);
}

/// The archive itself, where a redirect to it is documented.
#[tokio::test(flavor = "multi_thread")]
async fn a_success_instead_of_a_redirect() {
    let server = Server::scripted([huge(Answer::status(200))]);
    let client = client(&server);
    let sent = operations::download(&client);
    let error = sent.send().await.unwrap_err();
    assert!(error.is_unexpected());
    check(&server, 0, KEPT);
}

/// The bodies of redirects and deletions are not read.
#[tokio::test(flavor = "multi_thread")]
async fn unread_bodies() {
    let server = Server::scripted([
        huge(Answer::redirect(302, "https://store.test/")),
        huge(Answer::redirect(301, "/moved")),
        Answer::json(200, ARTIFACT),
        huge(Answer::redirect(307, "/moved")).chunked(),
        Answer::status(204),
    ]);
    let client: Client = client(&server);
    let download = operations::download(&client);
    download.send().await.unwrap();
    let artifact = operations::get(&client);
    artifact.send().await.unwrap();
    let deletion = operations::delete(&client);
    deletion.send().await.unwrap();
    for answer in [0, 1, 3] {
        check(&server, answer, 0);
    }
}

/// The client gives up by itself: it neither waits for the end nor for its limit on silence.
#[tokio::test]
async fn a_head_without_an_end() {
    let endless = Answer::redirect(302, &"x".repeat(2_000_000)).stalled_answer_after(1_000_000);
    let server = Server::scripted([endless]);
    let client = client(&server);
    let sent = operations::download(&client);
    assert!(sent.send().await.unwrap_err().is_interrupted());
}
