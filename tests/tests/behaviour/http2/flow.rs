//! Flow control: an unread response is soon not sent any further, and delays no other.

use generated_client::Client;
use tests::server::{Answer, Authority, Body, Server};

use super::{artifact, builder, downloading};
use crate::store_faults::{body, download, streamed};
use crate::{ARTIFACT, Naps};

const MIB: u64 = 1024 * 1024;

/// The size of a body's unread part that the client accepts.
const UNREAD: u64 = 2 * MIB;

/// A few frames that were read.
const READ: u64 = 64 * 1024;

/// Requests to the API continue, even if it is the store as well.
#[tokio::test]
async fn unread_downloads_and_the_api() {
    let authority = Authority::new();
    let server = Server::tls(authority.http2(), |request| match &*request.target {
        "/content" => Answer::status(200).body(Body::generated(1, 100 * MIB)),
        target if target.ends_with("/zip") => Answer::redirect(302, "/content"),
        _ => Answer::json(200, ARTIFACT),
    });
    let client = builder(&authority, &server, &Naps::default());
    let client = client.build().unwrap();
    let mut unread = Vec::new();
    for _ in 0..5 {
        unread.push(begun(&client).await);
        artifact(&client).await.unwrap();
    }
}

async fn begun(client: &Client) -> generated_client::Chunks {
    let mut chunks = download(client).stream();
    chunks.next().await.unwrap().unwrap();
    chunks
}

/// One is read while others are not, although they share a connection.
#[tokio::test(flavor = "multi_thread")]
async fn unread_downloads_and_another() {
    let setup = downloading(|store| store, body(8 * MIB), []);
    let mut unread = Vec::new();
    for _ in 0..5 {
        unread.push(begun(&setup.client).await);
    }
    let (bytes, error) = streamed(setup.download()).await;
    assert!(error.is_none(), "{error:?}");
    assert!(bytes == setup.store.body().to_vec());
    drop(unread);
    let connections = super::connections(&setup.store.requests());
    assert_eq!(connections, [0; 6]);
    let sent = setup.store.sent();
    assert!(
        sent[..5].iter().all(|sent| *sent <= UNREAD + READ),
        "{sent:?}"
    );
}
