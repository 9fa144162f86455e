//! Responses other than the requested part: the rest comes by one connection, by the rules
//! that hold there.

use tests::server::{Answer, Body};
use tests::store::{Etag, Fault, Store};

use super::{PART, range};
use crate::download;
use crate::store_faults::{Setup, body, saved, streamed};

const LEN: u64 = 2 * PART + 1000;

/// Has the second part meet faults.
fn setup(store: fn(Store) -> Store, faults: &[Fault]) -> Setup {
    let store = store(Store::new(body(LEN)));
    Setup::new(store.faults_from(PART, faults.to_vec()))
}

fn content_range(value: Option<&str>) -> Fault {
    Fault::ContentRange(value.map(str::to_owned))
}

fn lies() -> Vec<Fault> {
    vec![
        Fault::Whole,
        content_range(None),
        content_range(Some("bytes 8388608-16777215/*")),
        content_range(Some("bytes 8388608-16777215/16778217")),
        content_range(Some("bytes 8388607-16777214/16778216")),
        Fault::Part(0, LEN - 1),
        Fault::Part(PART, LEN - 1),
        Fault::Length(PART - 1),
        Fault::Header("etag", "\"two\"".to_owned()),
        Fault::status(416),
        Fault::status(412),
        Fault::status(404),
        Fault::Instead(Answer::redirect(302, "ftp://store.test/")),
    ]
}

#[tokio::test]
async fn one_lie() {
    for lie in lies() {
        let setup = setup(|store| store, std::slice::from_ref(&lie));
        let (bytes, error) = streamed(setup.download().parallel(2)).await;
        assert!(error.is_none(), "{lie:?}: {error:?}");
        assert!(bytes == body(LEN).to_vec(), "{lie:?}");
        let requests = setup.store.requests();
        let last = requests.last().unwrap();
        assert_eq!(range(last), Some((PART, None)), "{lie:?}");
        assert!(requests.len() <= 4, "{lie:?}");
    }
}

/// A store that restarts the content must repeat the bytes that it has sent before.
#[tokio::test]
async fn no_ranges_after_all() {
    let setup = setup(|store| store, &[Fault::Whole, Fault::Whole]);
    let (bytes, error) = streamed(setup.download().parallel(2)).await;
    assert!(error.is_none(), "{error:?}");
    assert!(bytes == body(LEN).to_vec());
}

/// Such a response, sent twice, is an error of a stream, while a file is restarted.
#[tokio::test]
async fn repeated_lies() {
    for lie in [content_range(None), Fault::Part(0, LEN - 1)] {
        let setup = setup(|store| store, &[lie.clone(), lie.clone()]);
        let (bytes, error) = streamed(setup.download().parallel(2)).await;
        assert!(error.unwrap().is_store());
        assert!(bytes == body(PART).to_vec());
        let setup = self::setup(|store| store, &[lie.clone(), lie]);
        let bytes = saved(setup.download().parallel(2)).await.unwrap();
        assert!(bytes == body(LEN).to_vec());
    }
}

#[tokio::test]
async fn another_version() {
    for store in [|store| store, Store::ignoring_if_match] as [fn(Store) -> Store; 2] {
        let faults = [Fault::Replaced(Body::generated(12, LEN))];
        let changed = setup(store, &faults);
        let (bytes, error) = streamed(changed.download().parallel(2)).await;
        assert!(error.unwrap().is_changed());
        assert!(bytes == body(PART).to_vec());
        let changed = setup(store, &faults);
        let bytes = saved(changed.download().parallel(2)).await.unwrap();
        assert!(bytes == changed.store.body().to_vec());
        // The new download uses one connection.
        let last = changed.store.requests().pop().unwrap();
        assert_eq!(last.header("range"), None);
    }
}

/// A restarted download uses one connection, even if the store announces ranges.
#[tokio::test]
async fn restarted_with_one_connection() {
    let new = body(LEN);
    let setup = download::Setup::new([
        Answer::status(200)
            .header("etag", "\"one\"")
            .body(body(1000))
            .cut_after(500),
        Answer::status(412),
        Answer::status(200)
            .header("etag", "\"two\"")
            .header("accept-ranges", "bytes")
            .body(new.clone()),
    ]);
    let bytes = saved(setup.download().parallel(2)).await.unwrap();
    assert!(bytes == new.to_vec());
    let ranges = [None, Some("bytes=500-".to_owned()), None];
    assert_eq!(setup.sent("range"), ranges);
}

/// Only the digest differs.
#[tokio::test]
async fn another_version_by_the_same_name() {
    let store = |store: Store| store.etag(Etag::Fixed("\"one\""));
    let other = Fault::Replaced(Body::generated(12, LEN));
    let setup = setup(store, &[other]);
    let expected = setup.content();
    let error = saved(setup.download().verify(expected).parallel(2)).await;
    assert!(error.unwrap_err().is_mismatch());
}
