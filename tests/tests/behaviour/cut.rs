//! Answers that end too early, wherever that is.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use generated_client::{Client, Error};
use tests::server::{Answer, Authority, Request, Server, Tls};

use crate::{ARTIFACT, Naps, api, builder, client, operations, patient, trusting};

const EMPTY_PAGE: &str = r#"{"total_count": 0, "artifacts": []}"#;

/// A server that truncates one response at a given position.
struct Cutting {
    server: Server,
    after: Arc<AtomicU64>,
}

impl Cutting {
    fn new(tls: Option<&Authority>, answer: Answer, cut: fn(Answer, u64) -> Answer) -> Self {
        let after = Arc::new(AtomicU64::new(0));
        let bytes = after.clone();
        let answer = move |_: &Request| cut(answer.clone(), bytes.load(Ordering::SeqCst));
        let server = match tls {
            None => Server::answering(answer),
            Some(authority) => Server::tls(Tls::from(authority), answer),
        };
        Self { server, after }
    }

    fn at(&self, bytes: u64) {
        self.after.store(bytes, Ordering::SeqCst);
    }
}

async fn page(client: &Client) -> Result<(), Error> {
    let request = operations::list(client);
    request.send().await.map(drop)
}

async fn artifact(client: &Client) -> Result<(), Error> {
    let request = operations::get(client);
    request.send().await.map(drop)
}

async fn redirect(client: &Client) -> Result<(), Error> {
    let request = operations::download(client);
    request.send().await.map(drop)
}

async fn deletion(client: &Client) -> Result<(), Error> {
    let request = operations::delete(client);
    request.send().await.map(drop)
}

/// The client takes the answer as it is, and with any of its last bytes missing as broken off.
async fn check(
    tls: Option<&Authority>,
    answer: Answer,
    send: impl AsyncFn(&Client) -> Result<(), Error>,
) {
    let cutting = Cutting::new(tls, answer, Answer::cut_answer_after);
    let mut builder = builder(&cutting.server);
    if let Some(authority) = tls {
        builder = builder.configure_http(trusting(authority));
    }
    let client = builder.build().unwrap();

    cutting.at(u64::MAX);
    send(&client).await.unwrap();
    let whole = cutting.server.sent()[0];
    for bytes in 0..whole {
        cutting.at(bytes);
        let error = send(&client).await.unwrap_err();
        assert!(error.is_interrupted(), "{bytes}: {error:?}");
    }
    let sent: Vec<_> = (0..whole).collect();
    assert_eq!(cutting.server.sent()[1..], sent);
}

#[tokio::test]
async fn a_list() {
    check(None, Answer::json(200, EMPTY_PAGE), page).await;
    check(None, Answer::json(200, EMPTY_PAGE).chunked(), page).await;
}

#[tokio::test]
async fn a_list_over_tls() {
    let authority = Authority::new();
    for answer in [
        Answer::json(200, EMPTY_PAGE),
        Answer::json(200, EMPTY_PAGE).chunked(),
        // Only TLS distinguishes the end of this one from a truncation.
        Answer::json(200, EMPTY_PAGE).until_close(),
    ] {
        check(Some(&authority), answer, page).await;
    }
}

/// Half a `Location` leads nowhere.
#[tokio::test]
async fn a_redirect() {
    let location = "https://store.test/zip?sig=SIGNED";
    check(None, Answer::redirect(302, location), redirect).await;
}

#[tokio::test]
async fn a_deletion() {
    check(None, Answer::status(204), deletion).await;
}

/// Wherever the first answer breaks off, the second is taken.
#[tokio::test]
async fn the_first_of_two() {
    let missing = Answer::json(404, r#"{"message": "Not Found"}"#);
    again(Answer::json(200, EMPTY_PAGE), None, page).await;
    again(Answer::redirect(302, "https://store.test/"), None, redirect).await;
    again(Answer::status(204), Some(missing), deletion).await;
}

async fn again(
    first: Answer,
    second: Option<Answer>,
    send: impl AsyncFn(&Client) -> Result<(), Error>,
) {
    const WHOLE: u64 = u64::MAX;
    let after = Arc::new(AtomicU64::new(WHOLE));
    let bytes = after.clone();
    let server = Server::answering(move |_| match bytes.swap(WHOLE, Ordering::SeqCst) {
        WHOLE => second.as_ref().unwrap_or(&first).clone(),
        bytes => first.clone().cut_answer_after(bytes),
    });
    let client = patient(&server, &Naps::default()).build().unwrap();
    for bytes in 0.. {
        after.store(bytes, Ordering::SeqCst);
        let before = server.requests().len();
        send(&client).await.unwrap();
        match server.requests().len() - before {
            2 => {}
            // That was all of it.
            1 if server.sent()[before] == bytes => break,
            other => panic!("{other} requests: {bytes}"),
        }
    }
}

/// The status and the headers are enough for an error.
#[tokio::test]
async fn an_error() {
    let body = r#"{"message": "Artifact has expired"}"#;
    for answer in [Answer::json(410, body), Answer::json(410, body).chunked()] {
        let cutting = Cutting::new(None, answer, Answer::cut_after);
        let client = client(&cutting.server);
        for bytes in 0..body.len() {
            cutting.at(bytes as u64);
            let error = artifact(&client).await.unwrap_err();
            assert!(error.is_gone(), "{error:?}");
            assert_eq!(
                (error.message(), error.body()),
                (None, Some(&body[..bytes]))
            );
        }
    }
}

/// JSON that is cut by who wrote it, in an answer that is whole.
#[tokio::test]
async fn json() {
    fn start(answer: Answer, bytes: u64) -> Answer {
        answer.body(&ARTIFACT[..usize::try_from(bytes).unwrap()])
    }
    let answer = Answer::json(200, "");
    for answer in [
        answer.clone(),
        answer.clone().chunked(),
        answer.until_close(),
    ] {
        let cutting = Cutting::new(None, answer, start);
        let client = client(&cutting.server);
        for bytes in 0..ARTIFACT.len() {
            cutting.at(bytes as u64);
            let error = artifact(&client).await.unwrap_err();
            assert!(error.is_decode(), "{error:?}");
            assert_eq!(error.body(), Some(&ARTIFACT[..bytes]));
        }
        cutting.at(ARTIFACT.len() as u64);
        artifact(&client).await.unwrap();
    }
}

#[tokio::test]
async fn another_length_than_announced() {
    let length = ARTIFACT.len() as u64;
    let (_server, client) = api(Answer::json(200, ARTIFACT).length(length - 1));
    assert!(artifact(&client).await.unwrap_err().is_decode());
    let (_server, client) = api(Answer::json(200, ARTIFACT).length(length + 1));
    assert!(artifact(&client).await.unwrap_err().is_interrupted());
}

/// Bytes after a response are not the response to the next request.
#[tokio::test]
async fn surplus() {
    let forged = ARTIFACT.replace("Rails", "Forged");
    let surplus = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{forged}",
        forged.len()
    );
    let first = Answer::json(200, &format!("{ARTIFACT}{surplus}")).length(ARTIFACT.len() as u64);
    let server = Server::scripted([first, Answer::json(200, ARTIFACT)]);
    let client = client(&server);
    for _ in 0..2 {
        let request = operations::get(&client);
        assert_eq!(request.send().await.unwrap().name, "Rails");
    }
}
