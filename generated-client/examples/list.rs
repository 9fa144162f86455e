//! Lists the artifacts of a repository.
//!
//! ```sh
//! GITHUB_TOKEN=… cargo run --example list -- OWNER REPO
//! ```
//!
//! A public repository needs no token.

use std::env;
use std::process::ExitCode;

use generated_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [owner, repo] = arguments.as_slice() else {
        eprintln!("usage: list OWNER REPO");
        return Ok(ExitCode::from(2));
    };

    let client = Client::from_env()?;
    let list = client.actions().list_artifacts_for_repo(owner, repo);
    let mut artifacts = list.per_page(100).stream();
    while let Some(artifact) = artifacts.next().await {
        let artifact = artifact?;
        let state = if artifact.expired {
            "expired"
        } else {
            "available"
        };
        println!(
            "{}\t{}\t{state}\t{}",
            artifact.id, artifact.size_in_bytes, artifact.name
        );
    }
    Ok(ExitCode::SUCCESS)
}
