//! Known defects of other clients for the same endpoints: octocrab 0.54,
//! `@actions/artifact` 6.2, octokit, githubkit 0.16. A test for each.

use futures_util::TryStreamExt;
use generated_client::types::Artifact;
use generated_client::{Client, Download};
use tests::api::Api;
use tests::server::{Answer, Body, Server};
use tests::store::{Fault, Refusal, SIGNATURE, Store};

use crate::{ARTIFACT, Naps, TOKEN, api, patient};

const CONTENT: &[u8] = b"PK\x03\x04 and so on, up to the end of the archive";

fn download(client: &Client) -> Download {
    let actions = client.actions();
    actions
        .download_artifact("octo-org", "octo-docs", 11)
        .download()
}

/// Elsewhere the error's JSON is given as the archive's bytes.
#[tokio::test]
async fn an_expired_artifact_is_an_error() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a.zip");
    for (status, message) in [(410, "Artifact has expired"), (404, "Not Found")] {
        let body = format!(r#"{{"message": "{message}"}}"#);
        let (_server, client) = api(Answer::json(status, &body));
        let error = download(&client).to_file(&path).await.unwrap_err();
        assert_eq!(
            (error.is_gone(), error.is_not_found()),
            (status == 410, status == 404)
        );
        assert_eq!(error.message(), Some(message));
        assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 0);
    }
}

/// Elsewhere the XML is given as the archive's bytes, or the same URL is tried again and again.
#[tokio::test]
async fn a_refusal_by_the_store_is_an_error() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::new(CONTENT);
    let refused = || Fault::Expired(Refusal::Azure);
    let store = store.faults([refused(), refused(), refused()]);
    let api = Api::downloading(&store);
    let client = patient(&api, &Naps::default()).build().unwrap();
    let path = directory.path().join("a.zip");
    let error = download(&client).to_file(&path).await.unwrap_err();
    assert!(error.is_store() && !error.is_forbidden());
    assert_eq!(error.status().unwrap(), 403);
    assert_eq!(error.store_code(), Some("AuthenticationFailed"));
    // Once by each of two addresses.
    let targets: Vec<_> = store
        .requests()
        .into_iter()
        .map(|request| request.target)
        .collect();
    assert_eq!((targets.len(), api.requests().len()), (2, 2));
    assert_ne!(targets[0], targets[1]);
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 0);
}

/// Elsewhere it is an error, an empty file, or a start from the first byte.
#[tokio::test]
async fn a_body_cut_off_half_way_goes_on() {
    let store = Store::new(CONTENT).fault(Fault::Cut(20));
    let api = Api::downloading(&store);
    let client = patient(&api, &Naps::default()).build().unwrap();
    let chunks: Vec<_> = download(&client).stream().try_collect().await.unwrap();
    assert_eq!(chunks.concat(), CONTENT);
    let [_, second] = store.requests().try_into().expect("two requests");
    assert_eq!(second.header("range"), Some("bytes=20-"));
    assert!(second.header("if-match").is_some());
}

/// Elsewhere decoding fails.
#[tokio::test]
async fn nulls_and_missing_fields_decode() {
    let body = ARTIFACT
        .replace(
            r#""created_at": "2020-01-10T14:59:22Z""#,
            r#""created_at": null"#,
        )
        .replace(
            r#""repository_id": 1296269, "head_repository_id": 1296269, "head_branch": "main","#,
            "",
        )
        .replace(
            r#""head_sha": "328faa0536e6fef19753d9d91dc96a9931694ce3""#,
            "",
        )
        .replace(r#""id": 2332938, "#, r#""id": 1"#);
    let body = body.replace(r#""id": 2332938,"#, r#""id": 1"#);
    let (_server, client) = api(Answer::json(200, &body));
    let request = client.actions().get_artifact("octo-org", "octo-docs", 11);
    let artifact: Artifact = request.send().await.unwrap().into_inner();
    assert_eq!(artifact.created_at, None);
    let run = artifact.workflow_run.expect("a run");
    assert_eq!((run.id, run.head_sha), (Some(1.into()), None));
}

/// Elsewhere `per_page` and `page` are dropped without a word.
#[tokio::test]
async fn a_runs_list_sends_its_page() {
    let (server, client) = api(Answer::json(200, r#"{"total_count": 0, "artifacts": []}"#));
    let request = client.actions().list_workflow_run_artifacts("o", "r", 5);
    request.per_page(7).page(3).send().await.unwrap();
    let target = server.request().target;
    assert!(target.ends_with("?page=3&per_page=7"), "{target}");
}

/// Elsewhere there are three more tries within 7 ms.
#[tokio::test]
async fn a_rate_limit_is_waited_for() {
    let naps = Naps::default();
    let limit = Answer::json(429, "{}").header("retry-after", "60");
    let server = Server::scripted([limit, Answer::json(200, ARTIFACT)]);
    let client = patient(&server, &naps).build().unwrap();
    let request = client.actions().get_artifact("octo-org", "octo-docs", 11);
    request.send().await.unwrap();
    assert_eq!(naps.seconds(), [60]);
}

/// Other clients request the second page of an Enterprise Server's list without credentials.
#[tokio::test]
async fn the_second_page_is_signed() {
    let server = Server::answering(|request| {
        let page = Answer::json(200, r#"{"total_count": 0, "artifacts": []}"#);
        if request.target.contains("page=2") {
            return page;
        }
        let host = request.header("host").unwrap();
        let next = format!("<http://{host}/api/v3/repositories/1?page=2>; rel=\"next\"");
        page.header("link", &next)
    });
    let enterprise = format!("{}/api/v3", server.url());
    let client = patient(&server, &Naps::default())
        .base_url(enterprise)
        .build()
        .unwrap();
    let request = client.actions().list_artifacts_for_repo("o", "r");
    assert_eq!(
        request.pages().try_collect::<Vec<_>>().await.unwrap().len(),
        2
    );
    let token = format!("Bearer {TOKEN}");
    for request in server.requests() {
        assert_eq!(request.header("authorization"), Some(token.as_str()));
    }
}

/// Elsewhere the files are kept, and a flag is set.
#[tokio::test]
async fn another_digest_is_an_error() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::new(CONTENT);
    let api = Api::downloading(&store);
    let client = patient(&api, &Naps::default()).build().unwrap();
    let digest = format!("sha256:{}", "0".repeat(64));
    let path = directory.path().join("a.zip");
    let download = download(&client).expect_digest(digest);
    assert!(download.to_file(&path).await.unwrap_err().is_mismatch());
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 0);
}

/// Elsewhere a signed URL, a password or a token is in logs or in `Debug`.
#[tokio::test]
async fn secrets_are_not_shown() {
    let store = Store::new(CONTENT).fault(Fault::status(404));
    let api = Api::downloading(&store);
    let client = patient(&api, &Naps::default()).build().unwrap();
    let actions = client.actions();
    let request = actions.download_artifact("octo-org", "octo-docs", 11);
    let redirect = request.clone().send().await.unwrap();
    assert!(redirect.location().contains(SIGNATURE));
    let mut chunks = request.clone().download().stream();
    let error = chunks.next().await.unwrap().unwrap_err();
    let download = request.clone().download();
    let text = format!(
        "{client:?} {actions:?} {request:?} {redirect:?} {redirect} {:?} {:?} {chunks:?} {download:?} {error:?} {error}",
        redirect.headers(),
        error.headers()
    );
    assert!(!text.contains(TOKEN) && !text.contains(SIGNATURE), "{text}");
}

/// Others hold the whole archive in memory. Here, the store sends no more than the caller reads.
#[tokio::test(flavor = "multi_thread")]
async fn memory_is_not_filled() {
    let store = Store::new(Body::repeating(*b"artifact", 256 * 1024 * 1024));
    let api = Api::downloading(&store);
    let client = patient(&api, &Naps::default()).build().unwrap();
    let mut chunks = download(&client).stream();
    chunks.next().await.unwrap().unwrap();
    drop(chunks);
    let sent = store.sent();
    assert!(sent[0] < 16 * 1024 * 1024, "{sent:?}");
}
