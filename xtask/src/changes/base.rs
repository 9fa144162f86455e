//! Which revision is compared with.

use super::git::Git;
use super::options::SYNTAX;
use crate::terminal::plain;
use crate::usage::Usage;

/// Possible names of the main branch, the likeliest first. Of the remote one's names the first is
/// whatever the remote says.
const MAIN: &[&str] = &[
    "refs/remotes/origin/HEAD",
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
    "refs/heads/main",
    "refs/heads/master",
];

/// The revision that is compared with.
#[derive(Debug)]
pub(super) struct Base {
    pub(super) commit: String,
    /// The commit's name as people read it.
    short: String,
    found: Found,
}

/// How a revision was found.
#[derive(Debug)]
enum Found {
    /// By this name, which the user has given.
    Named(String),
    /// It is the newest that `HEAD` has in common with this branch.
    MergeBase(String),
}

impl Base {
    /// # Errors
    ///
    /// A [`Usage`] when there is no such revision.
    pub(super) fn find(git: &Git, revision: Option<&str>) -> anyhow::Result<Self> {
        let (commit, found) = match revision {
            Some(revision) => {
                let found = Found::Named(revision.to_owned());
                (Self::of_revision(git, revision)?, found)
            }
            None => Self::of_main(git)?,
        };
        Ok(Self {
            short: git.short_commit(&commit)?,
            commit,
            found,
        })
    }

    /// In words, as in `0123abc, the merge base with origin/main`.
    pub(super) fn describe(&self, code: fn(&str) -> String) -> String {
        match &self.found {
            Found::Named(name) if self.commit.starts_with(name) => self.short.clone(),
            Found::Named(name) => format!("{}, {}", self.short, code(name)),
            Found::MergeBase(branch) => {
                format!("{}, the merge base with {}", self.short, code(branch))
            }
        }
    }

    fn of_revision(git: &Git, revision: &str) -> anyhow::Result<String> {
        if let Some(commit) = git.commit(revision)? {
            return Ok(commit);
        }
        let hint = if git.is_shallow()? {
            "the clone may be shallow: run `git fetch --unshallow`".to_owned()
        } else {
            format!("see `{} --help`", SYNTAX.command)
        };
        let message = format!("git has no revision `{}`", plain(revision));
        Err(Usage { message, hint }.into())
    }

    fn of_main(git: &Git) -> anyhow::Result<(String, Found)> {
        let unknown = |message: &str, hint: &str| Usage {
            message: message.to_owned(),
            hint: hint.to_owned(),
        };
        if git.commit("HEAD")?.is_none() {
            return Err(unknown(
                "no commit to compare with yet",
                "commit the present state, and run again after a change",
            )
            .into());
        }
        for main in MAIN {
            if git.commit(main)?.is_none() {
                continue;
            }
            let name = git.short_name(main)?;
            if let Some(commit) = git.merge_base("HEAD", main)? {
                return Ok((commit, Found::MergeBase(name)));
            }
            let message = format!("`HEAD` and `{name}` have no common commit");
            let hint = if git.is_shallow()? {
                "the clone may be shallow: run `git fetch --unshallow`"
            } else {
                "name the revision to compare with: `--base REV`"
            };
            return Err(unknown(&message, hint).into());
        }
        Err(unknown(
            "no branch `main` or `master`, neither here nor of `origin`",
            "try `git fetch origin main:refs/remotes/origin/main`, \
             or name the revision to compare with: `--base REV`",
        )
        .into())
    }
}
