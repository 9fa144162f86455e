//! Deletes the artifacts of a repository that are older than so many days, all or those of a name.
//!
//! ```sh
//! GITHUB_TOKEN=… cargo run --example prune -- OWNER REPO DAYS [NAME]
//! GITHUB_TOKEN=… cargo run --example prune -- --delete OWNER REPO DAYS [NAME]
//! ```
//!
//! Without `--delete` it only says what it would delete.

use std::env;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context;
use generated_client::Client;

const SECONDS_PER_DAY: i64 = 24 * 60 * 60;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<ExitCode> {
    let (options, arguments): (Vec<String>, Vec<String>) = env::args()
        .skip(1)
        .partition(|argument| argument.starts_with("--"));
    let delete = options == ["--delete"];
    let (owner, repo, days, name) = match arguments.as_slice() {
        [owner, repo, days] if delete || options.is_empty() => (owner, repo, days, None),
        [owner, repo, days, name] if delete || options.is_empty() => {
            (owner, repo, days, Some(name))
        }
        _ => {
            eprintln!("usage: prune [--delete] OWNER REPO DAYS [NAME]");
            return Ok(ExitCode::from(2));
        }
    };
    let days: u32 = days
        .parse()
        .with_context(|| format!("`{days}` is no number of days"))?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let oldest = i64::try_from(now)? - i64::from(days) * SECONDS_PER_DAY;

    let client = Client::from_env()?;
    let actions = client.actions();
    let mut list = actions.list_artifacts_for_repo(owner, repo).per_page(100);
    if let Some(name) = name {
        list = list.name(name);
    }
    // The whole list comes first: a deletion moves what follows to an earlier page.
    for artifact in list.stream().collect_all().await? {
        let is_old = artifact
            .created_at
            .is_some_and(|created_at| created_at.timestamp() < oldest);
        if artifact.expired || !is_old {
            continue;
        }
        let (id, name) = (artifact.id, artifact.name);
        if delete {
            actions.delete_artifact(owner, repo, id).await?;
            println!("deleted {id}: {name}");
        } else {
            println!("would delete {id}: {name}");
        }
    }
    Ok(ExitCode::SUCCESS)
}
