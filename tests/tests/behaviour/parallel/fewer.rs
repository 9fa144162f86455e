//! Stores that serve no more than a few connections of a client.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tests::api::Api;
use tests::server::{Answer, Authority};
use tests::store::{Fault, Store};

use super::{Delivered, PART, check, connections, range, reached};
use crate::store_faults::{Setup, body, download, streamed};
use crate::{Naps, builder, patient, trusting};

/// Refusals of a store under load.
fn refusals() -> [Fault; 5] {
    [
        Fault::status(503),
        Fault::Instead(Answer::status(429).header("retry-after", "3600")),
        Fault::Instead(Answer::hang_up()),
        Fault::CutAnswer(20),
        Fault::Cut(0),
    ]
}

/// The download continues with the remaining connections, without counting a failure: the one wait is for
/// the first part, which is truncated.
#[tokio::test]
async fn refused_for_a_while() {
    for refusal in refusals() {
        let (delivered, requests) = (Delivered::default(), Arc::new(AtomicUsize::new(0)));
        let (seen, counted) = (delivered.clone(), requests.clone());
        let store = Store::new(body(4 * PART + 1)).fault(Fault::Cut(1000));
        let store = store.faults_from(PART, [refusal.clone()]);
        let store = store
            .faults_from(2 * PART, [refusal])
            .watched(move |request| {
                counted.fetch_add(1, Ordering::SeqCst);
                // The parts after those that were refused come one by one.
                if let Some((start @ 25_165_824.., _)) = range(request) {
                    assert_eq!(start / PART, seen.parts(), "{request}");
                }
            });
        let (api, naps) = (Api::downloading(&store), Arc::new(AtomicUsize::new(0)));
        let taken = naps.clone();
        let client = patient(&api, &Naps::default()).sleeper(move |_| {
            taken.fetch_add(1, Ordering::SeqCst);
            // The others are refused while the first part is under way.
            reached(requests.clone(), 3)
        });
        let client = client.build().unwrap();
        let setup = Setup { store, api, client };
        check(&setup, delivered.of(setup.download().parallel(3))).await;
        assert_eq!(naps.load(Ordering::SeqCst), 1);
        // The first part took two requests, two were refused, and there are four more parts.
        assert_eq!(setup.store.requests().len(), 8);
        assert_eq!(setup.api.requests().len(), 1);
    }
}

/// A refusal while nothing else is under way counts as an attempt, and its error comes in order.
#[tokio::test]
async fn refused_for_good() {
    for refusal in refusals() {
        let store = Store::new(body(2 * PART));
        let store = store.faults_from(PART, vec![refusal; 9]);
        let (api, naps) = (Api::downloading(&store), Naps::default());
        let client = patient(&api, &naps)
            .max_wait(std::time::Duration::from_secs(20_000))
            .build()
            .unwrap();
        let (bytes, error) = streamed(download(&client).parallel(2)).await;
        assert!(bytes == body(PART).to_vec());
        assert!(error.unwrap().is_store());
        assert_eq!(naps.taken().len(), 3);
        // What is asked for each time is the part.
        let requests = store.requests();
        let asked = requests.iter().filter_map(range);
        let mut again = asked.filter(|(start, _)| *start == PART);
        assert!(again.all(|(_, end)| end == Some(2 * PART)));
    }
}

/// Where no other connection is accepted, the rest comes by the one that there is.
#[tokio::test]
async fn no_other_connection() {
    let authority = Authority::new();
    let store = Store::tls(authority.either_http(), body(2 * PART)).with_one_connection();
    let (api, naps) = (Api::downloading(&store), Naps::default());
    let client = patient(&api, &naps).configure_http(trusting(&authority));
    let client = client.build().unwrap();
    let setup = Setup { store, api, client };
    check(&setup, setup.download().parallel(2)).await;
    assert_eq!(connections(&setup.store), [0, 0]);
    assert!(naps.taken().is_empty());
}

/// Parts that only wait for a connection do not show that the store serves others.
#[tokio::test]
async fn refused_while_others_wait() {
    let store = Store::new(body(4 * PART));
    let starts = [PART, 2 * PART, 3 * PART];
    let store = starts.iter().fold(store, |store, start| {
        store.faults_from(*start, [Fault::status(503)])
    });
    let (api, naps) = (Api::downloading(&store), Naps::default());
    let client = patient(&api, &naps).max_concurrent_requests(1);
    let client = client.build().unwrap();
    let setup = Setup { store, api, client };
    check(&setup, setup.download().parallel(4)).await;
    assert_eq!(naps.taken().len(), 3);
    assert_eq!(setup.store.requests().len(), 7);
}

/// Nothing is sent twice without retries.
#[tokio::test]
async fn never_again() {
    for refusal in refusals() {
        let store = Store::new(body(3 * PART));
        let store = store.faults_from(PART, [refusal]);
        let api = Api::downloading(&store);
        let client = builder(&api).build().unwrap();
        let (bytes, error) = streamed(download(&client).parallel(3)).await;
        assert!(bytes == body(PART).to_vec());
        assert!(error.unwrap().is_store());
        let again = |request: &&_| range(request).is_some_and(|(start, _)| start == PART);
        assert_eq!(store.requests().iter().filter(again).count(), 1);
    }
}
