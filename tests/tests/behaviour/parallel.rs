//! Downloads whose parts come by several connections at a time.

mod bounded;
mod expired;
mod fewer;
mod interrupted;
mod lies;
mod separate;
mod turns;

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use generated_client::{Download, Error};
use tests::server::{Body, Request};
use tests::store::{Etag, Fault, Store};
use tokio::io::AsyncReadExt;

use crate::store_faults::{Setup, body, saved, streamed};

/// The length of a part.
const PART: u64 = 8 * 1024 * 1024;

/// Four parts, the last of which is short.
const LEN: u64 = 3 * PART + 1000;

fn setup(len: u64) -> Setup {
    Setup::new(Store::new(body(len)))
}

/// The requested range, with an exclusive end.
fn range(request: &Request) -> Option<(u64, Option<u64>)> {
    let (start, last) = request
        .header("range")?
        .strip_prefix("bytes=")?
        .split_once('-')?;
    let last: Option<u64> = (!last.is_empty()).then(|| last.parse().unwrap());
    Some((start.parse().unwrap(), last.map(|last| last + 1)))
}

/// The ranges requested from a store, sorted. All are of one version.
fn ranges(store: &Store) -> Vec<(u64, Option<u64>)> {
    let requests = store.requests();
    for request in &requests {
        assert_eq!(request.header("accept-encoding"), Some("identity"));
        let is_range = request.header("range").is_some();
        assert_eq!(request.header("if-match").is_some(), is_range);
    }
    store.assert_clean();
    let mut ranges: Vec<_> = requests.iter().filter_map(range).collect();
    ranges.sort_unstable();
    ranges
}

/// All of them but the first, of content of a length.
fn parts(len: u64) -> Vec<(u64, Option<u64>)> {
    let starts = (1..).map(|part| part * PART);
    let starts = starts.take_while(|start| *start < len);
    starts
        .map(|start| (start, Some(len.min(start + PART))))
        .collect()
}

/// The connections that requests came by.
fn connections(store: &Store) -> Vec<usize> {
    let requests = store.requests();
    let mut connections: Vec<_> = requests.iter().map(|request| request.connection).collect();
    connections.sort_unstable();
    connections
}

/// Counts the requests to a store.
fn counted(store: Store) -> (Store, Arc<AtomicUsize>) {
    let requests = Arc::new(AtomicUsize::new(0));
    let counted = requests.clone();
    let store = store.watched(move |_| {
        counted.fetch_add(1, Ordering::SeqCst);
    });
    (store, requests)
}

/// Waits until a store has received so many requests.
async fn reached(requests: Arc<AtomicUsize>, count: usize) {
    while requests.load(Ordering::SeqCst) < count {
        tokio::task::yield_now().await;
    }
}

async fn check(setup: &Setup, download: Download) {
    check_outcome(setup, streamed(download).await);
}

#[track_caller]
fn check_outcome(setup: &Setup, (bytes, error): (Vec<u8>, Option<Error>)) {
    assert!(error.is_none(), "{error:?}");
    assert!(bytes == setup.store.body().to_vec());
}

#[tokio::test]
async fn in_order() {
    let setup = setup(LEN);
    let reported = Arc::new(Mutex::new(Vec::new()));
    let sink = reported.clone();
    let download = setup.download().verify(setup.content()).parallel(4);
    let download = download.on_progress(move |progress| {
        sink.lock().unwrap().push(progress.bytes);
        assert_eq!(progress.total, Some(LEN));
    });
    check(&setup, download).await;
    let reported = reported.lock().unwrap();
    assert!(reported.is_sorted());
    assert_eq!(reported.last(), Some(&LEN));
    assert_eq!(ranges(&setup.store), parts(LEN));
    let requests = setup.store.requests();
    assert_eq!(requests.len(), 4);
    assert_eq!(requests[0].header("range"), None);
    assert_eq!(connections(&setup.store), [0, 1, 2, 3]);
    assert_eq!(setup.api.requests().len(), 1);
}

#[tokio::test]
async fn by_every_way() {
    let setup = setup(LEN);
    let bytes = saved(setup.download().parallel(3)).await.unwrap();
    assert!(bytes == setup.store.body().to_vec());
    let mut bytes = Vec::new();
    let mut reader = setup.download().parallel(3).into_async_read();
    reader.read_to_end(&mut bytes).await.unwrap();
    assert!(bytes == setup.store.body().to_vec());
    assert_eq!(setup.store.requests().len(), 8);
}

/// More connections than there are parts are of no use.
#[tokio::test]
async fn no_more_than_there_are() {
    let setup = setup(PART + 1);
    check(&setup, setup.download().parallel(usize::MAX)).await;
    assert_eq!(ranges(&setup.store), [(PART, Some(PART + 1))]);
    assert_eq!(setup.store.requests().len(), 2);
}

/// With one connection, or without use for more, the download is a single request.
#[tokio::test]
async fn by_one_connection() {
    for (store, len, connections) in [
        (|store| store, PART + 1, 1),
        (|store| store, PART, 4),
        (|store| store, 0, 4),
        (Store::without_ranges, PART + 1, 4),
        (Store::chunked, PART + 1, 4),
        (|store| store.etag(Etag::Weak), PART + 1, 4),
        (|store| store.etag(Etag::None), PART + 1, 4),
    ] as [(fn(Store) -> Store, u64, usize); 7]
    {
        let setup = Setup::new(store(Store::new(body(len))));
        check(&setup, setup.download().parallel(connections)).await;
        assert_eq!(setup.store.request().header("range"), None);
    }
    // A store may announce that it has no ranges.
    let no_ranges = Fault::Header("accept-ranges", "none".to_owned());
    let setup = setup(PART + 1).faults([no_ranges]);
    check(&setup, setup.download().parallel(4)).await;
    setup.store.request();
}

#[tokio::test]
async fn by_none() {
    let setup = setup(10);
    let (bytes, error) = streamed(setup.download().parallel(0)).await;
    let error = error.unwrap();
    assert!(bytes.is_empty() && error.is_invalid_request());
    let expected =
        "`actions/download-artifact`: argument `connections` is 0: nothing would be fetched";
    assert_eq!(error.to_string(), expected);
    assert!(setup.api.requests().is_empty());
}

/// Wrong content is the same error as with one connection.
#[tokio::test]
async fn another_digest() {
    let setup = setup(PART + 1);
    let expected = Body::generated(12, 1).digest();
    let (bytes, error) = streamed(setup.download().parallel(2).expect_digest(expected)).await;
    assert!(error.unwrap().is_mismatch());
    assert!(bytes == setup.store.body().to_vec());
}

/// The progress of a download, for the store's part of a test.
#[derive(Clone, Default)]
struct Delivered(Arc<AtomicU64>);

impl Delivered {
    fn of(&self, download: Download) -> Download {
        let delivered = self.0.clone();
        download.on_progress(move |progress| delivered.store(progress.bytes, Ordering::SeqCst))
    }

    fn bytes(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }

    /// The number of complete parts.
    fn parts(&self) -> u64 {
        self.bytes() / PART
    }
}
