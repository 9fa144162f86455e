//! The operations that tests of the client's behaviour send, where it does not matter which: one of
//! each kind. They are what such tests name of the emitted code.

#![allow(dead_code, reason = "not every target sends all of them")]

use generated_client::Client;
use generated_client::actions::{
    DeleteArtifact, DownloadArtifact, GetArtifact, ListArtifactsForRepo,
};

const OWNER: &str = "octo-org";
const REPO: &str = "octo-docs";
const ID: i64 = 11;

/// A request for a JSON object: the artifact of [`Api`](tests::api::Api).
pub(crate) fn get(client: &Client) -> GetArtifact {
    client.actions().get_artifact(OWNER, REPO, ID)
}

/// A request for a list in pages.
pub(crate) fn list(client: &Client) -> ListArtifactsForRepo {
    client.actions().list_artifacts_for_repo(OWNER, REPO)
}

/// A request that is answered without a body.
pub(crate) fn delete(client: &Client) -> DeleteArtifact {
    client.actions().delete_artifact(OWNER, REPO, ID)
}

/// A request that is answered with a redirect to the content.
pub(crate) fn download(client: &Client) -> DownloadArtifact {
    client.actions().download_artifact(OWNER, REPO, ID)
}
