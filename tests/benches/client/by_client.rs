//! The work, done by the client.

use generated_client::{Client, ClientBuilder};

fn builder(url: &str) -> ClientBuilder<Client> {
    Client::builder().base_url(url).token("t")
}

pub(crate) async fn lists(url: &str, times: usize) -> usize {
    let client = builder(url).build().expect("a client");
    let request = client
        .actions()
        .list_artifacts_for_repo("octo-org", "octo-docs");
    let mut count = 0;
    for _ in 0..times {
        let mut items = request.clone().stream();
        while let Some(item) = items.next().await {
            assert!(!item.expect("an item").expired);
            count += 1;
        }
    }
    count
}

pub(crate) async fn download(url: &str, digest: &str, path: &str, connections: usize) {
    let client = builder(url).build().expect("a client");
    let request = client
        .actions()
        .download_artifact("octo-org", "octo-docs", 11);
    let download = request
        .download()
        .expect_digest(format!("sha256:{digest}"))
        .parallel(connections)
        .overwrite();
    download.to_file(path).await.expect("a file");
}
