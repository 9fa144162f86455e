//! Downloads from the store of the mock.

use generated_client::mock::{Mock, MockContent, examples};
use generated_client::{Redirect, Saved, reqwest};

use super::download;

const CONTENT: &str = "0123456789abcdefghij";

/// Downloads to a file; the content is that of the file.
async fn saved(mock: &Mock) -> (Saved, String) {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("content");
    let download = download(mock).download();
    let saved = download.to_file(&path).await.expect("the content");
    (saved, std::fs::read_to_string(path).expect("a file"))
}

#[tokio::test]
async fn to_a_file() {
    let mock = Mock::start();
    mock.actions()
        .download_artifact(|when| when.artifact_id(11))
        .respond_content(CONTENT);
    let (saved, content) = saved(&mock).await;
    assert_eq!(saved.bytes, 20);
    assert_eq!(content, CONTENT);
}

/// The store is of another origin than the API.
#[tokio::test]
async fn the_store() {
    let mock = Mock::start();
    mock.actions()
        .download_artifact(|when| when)
        .respond_content(CONTENT);
    let redirect = download(&mock).await.expect("a redirect");
    assert!(!redirect.location().starts_with(mock.url()), "{redirect}");
}

/// A truncated download continues at its position, twice.
#[tokio::test]
async fn interrupted() {
    let mock = Mock::start();
    let content = MockContent::new(CONTENT)
        .header("content-disposition", "attachment; filename=\"a.zip\"")
        .cut_after(5)
        .cut_after(7);
    mock.actions()
        .download_artifact(|when| when)
        .respond_content(content)
        .times(1);
    let (saved, content) = saved(&mock).await;
    assert_eq!(saved.file_name().as_deref(), Some("a.zip"));
    assert_eq!(content, CONTENT);
}

/// Without another attempt, what broke off is an error.
#[tokio::test]
async fn cut() {
    let mock = Mock::start();
    mock.actions()
        .download_artifact(|when| when)
        .respond_content(MockContent::new(CONTENT).cut_after(5));
    let client = mock.builder().max_attempts(1).build().expect("a client");
    let request = client.actions();
    let request = request.download_artifact("octo-org", "octo-docs", 11);
    let mut chunks = request.download().stream();
    let chunk = chunks.next().await.expect("a chunk").expect("a beginning");
    assert_eq!(chunk, &CONTENT[..5]);
    let failed = chunks.next().await.expect("an end").expect_err("it is cut");
    assert!(failed.is_interrupted(), "{failed:?}");
}

#[tokio::test]
async fn a_redirect_alone() {
    let mock = Mock::start();
    let redirect = Redirect::new("https://store.test/zip?sig=SECRET").expect("a URL");
    mock.actions()
        .download_artifact(|when| when)
        .respond(redirect.clone());
    assert_eq!(*download(&mock).await.expect("a redirect"), redirect);
}

#[tokio::test]
async fn gone() {
    let mock = Mock::start();
    mock.actions()
        .download_artifact(|when| when)
        .respond_error(410, examples::artifact_gone());
    let failed = download(&mock)
        .download()
        .to_file("unused")
        .await
        .expect_err("it is gone");
    assert!(failed.is_gone());
}

/// A store without ranges sends everything again.
#[tokio::test]
async fn without_ranges() {
    let mock = Mock::start();
    let content = MockContent::new("content")
        .header("accept-ranges", "none")
        .header("etag", "W/\"weak\"")
        .cut_after(3);
    mock.actions()
        .download_artifact(|when| when)
        .respond_content(content);
    let mut chunks = download(&mock).download().stream();
    let mut bytes = Vec::new();
    while let Some(chunk) = chunks.next().await {
        bytes.extend_from_slice(&chunk.expect("a chunk"));
    }
    assert_eq!(bytes, b"content");
}

/// The default headers of the store's content, and those of a test.
#[tokio::test]
async fn ranges_and_versions() {
    let other = MockContent::new(CONTENT)
        .header("accept-ranges", "none")
        .header("etag", "W/\"weak\"");
    for (content, etag, of_range) in [
        (MockContent::new(CONTENT), "\"content-0\"", 206),
        (other, "W/\"weak\"", 200),
    ] {
        let mock = Mock::start();
        mock.actions()
            .download_artifact(|when| when)
            .respond_content(content);
        let redirect = download(&mock).await.expect("a redirect");
        let ask = async |name: &str, value: &str| {
            let http = reqwest::Client::builder().no_proxy().build();
            let request = http.expect("a client").get(redirect.location());
            let response = request.header(name, value).send();
            response.await.expect("a response")
        };
        let part = ask("range", "bytes=5-").await;
        assert_eq!(part.status(), of_range);
        assert_eq!(part.headers()["etag"], etag);
        let behind = ask("range", "bytes=20-").await;
        assert_eq!(behind.status(), if of_range == 206 { 416 } else { 200 });
        assert_eq!(ask("if-match", etag).await.status(), 200);
        assert_eq!(ask("if-match", "\"other\"").await.status(), 412);
    }
}
