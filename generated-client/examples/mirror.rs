//! Downloads all artifacts of a repository to a directory, a few at a time.
//!
//! ```sh
//! GITHUB_TOKEN=… cargo run --example mirror -- OWNER REPO DIRECTORY
//! ```
//!
//! What is in the directory already is not downloaded again, and what an earlier run has begun is
//! resumed. The exit code is 1 if any download has failed.

use std::env;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use generated_client::{Client, Error, Saved};
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
    std::fs::create_dir_all(directory)
        .with_context(|| format!("cannot create directory `{}`", directory.display()))?;

    let client = Client::from_env()?;
    let actions = client.actions();
    let list = actions.list_artifacts_for_repo(owner, repo);
    let mut artifacts = list.per_page(100).stream();
    let mut downloads = JoinSet::new();
    let mut all_saved = true;
    while let Some(artifact) = artifacts.next().await {
        let artifact = artifact?;
        let path = directory.join(format!("{}.zip", artifact.id));
        if artifact.expired || path.try_exists()? {
            continue;
        }
        if downloads.len() == CONCURRENCY
            && let Some(result) = downloads.join_next().await
        {
            all_saved &= report(result?);
        }
        let request = actions.download_artifact(owner, repo, artifact.id);
        let download = request.download().verify(&artifact);
        downloads.spawn(download.to_file(path));
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

/// Prints the outcome of a download, and returns whether it succeeded.
fn report(result: Result<Saved, Error>) -> bool {
    match &result {
        Ok(saved) => println!("{}: {} bytes", saved.path.display(), saved.bytes),
        Err(error) => eprintln!("error: {error}"),
    }
    result.is_ok()
}
