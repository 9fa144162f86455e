//! Responses that are no success.

use std::error::Error as _;
use std::fmt::Write;
use std::time::{Duration, Instant, UNIX_EPOCH};

use generated_client::Error;
use generated_client::types::{BasicError, ErrorDetail};
use insta::assert_snapshot;
use tests::server::{Answer, Server};

use crate::{ARTIFACT, api, builder, operations};

/// The time of every client here, in seconds since the epoch.
const NOW: u64 = 1_600_000_000;

async fn error(answer: Answer) -> Error {
    let server = Server::scripted([answer]);
    let client = builder(&server)
        .clock(|| UNIX_EPOCH + Duration::from_secs(NOW))
        .build()
        .unwrap();
    let sent = operations::get(&client).send().await;
    sent.expect_err("an answer that is no success")
}

/// All properties of an error, one per line.
fn describe(error: &Error) -> String {
    let predicates = [
        ("is_configuration", error.is_configuration()),
        ("is_connect", error.is_connect()),
        ("is_decode", error.is_decode()),
        ("is_forbidden", error.is_forbidden()),
        ("is_gone", error.is_gone()),
        ("is_interrupted", error.is_interrupted()),
        ("is_invalid_request", error.is_invalid_request()),
        ("is_not_found", error.is_not_found()),
        ("is_rate_limited", error.is_rate_limited()),
        ("is_redirect", error.is_redirect()),
        ("is_server_error", error.is_server_error()),
        ("is_timeout", error.is_timeout()),
        ("is_unauthorized", error.is_unauthorized()),
        ("is_unexpected", error.is_unexpected()),
        ("is_validation", error.is_validation()),
    ];
    let mut text = format!("{error}\n  {:?}\n", error.kind());
    for (name, _) in predicates.iter().filter(|(_, holds)| *holds) {
        writeln!(text, "  {name}").unwrap();
    }
    let values = [
        (
            "documentation_url",
            error.documentation_url().map(str::to_owned),
        ),
        (
            "retry_after",
            error.retry_after().map(|wait| format!("{wait:?}")),
        ),
        ("request_id", error.request_id().map(str::to_owned)),
        (
            "body",
            error.body().map(|body| body.len().to_string() + " bytes"),
        ),
    ];
    for (name, value) in values {
        if let Some(value) = value {
            writeln!(text, "  {name}: {value}").unwrap();
        }
    }
    text
}

#[tokio::test]
async fn of_github() {
    let basic = |status: u16, message: &str| {
        let body = format!(
            r#"{{"message": "{message}", "documentation_url": "https://docs.github.com/rest", "status": "{status}"}}"#
        );
        Answer::json(status, &body).header("x-github-request-id", "0400:1A2B")
    };
    let limit = |answer: Answer, remaining: &str| {
        let answer = answer
            .header("x-ratelimit-limit", "60")
            .header("x-ratelimit-remaining", remaining);
        answer.header("x-ratelimit-reset", &(NOW + 90).to_string())
    };
    let mut text = String::new();
    for answer in [
        basic(401, "Bad credentials"),
        basic(403, "Resource not accessible by personal access token"),
        limit(
            basic(403, "Resource not accessible by personal access token"),
            "59",
        ),
        limit(basic(403, "API rate limit exceeded for 127.0.0.1."), "0"),
        basic(403, "You have exceeded a secondary rate limit.").header("retry-after", "30"),
        basic(403, "You have exceeded a secondary rate limit."),
        basic(404, "Not Found"),
        basic(410, "Artifact has expired"),
        Answer::json(
            422,
            r#"{"message": "Validation Failed", "errors": [
                {"resource": "Artifact", "field": "page", "code": "invalid"}, "page is out of range"]}"#,
        ),
        basic(429, "Too many requests"),
        limit(basic(429, "API rate limit exceeded"), "0"),
        basic(429, "Too many requests").header("retry-after", "Sun, 13 Sep 2020 12:27:00 GMT"),
        basic(500, "Server Error"),
        basic(503, "Unavailable").header("retry-after", "5"),
    ] {
        text += &describe(&error(answer).await);
    }
    assert_snapshot!("errors_of_github", text);
}

#[tokio::test]
async fn of_others() {
    let mut text = String::new();
    for answer in [
        Answer::status(404),
        Answer::status(502)
            .header("content-type", "text/html")
            .body("<html>Unicorn!</html>"),
        Answer::json(404, r#"{"message": "#),
        Answer::json(410, r#"["gone"]"#),
        Answer::status(500).body(b"\xff\xfe"),
        // Neither success nor error: it is not documented.
        Answer::status(202),
        Answer::json(201, ARTIFACT),
        Answer::redirect(302, "https://store.test/?sig=SECRET"),
        Answer::status(304),
        // A success with another body than documented.
        Answer::status(200),
        Answer::status(200).body("<html>Sign in</html>"),
        Answer::json(200, r#"{"id": 11}"#),
    ] {
        text += &describe(&error(answer).await);
    }
    assert_snapshot!("errors_of_others", text);
}

/// Some of the headers are enough, and unreadable ones count as absent.
#[tokio::test]
async fn limits() {
    let used_up = |status| Answer::status(status).header("x-ratelimit-remaining", "0");
    let reset = |answer: Answer, reset: u64| answer.header("x-ratelimit-reset", &reset.to_string());
    let retry = |answer: Answer, wait: &str| answer.header("retry-after", wait);
    let year = 365 * 24 * 60 * 60;
    for (answer, limited, wait) in [
        (used_up(403), true, Some(60)),
        (used_up(429), true, Some(60)),
        (reset(used_up(403), NOW + 90), true, Some(90)),
        // It may not have come yet by the server's clock.
        (reset(used_up(403), NOW - 90), true, Some(1)),
        (reset(used_up(403), NOW), true, Some(1)),
        (retry(Answer::status(429), "0"), true, Some(1)),
        (reset(used_up(403), NOW + 2 * year), true, Some(year)),
        (retry(reset(used_up(403), NOW + 90), "soon"), true, Some(90)),
        (retry(reset(used_up(403), NOW + 90), "-1"), true, Some(90)),
        (retry(reset(used_up(403), NOW + 90), "1.5"), true, Some(90)),
        (retry(reset(used_up(403), NOW + 90), "5"), true, Some(5)),
        (retry(Answer::status(403), "soon"), true, Some(60)),
        (retry(Answer::status(429), "soon"), true, Some(60)),
        (
            retry(Answer::status(429), &u64::MAX.to_string()),
            true,
            Some(year),
        ),
        (
            retry(Answer::status(503), &u64::MAX.to_string()),
            false,
            Some(year),
        ),
        (retry(Answer::status(503), "0"), false, Some(0)),
        // The last request of a window may fail for a reason of its own.
        (reset(used_up(401), NOW + 90), false, None),
        (reset(used_up(404), NOW + 90), false, None),
        (reset(used_up(410), NOW + 90), false, None),
        (reset(used_up(422), NOW + 90), false, None),
        (reset(used_up(500), NOW + 90), false, None),
        // No errors of the server's.
        (retry(reset(used_up(200), NOW + 90), "5"), false, None),
        (retry(reset(used_up(202), NOW + 90), "5"), false, None),
        (retry(reset(used_up(302), NOW + 90), "5"), false, None),
        (retry(reset(used_up(301), NOW + 90), "5"), false, None),
    ] {
        let printed = format!("{answer:?}");
        let error = error(answer).await;
        assert_eq!(error.is_rate_limited(), limited, "{printed}");
        let waits = error.retry_after();
        assert_eq!(waits, wait.map(Duration::from_secs), "{printed}");
        let _ = Instant::now() + waits.unwrap_or_default();
    }
}

/// GitHub's words for limits without a header.
#[tokio::test]
async fn limits_in_words() {
    let response = |status, message: &str, link: &str| {
        let body = serde_json::json!({"message": message, "documentation_url": link});
        Answer::json(status, &body.to_string())
    };
    let docs = "https://docs.github.com/rest";
    for (answer, limited) in [
        (
            response(403, "You have exceeded a secondary rate limit.", docs),
            true,
        ),
        (
            response(
                403,
                "You have triggered an abuse detection mechanism.",
                docs,
            ),
            true,
        ),
        (
            response(403, "No", &format!("{docs}/overview#secondary-rate-limits")),
            true,
        ),
        (
            response(403, "No", &format!("{docs}/overview#abuse-rate-limits")),
            true,
        ),
        (response(403, "No", docs), false),
        (
            response(404, "No", &format!("{docs}/overview#secondary-rate-limits")),
            false,
        ),
    ] {
        let printed = format!("{answer:?}");
        let error = error(answer).await;
        assert_eq!(error.is_rate_limited(), limited, "{printed}");
        assert_eq!(error.retry_after().is_some(), limited, "{printed}");
    }
}

/// A message of several lines, or with colours, is one line of a log.
#[tokio::test]
async fn one_line() {
    let body = r#"{"message": "a\r\nb", "errors": ["\u001b[31mc", {"field": "d\ne"}]}"#;
    let error = error(Answer::json(422, body)).await;
    assert_eq!(
        error.to_string(),
        r"GET /repos/octo-org/octo-docs/actions/artifacts/11: 422 Unprocessable Entity: a\r\nb: \u{1b}[31mc; d\ne"
    );
    assert_eq!(error.message(), Some("a\r\nb"));
}

/// No error or cause quotes the body of a success, which may have secrets. Only `Display` shows the
/// beginning of an error's body.
#[tokio::test]
async fn successes_are_not_quoted() {
    for body in [
        r#"{"id": "SECRET"}"#,
        r#""SECRET""#,
        "SECRET",
        r#"{"SECRET": 1}"#,
        r#"{"id": 11, "created_at": "SECRET"}"#,
    ] {
        for status in [200, 202, 302, 500] {
            let error = error(Answer::json(status, body)).await;
            assert_eq!(error.body(), Some(body));
            let decoded = error.decode_body::<Vec<u8>>().unwrap_err();
            for error in [&error, &decoded] {
                let is_quoted = error.is_server_error();
                assert_eq!(error.to_string().contains("SECRET"), is_quoted, "{error}");
                let mut text = format!("{error:?}");
                let mut source = error.source();
                while let Some(error) = source {
                    write!(text, " {error} {error:?}").unwrap();
                    source = error.source();
                }
                assert!(!text.contains("SECRET"), "{text}");
            }
            assert_eq!(decoded.source().is_some(), decoded.is_decode());
        }
    }
    let error = error(Answer::json(200, "{\n\"id\": true}")).await;
    assert_eq!(
        error.source().unwrap().to_string(),
        "the JSON is of another type, at line 2 column 10"
    );
}

/// The error names the path of the wrong value.
#[tokio::test]
async fn the_path_of_a_field() {
    let (good, without) = (
        ARTIFACT.to_owned(),
        ARTIFACT.replace("updated_at", "updated"),
    );
    let odd = ARTIFACT.replace("2020-01-10T14:59:22Z", "long ago");
    let run = ARTIFACT.replace("\"repository_id\": 1296269", "\"repository_id\": {}");
    let negative = ARTIFACT.replace("556", "-1");
    for (artifacts, path, what) in [
        ([&good, &without], "artifacts[1].updated_at", "is missing"),
        (
            [&odd, &good],
            "artifacts[0].created_at",
            "is of another type",
        ),
        (
            [&negative, &good],
            "artifacts[0].size_in_bytes",
            "is of another type",
        ),
        (
            [&good, &run],
            "artifacts[1].workflow_run.repository_id",
            "is of another type",
        ),
    ] {
        let [first, second] = artifacts;
        let body = format!(r#"{{"total_count": 2, "artifacts": [{first}, {second}]}}"#);
        let (_server, client) = api(Answer::json(200, &body));
        let list = operations::list(&client);
        let error = list.send().await.unwrap_err();
        assert!(error.is_decode());
        assert_eq!(error.field_path(), Some(path));
        assert_eq!(
            error.to_string(),
            format!(
                "GET /repos/octo-org/octo-docs/actions/artifacts: 200 OK: \
                 the body is not what the API documents: `{path}` {what}"
            )
        );
    }
    for body in ["[]", "", "{"] {
        assert_eq!(error(Answer::json(200, body)).await.field_path(), None);
    }
}

#[tokio::test]
async fn the_body_as_its_type() {
    let body = r#"{"message":"Artifact has expired","documentation_url":"https://docs.github.com","status":"410"}"#;
    let error = error(Answer::json(410, body)).await;
    assert_eq!(error.body(), Some(body));
    let basic: BasicError = error.decode_body().unwrap();
    assert_eq!(serde_json::to_string(&basic).unwrap(), body);
    assert!(
        error
            .decode_body::<Vec<BasicError>>()
            .unwrap_err()
            .is_decode()
    );
}

#[tokio::test]
async fn details() {
    let body =
        r#"{"message": "No", "errors": ["a", {"field": "name", "code": "invalid", "new": 1}]}"#;
    let error = error(Answer::json(422, body)).await;
    let basic: BasicError = error.decode_body().unwrap();
    let [
        ErrorDetail::Text(text),
        ErrorDetail::ValidationError(object),
    ] = basic.errors.as_slice()
    else {
        panic!("{basic:?}")
    };
    assert_eq!(text, "a");
    assert_eq!(
        (object.field.as_deref(), object.code.as_deref()),
        (Some("name"), Some("invalid"))
    );
}
