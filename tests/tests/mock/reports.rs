//! Reports of requests and expectations that do not match.

use std::panic::{AssertUnwindSafe, catch_unwind};

use generated_client::mock::Mock;
use generated_client::types::Direction;
use insta::assert_snapshot;

use super::{artifact, get, list, page};

/// The message when the mock is dropped.
#[track_caller]
fn report(mock: Mock) -> String {
    let url = mock.url().to_owned();
    panic_of(|| drop(mock)).replace(&url, "URL")
}

/// The text with which something panics.
#[track_caller]
fn panic_of(run: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(run)).expect_err("the test fails");
    *panic.downcast::<String>().expect("text")
}

#[tokio::test]
async fn another_argument() {
    let mock = Mock::start();
    mock.actions()
        .get_artifact(|when| when.owner("octo-org").artifact_id(11))
        .respond(artifact(11))
        .times(..);
    let failed = get(&mock, 12).await.expect_err("nothing fits");
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
async fn one_that_should_be_missing() {
    let mock = Mock::start();
    mock.actions()
        .list_artifacts_for_repo(|when| when.owner("octo-org").name_missing().page_missing())
        .respond(page([1]));
    list(&mock).await.expect("nothing is set");
    let _ = list(&mock).name("Rails").page(1).await;
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
    let _ = list(&mock).await;
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
        let _ = get(&mock, 11).await;
    }
    assert_snapshot!(report(mock));
}

#[tokio::test]
async fn no_answer() {
    let mock = Mock::start();
    mock.actions().get_artifact(|when| when.artifact_id(11));
    let _ = get(&mock, 11).await;
    assert_snapshot!(report(mock));
}

#[tokio::test]
async fn no_such_page() {
    let mock = Mock::start();
    mock.actions()
        .list_artifacts_for_repo(|when| when)
        .respond_pages([page([1]), page([2])]);
    let _ = list(&mock).page(3).await;
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

/// An unused mock passes; a mismatch is reported by `verify`, and when the mock is dropped.
#[test]
fn verified_before_the_end() {
    let mock = Mock::start();
    mock.verify();
    mock.actions()
        .get_artifact(|when| when)
        .respond(artifact(11));
    let early = panic_of(|| mock.verify());
    let expected = "the mock was not used as expected";
    assert!(early.starts_with(expected), "{early}");
    assert_eq!(panic_of(|| drop(mock)), early);
}

#[test]
#[should_panic(expected = "no request can be as it is expected: argument `owner`")]
fn impossible_expectations() {
    let mock = Mock::start();
    mock.actions().get_artifact(|when| when.owner(".."));
}

/// The test's own panic is the one reported.
#[test]
#[should_panic(expected = "the test's own")]
fn while_panicking() {
    let mock = Mock::start();
    mock.actions()
        .get_artifact(|when| when)
        .respond(artifact(11));
    panic!("the test's own");
}

/// All expectations with the fewest differences are listed.
#[tokio::test]
async fn several_as_near() {
    let mock = Mock::start();
    for id in [1, 2] {
        mock.actions()
            .get_artifact(|when| when.artifact_id(id))
            .respond(artifact(id));
    }
    let _ = get(&mock, 3).await;
    assert_snapshot!(report(mock));
}

#[test]
fn printed() {
    let mock = Mock::start();
    let expected = mock
        .actions()
        .get_artifact(|when| when)
        .respond(artifact(11))
        .times(0);
    let printed = format!("{mock:?}\n{:?}\n{expected:?}", mock.actions());
    assert_snapshot!(printed.replace(mock.url(), "URL"));
}
