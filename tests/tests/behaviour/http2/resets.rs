//! Streams that the server resets: with any code, the body is truncated.

use generated_client::{Content, Error};
use tests::server::Answer;
use tests::store::{Etag, Fault, Store};

use super::{CANCEL, CODES, EMPTY_PAGE, MISSING, NO_ERROR, Scripted, artifact, downloading, page};
use crate::ARTIFACT;
use crate::store_faults::{body, saved, streamed};

const LEN: u64 = 100_000;

#[tokio::test]
async fn before_the_answer() {
    let answers = CODES.flat_map(|code| [Answer::reset(code), Answer::json(200, ARTIFACT)]);
    let scripted = Scripted::new(answers);
    let client = scripted.client();
    for code in CODES {
        assert_eq!(artifact(&client).await.unwrap().name, "Rails", "{code}");
    }
    assert_eq!(scripted.connections(), vec![0; 2 * CODES.count()]);
}

#[tokio::test]
async fn in_json() {
    let whole = || Answer::json(200, ARTIFACT);
    for answer in [whole(), whole().chunked()] {
        for place in [0, 1, ARTIFACT.len() as u64 - 1] {
            let cut = |code| answer.clone().reset_after(place, code);
            let answers = CODES.flat_map(|code| [cut(code), cut(code), answer.clone()]);
            let scripted = Scripted::new(answers);
            let (impatient, patient) = (scripted.impatient(), scripted.client());
            for code in CODES {
                let error = artifact(&impatient).await.unwrap_err();
                assert!(error.is_interrupted(), "{code} {place}: {error:?}");
                let again = artifact(&patient).await;
                assert_eq!(again.unwrap().name, "Rails", "{code} {place}");
            }
        }
    }
}

/// The JSON is complete without the missing byte.
#[tokio::test]
async fn after_json() {
    let long = Answer::json(200, &format!("{EMPTY_PAGE}\n"));
    let cut = |code| long.clone().reset_after(EMPTY_PAGE.len() as u64, code);
    let scripted = Scripted::new(CODES.map(cut));
    let client = scripted.impatient();
    for code in CODES {
        let error = page(&client).await.unwrap_err();
        assert!(error.is_interrupted(), "{code}: {error:?}");
    }
}

/// JSON that is truncated at its source, in a response with that length.
#[tokio::test]
async fn json_cut_by_its_author() {
    let scripted = Scripted::new([Answer::json(200, &ARTIFACT[..100])]);
    let error = artifact(&scripted.client()).await.unwrap_err();
    assert!(error.is_decode(), "{error:?}");
    assert_eq!(error.body(), Some(&ARTIFACT[..100]));
}

/// The status and the headers are enough for an error.
#[tokio::test]
async fn in_an_error() {
    let missing = Answer::json(404, MISSING);
    for answer in [missing.clone(), missing.chunked()] {
        let scripted = Scripted::new(CODES.map(|code| answer.clone().reset_after(5, code)));
        let client = scripted.client();
        for code in CODES {
            let error = artifact(&client).await.unwrap_err();
            assert!(error.is_not_found(), "{code}: {error:?}");
            assert_eq!(error.body(), Some(&MISSING[..5]));
        }
    }
}

/// For any kind of store that sends the length.
#[tokio::test]
async fn in_a_download() {
    let kinds: [fn(Store) -> Store; 4] = [
        |store| store,
        Store::without_ranges,
        |store| store.etag(Etag::Weak),
        |store| store.etag(Etag::None),
    ];
    for kind in kinds {
        let mut setup = downloading(kind, body(LEN), []);
        for code in CODES {
            let cuts = [0, 1, 400].map(|place| Fault::Reset(place, code));
            setup = setup.faults(cuts.clone()).faults([Fault::None]);
            setup.check_streamed().await;
            setup = setup.faults(cuts);
            setup.check_saved().await;
        }
        assert_eq!(setup.store.requests().len(), 8 * CODES.count());
    }
}

/// It is an error after the maximum of attempts, as any other failure.
#[tokio::test]
async fn in_a_download_for_ever() {
    for code in [NO_ERROR, CANCEL] {
        let setup = downloading(|store| store, body(LEN), vec![Fault::Reset(0, code); 99]);
        let error = saved(setup.download()).await.unwrap_err();
        assert!(error.is_interrupted() && error.is_store(), "{error:?}");
        assert_eq!(setup.store.requests().len(), 4);
    }
}

/// Only the expected length or digest reveals the truncation.
#[tokio::test]
async fn in_a_download_of_unknown_length() {
    let mut setup = downloading(Store::chunked, body(LEN), []);
    let content = Content::new(Some(&body(LEN).digest()), LEN);
    for code in CODES {
        setup = setup.faults([Fault::Reset(60, code)]);
        let download = setup.download().expect_digest(setup.store.body().digest());
        check_unknown(code, saved(download).await);
        setup = setup.faults([Fault::Reset(60, code)]);
        check_unknown(code, saved(setup.download().verify(&content)).await);
    }
}

#[track_caller]
fn check_unknown(code: u32, saved: Result<Vec<u8>, Error>) {
    match saved {
        Ok(bytes) => assert!(code != NO_ERROR && bytes == body(LEN).to_vec()),
        Err(error) => assert!(code == NO_ERROR && error.is_mismatch(), "{error:?}"),
    }
}

/// Without an announced length, a reset with NO_ERROR is a normal end, as the docs of `Download` say.
#[tokio::test]
async fn no_error_ends_a_body_of_unknown_length() {
    let mut setup = downloading(Store::chunked, body(LEN), []);
    for code in CODES {
        setup = setup.faults([Fault::Reset(60, code)]);
        let (bytes, error) = streamed(setup.download()).await;
        assert!(error.is_none(), "{code}: {error:?}");
        let came = if code == NO_ERROR { 60 } else { LEN };
        assert!(bytes == body(LEN).slice(0..came).to_vec(), "{code}");
    }
}
