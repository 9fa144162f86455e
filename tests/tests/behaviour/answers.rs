//! The decoded values of documented successes.

use generated_client::Response;
use generated_client::reqwest::StatusCode;
use generated_client::reqwest::header::HeaderMap;
use generated_client::types::ArtifactPage;
use insta::assert_debug_snapshot;
use serde_json::Value;
use tests::server::Answer;

use crate::{ARTIFACT, api};

#[tokio::test]
async fn a_page() {
    let body = format!(r#"{{"total_count": 2, "artifacts": [{ARTIFACT}, {ARTIFACT}]}}"#);
    let link = r#"<http://127.0.0.1/repositories/1296269/actions/artifacts?page=2>; rel="next""#;

    let (_server, client) = api(Answer::json(200, &body).header("link", link));
    let page = client
        .actions()
        .list_artifacts_for_repo("octo-org", "octo-docs")
        .send()
        .await
        .unwrap();
    assert_eq!(page.total_count, 2);
    assert_eq!(page.artifacts.len(), 2);
    assert_eq!(page.headers()["link"], link);
    assert_eq!(
        serde_json::to_value(&*page).unwrap(),
        body.parse::<Value>().unwrap()
    );

    let (_server, client) = api(Answer::json(200, &body));
    let of_run = client
        .actions()
        .list_workflow_run_artifacts("octo-org", "octo-docs", 2332938)
        .send()
        .await;
    assert_eq!(of_run.unwrap().into_inner(), page.into_inner());
}

#[tokio::test]
async fn an_empty_page() {
    let (_server, client) = api(Answer::json(200, r#"{"total_count": 0, "artifacts": []}"#));
    let page = client
        .actions()
        .list_artifacts_for_repo("octo-org", "octo-docs")
        .send()
        .await
        .unwrap();
    assert_eq!((page.total_count, page.artifacts.len()), (0, 0));
}

#[tokio::test]
async fn an_artifact() {
    let (_server, client) =
        api(Answer::json(200, ARTIFACT).header("x-github-request-id", "0400:1A2B"));
    let artifact = client
        .actions()
        .get_artifact("octo-org", "octo-docs", 11)
        .send()
        .await
        .unwrap();
    assert_debug_snapshot!("artifact", artifact);
    assert_eq!(
        serde_json::to_value(&*artifact).unwrap(),
        ARTIFACT.parse::<Value>().unwrap()
    );
}

/// Null dates, a run with only its id, numbers beyond 32 bits, and unknown fields.
#[tokio::test]
async fn a_real_artifact() {
    let mut body: Value = ARTIFACT.parse().unwrap();
    body["id"] = 8_847_996_998_i64.into();
    body["size_in_bytes"] = 5_368_709_120_i64.into();
    body["digest"] =
        "sha256:cfc3236bdad15b5898bca8408945c9e19e1917da8704adc20eaa618444290a8c".into();
    for date in ["created_at", "expires_at", "updated_at"] {
        body[date] = Value::Null;
    }
    body["workflow_run"] = serde_json::json!({"id": 1});
    body["brand_new"] = serde_json::json!({"a": [1]});

    let (_server, client) = api(Answer::json(200, &body.to_string()));
    let artifact = client
        .actions()
        .get_artifact("octo-org", "octo-docs", 11)
        .send()
        .await
        .unwrap();
    assert_debug_snapshot!("real_artifact", artifact);
}

#[tokio::test]
async fn an_artifact_without_a_run() {
    for absence in [Some(Value::Null), None] {
        let mut body: Value = ARTIFACT.parse().unwrap();
        let fields = body.as_object_mut().unwrap();
        fields.remove("workflow_run");
        fields.extend(absence.map(|null| ("workflow_run".to_owned(), null)));

        let (_server, client) = api(Answer::json(200, &body.to_string()));
        let artifact = client
            .actions()
            .get_artifact("octo-org", "octo-docs", 11)
            .send()
            .await
            .unwrap();
        assert_eq!((&artifact.workflow_run, &artifact.digest), (&None, &None));
    }
}

#[tokio::test]
async fn deleted() {
    let (_server, client) = api(Answer::status(204));
    let deleted = client
        .actions()
        .delete_artifact("octo-org", "octo-docs", 11)
        .send()
        .await
        .unwrap();
    assert_eq!(deleted.status(), 204);
}

#[tokio::test]
async fn rate_limit() {
    let limited = Answer::json(200, ARTIFACT)
        .header("x-ratelimit-limit", "5000")
        .header("x-ratelimit-remaining", "4987")
        .header("x-ratelimit-used", "13")
        .header("x-ratelimit-reset", "1578671962")
        .header("x-ratelimit-resource", "core");
    let (_server, client) = api(limited);
    let artifact = client
        .actions()
        .get_artifact("octo-org", "octo-docs", 11)
        .send()
        .await
        .unwrap();
    assert_debug_snapshot!("rate_limit", artifact.rate_limit());
    assert_eq!(artifact.request_id(), None);

    let name = artifact.map_value(|artifact| artifact.name);
    assert_eq!((name.as_str(), name.status().as_u16()), ("Rails", 200));
    assert!(name.rate_limit().is_some());
}

/// For tests of code that is given a response.
#[test]
fn made_up() {
    let page: ArtifactPage =
        serde_json::from_str(r#"{"total_count": 0, "artifacts": []}"#).unwrap();
    let headers = [("x-github-request-id", "1"), ("location", "SECRET")]
        .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
    let response = Response::new(page, StatusCode::OK, HeaderMap::from_iter(headers));
    assert_eq!((response.total_count, response.status().as_u16()), (0, 200));
    assert_eq!(response.request_id(), Some("1"));
    assert!(!format!("{:?}", response.headers()).contains("SECRET"));

    // A response of an option has the option's own methods.
    let some = Response::new(Some(1), StatusCode::OK, HeaderMap::new());
    assert_eq!(some.map(|number| number + 1), Some(2));
}
