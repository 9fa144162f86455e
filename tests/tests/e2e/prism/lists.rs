//! Lists whose next page is at another origin, as in the description's example of a link.

use generated_client::{Error, Items, Pages, types::Artifact, types::ArtifactPage};

use super::{client, preferring, right};

fn pages() -> Pages<ArtifactPage> {
    let client = client();
    let request = client
        .actions()
        .list_artifacts_for_repo("octo-org", "octo-docs");
    request.pages()
}

fn items() -> Items<ArtifactPage, Artifact> {
    let client = preferring("example=empty");
    let request = client
        .actions()
        .list_workflow_run_artifacts("octo-org", "octo-docs", 1);
    request.stream()
}

#[track_caller]
fn refused<T>(next: Option<Result<T, Error>>) {
    let error = next.expect("a link").err().expect("another origin");
    assert!(error.is_link(), "{error}");
}

#[tokio::test]
async fn the_next_page_is_not_requested_from_another_origin() {
    let mut pages = pages();
    let first = pages.next().await.expect("a page");
    assert_eq!(right(first).artifacts.len(), 2);
    refused(pages.next().await);
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn nor_after_an_empty_page() {
    refused(items().next().await);
}
