//! The parts of a request and its response that errors show.

use std::future::{IntoFuture, ready};
use std::sync::atomic::{AtomicU32, Ordering};

use generated_client::reqwest::Method;
use generated_client::{AccessToken, Client, Error, RequestOptions};
use insta::assert_snapshot;
use tests::api::Api;
use tests::server::{Answer, Server};
use tests::store::{Fault, Refusal, Store};

use crate::store_faults::{download, saved, streamed};
use crate::{ARTIFACT, TOKEN, api, builder, client, operations};

const PATH: &str = "/repos/octo-org/octo-docs/actions/artifacts";

/// Method and path are in the text, and there for programs; the query is nowhere.
#[track_caller]
fn check_request(error: &Error, method: &Method, path: &str) {
    let message = error.to_string();
    assert!(
        message.starts_with(&format!("{method} {path}: ")),
        "{message}"
    );
    assert_eq!(error.request_method(), Some(method));
    assert_eq!(error.request_path(), Some(path));
    let text = format!("{error} {error:?}");
    assert!(text.contains(&format!("{method} {path}")), "{text}");
    assert!(!text.contains('?') && !text.contains("Rails"), "{text}");
}

#[tokio::test]
async fn which_request() {
    let (_server, client) = api(Answer::status(500));
    let request = operations::get(&client);
    let error = request.send().await.unwrap_err();
    check_request(&error, &Method::GET, &format!("{PATH}/11"));

    let (_server, client) = api(Answer::hang_up());
    let actions = client.actions();
    let request = actions.delete_artifact("octo-org", "octo-docs", 12);
    let error = request.send().await.unwrap_err();
    check_request(&error, &Method::DELETE, &format!("{PATH}/12"));
}

/// An error of a page has its path, and any other the path of the original request.
#[tokio::test]
async fn which_page() {
    let server = Server::scripted([
        Answer::json(200, r#"{"total_count": 0, "artifacts": []}"#).header(
            "link",
            "</repositories/1/artifacts?name=Rails>; rel=\"next\"",
        ),
        Answer::redirect(301, "/repositories/2/artifacts?name=Rails"),
        Answer::status(500),
    ]);
    let client = client(&server);
    let list = operations::list(&client);
    let mut pages = list.name("Rails").pages();
    pages.next().await.unwrap().unwrap();
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(error.is_server_error());
    check_request(&error, &Method::GET, "/repositories/1/artifacts");
}

/// An error of a download names the request to the API, even if the store failed.
#[tokio::test]
async fn which_download() {
    let path = format!("{PATH}/11/zip");
    for fault in [
        Fault::Expired(Refusal::S3),
        Fault::status(503),
        Fault::Cut(3),
    ] {
        let store = Store::new("content").faults((0..9).map(|_| fault.clone()));
        let api = Api::downloading(&store);
        let client = builder(&api).build().unwrap();
        let (_, error) = streamed(download(&client)).await;
        check_request(&error.unwrap(), &Method::GET, &path);
        let error = saved(download(&client)).await.unwrap_err();
        check_request(&error, &Method::GET, &path);
    }
}

/// An error before there is a request names the operation.
#[tokio::test]
async fn which_operation() {
    let client = Client::builder().build().unwrap();
    let request = client.actions().get_artifact("", "octo-docs", 11);
    let error = request.send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`actions/get-artifact`: argument `owner` is empty"
    );
    assert_eq!((error.request_method(), error.request_path()), (None, None));
}

/// A token that a server repeats is neither shown nor returned, whatever its source.
#[tokio::test]
async fn no_token() {
    for provides in [false, true] {
        let server = Server::answering(|request| {
            let repeated = request.header("authorization").unwrap();
            let key = request.header("x-key").unwrap();
            let body = format!(r#"{{"message": "no such token: {repeated}", "a": "{key}"}}"#);
            Answer::json(401, &body).header("x-github-request-id", repeated)
        });
        let mut builder = builder(&server);
        if provides {
            let answers = AtomicU32::new(0);
            builder = builder.token_provider(move || {
                let answer = answers.fetch_add(1, Ordering::Relaxed);
                ready(Ok::<_, Error>(AccessToken::new(format!(
                    "{TOKEN}-{answer}"
                ))))
            });
        }
        let client = builder.build().unwrap();
        let request = operations::get(&client);
        let options = RequestOptions::new().header("x-key", "SECRET-KEY");
        let error = request.with_options(options).send().await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("GET {PATH}/11: 401 Unauthorized: no such token: Bearer [redacted]")
        );
        assert_eq!(error.message(), Some("no such token: Bearer [redacted]"));
        let given = (error.body(), error.headers(), error.request_id());
        let text = format!("{error:?} {given:?}");
        assert!(!text.contains("SECRET"), "{text}");
        let expected = if provides { 2 } else { 1 };
        assert_eq!(server.requests().len(), expected);
    }
}

/// Of a server's headers, a response shows only the request's id.
#[tokio::test]
async fn no_token_in_a_response() {
    let answer = Answer::json(200, ARTIFACT).header("x-github-request-id", TOKEN);
    let (_server, client) = api(answer);
    let request = operations::get(&client);
    let response = request.send().await.unwrap();
    let text = format!("{response:?}");
    assert!(text.contains(r#"request_id: Some("[redacted]")"#), "{text}");
}

/// Values of the request's headers stay in a server's message, unless they may be secrets.
#[tokio::test]
async fn words_of_headers() {
    let text = "it is true: run 7, nightly-7 of tests, wants application/json of 2022-11-28";
    let body = format!(r#"{{"message": "{text}; SECRET-KEY"}}"#);
    let answer = Answer::json(422, &body).header("x-github-request-id", "nightly-7");
    let (_server, client) = api(answer);
    let options = RequestOptions::new()
        .header("accept", "application/json")
        .header("x-correlation-id", "nightly-7")
        .header("x-dry-run", "true")
        .header("x-github-api-version", "2022-11-28")
        .header("x-key", "SECRET-KEY")
        .header("x-note", "number: run 7, nightly-7 of tests");
    let request = operations::get(&client);
    let error = request.with_options(options).send().await.unwrap_err();
    let expected = format!("{text}; [redacted]");
    assert_eq!(error.message(), Some(expected.as_str()));
    assert_eq!(error.request_id(), Some("nightly-7"));
}

/// A body may be truncated within a repeated secret.
#[tokio::test]
async fn no_part_of_a_token() {
    let answer = Answer::status(401).body("no such token: SECRET-TOKEN");
    let (_server, client) = api(answer.cut_after(25));
    let request = operations::get(&client);
    let error = request.send().await.unwrap_err();
    assert_eq!(error.body(), Some("no such token: [redacted]"));
    assert!(error.to_string().ends_with(": no such token: [redacted]"));
}

/// `Debug` of public types shows their contents without secrets.
#[tokio::test]
async fn printed() {
    let store = Store::new("content");
    let api = Api::downloading(&store);
    let client = builder(&api).build().unwrap();
    let options = RequestOptions::new().header("x-key", "SECRET-KEY");
    let (_bodies, other) = crate::api(Answer::status(200).body("content"));
    let body = other.request(Method::GET, "/a").stream().await.unwrap();
    let mut printed = vec![
        format!("{options:?}"),
        format!("{:?}", operations::get(&client).into_future()),
        format!("{:?}", operations::list(&client).pages()),
        format!("{:?}", operations::list(&client).stream()),
        format!("{:?}", download(&client)),
        format!("{:?}", download(&client).stream()),
        format!("{:?}", *body),
    ];
    for answer in [
        Answer::json(404, r#"{"message": "Not Found", "a": "SECRET"}"#),
        Answer::json(200, r#"{"id": "SECRET"}"#),
    ] {
        let (_server, client) = crate::api(answer);
        let error = operations::get(&client).send().await.unwrap_err();
        printed.push(format!("{error:?}"));
    }
    let printed = printed.join("\n");
    assert!(!printed.contains("SECRET"), "{printed}");
    assert_snapshot!(printed);
}
