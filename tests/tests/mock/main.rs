//! The mock of the client, as a crate that depends on it would use it.

mod answers;
mod downloads;
mod faults;
mod pages;
mod reports;

use generated_client::actions::{DownloadArtifact, GetArtifact, ListArtifactsForRepo};
use generated_client::mock::Mock;
use generated_client::types::{Artifact, ArtifactPage};

fn artifact(id: i64) -> Artifact {
    let mut artifact = Artifact::example();
    artifact.id = id.into();
    artifact
}

fn page(ids: impl IntoIterator<Item = i64>) -> ArtifactPage {
    let mut page = ArtifactPage::example();
    page.artifacts = ids.into_iter().map(artifact).collect();
    page
}

fn get(mock: &Mock, id: i64) -> GetArtifact {
    let actions = mock.client().actions();
    actions.get_artifact("octo-org", "octo-docs", id)
}

fn list(mock: &Mock) -> ListArtifactsForRepo {
    let actions = mock.client().actions();
    actions.list_artifacts_for_repo("octo-org", "octo-docs")
}

fn download(mock: &Mock) -> DownloadArtifact {
    let actions = mock.client().actions();
    actions.download_artifact("octo-org", "octo-docs", 11)
}
