//! Failures that may pass: the request is sent again, and not too often.

use std::net::TcpListener;
use std::time::Duration;

use generated_client::types::Artifact;
use generated_client::{Client, Error, Response};
use tests::server::{Answer, Server};

use crate::{ARTIFACT, Naps, TOKEN, operations, patient};

async fn get(client: &Client) -> Result<Response<Artifact>, Error> {
    let request = operations::get(client);
    request.send().await
}

async fn delete(client: &Client) -> Result<Response<()>, Error> {
    let request = operations::delete(client);
    request.send().await
}

fn failures() -> [Answer; 8] {
    [
        Answer::status(500),
        Answer::status(502).body("<html>Unicorn!</html>"),
        Answer::status(503),
        Answer::json(504, r#"{"message": "We couldn't respond in time"}"#),
        Answer::hang_up(),
        Answer::garbage("nonsense\r\n"),
        Answer::json(200, &ARTIFACT[..100]).cut_short(),
        Answer::status(500).body("x").cut_short(),
    ]
}

#[tokio::test]
async fn a_failure_then_good() {
    for failure in failures() {
        let naps = Naps::default();
        let server = Server::scripted([failure.clone(), Answer::json(200, ARTIFACT)]);
        let client = patient(&server, &naps).build().unwrap();
        assert_eq!(get(&client).await.expect("a second try").name, "Rails");
        assert_eq!(naps.taken().len(), 1, "{failure:?}");
        let [first, second] = server.requests().try_into().expect("two requests");
        assert_eq!(first.to_string(), second.to_string());
    }
}

/// Each wait is between half its maximum and the maximum, which doubles.
#[tokio::test]
async fn waits_grow() {
    let naps = Naps::default();
    let server = Server::answering(|_| Answer::status(503));
    let client = patient(&server, &naps).max_attempts(9).build().unwrap();
    let error = get(&client).await.unwrap_err();
    assert!(error.is_server_error());
    assert_eq!(server.requests().len(), 9);
    let most = [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000];
    assert_eq!(naps.taken().len(), most.len());
    for (wait, most) in naps
        .taken()
        .into_iter()
        .zip(most.map(Duration::from_millis))
    {
        assert!(most / 2 <= wait && wait <= most, "{wait:?} of {most:?}");
    }
}

/// Clients that failed together do not come back together.
#[tokio::test]
async fn waits_differ() {
    let naps = Naps::default();
    let server = Server::answering(|_| Answer::status(503));
    let client = patient(&server, &naps).max_attempts(2).build().unwrap();
    for _ in 0..8 {
        assert!(get(&client).await.is_err());
    }
    let waits = naps.taken();
    assert!(waits.iter().any(|wait| *wait != waits[0]), "{waits:?}");
}

#[tokio::test]
async fn four_times_by_default() {
    let naps = Naps::default();
    let server = Server::answering(|_| Answer::hang_up());
    let client = patient(&server, &naps).build().unwrap();
    assert!(get(&client).await.unwrap_err().is_interrupted());
    assert_eq!((server.requests().len(), naps.taken().len()), (4, 3));
}

#[tokio::test]
async fn never_without_retries() {
    for failure in failures() {
        let naps = Naps::default();
        let server = Server::scripted([failure]);
        let client = patient(&server, &naps).max_attempts(1).build().unwrap();
        assert!(get(&client).await.is_err());
        assert_eq!((server.requests().len(), naps.taken().len()), (1, 0));
    }
}

#[test]
fn no_attempts_at_all() {
    let server = Server::scripted([]);
    let built = patient(&server, &Naps::default()).max_attempts(0).build();
    let error = built.unwrap_err();
    assert!(error.is_configuration());
    assert_eq!(
        error.to_string(),
        "setting `max_attempts` is 0: with 1, each request is sent once"
    );
}

/// There is no wait beyond the total time.
#[tokio::test]
async fn as_long_as_allowed() {
    let naps = Naps::default();
    let server = Server::answering(|_| Answer::status(503).header("retry-after", "5"));
    let client = patient(&server, &naps)
        .max_attempts(100)
        .max_wait(Duration::from_secs(12))
        .build()
        .unwrap();
    let error = get(&client).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(5)));
    assert_eq!(naps.seconds(), [5, 5]);
    assert_eq!(server.requests().len(), 3);
}

/// Errors that a retry would only repeat.
#[tokio::test]
async fn never_for_permanent_errors() {
    for answer in [
        Answer::json(400, "{}"),
        Answer::json(401, "{}"),
        Answer::json(
            403,
            r#"{"message": "Resource not accessible by integration"}"#,
        ),
        Answer::json(404, "{}"),
        Answer::json(410, "{}"),
        Answer::json(422, "{}"),
        Answer::status(501),
        Answer::json(200, "{}"),
        Answer::json(200, "<html>"),
        Answer::redirect(302, "https://other.test/"),
    ] {
        let naps = Naps::default();
        let server = Server::scripted([answer]);
        let client = patient(&server, &naps).build().unwrap();
        assert!(get(&client).await.is_err());
        assert_eq!((server.requests().len(), naps.taken().len()), (1, 0));
    }
}

#[tokio::test]
async fn no_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let naps = Naps::default();
    let unused = Server::scripted([]);
    let client = patient(&unused, &naps).base_url(url).build().unwrap();
    assert!(get(&client).await.unwrap_err().is_connect());
    assert_eq!(naps.taken().len(), 3);
}

#[tokio::test]
async fn a_repeated_delete_finds_nothing() {
    for lost in [
        Answer::hang_up(),
        Answer::status(502),
        Answer::status(504),
        Answer::garbage("nonsense\r\n"),
        Answer::silence(),
    ] {
        let naps = Naps::default();
        let missing = Answer::json(404, r#"{"message": "Not Found"}"#);
        let server = Server::scripted([lost, Answer::status(503), missing]);
        let builder = patient(&server, &naps).idle_timeout(Duration::from_secs(1));
        let client = builder.build().unwrap();
        let done = delete(&client).await.expect("it is gone");
        assert_eq!(done.status(), 404);
        assert!(done.was_already_gone());
        assert_eq!(server.requests().len(), 3);
    }
}

/// These mean that nothing was processed, so a 404 to the retry is an error.
#[tokio::test]
async fn a_delete_that_finds_nothing() {
    let limited = Answer::status(429).header("retry-after", "1");
    for before in [None, Some(Answer::status(503)), Some(limited)] {
        let missing = Answer::json(404, r#"{"message": "Not Found"}"#);
        let answers = before.into_iter().chain([missing]);
        let server = Server::scripted(answers.collect::<Vec<_>>());
        let client = patient(&server, &Naps::default()).build().unwrap();
        assert!(delete(&client).await.unwrap_err().is_not_found());
    }
}

/// After a lost response, a 404 is a success for deletions, and for nothing else.
#[tokio::test]
async fn a_repeated_get_finds_nothing() {
    let missing = Answer::json(404, r#"{"message": "Not Found"}"#);
    let server = Server::scripted([Answer::hang_up(), missing]);
    let client = patient(&server, &Naps::default()).build().unwrap();
    assert!(get(&client).await.unwrap_err().is_not_found());
}

/// Every attempt starts at the original URL, and follows the redirects again.
#[tokio::test]
async fn after_a_redirect() {
    let server = Server::scripted([
        Answer::redirect(301, "/repositories/1/actions/artifacts/11"),
        Answer::status(502),
        Answer::redirect(301, "/repositories/1/actions/artifacts/11"),
        Answer::json(200, ARTIFACT),
    ]);
    let client = patient(&server, &Naps::default()).build().unwrap();
    assert_eq!(get(&client).await.unwrap().name, "Rails");
    for request in server.requests() {
        let token = format!("Bearer {TOKEN}");
        assert_eq!(request.header("authorization"), Some(token.as_str()));
    }
}
