//! Lists the artifacts of a repository on GitHub Enterprise Server, whose certificate is from an
//! authority of its own.
//!
//! ```sh
//! GITHUB_TOKEN=… cargo run --example enterprise -- HOST ROOT_CERTIFICATE OWNER REPO
//! ```
//!
//! `ROOT_CERTIFICATE` is the authority's certificate, a file in PEM.

use std::process::ExitCode;
use std::{env, fs};

use anyhow::Context;
use generated_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [host, root_certificate, owner, repo] = arguments.as_slice() else {
        eprintln!("usage: enterprise HOST ROOT_CERTIFICATE OWNER REPO");
        return Ok(ExitCode::from(2));
    };
    let pem = fs::read(root_certificate)
        .with_context(|| format!("cannot read file `{root_certificate}`"))?;

    let client = Client::builder()
        // For the token: the host takes the place of `GITHUB_API_URL`.
        .read_env()
        .enterprise_host(host)
        .root_certificate(pem)
        .build()?;
    let list = client.actions().list_artifacts_for_repo(owner, repo);
    let mut artifacts = list.per_page(100).stream();
    while let Some(artifact) = artifacts.next().await {
        let artifact = artifact?;
        println!("{}\t{}", artifact.id, artifact.name);
    }
    Ok(ExitCode::SUCCESS)
}
