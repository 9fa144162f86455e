//! Lists, with links that lead to the mock.

use generated_client::mock::{Mock, examples};

use super::{artifact, list, page};

#[tokio::test]
async fn all_pages() {
    let mock = Mock::start();
    mock.actions()
        .list_artifacts_for_repo(|when| when.name("Rails"))
        .respond_pages([page([1, 2]), page([3]), page([4])])
        .times(3);
    let all = list(&mock)
        .name("Rails")
        .per_page(2)
        .stream()
        .collect_all()
        .await
        .expect("the list");
    assert_eq!(all, [1, 2, 3, 4].map(artifact));
}

#[tokio::test]
async fn links() {
    let mock = Mock::start();
    mock.actions()
        .list_artifacts_for_repo(|when| when)
        .respond_pages([page([1]), page([2]), page([3])]);
    let second = list(&mock)
        .per_page(1)
        .page(2)
        .send()
        .await
        .expect("the page");
    let link = second.headers()["link"]
        .to_str()
        .expect("text")
        .replace(mock.url(), "");
    let path = "/repos/octo-org/octo-docs/actions/artifacts?per_page=1&page";
    let expected = format!(
        "<{path}=1>; rel=\"prev\", <{path}=1>; rel=\"first\", <{path}=3>; rel=\"next\", <{path}=3>; rel=\"last\""
    );
    assert_eq!(link, expected);
    assert_eq!(*second, page([2]));
    let first = list(&mock).page(1).send().await.expect("the page");
    let link = first.headers()["link"].to_str().expect("text");
    assert!(link.contains("page=2>; rel=\"next\"") && !link.contains("prev"));
}

/// A page that cannot be fetched.
#[tokio::test]
async fn an_error_between_pages() {
    let mock = Mock::start();
    mock.actions()
        .list_artifacts_for_repo(|when| when)
        .respond_pages([page([1]), page([2])])
        .respond_error(404, examples::not_found());
    let mut items = list(&mock).stream();
    assert_eq!(
        items.next().await.expect("an item").expect("the first"),
        artifact(1)
    );
    assert!(
        items
            .next()
            .await
            .expect("an item")
            .expect_err("no page")
            .is_not_found()
    );
}
