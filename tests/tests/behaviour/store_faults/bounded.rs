//! Limits for responses of stores that are not the content.

use generated_client::Error;
use tests::server::{Answer, Body};
use tests::store::{Fault, Store};

use super::{Setup, body, streamed};

const MIB: u64 = 1024 * 1024;

/// Bytes that may be under way when the client disconnects: the size of the sockets' buffers.
const ON_THE_WAY: u64 = 32 * MIB;

/// Something of 100 MiB is answered.
fn huge(answer: Answer) -> Fault {
    Fault::Instead(answer.body(Body::repeating(b"<Code>x", 100 * MIB)))
}

/// The client has gone away by now, and had not read all of it.
#[track_caller]
fn check(setup: &Setup, answers: usize) {
    let sent = setup.store.sent();
    assert_eq!(sent.len(), answers);
    assert!(sent.iter().all(|&sent| sent < ON_THE_WAY), "{sent:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn errors() {
    for (answer, count) in [
        (Answer::status(404), 1),
        (Answer::status(403), 2),
        (Answer::status(410).chunked(), 2),
        (Answer::status(404).until_close(), 1),
        (Answer::status(502), 4),
    ] {
        let setup = Setup::new(Store::new(body(1000)));
        let setup = setup.faults(vec![huge(answer); count]);
        let (_, error) = streamed(setup.download()).await;
        let error = error.unwrap();
        assert!(error.is_store());
        assert_eq!((error.body(), error.store_code()), (None, None));
        check(&setup, count);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unread_bodies() {
    for (answer, is_right) in [
        (Answer::status(412), Error::is_changed as fn(&Error) -> bool),
        (Answer::status(416), Error::is_changed),
        (Answer::status(206), Error::is_store),
        (
            Answer::redirect(302, "ftp://store.test/"),
            Error::is_redirect,
        ),
    ] {
        let setup = Setup::new(Store::new(body(1000)));
        let setup = setup.faults([Fault::Cut(400), huge(answer)]);
        let (_, error) = streamed(setup.download()).await;
        let error = error.unwrap();
        assert!(is_right(&error), "{error:?}");
        check(&setup, 2);
    }
}
