//! Downloads all artifacts of a repository to a directory, a few at a time.
//!
//! ```sh
//! GITHUB_TOKEN=… cargo run --example mirror -- OWNER REPO DIRECTORY
//! ```
//!
//! The file of an artifact is called by its id and the name that the store suggests, as in
//! `11-Rails.zip`. What is in the directory already is not downloaded again, and what an earlier run
//! has begun is resumed. The exit code is 1 if any download has failed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

use anyhow::Context;
use generated_client::Client;
use generated_client::actions::DownloadArtifact;
use generated_client::types::{Artifact, ArtifactId};
use tokio::task::JoinSet;

/// Downloads at the same time.
const CONCURRENCY: usize = 4;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [owner, repo, directory] = arguments.as_slice() else {
        eprintln!("usage: mirror OWNER REPO DIRECTORY");
        return Ok(ExitCode::from(2));
    };
    let directory = Path::new(directory);
    fs::create_dir_all(directory)
        .with_context(|| format!("cannot create directory `{}`", directory.display()))?;
    let saved = saved(directory)
        .with_context(|| format!("cannot read directory `{}`", directory.display()))?;

    let client = Client::from_env()?;
    let list = client.actions().list_artifacts_for_repo(owner, repo);
    let mut artifacts = list.per_page(100).stream();
    let mut downloads = JoinSet::new();
    let mut all_saved = true;
    while let Some(artifact) = artifacts.next().await {
        let artifact = artifact?;
        if artifact.expired || saved.contains(&artifact.id) {
            continue;
        }
        if downloads.len() == CONCURRENCY
            && let Some(result) = downloads.join_next().await
        {
            all_saved &= report(result?);
        }
        let request = client.actions().download_artifact(owner, repo, artifact.id);
        downloads.spawn(save(request, artifact, directory.to_owned()));
    }
    while let Some(result) = downloads.join_next().await {
        all_saved &= report(result?);
    }
    Ok(if all_saved {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The artifacts that are in the directory: `11-Rails.zip` is number 11.
fn saved(directory: &Path) -> io::Result<BTreeSet<ArtifactId>> {
    let mut saved = BTreeSet::new();
    for entry in fs::read_dir(directory)? {
        let name = entry?.file_name();
        let id = name.to_str().and_then(|name| name.split_once('-'));
        saved.extend(id.and_then(|(id, _)| id.parse::<ArtifactId>().ok()));
    }
    Ok(saved)
}

/// Downloads an artifact, and gives the file its name when it is whole.
async fn save(
    request: DownloadArtifact,
    artifact: Artifact,
    directory: PathBuf,
) -> anyhow::Result<String> {
    let whole = directory.join(artifact.id.to_string());
    let download = request.download().verify(&artifact).overwrite();
    let saved = download.to_file(&whole).await?;
    let name = saved.file_name().unwrap_or_else(|| "artifact".to_owned());
    let path = directory.join(format!("{}-{name}", artifact.id));
    fs::rename(&whole, &path).with_context(|| format!("cannot rename `{}`", whole.display()))?;
    Ok(format!("{}: {} bytes", path.display(), saved.bytes))
}

/// Prints the outcome of a download, and returns whether it succeeded.
fn report(result: anyhow::Result<String>) -> bool {
    match &result {
        Ok(saved) => println!("{saved}"),
        Err(error) => eprintln!("error: {error:#}"),
    }
    result.is_ok()
}
