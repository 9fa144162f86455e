//! Revisions and their files, read through git.

mod objects;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, ensure};

use crate::usage::Usage;

/// The variables that git sets for hooks, with the path of their repository. They are ignored: the
/// workspace's own repository is used.
const OF_HOOKS: &[&str] = &[
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// The repository that the workspace is in.
#[derive(Debug)]
pub(super) struct Git {
    root: PathBuf,
    /// The path from the repository's top to the workspace: empty, or with `/` at its end.
    prefix: String,
}

impl Git {
    /// # Errors
    ///
    /// A [`Usage`] when there is no git, or no repository.
    pub(super) fn of(root: &Path) -> anyhow::Result<Self> {
        let mut git = Self {
            root: root.to_owned(),
            prefix: String::new(),
        };
        let output = git.run(&["rev-parse", "--show-prefix"])?;
        if !output.status.success() {
            let stderr = String::from_utf8_lossy(&output.stderr);
            let reason = stderr.lines().next().unwrap_or_default();
            let message = format!("no git repository at `{}`: {reason}", root.display());
            let hint = if stderr.contains("safe.directory") {
                let root = root.display();
                format!("if you trust it: `git config --global --add safe.directory '{root}'`")
            } else {
                "run this in a clone of the project".to_owned()
            };
            return Err(Usage { message, hint }.into());
        }
        git.prefix = text(output.stdout)?;
        Ok(git)
    }

    /// Returns the commit of a revision.
    pub(super) fn commit(&self, revision: &str) -> anyhow::Result<Option<String>> {
        let wanted = format!("{revision}^{{commit}}");
        self.ask(&["rev-parse", "--verify", "--quiet", &wanted])
    }

    /// The newest commit that two revisions have in common.
    pub(super) fn merge_base(&self, one: &str, other: &str) -> anyhow::Result<Option<String>> {
        self.ask(&["merge-base", one, other])
    }

    /// A revision's name without `refs/` and the like; that of the branch it is a name for.
    pub(super) fn short_name(&self, revision: &str) -> anyhow::Result<String> {
        let name = self.ask(&["rev-parse", "--abbrev-ref", revision])?;
        Ok(name
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| revision.to_owned()))
    }

    /// A commit's name as people read it.
    pub(super) fn short_commit(&self, commit: &str) -> anyhow::Result<String> {
        let short = self.ask(&["rev-parse", "--short", commit])?;
        Ok(short.unwrap_or_else(|| commit.to_owned()))
    }

    /// Whether the clone lacks a part of the history.
    pub(super) fn is_shallow(&self) -> anyhow::Result<bool> {
        let answer = self.ask(&["rev-parse", "--is-shallow-repository"])?;
        Ok(answer.as_deref() == Some("true"))
    }

    /// The paths of a commit's files below a directory of the workspace, relative to the workspace.
    /// Paths that no module can have are left out: those that are not UTF-8, or have line breaks.
    pub(super) fn list(&self, commit: &str, directory: &str) -> anyhow::Result<Vec<String>> {
        let directory = format!("{}{directory}/", self.prefix);
        let output = self.succeed(&[
            "ls-tree",
            "-r",
            "-z",
            "--name-only",
            "--full-tree",
            commit,
            "--",
            &directory,
        ])?;
        let paths = output.stdout.split(|byte| *byte == 0);
        let paths = paths.filter_map(|path| std::str::from_utf8(path).ok());
        Ok(paths
            .filter(|path| !path.contains('\n'))
            .filter_map(|path| path.strip_prefix(&self.prefix))
            .map(str::to_owned)
            .collect())
    }

    /// Returns the one line that a command prints; `None` if it fails.
    fn ask(&self, arguments: &[&str]) -> anyhow::Result<Option<String>> {
        let output = self.run(arguments)?;
        if !output.status.success() {
            return Ok(None);
        }
        let answer = text(output.stdout)?;
        Ok(answer.lines().next().map(str::to_owned))
    }

    fn succeed(&self, arguments: &[&str]) -> anyhow::Result<Output> {
        let output = self.run(arguments)?;
        ensure!(output.status.success(), "{}", failed(&output));
        Ok(output)
    }

    fn run(&self, arguments: &[&str]) -> anyhow::Result<Output> {
        let run = self.command(arguments).stdin(Stdio::null()).output();
        run.map_err(|error| match error.kind() {
            ErrorKind::NotFound => Usage {
                message: "git is not installed, or not in `PATH`".to_owned(),
                hint: "install it: it reads the revision to compare with".to_owned(),
            }
            .into(),
            _ => anyhow::Error::new(error).context("cannot run git"),
        })
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.root).args(arguments);
        command.env("LC_ALL", "C");
        for variable in OF_HOOKS {
            command.env_remove(variable);
        }
        command
    }
}

fn failed(output: &Output) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr);
    format!("git fails: {}", stderr.trim())
}

fn text(bytes: Vec<u8>) -> anyhow::Result<String> {
    let text = String::from_utf8(bytes).context("the output of git is not UTF-8")?;
    Ok(text.trim_end_matches('\n').to_owned())
}
