//! The client's behaviour over real sockets, as servers see it.

mod answers;
mod bounded;
mod builder;
mod conditional;
mod credentials;
mod cut;
mod download;
mod errors;
mod events;
mod extract;
mod faults;
mod gateways;
mod gzip;
mod headers;
mod http2;
mod limits;
#[path = "../common/operations.rs"]
mod operations;
mod options;
mod paging;
mod parallel;
mod providers;
mod raw;
mod redirects;
mod requests;
mod retries;
mod rivals;
mod runtimes;
mod segments;
mod shown;
mod store_faults;
mod tls;
mod to_file;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use generated_client::reqwest::{self, Certificate};
use generated_client::{Client, ClientBuilder};
use tests::server::{Answer, Authority, Server};

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

/// A client that sends each request once, and never waits.
fn builder(server: &Server) -> ClientBuilder<Client> {
    patient(server, &Naps::default()).max_attempts(1)
}

/// A client that sends requests again, and notes how long it would have waited.
fn patient(server: &Server, naps: &Naps) -> ClientBuilder<Client> {
    let naps = naps.clone();
    Client::builder()
        .base_url(server.url())
        .token(TOKEN)
        .user_agent("tests/1.0")
        .sleeper(move |wait| {
            naps.0.lock().expect("no thread panicked").push(wait);
            std::future::ready(())
        })
}

/// The waits of a client, which take no time.
#[derive(Clone, Default)]
struct Naps(Arc<Mutex<Vec<Duration>>>);

impl Naps {
    fn taken(&self) -> Vec<Duration> {
        self.0.lock().expect("no thread panicked").clone()
    }

    /// In whole seconds, as servers send them.
    fn seconds(&self) -> Vec<u64> {
        self.taken().iter().map(Duration::as_secs).collect()
    }
}

fn client(server: &Server) -> Client {
    builder(server).build().expect("settings that can be used")
}

/// Has a client trust an authority, beside those that the system trusts.
fn trusting(authority: &Authority) -> impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    let root = Certificate::from_pem(authority.certificate().as_bytes()).expect("a certificate");
    move |http| http.tls_certs_merge([root.clone()])
}

/// An API with one response, and a client of it.
fn api(answer: Answer) -> (Server, Client) {
    let server = Server::scripted([answer]);
    let client = client(&server);
    (server, client)
}
