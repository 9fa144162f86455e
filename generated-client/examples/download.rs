//! Downloads an artifact, verifies its digest, and extracts it to a new directory.
//!
//! ```sh
//! GITHUB_TOKEN=… cargo run --example download --features unzip -- OWNER REPO ARTIFACT_ID DIRECTORY
//! ```
//!
//! The progress is on stderr, the extracted files are on stdout.

use std::env;
use std::process::ExitCode;

use anyhow::Context;
use generated_client::types::ArtifactId;
use generated_client::{Client, Progress};

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [owner, repo, id, directory] = arguments.as_slice() else {
        eprintln!("usage: download OWNER REPO ARTIFACT_ID DIRECTORY");
        return Ok(ExitCode::from(2));
    };
    let id: ArtifactId = id
        .parse()
        .with_context(|| format!("`{id}` is no artifact's id"))?;

    let client = Client::from_env()?;
    let actions = client.actions();
    let artifact = actions.get_artifact(owner, repo, id).await?;
    let extracted = actions
        .download_artifact(owner, repo, id)
        .download()
        .verify(&*artifact)
        .on_progress(progress_line())
        .extract_to(directory)
        .await;
    eprintln!();
    for file in extracted?.files {
        println!("{}", file.display());
    }
    Ok(ExitCode::SUCCESS)
}

/// Shows the progress in one line, written again for each percent or megabyte.
fn progress_line() -> impl FnMut(Progress) + Send + 'static {
    let mut last = String::new();
    move |progress| {
        let line = match progress.total {
            Some(total) if total > 0 => {
                format!("{:3} %", progress.bytes.saturating_mul(100) / total)
            }
            _ => format!("{} MB", progress.bytes / 1_000_000),
        };
        if line != last {
            eprint!("\r{line}");
            last = line;
        }
    }
}
