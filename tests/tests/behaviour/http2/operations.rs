//! Every kind of operation, with its frames.

use futures_util::TryStreamExt;
use generated_client::reqwest::Method;
use generated_client::types::ArtifactId;
use tests::api::Api;
use tests::server::{Answer, Authority, Server};

use super::{EMPTY_PAGE, Scripted, artifact, builder, deletion, downloading, page};
use crate::store_faults::{body, saved, streamed};
use crate::{ARTIFACT, Naps, client, operations};

/// The server sees the same as over HTTP/1.1, where `host` is what `:authority` is here.
#[tokio::test]
async fn a_request() {
    let plain = Server::scripted([Answer::json(200, ARTIFACT)]);
    artifact(&client(&plain)).await.unwrap();
    let scripted = Scripted::new([Answer::json(200, ARTIFACT)]);
    artifact(&scripted.client()).await.unwrap();
    let request = scripted.server.request();
    assert_eq!(request.to_string(), plain.request().to_string());
    assert!(request.header("authorization").is_some());
}

/// Names of headers are in lower case on the wire, and in any to the caller.
#[tokio::test]
async fn an_answer() {
    let answer = Answer::json(200, ARTIFACT)
        .header("X-GitHub-Request-Id", "C0FE:1")
        .header("ETag", "\"one\"");
    let scripted = Scripted::new([answer]);
    let artifact = artifact(&scripted.client()).await.unwrap();
    assert_eq!(artifact.name, "Rails");
    assert_eq!(artifact.request_id(), Some("C0FE:1"));
    assert_eq!(artifact.etag(), Some("\"one\""));
    assert_eq!(artifact.headers()["X-GitHub-Request-ID"], "C0FE:1");
}

/// Features that HTTP/1.1 lacks or has in another form.
#[tokio::test]
async fn other_answers() {
    let page_of = || Answer::json(200, EMPTY_PAGE);
    for answer in [
        page_of().chunked(),
        page_of().after_informational(103),
        page_of().after_informational(100).after_informational(103),
        page_of().trailer("x-checksum", "1"),
        page_of().chunked().trailer("x-checksum", "1"),
    ] {
        let scripted = Scripted::new([answer]);
        page(&scripted.client()).await.unwrap();
        assert_eq!(scripted.connections(), [0]);
    }
}

#[tokio::test]
async fn a_list() {
    let authority = Authority::new();
    let api = Api::paging_over(authority.http2(), [vec![1, 2], vec![], vec![3]]);
    let client = builder(&authority, &api, &Naps::default());
    let client = client.build().unwrap();
    let list = operations::list(&client);
    let artifacts: Vec<_> = list.stream().try_collect().await.unwrap();
    let ids: Vec<_> = artifacts.into_iter().map(|artifact| artifact.id).collect();
    assert_eq!(ids, [1, 2, 3].map(ArtifactId::from));
    assert_eq!(super::connections(&api.requests()), [0, 0, 0]);
}

#[tokio::test]
async fn a_deletion() {
    let scripted = Scripted::new([Answer::status(204)]);
    assert_eq!(deletion(&scripted.client()).await.unwrap().status(), 204);
    assert_eq!(scripted.server.request().method, "DELETE");
}

/// The length is that of the body that a GET would have been answered with.
#[tokio::test]
async fn a_head() {
    let head = Answer::status(200).length(3000);
    let scripted = Scripted::new(vec![head; 3]);
    let client = scripted.client();
    let ask = || client.request(Method::HEAD, "/a");
    ask().send::<()>().await.unwrap();
    let bytes = ask().bytes().await.unwrap();
    assert_eq!(bytes.headers()["content-length"], "3000");
    assert!(bytes.is_empty());
    let mut stream = ask().stream().await.unwrap().into_inner();
    assert_eq!(stream.chunk().await.unwrap(), None);
}

#[tokio::test]
async fn redirects() {
    let location = "https://store.test/zip?sig=%2f%2B+";
    let scripted = Scripted::new([
        Answer::redirect(302, location),
        Answer::redirect(301, "/moved"),
        Answer::json(200, ARTIFACT),
    ]);
    let client = scripted.client();
    let download = operations::download(&client);
    assert_eq!(download.send().await.unwrap().location(), location);
    artifact(&client).await.unwrap();
    assert_eq!(scripted.server.requests()[2].target, "/moved");
    assert_eq!(scripted.connections(), [0, 0, 0]);
}

#[tokio::test]
async fn errors() {
    let missing = Answer::json(404, super::MISSING);
    for answer in [missing.clone(), missing.chunked()] {
        let scripted = Scripted::new([answer]);
        let error = artifact(&scripted.client()).await.unwrap_err();
        assert!(error.is_not_found());
        assert_eq!(error.message(), Some("Not Found"));
    }
}

#[tokio::test]
async fn downloads() {
    let long = body(3_000_000);
    let setup = downloading(|store| store, long.clone(), []);
    let content = setup.content();
    let (bytes, error) = streamed(setup.download().verify(&content)).await;
    assert!(error.is_none() && bytes == long.to_vec());
    let bytes = saved(setup.download().verify(&content)).await.unwrap();
    assert!(bytes == long.to_vec());
    setup.store.assert_clean();
    let setup = downloading(tests::store::Store::chunked, long, []);
    setup.check_streamed().await;
    setup.check_saved().await;
}

/// A head beyond the client's limit is an error.
#[tokio::test]
async fn huge_heads() {
    let head = |bytes| Answer::json(200, ARTIFACT).header("x-long", &"x".repeat(bytes));
    let scripted = Scripted::new([head(8_000), head(1_000_000)]);
    let client = scripted.impatient();
    artifact(&client).await.unwrap();
    let error = artifact(&client).await.unwrap_err();
    assert!(error.is_interrupted(), "{error:?}");
}
