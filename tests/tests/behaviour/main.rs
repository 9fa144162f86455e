//! What the client does on the wire, seen from the other end of it.

mod answers;
mod builder;
mod credentials;
mod errors;
mod faults;
mod headers;
mod redirects;
mod requests;
mod segments;

use generated_client::{Client, ClientBuilder};
use tests::server::{Answer, Server};

/// The token of every client here: it must never turn up where it does not belong.
const TOKEN: &str = "SECRET-TOKEN";

/// The reference's example of an artifact.
const ARTIFACT: &str = r#"{
    "id": 11, "node_id": "MDg6QXJ0aWZhY3QxMQ==", "name": "Rails", "size_in_bytes": 556,
    "url": "https://HOSTNAME/repos/octo-org/octo-docs/actions/artifacts/11",
    "archive_download_url": "https://HOSTNAME/repos/octo-org/octo-docs/actions/artifacts/11/zip",
    "expired": false, "created_at": "2020-01-10T14:59:22Z", "expires_at": "2020-01-21T14:59:22Z",
    "updated_at": "2020-01-21T14:59:22Z",
    "workflow_run": {
        "id": 2332938, "repository_id": 1296269, "head_repository_id": 1296269, "head_branch": "main",
        "head_sha": "328faa0536e6fef19753d9d91dc96a9931694ce3"
    }
}"#;

fn builder(server: &Server) -> ClientBuilder<Client> {
    Client::builder()
        .base_url(server.url())
        .token(TOKEN)
        .user_agent("tests/1.0")
}

fn client(server: &Server) -> Client {
    builder(server).build().expect("settings that can be used")
}

/// An API that gives one answer, and a client of it.
fn api(answer: Answer) -> (Server, Client) {
    let server = Server::scripted([answer]);
    let client = client(&server);
    (server, client)
}
