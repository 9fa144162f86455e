//! Every request of every operation is right, and every example in the description can be read.

use generated_client::types::Direction;

use super::{client, preferring, right, strict_client};

/// Ids are wider than 32 bits.
const ID: i64 = 8_847_996_998;

/// Characters that need percent-encoding, and others that only seem to.
const NAMES: [&str; 8] = [
    ".github",
    "a..b",
    "two words",
    "näme-名前",
    "100%25",
    "a+b&c=d;e",
    "what?#nothing",
    "one/segment",
];

#[tokio::test]
async fn list_artifacts_for_repo() {
    let client = client();
    let request = client
        .actions()
        .list_artifacts_for_repo("octo-org", "octo-docs");
    let page = right(request.send().await);
    assert_eq!((page.total_count, page.artifacts.len()), (2, 2));
    assert_eq!(page.artifacts[1].name, "Test output");
}

#[tokio::test]
async fn list_artifacts_for_repo_with_all_parameters() {
    for name in NAMES {
        let client = strict_client();
        let request = client
            .actions()
            .list_artifacts_for_repo("octo-org", "octo-docs");
        right(request.name(name).page(2).per_page(100).send().await);
    }
}

#[tokio::test]
async fn list_workflow_run_artifacts() {
    let client = client();
    let request = client
        .actions()
        .list_workflow_run_artifacts("octo-org", "octo-docs", ID);
    assert_eq!(right(request.send().await).total_count, 2);
}

#[tokio::test]
async fn list_workflow_run_artifacts_with_all_parameters() {
    for (name, direction) in NAMES
        .into_iter()
        .zip([Direction::Asc, Direction::Desc].into_iter().cycle())
    {
        let client = strict_client();
        let request = client
            .actions()
            .list_workflow_run_artifacts("octo-org", "octo-docs", ID);
        let request = request.direction(direction).name(name);
        right(request.page(1).per_page(1).send().await);
    }
}

#[tokio::test]
async fn get_artifact() {
    let request = |client: generated_client::Client| {
        client.actions().get_artifact("octo-org", "octo-docs", ID)
    };
    let artifact = right(request(client()).send().await);
    assert_eq!((artifact.name.as_str(), artifact.expired), ("Rails", false));

    let artifact = right(request(preferring("example=with-digest")).send().await);
    assert_eq!(artifact.size_in_bytes, 5_368_709_120);
    assert!(artifact.digest.is_some());

    let artifact = right(request(preferring("example=expired")).send().await);
    assert_eq!((artifact.created_at, artifact.expired), (None, true));
}

/// Prism knows of no version that the client could have already.
#[tokio::test]
async fn get_artifact_if_changed() {
    let client = client();
    let request = client.actions().get_artifact("octo-org", "octo-docs", ID);
    let answer = request.send_if_changed(r#"W/"0123abc""#).await;
    let answer = answer.expect("a request that is right");
    assert_eq!(
        right(Ok(answer.modified().expect("an artifact"))).name,
        "Rails"
    );
}

#[tokio::test]
async fn download_artifact() {
    let client = client();
    let request = client
        .actions()
        .download_artifact("octo-org", "octo-docs", ID);
    let redirect = right(request.send().await);
    assert_eq!(
        redirect.location(),
        "https://storage.example.com/artifacts/11.zip?se=2020-01-10T15%3A00%3A22Z&sig=c2lnbmVk%2Bg%3D%3D"
    );
}

#[tokio::test]
async fn delete_artifact() {
    let client = client();
    let request = client
        .actions()
        .delete_artifact("octo-org", "octo-docs", ID);
    assert_eq!(right(request.send().await).status(), 204);
}

#[tokio::test]
async fn odd_names_are_one_segment() {
    let client = client();
    let actions = client.actions();
    for name in NAMES {
        right(actions.list_artifacts_for_repo(name, name).send().await);
        right(
            actions
                .list_workflow_run_artifacts(name, name, ID)
                .send()
                .await,
        );
        right(actions.get_artifact(name, name, ID).send().await);
        right(actions.download_artifact(name, name, ID).send().await);
        right(actions.delete_artifact(name, name, ID).send().await);
    }
}
