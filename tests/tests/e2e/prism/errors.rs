//! Every documented error is recognised.

use generated_client::Error;
use generated_client::types::BasicError;

use super::preferring;

/// Asks for an answer of this status, of every operation that has one.
async fn errors(status: u16) -> Vec<Error> {
    let client = preferring(&format!("code={status}"));
    let actions = client.actions();
    let list = actions.list_artifacts_for_repo("octo-org", "octo-docs");
    let list_of_run = actions.list_workflow_run_artifacts("octo-org", "octo-docs", 1);
    let get = actions.get_artifact("octo-org", "octo-docs", 11);
    let download = actions.download_artifact("octo-org", "octo-docs", 11);
    let delete = actions.delete_artifact("octo-org", "octo-docs", 11);
    let errors = [
        download.send().await.err(),
        list.send().await.err(),
        list_of_run.send().await.err(),
        get.send().await.err(),
        delete.send().await.err(),
    ];
    let errors = errors.map(|error| error.expect("what was asked for"));
    for error in &errors {
        assert_eq!(error.status().expect("an answer"), status, "{error}");
    }
    errors.into()
}

#[tokio::test]
async fn unauthorized() {
    for error in errors(401).await {
        assert!(error.is_unauthorized());
        assert_eq!(error.message(), Some("Bad credentials"));
    }
}

/// The mock has every header that the document knows, and so one that makes a limit of it.
#[tokio::test]
async fn forbidden() {
    for error in errors(403).await {
        assert!(error.is_rate_limited() && !error.is_forbidden());
        assert_eq!(
            error.message(),
            Some("Resource not accessible by personal access token")
        );
    }
}

#[tokio::test]
async fn not_found() {
    for error in errors(404).await {
        assert!(error.is_not_found());
        assert_eq!(error.message(), Some("Not Found"));
    }
}

#[tokio::test]
async fn unprocessable_content() {
    for error in errors(422).await {
        assert_eq!(error.message(), Some("Validation Failed"));
        let body: BasicError = error.decode_body().expect("the documented body");
        assert_eq!(body.errors.len(), 2);
    }
}

#[tokio::test]
async fn too_many_requests() {
    for error in errors(429).await {
        assert!(error.is_rate_limited());
        assert_eq!(error.retry_after().expect("a time").as_secs(), 60);
    }
}

#[tokio::test]
async fn server_error() {
    for error in errors(503).await {
        assert!(error.is_server_error());
        assert_eq!(error.message(), Some("Server Error"));
    }
}

#[tokio::test]
async fn gone() {
    let client = preferring("code=410");
    let download = client
        .actions()
        .download_artifact("octo-org", "octo-docs", 11);
    let error = download.send().await.expect_err("what was asked for");
    assert!(error.is_gone());
    assert_eq!(error.message(), Some("Artifact has expired"));
}
