//! The exact requests of all operations.

use generated_client::Error;
use generated_client::types::{ArtifactId, Direction, RunId};
use insta::assert_snapshot;
use tests::server::Answer;

use crate::api;

/// Ids are wider than 32 bits.
const ID: i64 = 8_847_996_998;

/// The server responds with 500: the request does not depend on the response.
fn nothing() -> Answer {
    Answer::status(500)
}

#[track_caller]
fn failed<T>(sent: Result<T, Error>) {
    let error = sent.err().expect("a server that failed");
    assert!(error.is_server_error(), "{error}");
}

#[tokio::test]
async fn list_artifacts_for_repo() {
    let (server, client) = api(nothing());
    failed(
        client
            .actions()
            .list_artifacts_for_repo("octo-org", "octo-docs")
            .send()
            .await,
    );
    assert_snapshot!("list_artifacts_for_repo", server.request());

    let (server, client) = api(nothing());
    let request = client
        .actions()
        .list_artifacts_for_repo("octo-org", "octo-docs");
    failed(
        request
            .name("Rails & Co/1")
            .page(2)
            .per_page(100)
            .send()
            .await,
    );
    assert_snapshot!("list_artifacts_for_repo_with_all", server.request());
}

#[tokio::test]
async fn get_artifact() {
    let (server, client) = api(nothing());
    failed(
        client
            .actions()
            .get_artifact("octo-org", "octo-docs", ID)
            .send()
            .await,
    );
    assert_snapshot!("get_artifact", server.request());
}

#[tokio::test]
async fn delete_artifact() {
    let (server, client) = api(nothing());
    failed(
        client
            .actions()
            .delete_artifact("octo-org", "octo-docs", ArtifactId(ID))
            .send()
            .await,
    );
    assert_snapshot!("delete_artifact", server.request());
}

#[tokio::test]
async fn download_artifact() {
    let (server, client) = api(nothing());
    failed(
        client
            .actions()
            .download_artifact("octo-org", "octo-docs", ID)
            .send()
            .await,
    );
    let by_default = server.request();
    assert_snapshot!("download_artifact", by_default);

    let (server, client) = api(nothing());
    let request = client
        .actions()
        .download_artifact("octo-org", "octo-docs", ID);
    failed(request.archive_format("zip").send().await);
    assert_eq!(server.request().to_string(), by_default.to_string());
}

#[tokio::test]
async fn list_workflow_run_artifacts() {
    let (server, client) = api(nothing());
    failed(
        client
            .actions()
            .list_workflow_run_artifacts("octo-org", "octo-docs", RunId(ID))
            .send()
            .await,
    );
    assert_snapshot!("list_workflow_run_artifacts", server.request());

    let (server, client) = api(nothing());
    let request = client
        .actions()
        .list_workflow_run_artifacts("octo-org", "octo-docs", ID);
    failed(
        request
            .direction(Direction::Asc)
            .name("Rails")
            .page(2)
            .per_page(1)
            .send()
            .await,
    );
    assert_snapshot!("list_workflow_run_artifacts_with_all", server.request());
}

#[tokio::test]
async fn out_of_bounds() {
    let (server, client) = api(nothing());
    let actions = client.actions();
    for (sent, expected) in [
        (
            actions
                .list_artifacts_for_repo("octo-org", "octo-docs")
                .per_page(101)
                .send()
                .await,
            "`actions/list-artifacts-for-repo`: argument `per_page` is 101, but must be at least 1 and at most 100",
        ),
        (
            actions
                .list_workflow_run_artifacts("octo-org", "octo-docs", 1)
                .page(0)
                .send()
                .await,
            "`actions/list-workflow-run-artifacts`: argument `page` is 0, but must be at least 1",
        ),
    ] {
        let error = sent.unwrap_err();
        assert!(error.is_invalid_request());
        assert_eq!(error.to_string(), expected);
    }
    assert!(server.requests().is_empty());
}

/// Requests can be sent from any thread, and errors carried across.
#[test]
fn futures_can_move() {
    fn can_move<T: Send + 'static>(_: T) {}
    let (_server, client) = api(nothing());
    can_move(
        client
            .actions()
            .list_artifacts_for_repo("octo-org", "octo-docs")
            .send(),
    );
    can_move(
        client
            .actions()
            .download_artifact("octo-org", "octo-docs", 11)
            .send(),
    );
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}

/// A request can be awaited as it is.
#[tokio::test]
async fn awaited() {
    let (server, client) = api(Answer::json(200, crate::ARTIFACT));
    let actions = client.actions();
    let artifact = actions.get_artifact("octo-org", "octo-docs", ID).await;
    assert_eq!(artifact.unwrap().name, "Rails");
    assert_eq!(server.request().method, "GET");
}
