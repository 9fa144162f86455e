//! Servers that fall silent: within an answer, or on a whole connection.

use std::time::Duration;

use generated_client::{Client, ClientBuilder};
use tests::server::{Answer, Authority};
use tests::store::{Fault, Store};

use super::{Scripted, artifact, builder, connections};
use crate::store_faults::{Setup, body};
use crate::{ARTIFACT, Naps};

/// A client that waits for no more than a moment.
fn hasty(builder: ClientBuilder<Client>) -> Client {
    let builder = builder.idle_timeout(Duration::from_millis(600));
    builder.build().unwrap()
}

/// The same without pings, which a busy machine may answer too late.
fn unasking(builder: ClientBuilder<Client>) -> Client {
    builder
        .idle_timeout(Duration::from_millis(300))
        .configure_http(|http| http.http2_keep_alive_interval(None))
        .build()
        .unwrap()
}

/// The connection is good, and used again.
#[tokio::test]
async fn within_an_answer() {
    for silent in [
        Answer::silence(),
        Answer::json(200, ARTIFACT).stalled_after(0),
        Answer::json(200, ARTIFACT).stalled_after(10),
    ] {
        let whole = std::iter::repeat_n(Answer::json(200, ARTIFACT), 3);
        let scripted = Scripted::new([silent.clone(), silent].into_iter().chain(whole));
        let error = artifact(&unasking(scripted.builder().max_attempts(1))).await;
        assert!(error.unwrap_err().is_timeout());
        artifact(&unasking(scripted.builder())).await.unwrap();
        let connections = scripted.connections();
        assert!(connections[1..].iter().all(|connection| *connection == 1));
    }
}

fn setup(faults: impl IntoIterator<Item = Fault>) -> Setup {
    let authority = Authority::new();
    let store = Store::tls(authority.http2(), body(1000)).faults(faults);
    let api = tests::api::Api::downloading(&store);
    let client = hasty(builder(&authority, &api, &Naps::default()));
    Setup { store, api, client }
}

#[tokio::test]
async fn within_a_download() {
    let setup = setup([Fault::Stall(400), Fault::Stall(0), Fault::Stall(599)]);
    setup.check_streamed().await;
    assert!(setup.store.requests().len() >= 4);
}

/// Unlike over HTTP/1.1, the next attempt must not reuse the dead connection.
#[tokio::test]
async fn a_whole_connection() {
    for silent in [
        Answer::json(200, ARTIFACT).frozen_after(0),
        Answer::json(200, ARTIFACT).frozen_after(10),
    ] {
        let whole = std::iter::repeat_n(Answer::json(200, ARTIFACT), 3);
        let scripted = Scripted::new(std::iter::once(silent).chain(whole));
        artifact(&hasty(scripted.builder())).await.unwrap();
        assert!(scripted.connections()[1] > 0);
    }
}

#[tokio::test]
async fn a_whole_connection_in_a_download() {
    let setup = setup([Fault::Freeze(400), Fault::Freeze(0), Fault::Freeze(599)]);
    setup.check_streamed().await;
    let connections = connections(&setup.store.requests());
    assert!(connections.last() >= Some(&3), "{connections:?}");
}
