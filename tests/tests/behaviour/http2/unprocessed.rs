//! Requests that were not sent, or that the server reports as unprocessed, are retried with any method.

use tests::server::{Answer, Authority, Server};

use super::{CANCEL, CODES, ENHANCE_YOUR_CALM, MISSING, NO_ERROR, REFUSED_STREAM};
use super::{Scripted, artifact, builder, connections, deletion, words};
use crate::Naps;
use crate::store_faults::check_secrets;

fn missing() -> Answer {
    Answer::json(404, MISSING)
}

/// The HTTP client itself retries them immediately.
#[tokio::test]
async fn at_once() {
    for (answer, connections) in [
        (Answer::reset(REFUSED_STREAM), [0, 0]),
        (Answer::go_away(words(NO_ERROR, false)), [0, 1]),
    ] {
        let scripted = Scripted::new([answer.clone(), Answer::status(204), answer, missing()]);
        let client = scripted.impatient();
        assert_eq!(deletion(&client).await.unwrap().status(), 204);
        assert_eq!(scripted.connections(), connections);
        assert!(deletion(&client).await.unwrap_err().is_not_found());
        assert!(scripted.naps.taken().is_empty());
    }
}

/// Twice; after that it is as any failure that may pass.
#[tokio::test]
async fn not_for_ever() {
    let scripted = Scripted::new((0..99).map(|_| Answer::reset(REFUSED_STREAM)));
    let error = deletion(&scripted.impatient()).await.unwrap_err();
    assert!(error.is_interrupted(), "{error:?}");
    assert_eq!(scripted.connections().len(), 3);
    deletion(&scripted.client()).await.unwrap_err();
    assert_eq!(scripted.connections().len(), 3 + 12);
    assert_eq!(scripted.naps.taken().len(), 3);
}

/// Nothing was processed, so a 404 to the retry is an error.
#[tokio::test]
async fn a_delete_that_finds_nothing() {
    for refusal in [
        Answer::reset(REFUSED_STREAM),
        Answer::go_away(words(NO_ERROR, false)),
    ] {
        let refusals = std::iter::repeat_n(refusal, 3);
        let scripted = Scripted::new(refusals.chain([missing()]));
        let error = deletion(&scripted.client()).await.unwrap_err();
        assert!(error.is_not_found(), "{error:?}");
        assert_eq!(scripted.naps.taken().len(), 1);
    }
}

/// A request that was never sent, as its connection was closed before, is not one whose answer was lost.
#[tokio::test]
async fn a_delete_that_was_not_sent() {
    let authority = Authority::new();
    for (closed, status) in [(1, 404), (1, 204), (3, 404)] {
        let naps = Naps::default();
        let server = Server::tls(
            authority.http2().closing_first(closed),
            move |_| match status {
                204 => Answer::status(204),
                _ => missing(),
            },
        );
        let client = builder(&authority, &server, &naps).build().unwrap();
        match deletion(&client).await {
            Ok(done) => assert!(status == 204 && !done.was_already_gone()),
            Err(error) => assert!(error.is_not_found() && status == 404, "{error:?}"),
        }
        assert_eq!(naps.taken().len(), closed);
        assert_eq!(connections(&server.requests()), [closed]);
    }
}

/// Any other code leaves open whether the request was processed.
#[tokio::test]
async fn a_delete_that_may_be_done() {
    for lost in [
        Answer::reset(CANCEL),
        Answer::reset(NO_ERROR),
        Answer::go_away(words(NO_ERROR, true)),
        Answer::go_away(words(ENHANCE_YOUR_CALM, true)),
        Answer::hang_up(),
    ] {
        let scripted = Scripted::new([lost.clone(), missing()]);
        let done = deletion(&scripted.client()).await.unwrap();
        assert_eq!(done.status(), 404, "{lost:?}");
    }
}

/// The debug data of a closing connection is arbitrary.
#[tokio::test]
async fn words_are_not_shown() {
    for processed in [true, false] {
        let scripted =
            Scripted::new((0..99).map(|code| Answer::go_away(words(code % 15, processed))));
        let client = scripted.impatient();
        for _ in CODES {
            let error = artifact(&client).await.unwrap_err();
            assert!(error.is_interrupted(), "{error:?}");
            check_secrets(&error);
        }
    }
}
