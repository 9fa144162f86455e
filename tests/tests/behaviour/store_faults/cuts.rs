//! Answers that end too early, wherever that is.

use tests::server::Body;
use tests::store::{Etag, Fault, Store};

use super::{KINDS, Setup, body};

const LEN: u64 = 24;

/// Truncates one response after each of its bytes: in the body for each kind of store, in the head for one,
/// since heads are alike.
async fn check(first: &[Fault], download: impl AsyncFn(&Setup)) {
    for (index, kind) in KINDS.into_iter().enumerate() {
        let mut setup = Setup::new(kind(Store::new(body(LEN))));
        setup.check_streamed().await;
        let whole = setup.store.sent()[0];
        for place in 0..whole {
            if place < whole - LEN && place % KINDS.len() as u64 != index as u64 {
                continue;
            }
            let before = setup.store.requests().len();
            setup = setup
                .faults(first.to_vec())
                .faults([Fault::CutAnswer(place)]);
            download(&setup).await;
            let requests = setup.store.requests().len() - before;
            // A part is shorter, and its head longer: only the first answer is cut for certain.
            assert!(requests >= 2, "{place}");
        }
    }
}

#[tokio::test]
async fn after_each_byte() {
    check(&[], Setup::check_streamed).await;
}

#[tokio::test]
async fn after_each_byte_to_a_file() {
    check(&[], Setup::check_saved).await;
}

/// The second answer breaks off as well.
#[tokio::test]
async fn after_each_byte_of_the_second() {
    check(&[Fault::Cut(LEN / 2)], Setup::check_streamed).await;
}

/// Received bytes are not requested again if the version is known.
#[tokio::test]
async fn only_the_rest_is_requested() {
    for (etag, goes_on) in [
        (Etag::Strong, true),
        (Etag::Fixed("\"\""), true),
        (Etag::Fixed("unquoted"), false),
        (Etag::Weak, false),
        (Etag::None, false),
    ] {
        for place in 1..LEN {
            let setup = Setup::new(Store::new(body(LEN)).etag(etag.clone()));
            let setup = setup.faults([Fault::Cut(place)]);
            setup.check_streamed().await;
            let [first, second] = setup.store.requests().try_into().unwrap();
            let range = goes_on.then(|| format!("bytes={place}-"));
            assert_eq!(first.header("range"), None);
            assert_eq!(second.header("range"), range.as_deref());
            assert_eq!(second.header("if-match").is_some(), goes_on);
        }
    }
}

const LONG: u64 = 100_000;

/// Places in a long body, the same in every run, in their order.
fn places(seed: u64) -> Vec<u64> {
    let noise = Body::generated(seed, 8 * 4).to_vec();
    let number = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().unwrap());
    let mut places: Vec<_> = noise
        .chunks(4)
        .map(|bytes| 1 + u64::from(number(bytes)) % (LONG - 1))
        .collect();
    places.sort_unstable();
    places
}

/// Breaks off at these places of the content, whether each answer has all of it or the rest.
fn cuts(places: &[u64], only_rest: bool) -> Vec<Fault> {
    let mut last = 0;
    let mut cut = |&place: &u64| {
        let start = std::mem::replace(&mut last, if only_rest { place } else { 0 });
        Fault::Cut(place - start)
    };
    places.iter().map(&mut cut).collect()
}

#[tokio::test]
async fn at_many_places() {
    for (index, kind) in KINDS.into_iter().enumerate() {
        for seed in 1..=5 {
            let places = places(seed);
            let setup = Setup::new(kind(Store::new(body(LONG))));
            let twice = [cuts(&places, index < 2), vec![Fault::None]];
            let setup = setup
                .faults(twice.concat())
                .faults(cuts(&places, index < 2));
            setup.check_streamed().await;
            assert_eq!(setup.store.requests().len(), places.len() + 1);
            setup.check_saved().await;
            assert_eq!(setup.store.requests().len(), 2 * (places.len() + 1));
            assert_eq!(setup.api.requests().len(), 2);
        }
    }
}
