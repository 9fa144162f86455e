//! Stores that fall silent.

use std::time::Duration;

use generated_client::{ClientBuilder, Error};
use tests::api::Api;
use tests::server::Answer;
use tests::store::{Fault, Store};

use super::{Setup, body, download, saved, streamed};
use crate::{Naps, patient};

const IDLE: Duration = Duration::from_millis(250);

/// The head stalls after so many bytes.
fn silent_head(bytes: u64) -> Fault {
    let answer = Answer::status(200).header("etag", "\"one\"");
    Fault::Instead(answer.stalled_answer_after(bytes))
}

fn setup(faults: impl IntoIterator<Item = Fault>) -> Setup {
    let store = Store::new(body(1000)).faults(faults);
    let api = Api::downloading(&store);
    let client = patient(&api, &Naps::default()).idle_timeout(IDLE);
    let client = client.build().unwrap();
    Setup { store, api, client }
}

#[tokio::test]
async fn within_the_body() {
    let setup = setup([Fault::Stall(400), Fault::Stall(300)]);
    setup.check_streamed().await;
    let requests = setup.store.requests();
    assert!(requests.len() >= 3);
    assert!(requests.last().unwrap().header("range").is_some());
}

#[tokio::test]
async fn within_the_body_to_a_file() {
    let setup = setup([Fault::Stall(400), Fault::Stall(0), Fault::Stall(599)]);
    setup.check_saved().await;
    assert!(setup.store.requests().len() >= 4);
}

#[tokio::test]
async fn within_the_head() {
    let setup = setup([
        silent_head(0),
        silent_head(20),
        Fault::Cut(1),
        silent_head(20),
    ]);
    setup.check_streamed().await;
    assert!(setup.store.requests().len() >= 5);
}

/// Silence without end is an error, after the bytes received before.
#[tokio::test]
async fn for_ever() {
    let check = |error: &Error| assert!(error.is_timeout() && error.is_store(), "{error:?}");
    for (fault, came) in [(silent_head(20), 0), (Fault::Stall(400), 400)] {
        let once = |builder: ClientBuilder<_>| builder.max_attempts(1).idle_timeout(IDLE);
        let store = Store::new(body(1000)).faults([fault.clone(), fault]);
        let api = Api::downloading(&store);
        let client = once(patient(&api, &Naps::default())).build().unwrap();
        let (bytes, error) = streamed(download(&client)).await;
        assert_eq!(bytes, body(came).to_vec());
        check(&error.unwrap());
        check(&saved(download(&client)).await.unwrap_err());
        assert_eq!(store.requests().len(), 2);
    }
}
