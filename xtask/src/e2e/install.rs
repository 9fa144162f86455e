//! Common parts of installing the judges.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use anyhow::{Context, bail};

use super::FOLDER;
use super::leash::Leashed;
use super::server::{logged, tail};
use crate::terminal;

/// Where programs are that only root has on its `PATH`.
const FOR_ROOT: [&str; 2] = ["/usr/local/sbin", "/usr/sbin"];

/// Makes a directory by `fill`, which is given another one to write to: the directory is there as a whole or not at all.
pub(super) fn install(
    what: &str,
    directory: &Path,
    fill: impl FnOnce(&Path) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    terminal::warn(&format!("installing {what} into {FOLDER}\n"));
    let part = directory.with_file_name("part");
    empty(&part)?;
    fill(&part)?;
    remove(directory)?;
    fs::rename(&part, directory).context("cannot move it into place")
}

/// Makes an empty directory, whatever is there.
pub(super) fn empty(directory: &Path) -> anyhow::Result<()> {
    remove(directory)?;
    fs::create_dir_all(directory)
        .with_context(|| format!("cannot create `{}`", directory.display()))
}

fn remove(directory: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(directory) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove `{}`", directory.display()))
        }
        _ => Ok(()),
    }
}

/// The path of a program of this machine.
pub(super) fn program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .chain(FOR_ROOT.map(PathBuf::from))
        .map(|directory| directory.join(name))
        .find(|path| path.is_file())
}

/// A command of a program of this machine, on a leash.
pub(super) fn command(name: &str) -> anyhow::Result<Command> {
    let path =
        program(name).with_context(|| format!("`{name}` is not installed on this machine"))?;
    Ok(Leashed::command(path))
}

/// Runs a command to its end. Its output is shown if it fails.
pub(super) fn succeed(name: &str, command: &mut Command, log: &Path) -> anyhow::Result<()> {
    let status = Leashed::start(logged(command, log)?)?.wait()?;
    if !status.success() {
        bail!("`{name}` has failed, {status}{}", tail(log));
    }
    Ok(())
}
