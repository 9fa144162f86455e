//! `cargo xtask e2e`: tests the client against independent servers.

mod debian;
mod install;
mod leash;
mod nginx;
mod options;
mod prism;
mod server;

use std::env;
use std::fs;
use std::path::Path;

use anyhow::Context;

use crate::disk::Lock;
use crate::usage::Usage;
use crate::{Outcome, terminal, workspace};
use leash::Leashed;
use nginx::Nginx;
use options::Judge;
pub(crate) use options::Options;
use prism::Prism;
use server::Server;

/// The installed servers, and their logs of the last run; relative to the workspace's root.
const FOLDER: &str = "target/e2e";

/// Installs the judges, starts them, and runs their tests.
pub(crate) fn run(options: Options) -> anyhow::Result<Outcome> {
    if !cfg!(unix) {
        return Err(Usage {
            message: "`cargo xtask e2e` can't start servers on this system".to_owned(),
            hint: "run it on Linux; `cargo test --workspace` runs everywhere".to_owned(),
        }
        .into());
    }
    let root = workspace::root()?;
    let folder = root.join(FOLDER);
    fs::create_dir_all(&folder).with_context(|| format!("cannot create `{FOLDER}`"))?;
    let _lock = Lock::of(&folder)?;

    let prism = if_selected(options, Judge::Prism, || Prism::installed(&folder))?;
    let nginx = if_selected(options, Judge::Nginx, || Nginx::installed(&folder))?;

    let run = folder.join("run");
    install::empty(&run)?;
    let mut servers = Vec::new();
    if let Some(prism) = prism {
        servers.extend(prism.start(&root.join(workspace::DOCUMENT), &run)?);
    }
    if let Some(nginx) = nginx {
        servers.push(nginx.start(&run)?);
    }
    test(&root, &servers, options.filter())
}

/// A judge, if it is selected.
fn if_selected<T>(
    options: Options,
    judge: Judge,
    installed: impl FnOnce() -> anyhow::Result<T>,
) -> anyhow::Result<Option<T>> {
    if !options.selects(judge) {
        return Ok(None);
    }
    installed()
        .map(Some)
        .map_err(|reason| judge.unavailable(&reason))
}

/// `cargo test`, with the servers' URLs. Of all packages, as the gates do, so that nothing is built twice.
fn test(root: &Path, servers: &[Server], filter: Option<&str>) -> anyhow::Result<Outcome> {
    let mut cargo = Leashed::command(env::var_os("CARGO").unwrap_or("cargo".into()));
    cargo
        .args(["test", "--workspace", "--test", "e2e", "--"])
        .args(filter)
        .envs(servers.iter().flat_map(|server| server.variables.clone()))
        .current_dir(root);
    if Leashed::start(&mut cargo)?.wait()?.success() {
        return Ok(Outcome::Done);
    }
    terminal::warn(&format!("the logs of the servers are in {FOLDER}/run\n"));
    Ok(Outcome::Failed)
}
