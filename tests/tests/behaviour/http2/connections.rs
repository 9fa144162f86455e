//! Connections: shared by requests, and replaced when they go.

use futures_util::TryStreamExt;
use futures_util::future::join_all;
use generated_client::types::ArtifactId;
use tests::api::Api;
use tests::server::{Answer, Authority, Server};
use tests::store::Fault;

use super::words;
use super::{ENHANCE_YOUR_CALM, NO_ERROR, Scripted, artifact, builder, connections, downloading};
use crate::store_faults::{body, download, streamed};
use crate::{ARTIFACT, Naps, operations};

/// However many there are, and however few may be under way.
#[tokio::test]
async fn one_for_many_requests() {
    for most in [1, 10, 100] {
        let authority = Authority::new();
        let answer = |_: &_| Answer::json(200, ARTIFACT);
        let server = Server::tls(authority.http2_with(most), answer);
        let client = builder(&authority, &server, &Naps::default()).max_attempts(1);
        let client = client.build().unwrap();
        artifact(&client).await.unwrap();
        for sent in join_all((0..50).map(|_| artifact(&client))).await {
            sent.unwrap();
        }
        assert_eq!(connections(&server.requests()), [0; 51]);
    }
}

/// A cancelled request does not affect others on the connection.
#[tokio::test]
async fn a_cancelled_request() {
    let setup = downloading(|store| store, body(10_000_000), []);
    for _ in 0..3 {
        let mut chunks = setup.download().stream();
        chunks.next().await.unwrap().unwrap();
    }
    setup.check_streamed().await;
    assert_eq!(connections(&setup.store.requests()), [0; 4]);
}

#[tokio::test]
async fn closed_between_pages() {
    let authority = Authority::new();
    let api = Api::paging_over(authority.http2(), [vec![1], vec![2], vec![3]]);
    let page = |ids: &str, next: Option<&str>| {
        let page = r#"{"total_count": 0, "artifacts": []}"#.replace("[]", ids);
        let answer = Answer::json(200, &page).last();
        match next {
            Some(next) => answer.header("link", &format!("<{next}>; rel=\"next\"")),
            None => answer,
        }
    };
    let api = api.instead([
        Some(page("[]", Some("/two"))),
        Some(page("[]", Some("/three"))),
        Some(page(&format!("[{ARTIFACT}]"), None)),
    ]);
    let client = builder(&authority, &api, &Naps::default()).max_attempts(1);
    let client = client.build().unwrap();
    let list = operations::list(&client);
    let artifacts: Vec<_> = list.stream().try_collect().await.unwrap();
    let ids: Vec<_> = artifacts.into_iter().map(|artifact| artifact.id).collect();
    assert_eq!(ids, [ArtifactId::from(11)]);
    assert_eq!(connections(&api.requests()), [0, 1, 2]);
}

/// Whether the store is done with the connection or something is wrong with it.
#[tokio::test]
async fn closed_between_parts() {
    for (fault, second) in [
        (Fault::GoAway(400, words(NO_ERROR, true)), 1),
        (Fault::GoAway(400, words(ENHANCE_YOUR_CALM, true)), 1),
        (Fault::GoAway(400, words(ENHANCE_YOUR_CALM, false)), 1),
        (Fault::Cut(400), 1),
        (Fault::Reset(400, ENHANCE_YOUR_CALM), 0),
        (Fault::Cut(0), 1),
    ] {
        let setup = downloading(|store| store, body(1000), [fault.clone()]);
        setup.check_streamed().await;
        let requests = setup.store.requests();
        assert_eq!(connections(&requests), [0, second], "{fault:?}");
        assert_eq!(setup.api.requests().len(), 1);
    }
}

/// The store accepts no more requests, and completes those under way.
#[tokio::test]
async fn closed_after_a_download() {
    let setup = downloading(|store| store, body(100_000), [Fault::Last, Fault::Last]);
    setup.check_streamed().await;
    setup.check_saved().await;
    assert_eq!(connections(&setup.store.requests()), [0, 1]);
}

/// All transfers of a broken connection continue over another one.
#[tokio::test]
async fn broken_for_all() {
    let faults = [Fault::None, Fault::None, Fault::Cut(400)];
    let setup = downloading(|store| store, body(4_000_000), faults);
    let mut first = setup.download().stream();
    let mut bytes = first.next().await.unwrap().unwrap().to_vec();
    let downloads = (0..2).map(|_| streamed(download(&setup.client)));
    let (others, rest) = tokio::join!(join_all(downloads), async {
        while let Some(chunk) = first.next().await {
            bytes.extend_from_slice(&chunk.unwrap());
        }
    });
    let () = rest;
    for (other, error) in others {
        assert!(error.is_none(), "{error:?}");
        assert!(other == setup.store.body().to_vec());
    }
    assert!(bytes == setup.store.body().to_vec());
    let connections = connections(&setup.store.requests());
    assert_eq!(connections[..3], [0, 0, 0]);
    assert!(connections[3..].iter().all(|connection| *connection > 0));
}

#[tokio::test]
async fn closed_before_an_answer() {
    for answer in [
        Answer::hang_up(),
        Answer::go_away(words(ENHANCE_YOUR_CALM, true)),
        Answer::go_away(words(ENHANCE_YOUR_CALM, false)),
        Answer::json(200, ARTIFACT).cut_after(10),
        Answer::json(200, ARTIFACT).go_away_after(10, words(NO_ERROR, true)),
        Answer::json(200, ARTIFACT).chunked().cut_after(10),
    ] {
        let scripted = Scripted::new([answer, Answer::json(200, ARTIFACT)]);
        artifact(&scripted.client()).await.unwrap();
        assert_eq!(scripted.connections(), [0, 1]);
    }
}
