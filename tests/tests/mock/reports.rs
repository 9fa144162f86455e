//! What a test is told that does not use the mock as it expects to.

use std::panic::{AssertUnwindSafe, catch_unwind};

use generated_client::mock::Mock;
use generated_client::types::Direction;
use insta::assert_snapshot;

use super::{artifact, page};

/// What is said when the mock is dropped.
#[track_caller]
fn report(mock: Mock) -> String {
    let url = mock.url().to_owned();
    let panic = catch_unwind(AssertUnwindSafe(|| drop(mock))).expect_err("the test fails");
    let report = panic.downcast::<String>().expect("text");
    report.replace(&url, "URL")
}

#[tokio::test]
async fn another_argument() {
    let mock = Mock::start();
    mock.actions()
        .get_artifact(|when| when.owner("octo-org").artifact_id(11))
        .respond(artifact(11))
        .times(..);
    let request = mock
        .client()
        .actions()
        .get_artifact("octo-org", "octo-docs", 12);
    let failed = request.await.expect_err("nothing fits");
    assert_snapshot!(failed);
    assert_snapshot!(report(mock));
}

#[tokio::test]
async fn the_nearest() {
    let mock = Mock::start();
    let actions = mock.actions();
    actions
        .list_workflow_run_artifacts(|when| when.owner("a").run_id(1).name("b").page(2))
        .respond(page([1]))
        .times(..);
    actions
        .list_workflow_run_artifacts(|when| when.owner("octo-org").direction(Direction::Desc))
        .respond(page([1]))
        .times(..);
    let list = mock
        .client()
        .actions()
        .list_workflow_run_artifacts("octo-org", "octo-docs", 1);
    let _ = list.name("Rails").send().await;
    assert_snapshot!(report(mock));
}

#[tokio::test]
async fn another_operation() {
    let mock = Mock::start();
    let actions = mock.actions();
    actions
        .get_artifact(|when| when)
        .respond(artifact(11))
        .times(..);
    actions.delete_artifact(|when| when).respond(()).times(..);
    let _ = mock
        .client()
        .actions()
        .list_artifacts_for_repo("octo-org", "octo-docs")
        .await;
    assert_snapshot!(report(mock));
}

#[tokio::test]
async fn nothing_expected() {
    let mock = Mock::start();
    let client = mock
        .builder()
        .token("SECRET-TOKEN")
        .build()
        .expect("a client");
    let _ = client
        .actions()
        .get_artifact("octo-org", "octo-docs", 12)
        .await;
    assert_snapshot!(report(mock));
}

#[tokio::test]
async fn one_too_many() {
    let mock = Mock::start();
    mock.actions()
        .get_artifact(|when| when)
        .respond(artifact(11))
        .times(1);
    for _ in 0..2 {
        let _ = mock
            .client()
            .actions()
            .get_artifact("octo-org", "octo-docs", 11)
            .await;
    }
    assert_snapshot!(report(mock));
}

#[tokio::test]
async fn no_answer() {
    let mock = Mock::start();
    mock.actions().get_artifact(|when| when.artifact_id(11));
    let _ = mock
        .client()
        .actions()
        .get_artifact("octo-org", "octo-docs", 11)
        .await;
    assert_snapshot!(report(mock));
}

#[tokio::test]
async fn no_such_page() {
    let mock = Mock::start();
    mock.actions()
        .list_artifacts_for_repo(|when| when)
        .respond_pages([page([1]), page([2])]);
    let list = mock
        .client()
        .actions()
        .list_artifacts_for_repo("octo-org", "octo-docs");
    let _ = list.page(3).await;
    assert_snapshot!(report(mock));
}

#[test]
fn no_request() {
    let mock = Mock::start();
    mock.actions()
        .get_artifact(|when| when.artifact_id(11))
        .respond(artifact(11));
    mock.actions()
        .delete_artifact(|when| when)
        .respond(())
        .times(2);
    mock.actions()
        .delete_artifact(|when| when)
        .respond(())
        .times(..=2);
    assert_snapshot!(report(mock));
}

#[test]
#[should_panic(expected = "the mock was not used as expected")]
fn verified_before_the_end() {
    let mock = Mock::start();
    mock.verify();
    mock.actions()
        .get_artifact(|when| when)
        .respond(artifact(11));
    mock.verify();
}

#[test]
#[should_panic(expected = "no request can be as it is expected: argument `owner`")]
fn what_cannot_be() {
    let mock = Mock::start();
    mock.actions().get_artifact(|when| when.owner(".."));
}

/// The test's own panic is the one that is told.
#[test]
#[should_panic(expected = "the test's own")]
fn while_panicking() {
    let mock = Mock::start();
    mock.actions()
        .get_artifact(|when| when)
        .respond(artifact(11));
    panic!("the test's own");
}
