//! Answers that come late, in part, or not at all.

use std::time::{Duration, SystemTime};

use generated_client::RequestOptions;
use generated_client::mock::{Mock, examples};

use super::{artifact, get};

#[tokio::test]
async fn no_answer() {
    let mock = Mock::start();
    let expected = mock
        .actions()
        .get_artifact(|when| when)
        .disconnect()
        .respond(artifact(1))
        .times(2);
    assert_eq!(expected.requests(), 0);
    assert_eq!(*get(&mock, 1).await.expect("an artifact"), artifact(1));
    assert_eq!(expected.requests(), 2);
}

#[tokio::test]
async fn a_part_of_an_answer() {
    let mock = Mock::start();
    mock.actions()
        .get_artifact(|when| when)
        .respond(artifact(1))
        .cut_after(20);
    let client = mock.builder().max_attempts(1).build().expect("a client");
    let request = client.actions().get_artifact("octo-org", "octo-docs", 1);
    let failed = request.await.expect_err("the answer is cut");
    assert!(failed.is_interrupted(), "{failed:?}");
}

#[tokio::test]
async fn a_late_answer() {
    let mock = Mock::start();
    mock.actions()
        .get_artifact(|when| when)
        .respond(artifact(1))
        .delay(Duration::from_secs(3600));
    let options = RequestOptions::new()
        .timeout(Duration::from_millis(20))
        .max_attempts(1);
    let failed = get(&mock, 1)
        .with_options(options)
        .await
        .expect_err("no answer in time");
    assert!(failed.is_timeout(), "{failed:?}");
}

/// A limit is waited for, which takes no time here, unless it holds for longer than a client waits.
#[tokio::test]
async fn rate_limits() {
    let mock = Mock::start();
    mock.actions()
        .get_artifact(|when| when)
        .respond_rate_limit(Duration::from_secs(30))
        .respond_retry_after(Duration::from_secs(30))
        .respond(artifact(1))
        .respond_rate_limit(Duration::from_secs(3600))
        .respond_retry_after(Duration::from_secs(3600))
        .times(5);
    assert_eq!(*get(&mock, 1).await.expect("an artifact"), artifact(1));
    for _ in 0..2 {
        let failed = get(&mock, 1).await.expect_err("a limit");
        assert!(failed.is_rate_limited(), "{failed:?}");
        let wait = failed.retry_after().expect("a time").as_secs();
        assert!((3599..=3601).contains(&wait), "{wait}");
    }
}

/// The second in which a limit is reset is not over before its time.
#[tokio::test]
async fn whole_seconds() {
    let mock = Mock::start();
    let time = SystemTime::now() + Duration::from_secs(3600);
    mock.actions()
        .get_artifact(|when| when)
        .respond_rate_limit(Duration::from_secs(3600));
    let failed = get(&mock, 1).await.expect_err("a limit");
    let reset = failed.rate_limit().expect("a limit").reset.timestamp();
    let reset = Duration::from_secs(reset.try_into().expect("a time"));
    assert!(SystemTime::UNIX_EPOCH + reset >= time);
}

#[tokio::test]
#[should_panic(expected = "there is an answer to change")]
async fn nothing_to_change() {
    let mock = Mock::start();
    mock.actions()
        .get_artifact(|when| when)
        .delay(Duration::ZERO);
}

#[tokio::test]
async fn a_404_is_not_retried() {
    let mock = Mock::start();
    mock.actions()
        .get_artifact(|when| when)
        .respond_error(404, examples::not_found())
        .times(1);
    assert!(get(&mock, 1).await.expect_err("nothing").is_not_found());
}
