//! The same work, done with reqwest, serde_json and sha2, and with nothing that is not needed when
//! all goes well.

use std::fs::File;
use std::io::Write;

use generated_client::reqwest::header::{LINK, LOCATION};
use generated_client::reqwest::{Client, redirect};
use generated_client::types::ArtifactPage;
use sha2::{Digest, Sha256};

pub(crate) async fn lists(url: &str, times: usize) -> usize {
    let http = Client::new();
    let mut count = 0;
    for _ in 0..times {
        count += list(&http, url).await;
    }
    count
}

async fn list(http: &Client, url: &str) -> usize {
    let mut next = Some(format!("{url}/repos/octo-org/octo-docs/actions/artifacts"));
    let mut count = 0;
    while let Some(url) = next {
        let request = http.get(url).bearer_auth("t");
        let response = request.send().await.expect("an answer");
        next = response.headers().get(LINK).map(|link| {
            let link = link.to_str().expect("text");
            let (link, _) = link.split_once('>').expect("a link");
            link.trim_start_matches('<').to_owned()
        });
        let body = response.bytes().await.expect("a body");
        let page: ArtifactPage = serde_json::from_slice(&body).expect("a page");
        for item in page.artifacts {
            assert!(!item.expired);
            count += 1;
        }
    }
    count
}

pub(crate) async fn download(url: &str, digest: &str, path: &str) {
    let http = Client::builder().redirect(redirect::Policy::none());
    let http = http.build().expect("a client");
    let request = http.get(format!(
        "{url}/repos/octo-org/octo-docs/actions/artifacts/11/zip"
    ));
    let redirect = request.bearer_auth("t").send().await.expect("an answer");
    let target = redirect.headers()[LOCATION].to_str().expect("text");
    let mut response = http.get(target).send().await.expect("an answer");
    let mut file = File::create(path).expect("a file");
    let mut hash = Sha256::new();
    while let Some(chunk) = response.chunk().await.expect("a chunk") {
        hash.update(&chunk);
        file.write_all(&chunk).expect("room");
    }
    file.sync_all().expect("a disk");
    let hex = |byte: &u8| format!("{byte:02x}");
    let found: String = hash.finalize().iter().map(hex).collect();
    assert_eq!(found, digest);
}
