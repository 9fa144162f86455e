//! Parts that break off.

use tests::api::Api;
use tests::store::{Fault, Store};

use super::{LEN, PART, check, counted, parts, range, ranges, reached};
use crate::store_faults::{Setup, body, download, streamed};
use crate::{Naps, builder, patient};

/// The bytes of other parts are kept until their turn.
#[tokio::test]
async fn the_first_comes_last() {
    let (store, requests) = counted(Store::new(body(LEN)).fault(Fault::Cut(1000)));
    let api = Api::downloading(&store);
    let client = patient(&api, &Naps::default()).sleeper(move |_| reached(requests.clone(), 4));
    let client = client.build().unwrap();
    let setup = Setup { store, api, client };
    check(&setup, setup.download().parallel(4)).await;
    let first = setup.store.requests().remove(4);
    assert_eq!(first.header("range"), Some("bytes=1000-8388607"));
}

/// A part is resumed at its own position.
#[tokio::test]
async fn each_by_itself() {
    let store = Store::new(body(LEN));
    let (api, naps) = (Api::downloading(&store), Naps::default());
    let client = patient(&api, &naps).build().unwrap();
    let setup = Setup { store, api, client }
        .faults([Fault::Cut(PART - 1)])
        .faults_from(PART, [Fault::Cut(1)])
        .faults_from(PART + 1, [Fault::Cut(1), Fault::Cut(1)])
        .faults_from(2 * PART, [Fault::Cut(PART / 2)])
        .faults_from(3 * PART, [Fault::Part(3 * PART, 3 * PART + 99)]);
    check(&setup, setup.download().verify(setup.content()).parallel(4)).await;
    let mut expected = parts(LEN);
    expected.extend([
        (PART - 1, Some(PART)),
        (PART + 1, Some(2 * PART)),
        (PART + 2, Some(2 * PART)),
        (2 * PART + PART / 2, Some(3 * PART)),
        (3 * PART + 100, Some(LEN)),
    ]);
    expected.sort_unstable();
    assert_eq!(ranges(&setup.store), expected);
    assert_eq!(setup.api.requests().len(), 1);
    // No part that has come in part waits for another one.
    assert_eq!(naps.taken().len(), 4);
}

/// The error comes after all bytes before it, and nothing is sent again.
#[tokio::test]
async fn never_again() {
    let store = Store::new(body(LEN)).faults_from(PART, [Fault::Cut(1000)]);
    let api = Api::downloading(&store);
    let client = builder(&api).build().unwrap();
    let (bytes, error) = streamed(download(&client).parallel(4)).await;
    assert!(bytes == body(PART + 1000).to_vec());
    let error = error.unwrap();
    assert!(error.is_store() && error.is_interrupted(), "{error:?}");
    assert!(store.requests().len() <= 4);
}

/// An interrupted file is resumed in parts as well.
#[tokio::test]
async fn left_by_an_earlier_one() {
    let store = Store::new(body(LEN)).faults_from(PART, [Fault::Cut(1000)]);
    let api = Api::downloading(&store);
    let client = builder(&api).build().unwrap();
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("out.zip");
    let left = download(&client).parallel(2).to_file(&path).await;
    assert!(left.unwrap_err().is_store() && !path.exists());
    let before = store.requests().len();

    download(&client).parallel(2).to_file(&path).await.unwrap();
    assert!(std::fs::read(&path).unwrap() == body(LEN).to_vec());
    // The last received byte is requested again, to compare it.
    let start = PART + 999;
    let again = &store.requests()[before..];
    assert_eq!(again[0].header("range"), Some(&*format!("bytes={start}-")));
    assert_eq!(again[0].header("if-match"), None);
    let mut others: Vec<_> = again[1..].iter().filter_map(range).collect();
    others.sort_unstable();
    let second = start + PART;
    assert_eq!(
        others,
        [(second, Some(second + PART)), (second + PART, Some(LEN))]
    );
}
