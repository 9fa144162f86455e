//! Requests that match expectations, and their responses.

use std::io::{Read, Write};
use std::net::TcpStream;

use generated_client::mock::{Mock, MockResponse, examples};
use generated_client::types::{BasicError, Direction};
use generated_client::{Conditional, reqwest::Method};

use super::{artifact, download, get, page};

#[tokio::test]
async fn a_success() {
    let mock = Mock::start();
    mock.actions()
        .get_artifact(|when| when.owner("octo-org").repo("octo-docs").artifact_id(11))
        .respond(artifact(11));
    assert_eq!(*get(&mock, 11).await.expect("the artifact"), artifact(11));
}

#[tokio::test]
async fn a_success_without_a_body() {
    let mock = Mock::start();
    let deletion = mock
        .actions()
        .delete_artifact(|when| when.artifact_id(11))
        .respond(());
    let actions = mock.client().actions();
    let deleted = actions
        .delete_artifact("octo-org", "octo-docs", 11)
        .await
        .expect("done");
    assert_eq!(deleted.status(), 204);
    assert_eq!(deletion.requests(), 1);
}

#[tokio::test]
async fn a_documented_error() {
    let mock = Mock::start();
    mock.actions()
        .download_artifact(|when| when)
        .respond_error(410, examples::artifact_gone());
    let failed = download(&mock).await.expect_err("it is gone");
    assert!(failed.is_gone());
    assert_eq!(failed.message(), Some("Artifact has expired"));
}

#[tokio::test]
#[should_panic(expected = "the API documents no error of status `418` for `actions/get-artifact`")]
async fn an_undocumented_error() {
    let mock = Mock::start();
    mock.actions()
        .get_artifact(|when| when)
        .respond_error(418, BasicError::example());
}

#[tokio::test]
#[should_panic(
    expected = "the API documents another body of status `410` for `actions/download-artifact`: \
                it is no `BasicError`"
)]
async fn another_error_body() {
    let mock = Mock::start();
    mock.actions()
        .download_artifact(|when| when)
        .respond_error(410, "it is gone");
}

#[tokio::test]
async fn any_answer() {
    let mock = Mock::start();
    let response = MockResponse::new(418)
        .header("x-github-request-id", "7")
        .body("a teapot");
    mock.actions()
        .get_artifact(|when| when)
        .respond_with(response);
    let failed = get(&mock, 11).await.expect_err("a teapot");
    assert_eq!(failed.request_id(), Some("7"));
    assert_eq!(failed.body(), Some("a teapot"));
}

/// Each request is for the first expectation that it fits.
#[tokio::test]
async fn arguments() {
    let mock = Mock::start();
    let actions = mock.actions();
    actions
        .get_artifact(|when| when.artifact_id(1))
        .respond(artifact(1));
    actions
        .get_artifact(|when| when.artifact_id(2))
        .respond(artifact(2));
    actions
        .get_artifact(|when| when.repo("a b/c"))
        .respond(artifact(3));
    actions.get_artifact(|when| when).respond(artifact(4));
    let client = mock.client().actions();
    for (repo, requested, got) in [
        ("octo-docs", 2, 2),
        ("octo-docs", 1, 1),
        ("a b/c", 9, 3),
        ("octo-docs", 9, 4),
    ] {
        let found = client
            .get_artifact("octo-org", repo, requested)
            .await
            .expect("an artifact");
        assert_eq!(*found, artifact(got));
    }
}

#[tokio::test]
async fn queries() {
    let mock = Mock::start();
    let actions = mock.actions();
    actions
        .list_workflow_run_artifacts(|when| when.name("a&b=c").direction(Direction::Asc))
        .respond(page([1]));
    actions
        .list_workflow_run_artifacts(|when| when.per_page(7))
        .respond(page([2]));
    let list = || {
        mock.client()
            .actions()
            .list_workflow_run_artifacts("octo-org", "octo-docs", 5)
    };
    let found = list()
        .name("a&b=c")
        .direction(Direction::Asc)
        .per_page(7)
        .send()
        .await;
    assert_eq!(*found.expect("a page"), page([1]));
    let found = list().name("a").per_page(7).send().await;
    assert_eq!(*found.expect("a page"), page([2]));
}

/// The last answer is for all requests that are left.
#[tokio::test]
async fn a_sequence() {
    let mock = Mock::start();
    mock.actions()
        .get_artifact(|when| when)
        .respond_error(503, examples::server_error())
        .respond(artifact(1))
        .respond(artifact(2))
        .times(4);
    for expected in [1, 2, 2] {
        let found = get(&mock, 1).await.expect("an artifact");
        assert_eq!(*found, artifact(expected));
    }
}

#[tokio::test]
async fn a_used_up_expectation() {
    let mock = Mock::start();
    mock.actions()
        .get_artifact(|when| when)
        .respond(artifact(1))
        .times(1);
    mock.actions()
        .get_artifact(|when| when)
        .respond(artifact(2));
    for expected in [1, 2, 2] {
        let found = get(&mock, 1).await.expect("an artifact");
        assert_eq!(*found, artifact(expected));
    }
}

#[tokio::test]
async fn not_modified() {
    let mock = Mock::start();
    mock.actions()
        .get_artifact(|when| when)
        .respond(artifact(1))
        .header("etag", "\"a\"");
    let request = get(&mock, 1);
    let found = request
        .clone()
        .send_if_changed("\"b\"")
        .await
        .expect("an answer");
    assert!(matches!(found, Conditional::Modified(found) if found.etag() == Some("\"a\"")));
    let found = request.send_if_changed("\"a\"").await.expect("an answer");
    assert!(matches!(found, Conditional::NotModified(_)));
}

/// Requests by method and path fit as well.
#[tokio::test]
async fn requests_by_path() {
    let mock = Mock::start();
    mock.actions()
        .delete_artifact(|when| when.artifact_id(11))
        .respond(());
    let path = "/repos/octo-org/octo-docs/actions/artifacts/{id}";
    let request = mock.client().request(Method::DELETE, path).path("id", 11);
    assert_eq!(request.bytes().await.expect("done").status(), 204);
}

/// Code that builds its own client, or whose test blocks, is served too.
#[test]
fn without_a_runtime() {
    let mock = Mock::start();
    mock.actions()
        .get_artifact(|when| when)
        .respond(artifact(1));
    let client = mock
        .builder()
        .token("SECRET-TOKEN")
        .build()
        .expect("a client");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let found = runtime.block_on(
        client
            .actions()
            .get_artifact("octo-org", "octo-docs", 1)
            .send(),
    );
    assert_eq!(*found.expect("an artifact"), artifact(1));
}

/// A body that this response must not have would be read as the beginning of the next one.
#[test]
fn no_body_with_204() {
    let mock = Mock::start();
    let answer = MockResponse::new(204).body("surplus");
    mock.actions()
        .delete_artifact(|when| when)
        .respond_with(answer)
        .times(2);
    let address = mock.url().trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("a connection");
    for connection in ["keep-alive", "close"] {
        let line = "DELETE /repos/o/r/actions/artifacts/1 HTTP/1.1";
        write!(stream, "{line}\r\nconnection: {connection}\r\n\r\n").expect("a request");
    }
    let mut answers = String::new();
    stream.read_to_string(&mut answers).expect("two answers");
    assert_eq!(answers, "HTTP/1.1 204 No Content\r\n\r\n".repeat(2));
}
