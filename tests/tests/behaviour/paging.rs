//! Lists that come in pages.

use std::fmt::Write as _;

use futures_util::{StreamExt, TryStreamExt};
use generated_client::types::{Artifact, ArtifactPage, Direction};
use generated_client::{Error, Items, Pages};
use tests::server::{Answer, Request, Server};

use crate::{Naps, TOKEN, client, operations, patient};

/// A page with one item for each id.
fn page(total: usize, ids: &[u64]) -> Answer {
    let mut items = String::new();
    for id in ids {
        let separator = if items.is_empty() { "" } else { "," };
        write!(
            items,
            r#"{separator}{{"id": {id}, "node_id": "n", "name": "a{id}", "size_in_bytes": 1,
                "url": "u", "archive_download_url": "u", "expired": false,
                "created_at": null, "expires_at": null, "updated_at": null}}"#
        )
        .unwrap();
    }
    let body = format!(r#"{{"total_count": {total}, "artifacts": [{items}]}}"#);
    Answer::json(200, &body)
}

/// The same, with a link to the next page at the requested server.
fn linked(request: &Request, answer: Answer, target: &str) -> Answer {
    let host = request.header("host").unwrap();
    let link =
        format!(r#"<http://{host}/first>; rel="first", <http://{host}{target}>; rel="next""#);
    answer.header("link", &link)
}

/// Three pages, the second of which is empty.
fn three_pages() -> Server {
    Server::answering(|request| {
        let page_of = |ids| page(3, ids);
        match request.target.as_str() {
            "/repositories/1/actions/artifacts?page=2&x=%2f%2F" => linked(
                request,
                page_of(&[]),
                "/repositories/1/actions/artifacts?page=3",
            ),
            "/repositories/1/actions/artifacts?page=3" => page_of(&[8_847_996_998]),
            _ => linked(
                request,
                page_of(&[1, 2]),
                "/repositories/1/actions/artifacts?page=2&x=%2f%2F",
            ),
        }
    })
}

fn pages(server: &Server) -> Pages<ArtifactPage> {
    let client = client(server);
    let request = operations::list(&client);
    request.pages()
}

fn items(server: &Server) -> Items<ArtifactPage, Artifact> {
    let client = client(server);
    let request = operations::list(&client);
    request.stream()
}

async fn ids(items: Items<ArtifactPage, Artifact>) -> Result<Vec<u64>, Error> {
    let items: Vec<Artifact> = items.try_collect().await?;
    let ids = items
        .iter()
        .map(|item| item.id.to_string().parse().unwrap());
    Ok(ids.collect())
}

/// A clone of a partly read list starts at the beginning.
#[tokio::test]
async fn cloned() {
    let server = three_pages();
    let mut list = items(&server);
    list.next().await.unwrap().unwrap();
    let clone = list.clone();
    assert!(clone.page().is_none());
    assert_eq!(ids(clone).await.unwrap(), [1, 2, 8_847_996_998]);
    assert_eq!(ids(list).await.unwrap(), [2, 8_847_996_998]);
}

/// All of it, or the error that it ends in.
#[tokio::test]
async fn gathered() {
    let server = three_pages();
    let all = items(&server).collect_all().await.unwrap();
    assert_eq!(all.len(), 3);
    let server = Server::answering(|request| {
        if request.target.contains("page=2") {
            return Answer::status(500);
        }
        linked(request, page(2, &[1]), "/x?page=2")
    });
    let error = items(&server).collect_all().await.unwrap_err();
    assert!(error.is_server_error());
}

fn targets(server: &Server) -> Vec<String> {
    let target = |request: Request| request.target;
    server.requests().into_iter().map(target).collect()
}

/// The link is followed word for word, and an empty page does not end the list.
#[tokio::test]
async fn to_the_end() {
    let server = three_pages();
    assert_eq!(ids(items(&server)).await.unwrap(), [1, 2, 8_847_996_998]);
    assert_eq!(
        targets(&server),
        [
            "/repos/octo-org/octo-docs/actions/artifacts",
            "/repositories/1/actions/artifacts?page=2&x=%2f%2F",
            "/repositories/1/actions/artifacts?page=3",
        ]
    );
}

#[tokio::test]
async fn page_by_page() {
    let server = three_pages();
    let mut pages = pages(&server);
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        assert_eq!((page.status().as_u16(), page.total_count), (200, 3));
        sizes.push(page.artifacts.len());
    }
    assert_eq!(sizes, [2, 0, 1]);
    // The end stays the end.
    assert!(pages.next().await.is_none());
    assert_eq!(server.requests().len(), 3);
}

/// The client's headers are sent with the request of every page.
#[tokio::test]
async fn every_page_is_signed() {
    let server = three_pages();
    // An Enterprise Server has a path of its own.
    let client = patient(&server, &Naps::default())
        .base_url(format!("{}/api/v3", server.url()))
        .api_version("2022-11-28")
        .build()
        .unwrap();
    let request = client.actions().list_artifacts_for_repo("o", "r");
    assert_eq!(ids(request.stream()).await.unwrap().len(), 3);
    assert_eq!(targets(&server)[0], "/api/v3/repos/o/r/actions/artifacts");
    let token = format!("Bearer {TOKEN}");
    for request in server.requests() {
        assert_eq!(request.header("authorization"), Some(token.as_str()));
        assert_eq!(request.header("x-github-api-version"), Some("2022-11-28"));
        assert_eq!(request.header("user-agent"), Some("tests/1.0"));
        assert!(request.header("accept").is_some());
    }
}

/// The server puts the filters into its links; the first page has those of the caller.
#[tokio::test]
async fn filters_hold() {
    let server = Server::answering(|request| {
        let query = request.target.split_once('?').unwrap().1;
        if query.contains("page=3") {
            return page(3, &[3]);
        }
        let number = if query.contains("page=2") { 3 } else { 2 };
        let kept = query.replace("&page=1", "").replace("&page=2", "");
        let target = format!("/repositories/1/actions/runs/5/artifacts?{kept}&page={number}");
        linked(request, page(3, &[number - 1]), &target)
    });
    let client = client(&server);
    let request = client.actions().list_workflow_run_artifacts("o", "r", 5);
    let request = request
        .direction(Direction::Asc)
        .name("a b")
        .per_page(1)
        .page(1);
    assert_eq!(ids(request.stream()).await.unwrap(), [1, 2, 3]);
    for target in targets(&server) {
        assert!(target.contains("direction=asc&name=a%20b"), "{target}");
        assert!(target.contains("per_page=1"), "{target}");
    }
}

/// No page is requested before it is needed.
#[tokio::test]
async fn lazy() {
    let server = three_pages();
    let mut items = items(&server);
    assert!(items.page().is_none());
    assert_eq!(server.requests().len(), 0);
    items.next().await.unwrap().unwrap();
    items.next().await.unwrap().unwrap();
    assert_eq!(server.requests().len(), 1);
    items.next().await.unwrap().unwrap();
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn the_page_of_an_item() {
    let server = three_pages();
    let mut items = items(&server);
    items.next().await.unwrap().unwrap();
    let page = items.page().expect("an item was taken");
    assert_eq!((page.total_count, page.artifacts.len()), (3, 0));
    assert_eq!(page.status(), 200);
}

#[tokio::test]
async fn no_items_at_all() {
    let server = Server::scripted([page(0, &[])]);
    assert_eq!(ids(items(&server)).await.unwrap(), [] as [u64; 0]);
}

/// The pages before a link that cannot be followed are given, and the link is an error.
async fn broken(link: &str) -> Error {
    let link = link.to_owned();
    let server = Server::answering(move |request| {
        let host = request.header("host").unwrap();
        page(2, &[1]).header("link", &link.replace("HOST", host))
    });
    let mut items = items(&server);
    items.next().await.unwrap().expect("the first page");
    let error = items.next().await.unwrap().unwrap_err();
    assert!(error.is_link() && !error.is_redirect(), "{error}");
    assert_eq!(error.operation(), Some("actions/list-artifacts-for-repo"));
    assert!(items.next().await.is_none());
    assert_eq!(server.requests().len(), 1);
    error
}

#[tokio::test]
async fn refused_links() {
    for (link, reason) in [
        (
            r#"<http://other.test/?sig=SECRET>; rel="next""#,
            "another origin, `http://other.test`",
        ),
        (
            r#"<https://HOST/?sig=SECRET>; rel="next""#,
            "another origin, `https://127.0.0.1",
        ),
        (
            r#"<http://user:SECRET@HOST/>; rel="next""#,
            "a user name or a password",
        ),
        (r#"<http://SECRET:99999/>; rel="next""#, "no valid URL"),
        (r#"<data:SECRET>; rel="next""#, "another origin, `null`"),
        (r#"<http://HOST/?SECRET; rel="next""#, "cannot be read"),
        (
            r#"<http://HOST/repos/octo-org/octo-docs/actions/artifacts>; rel="next""#,
            "was fetched before",
        ),
        (r#"<#SECRET>; rel="next""#, "was fetched before"),
    ] {
        let error = broken(link).await;
        let text = format!("{error} {error:?}");
        assert!(text.contains(reason) && !text.contains("SECRET"), "{text}");
    }
}

/// Characters that the server should have encoded are encoded, and nothing else changes.
#[tokio::test]
async fn badly_encoded_links() {
    let server = Server::answering(|request| match request.target.as_str() {
        "/two%20of%20two?name=%C3%A9%7C%2f+" => page(2, &[2]),
        _ => linked(request, page(2, &[1]), "/two of two?name=\u{e9}|%2f+"),
    });
    assert_eq!(ids(items(&server)).await.unwrap(), [1, 2]);
}

/// A page has two URLs when it has moved, and the list may come back to neither.
#[tokio::test]
async fn a_link_loop_through_a_redirect() {
    for back in ["/moved", "/repos/octo-org/octo-docs/actions/artifacts"] {
        let server = Server::answering(|request| match request.target.as_str() {
            "/moved" => linked(request, page(9, &[1]), back),
            _ => Answer::redirect(301, "/moved"),
        });
        let mut items = items(&server);
        assert_eq!(items.next().await.unwrap().unwrap().id.to_string(), "1");
        assert!(items.next().await.unwrap().unwrap_err().is_link());
        assert_eq!(server.requests().len(), 2);
    }
}

/// However long the way round.
#[tokio::test]
async fn a_link_loop() {
    let server = Server::answering(|request| {
        let target = match request.target.as_str() {
            "/a" => "/b",
            "/b" => "/c",
            _ => "/a",
        };
        linked(request, page(9, &[1]), target)
    });
    let error = ids(items(&server)).await.unwrap_err();
    assert!(error.is_link());
    assert_eq!(targets(&server)[1..], ["/a", "/b", "/c"]);
}

/// A link may be relative to the page it is on.
#[tokio::test]
async fn a_relative_link() {
    let server = Server::answering(|request| match request.target.as_str() {
        "/repos/octo-org/octo-docs/actions/artifacts?page=2" => page(2, &[2]),
        _ => page(2, &[1]).header("link", r#"<?page=2>; rel="next""#),
    });
    assert_eq!(ids(items(&server)).await.unwrap(), [1, 2]);
}

/// After a redirect, that is where it led to.
#[tokio::test]
async fn a_relative_link_after_a_redirect() {
    let server = Server::answering(|request| match request.target.as_str() {
        "/repositories/1/artifacts" => page(2, &[1]).header("link", "<artifacts?page=2>; rel=next"),
        "/repositories/1/artifacts?page=2" => page(2, &[2]),
        _ => Answer::redirect(301, "/repositories/1/artifacts"),
    });
    assert_eq!(ids(items(&server)).await.unwrap(), [1, 2]);
}

#[tokio::test]
async fn an_error_in_the_middle() {
    let server = Server::answering(|request| match request.target.as_str() {
        "/2" => Answer::json(404, r#"{"message": "Not Found"}"#),
        _ => linked(request, page(2, &[1]), "/2"),
    });
    let mut items = items(&server);
    assert!(items.next().await.unwrap().is_ok());
    assert!(items.next().await.unwrap().unwrap_err().is_not_found());
    assert!(items.next().await.is_none());
}

/// Each page is tried again by itself.
#[tokio::test]
async fn a_failure_in_the_middle() {
    let mut failed = false;
    let server = Server::answering(move |request| match request.target.as_str() {
        "/2" if !failed => {
            failed = true;
            Answer::json(200, r#"{"total_count"#).cut_short()
        }
        "/2" => page(2, &[2]),
        _ => linked(request, page(2, &[1]), "/2"),
    });
    let client = patient(&server, &Naps::default()).build().unwrap();
    let request = client.actions().list_artifacts_for_repo("o", "r");
    assert_eq!(ids(request.stream()).await.unwrap(), [1, 2]);
}

#[tokio::test]
async fn a_refused_request() {
    let server = Server::scripted([]);
    let client = client(&server);
    let request = client.actions().list_artifacts_for_repo("..", "r");
    let error = request.stream().next().await.unwrap().unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!(error.operation(), Some("actions/list-artifacts-for-repo"));
}

/// A server with many pages, which waits for leave to answer each of them but the first.
fn many_pages() -> Server {
    Server::answering(|request| {
        let number = request.target.strip_prefix("/p").unwrap_or("0");
        let number: u64 = number.parse().unwrap();
        if number == 9 {
            return page(10, &[number]);
        }
        linked(request, page(10, &[number]), &format!("/p{}", number + 1))
    })
}

/// Waits for so many requests, and then a while for unwanted ones.
async fn wait_for_requests(server: &Server, times: usize) {
    while server.requests().len() < times {
        tokio::task::yield_now().await;
    }
    for _ in 0..1000 {
        tokio::task::yield_now().await;
    }
    assert_eq!(server.requests().len(), times);
}

/// No more pages than this are fetched ahead.
#[tokio::test]
async fn prefetch() {
    let server = many_pages();
    let mut pages = pages(&server).prefetch(3);
    wait_for_requests(&server, 0).await;
    for taken in 1..=6 {
        assert!(pages.next().await.unwrap().is_ok());
        wait_for_requests(&server, taken + 3).await;
    }
    let rest: Vec<_> = pages.try_collect().await.unwrap();
    assert_eq!((rest.len(), server.requests().len()), (4, 10));
}

#[tokio::test]
async fn prefetch_in_order() {
    let server = many_pages();
    assert_eq!(
        ids(items(&server).prefetch(100)).await.unwrap(),
        (0..10).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn prefetch_of_items() {
    let server = many_pages();
    let mut items = items(&server).prefetch(3);
    assert!(items.next().await.unwrap().is_ok());
    wait_for_requests(&server, 4).await;
}

/// The largest possible number of pages ahead.
#[tokio::test]
async fn prefetch_of_all_pages() {
    let server = many_pages();
    let pages: Vec<_> = pages(&server)
        .prefetch(usize::MAX)
        .try_collect()
        .await
        .unwrap();
    assert_eq!(pages.len(), 10);
}

/// A list that is cut off with the runtime that read it does not look as if it had ended.
#[test]
fn prefetch_on_a_stopped_runtime() {
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
    };
    let server = many_pages();
    let mut pages = pages(&server).prefetch(1);
    let first = runtime();
    first.block_on(pages.next()).unwrap().unwrap();
    drop(first);
    let rest: Result<Vec<_>, _> = runtime().block_on(pages.try_collect());
    assert!(rest.unwrap_err().is_link());
}

/// Dropping a stream ends its requests.
#[tokio::test]
async fn a_dropped_list_stops_prefetching() {
    let server = many_pages();
    let mut pages = pages(&server).prefetch(1);
    assert!(pages.next().await.unwrap().is_ok());
    wait_for_requests(&server, 2).await;
    drop(pages);
    wait_for_requests(&server, 2).await;
}

/// An error comes in its place, and ends the list.
#[tokio::test]
async fn an_error_in_a_prefetched_page() {
    let server = Server::answering(|request| match request.target.as_str() {
        "/2" => Answer::json(404, "{}"),
        _ => linked(request, page(2, &[1]), "/2"),
    });
    let results: Vec<_> = pages(&server).prefetch(5).collect().await;
    assert!(results[0].is_ok() && results[1].as_ref().unwrap_err().is_not_found());
    assert_eq!(results.len(), 2);
}
