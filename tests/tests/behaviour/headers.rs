//! Headers, and where requests go, by the client's settings.

use generated_client::Client;
use tests::server::{Answer, Request, Server};

use crate::{TOKEN, builder, operations};

async fn sent(server: &Server, client: &Client) -> Request {
    let sent = operations::get(client).send().await;
    assert!(sent.unwrap_err().is_server_error());
    server.request()
}

fn server() -> Server {
    Server::scripted([Answer::status(500)])
}

#[tokio::test]
async fn by_default() {
    let server = server();
    let client = Client::builder()
        .base_url(server.url())
        .max_attempts(1)
        .configure_http(|http| http.no_proxy())
        .build()
        .unwrap();
    let request = sent(&server, &client).await;
    assert_eq!(request.header("authorization"), None);
    assert_eq!(request.header("x-github-api-version"), Some("2026-03-10"));
    let user_agent = request.header("user-agent").unwrap();
    assert!(user_agent.starts_with("generated-client/"), "{user_agent}");
}

#[tokio::test]
async fn chosen() {
    let server = server();
    let client = builder(&server)
        .user_agent("nightly/2")
        .api_version("2022-11-28")
        .token("other")
        .build()
        .unwrap();
    let request = sent(&server, &client).await;
    assert_eq!(request.header("user-agent"), Some("nightly/2"));
    assert_eq!(request.header("x-github-api-version"), Some("2022-11-28"));
    assert_eq!(request.header("authorization"), Some("Bearer other"));
}

#[tokio::test]
async fn no_version() {
    let server = server();
    let builder = builder(&server).api_version("2022-11-28");
    let client = builder.without_api_version().build().unwrap();
    let request = sent(&server, &client).await;
    assert_eq!(request.header("x-github-api-version"), None);
    assert_eq!(request.header("user-agent"), Some("tests/1.0"));
}

/// As Enterprise Server has it.
#[tokio::test]
async fn below_a_path() {
    for slash in ["", "/"] {
        let server = server();
        let client = builder(&server)
            .base_url(format!("{}/api/v3{slash}", server.url()))
            .build()
            .unwrap();
        let request = sent(&server, &client).await;
        assert_eq!(
            request.target,
            "/api/v3/repos/octo-org/octo-docs/actions/artifacts/11"
        );
        assert_eq!(
            request.header("authorization"),
            Some(format!("Bearer {TOKEN}").as_str())
        );
    }
}

/// The client follows redirects itself, with any configuration of the HTTP client.
#[tokio::test]
async fn adjusted() {
    let store = server();
    let server = Server::scripted([Answer::redirect(302, &store.url())]);
    let follow = |http: generated_client::reqwest::ClientBuilder| {
        let header = ("x-extra", "1");
        let extra = [header].map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        let follow = generated_client::reqwest::redirect::Policy::limited(10);
        http.redirect(follow)
            .default_headers(extra.into_iter().collect())
    };
    let client = builder(&server).configure_http(follow).build().unwrap();
    operations::download(&client).send().await.unwrap();
    assert_eq!(server.request().header("x-extra"), Some("1"));
    assert!(store.requests().is_empty());
}

#[tokio::test]
async fn shared_by_clones() {
    let server = Server::answering(|_| Answer::status(500));
    let client = builder(&server).build().unwrap();
    let (actions, clone) = (client.clone().actions(), client.actions());
    drop(client);
    let request = actions.get_artifact("octo-org", "octo-docs", 11);
    let again = request.clone();
    assert!(request.send().await.unwrap_err().is_server_error());
    assert!(again.send().await.unwrap_err().is_server_error());
    assert!(
        clone
            .get_artifact("octo-org", "octo-docs", 12)
            .send()
            .await
            .unwrap_err()
            .is_server_error()
    );
    let targets: Vec<_> = server
        .requests()
        .into_iter()
        .map(|request| request.target)
        .collect();
    assert_eq!(
        targets,
        [11, 11, 12].map(|id| format!("/repos/octo-org/octo-docs/actions/artifacts/{id}"))
    );
}
