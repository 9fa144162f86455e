//! An API behind a gateway that it does not know of: it names its own origin.

use futures_util::TryStreamExt;
use generated_client::{Client, ClientBuilder};
use tests::server::{Answer, Authority, Server, script};
use tests::store::Store;

use crate::store_faults::{download, streamed};
use crate::{ARTIFACT, TOKEN, operations, trusting};

const EMPTY_PAGE: &str = r#"{"total_count": 0, "artifacts": []}"#;

/// Answers with a link to the next page, and then with the last page.
fn linking(link: &'static str) -> Server {
    let link = format!("<{link}>; rel=\"next\"");
    Server::scripted([
        Answer::json(200, EMPTY_PAGE).header("link", &link),
        Answer::json(200, EMPTY_PAGE),
    ])
}

fn builder(server: &Server, path: &str) -> ClientBuilder<Client> {
    Client::builder()
        .base_url(format!("{}{path}", server.url()))
        .token(TOKEN)
        .max_attempts(1)
}

/// The second request, which has the token.
#[track_caller]
fn check_second(server: &Server, target: &str) {
    let requests = server.requests();
    assert_eq!((requests.len(), requests[1].target.as_str()), (2, target));
    let token = requests[1].header("authorization");
    assert_eq!(token, Some("Bearer SECRET-TOKEN"));
}

#[tokio::test]
async fn links() {
    for (path, link, target) in [
        (
            "",
            "https://api.github.com/repositories/1?page=%2f2",
            "/repositories/1?page=%2f2",
        ),
        (
            "/github/",
            "https://api.github.com/repositories/1?page=2",
            "/github/repositories/1?page=2",
        ),
        (
            "/api/v3",
            "http://ghe.test:8080/api/v3/repositories/1?page=2",
            "/api/v3/repositories/1?page=2",
        ),
        (
            "/github",
            "/repositories/1?page=2",
            "/github/repositories/1?page=2",
        ),
    ] {
        let server = linking(link);
        let client = builder(&server, path).behind_gateway().build().unwrap();
        let list = operations::list(&client);
        let artifacts: Vec<_> = list.stream().try_collect().await.unwrap();
        assert!(artifacts.is_empty());
        check_second(&server, target);
    }
}

#[tokio::test]
async fn refused_links() {
    for (link, reason) in [
        (
            "https://u:SECRET@api.github.com/x",
            "a user name or a password",
        ),
        ("data:SECRET", "another origin"),
        (
            "https://api.github.com/repos/octo-org/octo-docs/actions/artifacts",
            "fetched before",
        ),
    ] {
        let server = linking(link);
        let client = builder(&server, "").behind_gateway().build().unwrap();
        let list = operations::list(&client);
        let error = list.pages().try_collect::<Vec<_>>().await.unwrap_err();
        assert!(
            error.is_link() && error.to_string().contains(reason),
            "{error}"
        );
        assert!(!format!("{error} {error:?}").contains("SECRET"));
        assert_eq!(server.requests().len(), 1);
    }
}

/// Without `behind_gateway`, other origins are refused.
#[tokio::test]
async fn not_by_itself() {
    let server = linking("https://api.github.com/repositories/1?page=2");
    let client = builder(&server, "").build().unwrap();
    let list = operations::list(&client);
    let error = list.pages().try_collect::<Vec<_>>().await.unwrap_err();
    assert!(error.is_link());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn moved() {
    let server = Server::scripted([
        Answer::redirect(
            301,
            "https://api.github.com/repositories/1/actions/artifacts/11",
        ),
        Answer::json(200, ARTIFACT),
    ]);
    let client = builder(&server, "/github")
        .behind_gateway()
        .build()
        .unwrap();
    let artifact = operations::get(&client).send().await;
    assert_eq!(artifact.unwrap().name, "Rails");
    check_second(&server, "/github/repositories/1/actions/artifacts/11");
}

/// The gateway may terminate TLS.
#[tokio::test]
async fn moved_behind_tls() {
    let authority = Authority::new();
    let answers = script([
        Answer::redirect(301, "http://ghe.internal:8080/moved"),
        Answer::json(200, ARTIFACT),
    ]);
    let server = Server::tls(&authority, answers);
    let builder = builder(&server, "").configure_http(trusting(&authority));
    let client = builder.behind_gateway().build().unwrap();
    let artifact = operations::get(&client);
    assert_eq!(artifact.send().await.unwrap().name, "Rails");
    check_second(&server, "/moved");
}

/// A store is no API, wherever it is.
#[tokio::test]
async fn downloads() {
    let store = Store::new("content");
    let signer = store.signer();
    let server = Server::answering(move |_| signer.redirect());
    let client = builder(&server, "/github")
        .behind_gateway()
        .build()
        .unwrap();
    let (bytes, error) = streamed(download(&client)).await;
    assert!(error.is_none() && bytes == b"content", "{error:?}");
    assert_eq!(store.requests().len(), 1);
}
