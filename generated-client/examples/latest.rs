//! Prints the id of the newest artifact of a branch that can still be downloaded.
//!
//! ```sh
//! GITHUB_TOKEN=… cargo run --example latest -- OWNER REPO BRANCH
//! ```
//!
//! The exit code is 1 if there is none.

use std::env;
use std::process::ExitCode;

use generated_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [owner, repo, branch] = arguments.as_slice() else {
        eprintln!("usage: latest OWNER REPO BRANCH");
        return Ok(ExitCode::from(2));
    };

    let client = Client::from_env()?;
    let list = client.actions().list_artifacts_for_repo(owner, repo);
    let mut artifacts = list.per_page(100).stream();
    let mut newest = None;
    while let Some(artifact) = artifacts.next().await {
        let artifact = artifact?;
        // A fork can have a branch of the same name.
        let is_of_branch = artifact.workflow_run.as_ref().is_some_and(|run| {
            run.head_branch.as_ref() == Some(branch) && run.head_repository_id == run.repository_id
        });
        // GitHub does not document the order of the list.
        let is_newer = newest
            .as_ref()
            .is_none_or(|(_, created_at)| artifact.created_at > *created_at);
        if is_of_branch && !artifact.expired && is_newer {
            newest = Some((artifact.id, artifact.created_at));
        }
    }

    let Some((id, _)) = newest else {
        anyhow::bail!("no artifact of branch `{branch}` can be downloaded");
    };
    println!("{id}");
    Ok(ExitCode::SUCCESS)
}
