//! The connections of parts.

use tests::server::{Answer, Authority, Tls};
use tests::store::{Fault, Store};

use super::{LEN, check, connections, parts, ranges, setup};
use crate::store_faults::{Setup, body};

fn over(authority: &Authority, tls: impl Into<Tls>) -> Setup {
    Setup::trusting(Store::tls(tls, body(LEN)), authority)
}

/// Parts share no connection with each other or with the first response, even over HTTP/2.
#[tokio::test]
async fn over_tls() {
    let authority = Authority::new();
    for tls in [Tls::from(&authority), authority.either_http()] {
        let setup = over(&authority, tls);
        check(&setup, setup.download().parallel(4)).await;
        assert_eq!(ranges(&setup.store), parts(LEN));
        assert_eq!(connections(&setup.store), [0, 1, 2, 3]);
    }
}

/// A store with HTTP/2 alone sends everything in one response, over the existing connection.
#[tokio::test]
async fn over_http2_alone() {
    let authority = Authority::new();
    let setup = over(&authority, authority.http2());
    check(&setup, setup.download().parallel(4)).await;
    assert_eq!(setup.api.requests().len(), 1);
}

/// Each part is sent on by itself.
#[tokio::test]
async fn sent_on() {
    let other = Store::new(body(LEN));
    let sent_on = || Fault::Instead(Answer::redirect(307, &other.sign()));
    let setup = setup(LEN).faults((0..4).map(|_| sent_on()));
    check(&setup, setup.download().parallel(4)).await;
    for store in [&setup.store, &other] {
        assert_eq!(ranges(store), parts(LEN));
        assert_eq!(store.requests().len(), 4);
    }
    assert_eq!(setup.api.requests().len(), 1);
}
