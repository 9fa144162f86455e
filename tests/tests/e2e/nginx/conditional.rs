//! nginx plays the API, which knows by an entity tag whether something has changed.

use std::fs;
use std::path::Path;

use generated_client::types::Artifact;
use generated_client::{Client, Conditional, Error};

use crate::operations;
use crate::setting;

const EXAMPLE: &str = r#"{
    "id": 11, "node_id": "MDg6QXJ0aWZhY3QxMQ==", "name": "Rails", "size_in_bytes": 556,
    "url": "https://HOSTNAME/repos/octo-org/octo-docs/actions/artifacts/11",
    "archive_download_url": "https://HOSTNAME/repos/octo-org/octo-docs/actions/artifacts/11/zip",
    "expired": false, "created_at": null, "expires_at": null, "updated_at": null
}"#;

fn write(text: &str) {
    let path =
        Path::new(&setting("E2E_NGINX_FILES")).join("repos/octo-org/octo-docs/actions/artifacts");
    fs::create_dir_all(&path).expect("a directory of ours");
    fs::write(path.join("11"), text).expect("a directory of ours");
}

async fn ask(client: &Client, etag: &str) -> Result<Conditional<Artifact>, Error> {
    let request = operations::get(client);
    request.send_if_changed(etag).await
}

#[tokio::test]
async fn only_changed_responses_are_sent() {
    write(EXAMPLE);
    let client = Client::builder().base_url(setting("E2E_NGINX")).build();
    let client = client.expect("settings that can be used");
    let request = operations::get(&client);
    let first = request.send().await.expect("an artifact");
    let etag = first.etag().expect("an entity tag");

    let again = ask(&client, etag).await.expect("an answer");
    assert!(again.is_not_modified());

    write(&EXAMPLE.replace("Rails", "Rails, the second"));
    let changed = ask(&client, etag).await.expect("an answer");
    let changed = changed.modified().expect("a change");
    assert_eq!(changed.name, "Rails, the second");
    assert_ne!(changed.etag().expect("an entity tag"), etag);
}
