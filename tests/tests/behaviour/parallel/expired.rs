//! URLs that expire while parts are under way.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use generated_client::Error;
use tests::server::{Answer, Server};
use tests::store::{Fault, Refusal, Store};

use super::{LEN, PART, check, setup};
use crate::store_faults::{Setup, body, saved, streamed};

/// One request to the API renews the URL for all parts.
#[tokio::test]
async fn once_for_all() {
    for refusal in [Refusal::Azure, Refusal::Pipelines, Refusal::Page(410)] {
        let setup = setup(LEN).faults_from(PART, [Fault::Expired(refusal)]);
        check(&setup, setup.download().parallel(4)).await;
        assert_eq!(setup.api.requests().len(), 2);
        let requests = setup.store.requests();
        let last = |request: &&_| super::range(request).is_some_and(|(start, _)| start == PART);
        let again = requests.iter().rfind(last).unwrap();
        assert_ne!(again.target, requests[0].target);
    }
}

/// The API is not asked again for a part that was still refused at the URL before.
#[tokio::test]
async fn refused_late() {
    let again = Arc::new(AtomicUsize::new(0));
    let (late, seen) = (again.clone(), again);
    let late = Server::answering(move |_| {
        while late.load(Ordering::SeqCst) < 2 {
            thread::yield_now();
        }
        Answer::status(403)
    });
    let store = Store::new(body(3 * PART))
        .faults_from(PART, [Fault::status(403)])
        .faults_from(
            2 * PART,
            [Fault::Instead(Answer::redirect(307, &late.url()))],
        );
    let store = store.watched(move |request| {
        let is_second = super::range(request).is_some_and(|(start, _)| start == PART);
        seen.fetch_add(usize::from(is_second), Ordering::SeqCst);
    });
    let setup = Setup::new(store);
    check(&setup, setup.download().parallel(3)).await;
    assert_eq!(setup.api.requests().len(), 2);
    assert_eq!(late.requests().len(), 1);
}

async fn failed(setup: &Setup) -> Error {
    let (bytes, error) = streamed(setup.download().parallel(4)).await;
    let all = setup.store.body().to_vec();
    assert!(all[..usize::try_from(PART).unwrap()].starts_with(&bytes));
    error.unwrap()
}

/// A new URL that is refused as well is the store's last word.
#[tokio::test]
async fn refused_for_good() {
    let refusals = vec![Fault::status(403); 9];
    let setup = setup(LEN).faults_from(PART, refusals);
    let error = failed(&setup).await;
    assert!(error.is_store() && error.status().unwrap() == 403);
    // One by a part, and another one by the request for all that is left.
    assert_eq!(setup.api.requests().len(), 3);
}

#[tokio::test]
async fn gone_from_the_api() {
    let setup = setup(LEN).faults_from(PART, [Fault::Expired(Refusal::S3)]);
    let gone = Answer::json(410, r#"{"message": "Artifact has expired"}"#);
    let api = setup.api.instead([None, Some(gone)]);
    let setup = Setup { api, ..setup };
    let error = failed(&setup).await;
    assert!(error.is_gone() && !error.is_store());
}

/// A failed request to the API is retried, and the parts continue in the meantime.
#[tokio::test]
async fn an_api_that_recovers() {
    let setup = setup(LEN).faults_from(PART, [Fault::Expired(Refusal::S3)]);
    let busy = || Some(Answer::status(503));
    let api = setup.api.instead([None, busy(), busy()]);
    let setup = Setup { api, ..setup };
    let bytes = saved(setup.download().parallel(4)).await.unwrap();
    assert!(bytes == setup.store.body().to_vec());
    assert_eq!(setup.api.requests().len(), 4);
}
