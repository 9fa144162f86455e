//! Responses that contradict themselves or the request.

use generated_client::Error;
use tests::server::Body;
use tests::store::{Etag, Fault, Store};

use super::{Setup, body, saved, streamed};

const LEN: u64 = 1000;

/// The expected error; none if the bytes are right in the end.
type Expected = Option<fn(&Error) -> bool>;

/// Has each way of downloading meet the faults.
async fn check(store: fn(Store) -> Store, faults: &[Fault], expected: Expected) {
    check_each(store, faults, expected, expected).await;
}

async fn check_each(
    store: fn(Store) -> Store,
    faults: &[Fault],
    of_stream: Expected,
    of_file: Expected,
) {
    let setup = || Setup::new(store(Store::new(body(LEN)))).faults(faults.to_vec());
    let (all, first) = (body(LEN).to_vec(), setup());
    let (bytes, error) = streamed(first.download().verify(first.content())).await;
    assert!(all.starts_with(&bytes), "{faults:?}");
    check_outcome(faults, error.map_or(Ok(bytes), Err), of_stream);
    let second = setup();
    let file = saved(second.download().verify(second.content())).await;
    check_outcome(faults, file, of_file);
}

#[track_caller]
fn check_outcome(faults: &[Fault], outcome: Result<Vec<u8>, Error>, expected: Expected) {
    match (outcome, expected) {
        (Ok(bytes), None) => assert!(bytes == body(LEN).to_vec(), "{faults:?}"),
        (Err(error), Some(is_right)) => assert!(is_right(&error), "{faults:?}: {error:?}"),
        (outcome, _) => panic!("{faults:?}: {:?}", outcome.map(|bytes| bytes.len())),
    }
}

/// The same for faults after which a file can be restarted.
async fn check_outdated(store: fn(Store) -> Store, faults: &[Fault], of_stream: Expected) {
    check_each(store, faults, of_stream, None).await;
}

/// Has the answer to the request for the rest be that.
async fn check_rest(fault: Fault, expected: Expected) {
    check_outdated(|store| store, &[Fault::Cut(400), fault], expected).await;
}

const STORE: Expected = Some(Error::is_store);
const CHANGED: Expected = Some(Error::is_changed);
const MISMATCH: Expected = Some(Error::is_mismatch);

#[tokio::test]
async fn lengths_of_the_whole() {
    for length in [0, LEN - 1, LEN + 1, u64::MAX / 2] {
        check(|store| store, &[Fault::Length(length)], MISMATCH).await;
    }
    for length in [LEN - 1, LEN + 1] {
        let faults = [Fault::Cut(400), Fault::Length(length)];
        check(Store::without_ranges, &faults, MISMATCH).await;
    }
}

/// Without an expected length, the store must keep to the one that it announced.
#[tokio::test]
async fn too_long_a_length() {
    for store in [
        |store| store,
        Store::without_ranges,
        |store: Store| store.etag(Etag::None),
    ] as [fn(Store) -> Store; 3]
    {
        let setup = Setup::new(store(Store::new(body(LEN))));
        let setup = setup.faults([Fault::Length(LEN + 1)]);
        let (bytes, error) = streamed(setup.download()).await;
        assert_eq!(bytes, body(LEN).to_vec());
        let error = error.unwrap();
        let expected = ": it has fewer bytes than it announced before";
        assert!(error.to_string().ends_with(expected), "{error}");
        assert!(error.is_store());
        let setup = setup.faults([Fault::Length(LEN + 1)]);
        setup.check_saved().await;
    }
}

#[tokio::test]
async fn lengths_of_the_rest() {
    for length in [0, 599, 601] {
        check_rest(Fault::Length(length), STORE).await;
    }
}

#[tokio::test]
async fn content_ranges() {
    for (range, expected) in [
        (None, STORE),
        (Some("*"), STORE),
        (Some("bytes */1000"), STORE),
        (Some("bytes 400-999/*"), STORE),
        (Some("bytes 999-400/1000"), STORE),
        (Some("lines 400-999/1000"), STORE),
        (Some("bytes 401-999/1000"), STORE),
        (Some("bytes 399-999/1000"), STORE),
        (Some("bytes 0-999/1000"), STORE),
        (Some("bytes 400-998/1000"), STORE),
        (Some("bytes 400-1000/1000"), STORE),
        (Some("bytes 400-999/1001"), CHANGED),
        (Some("Bytes 400-999/1000"), None),
    ] {
        check_rest(Fault::ContentRange(range.map(str::to_owned)), expected).await;
    }
}

#[tokio::test]
async fn an_unrequested_part() {
    for (first, last) in [(0, LEN - 1), (0, 99), (400, LEN - 1)] {
        check(|store| store, &[Fault::Part(first, last)], STORE).await;
    }
    let again = [Fault::Cut(400), Fault::Part(400, LEN - 1)];
    check_outdated(|store| store.etag(Etag::Weak), &again, STORE).await;
}

#[tokio::test]
async fn another_part() {
    for (first, last, expected) in [
        (0, LEN - 1, STORE),
        (399, LEN - 1, STORE),
        (401, LEN - 1, STORE),
        (0, 399, STORE),
        // These are valid: the rest is requested.
        (400, 400, None),
        (400, LEN - 2, None),
    ] {
        check_rest(Fault::Part(first, last), expected).await;
    }
}

#[tokio::test]
async fn the_whole_instead_of_the_rest() {
    check_rest(Fault::Whole, None).await;
    let faults = [400, 300, 500].map(Fault::Cut);
    let faults = [&faults[..1], &[Fault::Whole], &faults[1..]].concat();
    check(|store| store, &faults, None).await;
}

/// Another version of the same length, with any headers of the store.
#[tokio::test]
async fn another_version() {
    let other = Body::generated(12, LEN);
    for store in [
        |store| store,
        Store::ignoring_if_match,
        Store::without_ranges,
        |store: Store| store.etag(Etag::Weak),
        |store: Store| store.etag(Etag::None),
    ] as [fn(Store) -> Store; 5]
    {
        let faults = [Fault::Cut(400), Fault::Replaced(other.clone())];
        check_each(store, &faults, CHANGED, MISMATCH).await;
        let setup = Setup::new(store(Store::new(body(LEN)))).faults(faults);
        setup.check_saved().await;
    }
    check_rest(Fault::Header("etag", "\"two\"".to_owned()), CHANGED).await;
}

/// The store does not distinguish the versions, but their digests differ.
#[tokio::test]
async fn another_version_by_the_same_name() {
    let setup = Setup::new(Store::new(body(LEN)).etag(Etag::Fixed("\"one\"")));
    let other = Fault::Replaced(Body::generated(12, LEN));
    let expected = setup.content();
    let setup = setup.faults([Fault::Cut(400), other]);
    let error = saved(setup.download().verify(expected)).await.unwrap_err();
    assert!(error.is_mismatch());
}

/// The stored bytes are delivered, whatever their `Content-Encoding`.
#[tokio::test]
async fn encodings() {
    for encoding in ["gzip", "br", "identity"] {
        let fault = || Fault::Header("content-encoding", encoding.to_owned());
        check(|store| store, &[fault()], None).await;
        check_rest(fault(), None).await;
    }
}
