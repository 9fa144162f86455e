//! That Prism judges at all: without that, the other tests would show nothing.

use generated_client::reqwest::header::{ACCEPT, AUTHORIZATION};
use generated_client::reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;

use crate::setting;

const ARTIFACT: &str = "/repos/octo-org/octo-docs/actions/artifacts/11";

fn request(method: Method, target: &str) -> RequestBuilder {
    let url = format!("{}{target}", setting("E2E_PRISM"));
    Client::new().request(method, url)
}

fn signed(target: &str) -> RequestBuilder {
    request(Method::GET, target).header(AUTHORIZATION, "Bearer x")
}

/// Sends an invalid request, and returns Prism's reasons.
async fn refused(request: RequestBuilder, status: u16) -> String {
    let response = request.send().await.expect("an answer");
    assert_eq!(response.status(), status);
    let violations = response.headers()["sl-violations"].to_str();
    let violations: Value = serde_json::from_str(violations.expect("text")).expect("JSON");
    violations[0]["message"].as_str().expect("text").to_owned()
}

#[tokio::test]
async fn accepts_valid_requests() {
    let response = signed(ARTIFACT).send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    assert!(!response.headers().contains_key("sl-violations"));
}

#[tokio::test]
async fn refuses_a_request_without_a_token() {
    for (method, target) in [
        (Method::GET, format!("{ARTIFACT}/zip")),
        (Method::DELETE, ARTIFACT.to_owned()),
    ] {
        assert_eq!(
            refused(request(method, &target), 401).await,
            "Invalid security scheme used"
        );
    }
}

#[tokio::test]
async fn refuses_values_out_of_bounds() {
    for (target, reason) in [
        (
            "/repos/o/r/actions/artifacts?per_page=101",
            "Request query parameter per_page must be <= 100",
        ),
        (
            "/repos/o/r/actions/artifacts?page=0",
            "Request query parameter page must be >= 1",
        ),
        (
            "/repos/o/r/actions/runs/1/artifacts?direction=up",
            "Request query parameter direction must be equal to one of the allowed values: asc, desc",
        ),
        (
            "/repos/o/r/actions/artifacts/eleven",
            "Request path parameter artifact_id must be integer",
        ),
        (
            "/repos/o/r/actions/artifacts/11/tar",
            "Request path parameter archive_format must be equal to one of the allowed values: zip",
        ),
    ] {
        assert_eq!(refused(signed(target), 422).await, reason);
    }
}

/// The document has no response with GitHub's media type alone.
#[tokio::test]
async fn refuses_githubs_media_type_alone() {
    let request = signed(ARTIFACT).header(ACCEPT, "application/vnd.github+json");
    assert_eq!(request.send().await.expect("an answer").status(), 406);
}

/// A parameter that is misspelt would go unnoticed, were it optional.
#[tokio::test]
async fn strict_prism_requires_each_parameter() {
    for (path, names) in [
        ("artifacts", &["per_page", "page", "name"][..]),
        (
            "runs/1/artifacts",
            &["per_page", "page", "name", "direction"],
        ),
    ] {
        for missing in names {
            let url = format!("{}/repos/o/r/actions/{path}", setting("E2E_PRISM_STRICT"));
            let mut request = Client::new().get(url);
            for name in names.iter().filter(|name| *name != missing) {
                let value = if *name == "direction" { "asc" } else { "1" };
                request = request.query(&[(name, value)]);
            }
            let reason = format!("Request query must have required property '{missing}'");
            assert_eq!(refused(request, 422).await, reason);
        }
    }
}
