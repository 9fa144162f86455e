//! Limits of memory and requests, and the end of dropped downloads.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use generated_client::{Client, ClientBuilder};
use tests::api::Api;
use tests::store::{Fault, Store};

use super::{Delivered, LEN, PART, check, counted, range};
use crate::patient;
use crate::store_faults::{Setup, body};

const IDLE: Duration = Duration::from_millis(250);

/// A part is requested only when there is room for it in memory.
#[tokio::test]
async fn parts_in_memory() {
    const CONNECTIONS: u64 = 2;
    let delivered = Delivered::default();
    let seen = delivered.clone();
    let store = Store::new(body(5 * PART + 1)).watched(move |request| {
        if let Some((start, _)) = range(request) {
            assert!(start / PART < seen.parts() + CONNECTIONS, "{request}");
        }
    });
    let setup = Setup::new(store);
    check(&setup, delivered.of(setup.download().parallel(2))).await;
    assert_eq!(setup.store.requests().len(), 6);
}

/// The number of requests while all responses stall.
async fn requests(
    connections: usize,
    configure: impl Fn(ClientBuilder<Client>) -> ClientBuilder<Client>,
) -> usize {
    let stalls = vec![Fault::Stall(1000); 4];
    let (store, seen) = counted(Store::new(body(LEN)).faults(stalls));
    let (api, at_silence) = (Api::downloading(&store), Arc::new(AtomicUsize::new(0)));
    let noted = at_silence.clone();
    let builder = patient(&api, &crate::Naps::default()).idle_timeout(IDLE);
    let builder = builder.sleeper(move |_| {
        let seen = seen.load(Ordering::SeqCst);
        // Later silence does not matter.
        let _ = noted.compare_exchange(0, seen, Ordering::SeqCst, Ordering::SeqCst);
        std::future::ready(())
    });
    let client = configure(builder).build().unwrap();
    let setup = Setup { store, api, client };
    check(&setup, setup.download().parallel(connections)).await;
    at_silence.load(Ordering::SeqCst)
}

#[tokio::test]
async fn requests_at_a_time() {
    for connections in 2..=4 {
        assert_eq!(requests(connections, |builder| builder).await, connections);
    }
}

#[tokio::test]
async fn requests_of_the_client() {
    for limit in 1..=3 {
        let limited = |builder: ClientBuilder<_>| builder.max_concurrent_requests(limit);
        assert_eq!(requests(4, limited).await, limit);
    }
}

/// Dropping a download closes all of its connections, which ends the store's stalled responses.
#[tokio::test(flavor = "multi_thread")]
async fn dropped() {
    let store = Store::new(body(LEN)).fault(Fault::Stall(PART / 2));
    let store = store.faults_from(PART, [Fault::Stall(1000)]);
    let setup = Setup::new(store.faults_from(2 * PART, [Fault::Stall(0)]));
    let mut chunks = setup.download().parallel(3).stream();
    while chunks.bytes() < PART / 2 || setup.store.requests().len() < 3 {
        chunks.next().await.unwrap().unwrap();
    }
    drop(chunks);
    assert_eq!(setup.store.sent().len(), 3);
}
