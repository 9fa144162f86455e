//! Downloads: requests to the store, and its responses.

use std::sync::{Arc, Mutex};

use generated_client::types::Artifact;
use generated_client::{Client, Content, Download, Error};
use tests::server::{Answer, Authority, Server};

use crate::{ARTIFACT, Naps, TOKEN, builder, operations, patient, trusting};

pub(crate) const CONTENT: &str = "0123456789";
pub(crate) const DIGEST: &str =
    "sha256:84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882";
pub(crate) const ETAG: &str = "\"one\"";

/// An API that leads to a store, and the store.
pub(crate) struct Setup {
    pub(crate) api: Server,
    pub(crate) store: Server,
    client: Client,
}

impl Setup {
    pub(crate) fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        let store = Server::scripted(answers);
        let mut location = format!("{}/content?sig=SECRET-", store.url());
        let api = Server::answering(move |_| {
            location.push('1');
            Answer::redirect(302, &format!("{location}#fragment"))
        });
        let client = patient(&api, &Naps::default()).build().unwrap();
        Self { api, store, client }
    }

    pub(crate) fn download(&self) -> Download {
        operations::download(&self.client).download()
    }

    /// The value of a header in each request to the store.
    pub(crate) fn sent(&self, name: &str) -> Vec<Option<String>> {
        let requests = self.store.requests();
        let value = |name| requests.iter().map(move |request| request.header(name));
        value(name).map(|value| value.map(str::to_owned)).collect()
    }
}

/// All of the content.
pub(crate) fn whole() -> Answer {
    Answer::status(200).header("etag", ETAG).body(CONTENT)
}

/// All of it but the last byte, and then nothing more.
pub(crate) fn cut() -> Answer {
    whole().cut_after(9)
}

/// The content from a byte on.
pub(crate) fn rest(start: usize) -> Answer {
    part(ETAG, &format!("bytes {start}-9/10"), &CONTENT[start..])
}

/// A part of a version of the content, with its `Content-Range`.
pub(crate) fn part(etag: &str, range: &str, body: &str) -> Answer {
    let answer = Answer::status(206).header("etag", etag);
    answer.header("content-range", range).body(body.to_owned())
}

/// The result of a download: the bytes, and the error at their end.
pub(crate) async fn read(download: Download) -> (String, Option<Error>) {
    let mut chunks = download.stream();
    let mut text = String::new();
    loop {
        match chunks.next().await {
            Some(Ok(bytes)) => text += str::from_utf8(&bytes).unwrap(),
            Some(Err(error)) => {
                assert!(chunks.next().await.is_none());
                check_secrets(&error);
                return (text, Some(error));
            }
            None => return (text, None),
        }
    }
}

#[track_caller]
fn check_secrets(error: &Error) {
    let text = format!("{error} {error:?} {:?}", std::error::Error::source(error));
    assert!(!text.contains("SECRET"), "{text}");
    assert_eq!(error.operation(), Some("actions/download-artifact"));
}

#[track_caller]
fn check_whole((text, error): (String, Option<Error>)) {
    assert!(error.is_none(), "{error:?}");
    assert_eq!(text, CONTENT);
}

#[track_caller]
fn check_error((_, error): (String, Option<Error>), expected: &str) -> Error {
    let error = error.unwrap();
    let expected = format!("GET /repos/octo-org/octo-docs/actions/artifacts/11/zip: {expected}");
    assert_eq!(error.to_string(), expected);
    error
}

#[tokio::test]
async fn a_whole_answer() {
    let setup = Setup::new([whole()]);
    let download = setup.download().verify(Content::new(Some(DIGEST), 10));
    assert!(!format!("{download:?}").contains("SECRET"));
    assert!(setup.api.requests().is_empty());
    check_whole(read(download).await);
    assert_eq!(
        setup.api.request().header("authorization"),
        Some("Bearer SECRET-TOKEN")
    );
    let request = setup.store.request();
    assert_eq!(request.target, "/content?sig=SECRET-1");
    assert!(!request.to_string().contains(TOKEN));
    assert_eq!(request.header("x-github-api-version"), None);
    assert_eq!(request.header("accept-encoding"), Some("identity"));
    assert_eq!(request.header("range"), None);
}

#[tokio::test]
async fn cut_and_resumed() {
    let setup = Setup::new([cut(), rest(9)]);
    check_whole(read(setup.download()).await);
    assert_eq!(setup.sent("range"), [None, Some("bytes=9-".to_owned())]);
    assert_eq!(setup.sent("if-match"), [None, Some(ETAG.to_owned())]);
    assert_eq!(setup.api.requests().len(), 1);
}

/// The whole is no part of itself.
#[tokio::test]
async fn cut_before_the_first_byte() {
    let setup = Setup::new([whole().cut_after(0), whole()]);
    check_whole(read(setup.download()).await);
    assert_eq!(setup.sent("range"), [None, None]);
    // No part is of another version yet.
    let other = whole().header("etag", "\"two\"");
    let setup = Setup::new([whole().cut_after(0), other]);
    check_whole(read(setup.download()).await);
}

/// A part may be shorter than requested.
#[tokio::test]
async fn resumed_bit_by_bit() {
    let part = |range: &str, body: &str| part(ETAG, range, body);
    let setup = Setup::new([
        whole().cut_after(3),
        part("bytes 3-5/10", "345"),
        part("bytes 6-8/10", "678").cut_after(1),
        rest(7),
    ]);
    check_whole(read(setup.download()).await);
    let ranges = setup
        .sent("range")
        .into_iter()
        .flatten()
        .collect::<Vec<_>>();
    assert_eq!(ranges, ["bytes=3-", "bytes=6-", "bytes=7-"]);
}

/// The version of the part is unknown, so the whole is requested and compared.
#[tokio::test]
async fn a_part_without_a_tag() {
    let part = || {
        let answer = Answer::status(206).header("content-range", "bytes 9-9/10");
        answer.body("X")
    };
    let setup = Setup::new([cut(), part(), whole()]);
    check_whole(read(setup.download()).await);
    assert_eq!(
        setup.sent("range"),
        [None, Some("bytes=9-".to_owned()), None]
    );

    let changed = Answer::status(200).body("012345678X");
    let setup = Setup::new([cut(), part(), changed]);
    let (text, error) = read(setup.download()).await;
    assert_eq!(
        (text.as_str(), error.map(|error| error.is_mismatch())),
        ("012345678X", None)
    );
}

/// A pinned digest is verified beside the API's.
#[tokio::test]
async fn two_digests() {
    let setup = Setup::new([whole()]);
    let pinned = format!("sha256:{}", "0".repeat(64));
    let download = setup.download().expect_digest(pinned);
    let download = download.verify(Content::new(Some(DIGEST), 10_u64));
    let (text, error) = read(download).await;
    assert!(text.is_empty() && error.unwrap().is_mismatch());
    assert!(setup.api.requests().is_empty());
}

#[tokio::test]
async fn not_resumed_without_retries() {
    let setup = Setup::new([cut(), rest(9)]);
    let client = builder(&setup.api).build().unwrap();
    let download = operations::download(&client).download();
    let (text, error) = read(download).await;
    assert_eq!(text, "012345678");
    let error = error.unwrap();
    assert!(error.is_interrupted() && error.is_store());
    assert_eq!(setup.store.requests().len(), 1);
}

#[tokio::test]
async fn restarted_from_the_beginning() {
    let plain = || Answer::status(200).body(CONTENT);
    let plain_cut = || plain().cut_after(9);
    for answers in [[cut(), whole()], [cut(), plain()], [plain_cut(), plain()]] {
        let setup = Setup::new(answers);
        check_whole(read(setup.download()).await);
    }
    let setup = Setup::new([plain_cut(), plain()]);
    check_whole(read(setup.download()).await);
    assert_eq!(setup.sent("range"), [None, None]);
}

#[tokio::test]
async fn changed() {
    let part = |etag: &str, range: &str| part(etag, range, "9");
    for answer in [
        Answer::status(412),
        Answer::status(416).header("content-range", "bytes */5"),
        part("\"two\"", "bytes 9-9/10"),
        part("W/\"one\"", "bytes 9-9/10"),
        part(ETAG, "bytes 9-9/12"),
        Answer::status(200).header("etag", "\"two\"").body(CONTENT),
        Answer::status(200).body("X12345678"),
        Answer::status(200).body("01234567"),
        Answer::status(200).body("01234567890"),
        Answer::status(200).body("0123X56789"),
    ] {
        let setup = Setup::new([cut(), answer.clone()]);
        let got = read(setup.download()).await;
        assert_eq!(got.0, "012345678");
        let error = check_error(got, "the content has changed since the download began");
        assert!(error.is_changed() && !error.is_store(), "{answer:?}");
        assert_eq!(setup.store.requests().len(), 2);
    }
}

/// The announced length exceeds the content, which a request for the rest reveals.
#[tokio::test]
async fn announced_too_long() {
    let part = |range: &str| part(ETAG, range, "8");
    for (answer, status) in [
        (
            Answer::status(416).header("content-range", "bytes */8"),
            "416 Range Not Satisfiable",
        ),
        (part("bytes 8-8/9"), "206 Partial Content"),
        (
            Answer::status(200).header("etag", ETAG).body("012345678"),
            "200 OK",
        ),
        (Answer::status(200).body("01234567"), "200 OK"),
    ] {
        let setup = Setup::new([whole().cut_after(8), answer]);
        let got = read(setup.download()).await;
        assert_eq!(got.0, "01234567");
        let expected = "it has fewer bytes than it announced before";
        let error = check_error(got, &format!("the store answered {status}: {expected}"));
        assert!(error.is_store() && !error.is_changed());
    }
}

/// A second response that ends before the position of the interruption.
#[tokio::test]
async fn shorter_than_before() {
    let answer = |body: &str| Answer::status(200).body(body.to_owned()).chunked();
    let setup = Setup::new([answer(CONTENT).cut_after(9), answer("01234567")]);
    let got = read(setup.download()).await;
    check_error(got, "the content has changed since the download began");
}

/// The first response has the total length, and so has the header of a part.
#[tokio::test]
async fn longer_than_announced() {
    let whole_again = Answer::status(200).body("01234567890").chunked();
    let part = Answer::status(206).header("etag", ETAG);
    let part = part.header("content-range", "bytes 9-9/10");
    for answer in [whole_again, part.body("90").chunked()] {
        let setup = Setup::new([cut(), answer]);
        let got = read(setup.download()).await;
        assert_eq!(got.0, "012345678");
        let error = check_error(got, "the store sends more bytes than it announces");
        assert!(error.is_store() && !error.is_interrupted());
    }
}

/// Each part ends before it has begun.
#[tokio::test]
async fn never_to_an_end() {
    let part = Answer::status(206).header("etag", ETAG);
    let part = part.header("content-range", "bytes 9-9/10");
    let part = || part.clone().chunked();
    let setup = Setup::new([cut(), part(), part(), part()]);
    let got = read(setup.download()).await;
    let error = check_error(got, "the body ended after 9 of 10 bytes");
    assert!(error.is_store() && error.is_interrupted());
    assert_eq!(setup.store.requests().len(), 4);
}

/// The limit is on failures without progress.
#[tokio::test]
async fn byte_by_byte() {
    let parts = (1..10).map(|start| rest(start).cut_after(1));
    let first = whole().cut_after(1);
    let setup = Setup::new([first].into_iter().chain(parts));
    check_whole(read(setup.download()).await);
    assert_eq!(setup.store.requests().len(), 10);
}

/// A response without a length that breaks off at its very end.
#[tokio::test]
async fn whole_without_knowing() {
    let chunked = || whole().chunked().cut_after(10);
    let nothing = Answer::status(416).header("content-range", "bytes */10");
    let setup = Setup::new([chunked(), nothing]);
    check_whole(read(setup.download()).await);
    assert_eq!(setup.sent("range"), [None, Some("bytes=10-".to_owned())]);
}

#[tokio::test]
async fn senseless_parts() {
    let part = |range: &str| part(ETAG, range, "9");
    for (answer, expected) in [
        (
            Answer::status(206).body("9"),
            "there is no `Content-Range` header",
        ),
        (
            part("bytes 9-9/*"),
            "the `Content-Range` header does not tell which bytes these are",
        ),
        (
            part("bytes 8-8/10"),
            "the part is not the one that was asked for",
        ),
        (
            part("bytes 9-10/12"),
            "the part is not as long as its `Content-Range` header tells",
        ),
    ] {
        let setup = Setup::new([cut(), answer]);
        let got = read(setup.download()).await;
        let expected = format!("the store answered 206 Partial Content: {expected}");
        let error = check_error(got, &expected);
        assert!(error.is_store() && error.status().unwrap() == 206);
    }
    let setup = Setup::new([rest(0)]);
    check_error(
        read(setup.download()).await,
        "the store answered 206 Partial Content: it is a part, and the whole was asked for",
    );
}

#[tokio::test]
async fn expired() {
    for status in [401, 403, 410] {
        let setup = Setup::new([cut(), Answer::status(500), Answer::status(status), rest(9)]);
        check_whole(read(setup.download()).await);
        let targets: Vec<_> = setup
            .store
            .requests()
            .into_iter()
            .map(|r| r.target)
            .collect();
        let (first, second) = ("/content?sig=SECRET-1", "/content?sig=SECRET-11");
        assert_eq!(targets, [first, first, first, second]);
    }
}

/// The second address has had time to expire as well.
#[tokio::test]
async fn expired_again() {
    let refusal = || Answer::status(403);
    let setup = Setup::new([refusal(), Answer::hang_up(), refusal(), whole()]);
    check_whole(read(setup.download()).await);
    assert_eq!(setup.api.requests().len(), 3);
}

#[tokio::test]
async fn refused_by_the_store() {
    let body = "<Error><Code>AuthenticationFailed</Code><Detail>sig=SECRET</Detail></Error>";
    let refusal = || Answer::status(403).body(body);
    let setup = Setup::new([refusal(), refusal()]);
    let error = check_error(
        read(setup.download()).await,
        "the store answered 403 Forbidden: AuthenticationFailed",
    );
    assert!(error.is_store() && !error.is_forbidden());
    assert_eq!(error.store_code(), Some("AuthenticationFailed"));
    assert_eq!((error.body(), error.message()), (None, None));
    assert_eq!(setup.api.requests().len(), 2);
    assert_eq!(setup.store.requests().len(), 2);
}

/// Content received in part does not vouch for a later URL.
#[tokio::test]
async fn refused_in_the_middle() {
    for status in [401, 403, 410] {
        let refusals = (0..9).map(|_| Answer::status(status));
        let setup = Setup::new([cut()].into_iter().chain(refusals));
        let (text, error) = read(setup.download()).await;
        assert_eq!(text, "012345678");
        let error = error.unwrap();
        assert!(error.is_store() && error.status().unwrap() == status);
        assert_eq!(setup.store.requests().len(), 3);
        assert_eq!(setup.api.requests().len(), 2);
    }
}

#[tokio::test]
async fn gone_from_the_api_meanwhile() {
    let store = Server::scripted([Answer::status(403)]);
    let api = Server::scripted([
        Answer::redirect(302, &store.url()),
        Answer::json(410, r#"{"message": "Artifact has expired"}"#),
    ]);
    let client = builder(&api).build().unwrap();
    let download = operations::download(&client).download();
    let error = check_error(read(download).await, "410 Gone: Artifact has expired");
    assert!(error.is_gone() && !error.is_store());
}

#[tokio::test]
async fn a_store_that_recovers() {
    for status in [429, 500, 502, 503, 504] {
        let busy = || Answer::status(status).header("retry-after", "3");
        let setup = Setup::new([busy(), busy(), busy(), whole()]);
        check_whole(read(setup.download()).await);
        let setup = Setup::new([busy(), busy(), busy(), busy()]);
        let (_, error) = read(setup.download()).await;
        let error = error.unwrap();
        assert_eq!(error.status().unwrap(), status);
        assert!(!error.is_rate_limited() && !error.is_server_error());
        assert_eq!(error.retry_after().unwrap().as_secs(), 3);
        assert_eq!(setup.store.requests().len(), 4);
    }
}

#[tokio::test]
async fn another_digest() {
    let other = DIGEST.replace("sha256:8", "sha256:9");
    let setup = Setup::new([whole()]);
    let got = read(setup.download().expect_digest(&other)).await;
    assert_eq!(got.0, CONTENT);
    let error = check_error(
        got,
        &format!("the content has the digest `{DIGEST}`, not the expected `{other}`"),
    );
    assert!(error.is_mismatch() && error.status().is_none());
}

#[tokio::test]
async fn another_length() {
    let setup = Setup::new([whole()]);
    let got = read(setup.download().verify(Content::new(Some(DIGEST), 11))).await;
    assert_eq!(got.0, "");
    let error = check_error(got, "the content has 10 bytes, not the expected 11");
    assert!(error.is_mismatch());

    let setup = Setup::new([whole().chunked()]);
    let got = read(setup.download().verify(Content::new(Some(DIGEST), 5))).await;
    check_error(got, "the content has more than the expected 5 bytes");

    let setup = Setup::new([whole().chunked()]);
    let got = read(setup.download().verify(Content::new(Some(DIGEST), 11))).await;
    assert_eq!(got.0, CONTENT);
    check_error(got, "the content has 10 bytes, not the expected 11");

    let setup = Setup::new([]);
    let (_, error) = read(setup.download().verify(Content::new(Some(DIGEST), -1))).await;
    assert!(error.unwrap().is_mismatch());
    let (_, error) = read(setup.download().expect_digest("sha256:no")).await;
    assert!(error.unwrap().is_invalid_request());
    assert!(setup.api.requests().is_empty());
}

/// Artifacts of version 3 of `upload-artifact` give the size of the files before compression.
#[tokio::test]
async fn a_length_without_a_digest() {
    let mut artifact: Artifact = serde_json::from_str(ARTIFACT).unwrap();
    for length in [1, 556, u64::MAX] {
        artifact.size_in_bytes = length;
        for answer in [whole(), whole().chunked()] {
            let setup = Setup::new([answer]);
            check_whole(read(setup.download().verify(&artifact)).await);
        }
        let setup = Setup::new([whole()]);
        let download = setup.download().verify(&artifact).expect_digest(DIGEST);
        check_whole(read(download).await);
        let setup = Setup::new([cut(), rest(9).chunked().cut_after(0), rest(9)]);
        check_whole(read(setup.download().verify(&artifact)).await);
    }
}

#[tokio::test]
async fn redirected_by_the_store() {
    let other = Server::scripted([whole()]);
    let location = format!("{}/x%2fy?sig=SECRET", other.url());
    let setup = Setup::new([
        Answer::redirect(307, "/b"),
        Answer::redirect(302, &location),
    ]);
    check_whole(read(setup.download()).await);
    assert_eq!(other.request().target, "/x%2fy?sig=SECRET");

    for (location, expected) in [
        ("/content?sig=SECRET-1", "it is a redirect loop"),
        ("?sig=SECRET-1#other", "it is a redirect loop"),
        (
            "http://SECRET@127.0.0.1/",
            "the `Location` header has a user name or a password in it",
        ),
        ("", "there is no `Location` header"),
    ] {
        let setup = Setup::new([Answer::redirect(302, location)]);
        let expected =
            format!("the store answered 302 Found: cannot follow the redirect: {expected}");
        let error = check_error(read(setup.download()).await, &expected);
        assert!(error.is_redirect() && error.is_store());
    }
}

#[tokio::test]
async fn a_redirect_loop_of_the_store() {
    let setup = Setup::new((0..7).map(|hop| Answer::redirect(302, &format!("/{hop}"))));
    let expected = "the store answered 302 Found: cannot follow the redirect: \
                    there were 5 redirects before it";
    check_error(read(setup.download()).await, expected);
    assert_eq!(setup.store.requests().len(), 6);
}

/// Others on the network could read the signed URL and the content.
#[tokio::test]
async fn redirected_to_plain_http() {
    let authority = Authority::new();
    let store = Server::tls(&authority, |_| {
        Answer::redirect(302, "http://store.test/?sig=SECRET")
    });
    let location = store.url();
    let api = Server::answering(move |_| Answer::redirect(302, &location));
    let client = builder(&api).configure_http(trusting(&authority));
    let client = client.build().unwrap();
    let download = operations::download(&client).download();
    let expected = "the store answered 302 Found: cannot follow the redirect: \
                    the `Location` header leads from https to plain http";
    check_error(read(download).await, expected);
}

#[tokio::test]
async fn no_content() {
    let setup = Setup::new([Answer::status(200)]);
    let digest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let download = setup.download().verify(Content::new(Some(digest), 0));
    let (text, error) = read(download).await;
    assert!(text.is_empty() && error.is_none());
}

#[tokio::test]
async fn progress_is_reported() {
    let setup = Setup::new([cut(), rest(9)]);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = seen.clone();
    let download = setup.download().on_progress(move |progress| {
        sink.lock().unwrap().push((progress.bytes, progress.total));
    });
    let mut chunks = download.stream();
    assert_eq!((chunks.bytes(), chunks.total()), (0, None));
    while let Some(bytes) = chunks.next().await {
        bytes.unwrap();
        let last = seen.lock().unwrap().last().copied();
        assert_eq!(last, Some((chunks.bytes(), chunks.total())));
    }
    let seen = seen.lock().unwrap();
    assert!(seen.is_sorted());
    assert!(seen.contains(&(9, Some(10))) && seen.last() == Some(&(10, Some(10))));
}

/// A clone downloads the same, and reports progress to the same function.
#[tokio::test]
async fn cloned() {
    let setup = Setup::new([whole(), whole()]);
    let seen = Arc::new(Mutex::new(0));
    let sink = seen.clone();
    let download = setup.download().expect_digest(DIGEST);
    let download = download.on_progress(move |progress| {
        *sink.lock().unwrap() += u64::from(progress.total == Some(progress.bytes));
    });
    for download in [download.clone(), download] {
        let (text, error) = read(download).await;
        assert!(error.is_none());
        assert_eq!(text, CONTENT);
    }
    assert_eq!(*seen.lock().unwrap(), 2);
    assert_eq!(setup.api.requests().len(), 2);
}

#[tokio::test]
async fn read_as_a_reader() {
    use tokio::io::AsyncReadExt;

    let setup = Setup::new([cut(), rest(9)]);
    let mut text = String::new();
    let mut reader = setup.download().into_async_read();
    reader.read_to_string(&mut text).await.unwrap();
    assert_eq!(text, CONTENT);

    let setup = Setup::new([whole()]);
    let other = DIGEST.replace("sha256:8", "sha256:9");
    let mut reader = setup.download().expect_digest(other).into_async_read();
    let error = reader.read_to_string(&mut text).await.unwrap_err();
    let error = error.into_inner().unwrap().downcast::<Error>().unwrap();
    assert!(error.is_mismatch());
    assert!(reader.read_to_string(&mut text).await.is_err());
}
