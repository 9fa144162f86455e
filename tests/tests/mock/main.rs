//! The mock of the client, as a crate that depends on it would use it.

mod answers;
mod downloads;
mod faults;
mod pages;
mod reports;

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
