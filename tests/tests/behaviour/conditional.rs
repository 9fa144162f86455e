//! Conditional requests.

use generated_client::{Conditional, Error, types::Artifact};
use tests::server::{Answer, Server};

use crate::{ARTIFACT, Naps, api, client, operations, patient};

async fn ask(server: &Server, etag: &str) -> Result<Conditional<Artifact>, Error> {
    let client = patient(server, &Naps::default()).build().unwrap();
    let request = operations::get(&client);
    request.send_if_changed(etag).await
}

#[tokio::test]
async fn the_same() {
    for etag in [r#"W/"0123abc""#, r#""0123abc""#, r#""""#] {
        let answer = Answer::status(304)
            .header("etag", etag)
            .header("x-ratelimit-limit", "5000")
            .header("x-ratelimit-remaining", "4990")
            .header("x-ratelimit-reset", "1700000000");
        let server = Server::scripted([answer]);
        let Conditional::NotModified(response) = ask(&server, etag).await.unwrap() else {
            panic!("it is the same");
        };
        assert_eq!(response.status(), 304);
        assert_eq!(response.rate_limit().unwrap().remaining, 4990);
        assert_eq!(server.request().header("if-none-match"), Some(etag));
    }
}

#[tokio::test]
async fn another() {
    let server = Server::scripted([Answer::json(200, ARTIFACT).header("etag", r#""b""#)]);
    let answer = ask(&server, r#""a""#).await.unwrap();
    assert!(!answer.is_not_modified());
    let response = answer.modified().expect("it is another one");
    assert_eq!(
        (response.name.as_str(), response.etag()),
        ("Rails", Some(r#""b""#))
    );
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn an_error_or_a_failure() {
    let server = Server::scripted([Answer::json(404, "{}")]);
    assert!(ask(&server, r#""a""#).await.unwrap_err().is_not_found());

    let server = Server::scripted([Answer::status(502), Answer::status(304)]);
    assert!(ask(&server, r#""a""#).await.unwrap().is_not_modified());
    assert!(
        server
            .requests()
            .iter()
            .all(|request| request.header("if-none-match").is_some())
    );
}

/// A 304 to an unconditional request is an error.
#[tokio::test]
async fn not_modified_without_a_condition() {
    let (_server, client) = api(Answer::status(304));
    let request = operations::get(&client);
    let error = request.send().await.unwrap_err();
    assert!(error.is_unexpected());
}

/// A 304 is no redirect, even with a `Location`.
#[tokio::test]
async fn no_redirect() {
    for location in ["/elsewhere", "https://other.test/"] {
        let server = Server::answering(|_| Answer::redirect(304, location));
        let answer = ask(&server, "\"a\"").await.unwrap();
        assert!(answer.is_not_modified());
        let client = client(&server);
        let request = operations::get(&client);
        assert!(request.send().await.unwrap_err().is_unexpected());
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn no_etags() {
    for etag in [
        "", "a", r#"""#, r#""a"#, r#"w/"a""#, "*", "\"a\nb\"", r#""a"b""#, "\"ä\"",
    ] {
        let server = Server::scripted([]);
        let error = ask(&server, etag).await.unwrap_err();
        assert!(error.is_invalid_request());
        assert_eq!(
            error.to_string(),
            "`actions/get-artifact`: argument `etag` is not what a server calls an ETag, quotes included"
        );
        assert!(server.requests().is_empty());
    }
}
