//! Options of single requests.

use std::time::Duration;

use generated_client::RequestOptions;
use tests::api::Api;
use tests::server::{Answer, Server};
use tests::store::Store;

use crate::{ARTIFACT, Naps, TOKEN, api, builder, operations, patient};

fn tagged() -> RequestOptions {
    RequestOptions::new()
        .header("X-Tag", "nightly")
        .header("x-github-api-version", "2022-11-28")
}

#[tokio::test]
async fn a_header_of_one_request() {
    let server = Server::answering(|_| Answer::json(200, ARTIFACT));
    let client = builder(&server).build().unwrap();
    let request = operations::get(&client);
    request.clone().with_options(tagged()).send().await.unwrap();
    request.send().await.unwrap();
    let [tagged, plain] = server.requests().try_into().expect("two requests");
    assert_eq!(tagged.header("x-tag"), Some("nightly"));
    assert_eq!(tagged.header("x-github-api-version"), Some("2022-11-28"));
    let token = format!("Bearer {TOKEN}");
    assert_eq!(tagged.header("authorization"), Some(token.as_str()));
    assert_eq!(plain.header("x-tag"), None);
    assert_ne!(plain.header("x-github-api-version"), Some("2022-11-28"));
}

/// A list has its options on every page.
#[tokio::test]
async fn every_page() {
    let server = Api::paging([vec![1], vec![2], vec![3]]);
    let client = builder(&server).build().unwrap();
    let list = operations::list(&client);
    let mut pages = list.with_options(tagged()).pages();
    while let Some(page) = pages.next().await {
        page.unwrap();
    }
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    for request in requests {
        assert_eq!(request.header("x-tag"), Some("nightly"), "{request}");
    }
}

#[tokio::test]
async fn after_a_moved_redirect() {
    let moved = Answer::redirect(307, "/moved");
    let server = Server::scripted([moved, Answer::json(200, ARTIFACT)]);
    let client = builder(&server).build().unwrap().with_options(tagged());
    let request = operations::get(&client);
    request.send().await.unwrap();
    let [_, moved] = server.requests().try_into().unwrap();
    assert_eq!(moved.header("x-tag"), Some("nightly"));
}

/// Options for the API do not apply to the store.
#[tokio::test]
async fn not_at_the_store() {
    let store = Store::new(vec![7; 1000]);
    let server = Api::downloading(&store);
    let client = builder(&server).build().unwrap().with_options(tagged());
    let request = operations::download(&client);
    let mut chunks = request.download().stream();
    while let Some(chunk) = chunks.next().await {
        chunk.unwrap();
    }
    assert_eq!(server.request().header("x-tag"), Some("nightly"));
    assert_eq!(store.request().header("x-tag"), None);
}

#[tokio::test]
async fn refused_before_anything_is_sent() {
    let (server, client) = api(Answer::json(200, ARTIFACT));
    let options = RequestOptions::new().header("Authorization", "Bearer SECRET");
    let get = operations::get(&client);
    let error = get.with_options(options.clone()).send().await.unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!(
        error.to_string(),
        "`actions/get-artifact`: option `header` cannot set `authorization`: credentials are set \
         on the client's builder"
    );
    let list = operations::list(&client);
    let mut list = list.with_options(options.clone()).stream();
    assert!(list.next().await.unwrap().unwrap_err().is_invalid_request());
    let download = operations::download(&client);
    let mut chunks = download.with_options(options).download().stream();
    assert!(
        chunks
            .next()
            .await
            .unwrap()
            .unwrap_err()
            .is_invalid_request()
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn attempts_and_waits() {
    for (options, attempts) in [
        (RequestOptions::new(), 4),
        (RequestOptions::new().max_attempts(2), 2),
        (RequestOptions::new().max_attempts(6), 6),
        (RequestOptions::new().max_wait(Duration::ZERO), 1),
    ] {
        let naps = Naps::default();
        let server = Server::answering(|_| Answer::status(503));
        let client = patient(&server, &naps).build().unwrap();
        let request = operations::get(&client);
        let sent = request.with_options(options).send().await;
        assert!(sent.unwrap_err().is_server_error());
        assert_eq!(server.requests().len(), attempts);
        assert_eq!(naps.taken().len(), attempts - 1);
    }
}

/// An attempt that takes too long is made again, wherever the server stops.
#[tokio::test]
async fn a_timeout() {
    let options = RequestOptions::new().timeout(Duration::from_millis(200));
    for slow in [
        Answer::silence(),
        Answer::json(200, ARTIFACT).stalled_after(10),
    ] {
        let naps = Naps::default();
        let mut first = Some(slow.clone());
        let server =
            Server::answering(move |_| first.take().unwrap_or(Answer::json(200, ARTIFACT)));
        let client = patient(&server, &naps).build().unwrap();
        let client = client.with_options(options.clone());
        let request = operations::get(&client);
        assert_eq!(request.send().await.unwrap().name, "Rails");
        assert!(server.requests().len() > 1);

        let (_server, client) = api(slow);
        let request = operations::get(&client);
        let sent = request.with_options(options.clone()).send().await;
        let error = sent.unwrap_err();
        assert!(error.is_timeout());
        assert_eq!(
            error.to_string(),
            "GET /repos/octo-org/octo-docs/actions/artifacts/11: the attempt took longer than 200ms"
        );
    }
}

/// Content takes its time: the limit is one on the answer that leads to it.
#[tokio::test]
async fn no_timeout_for_content() {
    let content = Answer::status(200).body("content");
    let slow = content.dripping(3, Duration::from_millis(400));
    let store = Server::scripted([slow]);
    let (_server, client) = api(Answer::redirect(302, &store.url()));
    let client = client.with_options(RequestOptions::new().timeout(Duration::from_secs(1)));
    let request = operations::download(&client);
    let mut chunks = request.download().stream();
    while let Some(chunk) = chunks.next().await {
        chunk.unwrap();
    }
    assert_eq!(chunks.bytes(), 7);
}
