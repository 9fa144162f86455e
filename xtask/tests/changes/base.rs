//! The base revision, and errors without one.

use std::fs;
use std::process::Command;

use crate::program::Run;
use crate::repository::{DOCUMENT, FIELD, FRONT_DOOR, NULLABLE, Repository};

/// Refused with exit code 2.
#[track_caller]
fn refused(run: Run, expect: &str) {
    let output = run.fails(2);
    assert!(output.contains(expect), "{output}");
    assert!(output.contains("\nhelp: "), "{output}");
}

#[test]
fn the_merge_base_with_main() {
    let repository = Repository::new();
    repository.git(&["switch", "--quiet", "--create", "topic"]);
    repository.git(&["switch", "--quiet", "main"]);
    // Later commits of main are no changes of the branch.
    repository.edit(DOCUMENT, FIELD, NULLABLE);
    repository.commit();
    repository.git(&["switch", "--quiet", "topic"]);
    let report = repository.changes(&[]).ends(0);
    let head = "generated-client: none, compared with [COMMIT], the merge base with main\n";
    assert!(report.starts_with(head), "{report}");

    repository.edit(DOCUMENT, "maximum: 9", "maximum: 5");
    repository.commit();
    let report = repository.changes(&[]).ends(1);
    assert!(
        report.contains("bounds narrowed: 1 to 9 → 1 to 5"),
        "{report}"
    );
    assert!(!report.contains("types::Thing"), "{report}");
}

#[test]
fn the_remote_main_wins() {
    let repository = Repository::new();
    let origin = repository.outside("origin");
    let origin = origin.to_str().unwrap();
    repository.git(&["clone", "--quiet", "--bare", ".", origin]);
    repository.git(&["remote", "add", "origin", origin]);
    repository.git(&["fetch", "--quiet", "origin"]);
    repository.edit(DOCUMENT, FIELD, NULLABLE);
    repository.commit();
    let report = repository.changes(&[]).ends(1);
    assert!(
        report.contains("the merge base with origin/main\n"),
        "{report}"
    );
    repository.git(&["remote", "set-head", "origin", "main"]);
    let report = repository.changes(&[]).ends(1);
    assert!(
        report.contains("the merge base with origin/main\n"),
        "{report}"
    );
}

#[test]
fn a_named_revision() {
    let repository = Repository::new();
    repository.edit(DOCUMENT, FIELD, NULLABLE);
    repository.commit();
    repository.changes(&[]).ends(0);
    let report = repository.changes(&["--base", "HEAD^"]).ends(1);
    assert!(report.starts_with("generated-client: breaking, compared with [COMMIT], HEAD^\n"));
    let commit = repository.git(&["rev-parse", "HEAD^"]);
    let report = repository.changes(&["--base", &commit]).stdout;
    let head = report.lines().next().unwrap();
    let (_, short) = head.split_once("compared with ").unwrap();
    assert!(commit.starts_with(short), "{report}");
    refused(
        repository.changes(&["--base", "v9"]),
        "git has no revision `v9`",
    );
    refused(
        repository.changes(&["--base=--all"]),
        "no revision: `--all`",
    );
    // A revision all the same, but no commit.
    refused(
        repository.changes(&["--base", "HEAD:spec"]),
        "git has no revision `HEAD:spec`",
    );
}

/// Control characters are not printed.
#[test]
fn a_revision_like_an_option() {
    let repository = Repository::new();
    for (revision, expect) in [
        ("\u{1b}[2Jmain", "git has no revision ` [2Jmain`"),
        ("-\u{1b}[2J", "no revision: `- [2J`"),
        ("main\n", "git has no revision `main `"),
    ] {
        let base = format!("--base={revision}");
        refused(repository.changes(&[&base]), expect);
    }
}

#[test]
fn no_repository() {
    let repository = Repository::unversioned("plain");
    let mut command = repository.command(&["changes"]);
    command.env("GIT_CEILING_DIRECTORIES", repository.outside(""));
    refused(Run::of(command.output().unwrap()), "no git repository at `");
}

#[test]
fn no_git() {
    let repository = Repository::new();
    let mut command = repository.command(&["changes"]);
    command.env("PATH", repository.outside("nowhere"));
    refused(Run::of(command.output().unwrap()), "git is not installed");
}

#[test]
fn no_commit() {
    let repository = Repository::unversioned("new");
    repository.git(&["init", "--quiet", "--initial-branch=main"]);
    refused(repository.changes(&[]), "no commit to compare with yet");
}

#[test]
fn no_main_branch() {
    let repository = Repository::new();
    repository.git(&["branch", "--move", "trunk"]);
    refused(repository.changes(&[]), "no branch `main` or `master`");
    repository.changes(&["--base", "trunk"]).ends(0);
}

#[test]
fn no_common_history() {
    let repository = Repository::new();
    repository.git(&["switch", "--quiet", "--orphan", "other"]);
    repository.git(&["checkout", "main", "--", "."]);
    repository.git(&["commit", "--quiet", "--message", "Another beginning"]);
    refused(
        repository.changes(&[]),
        "`HEAD` and `main` have no common commit",
    );
}

#[test]
fn a_shallow_clone() {
    let repository = Repository::new();
    repository.git(&["switch", "--quiet", "--create", "topic"]);
    repository.commit();
    let shallow = Repository::unversioned("shallow");
    let url = format!("file://{}", repository.path("").display());
    shallow.git(&["init", "--quiet", "--initial-branch=topic"]);
    shallow.git(&["remote", "add", "origin", &url]);
    shallow.git(&[
        "fetch",
        "--quiet",
        "--depth=1",
        "origin",
        "+refs/heads/*:refs/remotes/origin/*",
    ]);
    shallow.git(&["reset", "--quiet", "origin/topic"]);
    let output = shallow.changes(&[]).fails(2);
    assert!(
        output.contains("`HEAD` and `origin/main` have no common commit"),
        "{output}"
    );
    assert!(output.contains("`git fetch --unshallow`"), "{output}");
    let output = shallow.changes(&["--base", "HEAD^"]).fails(2);
    assert!(output.contains("`git fetch --unshallow`"), "{output}");
}

/// A clone of one branch, as CI makes it, knows of no main branch.
#[test]
fn a_clone_of_one_branch() {
    let repository = Repository::new();
    repository.git(&["switch", "--quiet", "--create", "topic"]);
    repository.edit(DOCUMENT, FIELD, NULLABLE);
    repository.commit();
    let clone = Repository::unversioned("clone");
    let url = format!("file://{}", repository.path("").display());
    clone.git(&["init", "--quiet", "--initial-branch=topic"]);
    clone.git(&["remote", "add", "origin", &url]);
    clone.git(&["fetch", "--quiet", "origin", "topic"]);
    clone.git(&["reset", "--quiet", "--hard", "FETCH_HEAD"]);
    let output = clone.changes(&[]).fails(2);
    let mend = "git fetch origin main:refs/remotes/origin/main";
    assert!(
        output.contains(&format!("help: try `{mend}`, or name the revision")),
        "{output}"
    );
    clone.git(&mend.split(' ').skip(1).collect::<Vec<_>>());
    let report = clone.changes(&[]).ends(1);
    assert!(report.contains("turned optional"), "{report}");
}

#[test]
fn a_worktree_with_a_detached_head() {
    let repository = Repository::new();
    let other = repository.outside("other");
    let other = other.to_str().unwrap();
    repository.git(&["worktree", "add", "--quiet", "--detach", other]);
    let run = |expect: i32| {
        let mut command = repository.command(&["changes"]);
        command.current_dir(other);
        command.env("CARGO_MANIFEST_DIR", repository.outside("other/xtask"));
        Run::of(command.output().unwrap()).ends(expect)
    };
    run(0);
    let document = repository.outside("other").join(DOCUMENT);
    let text = fs::read_to_string(&document).unwrap();
    fs::write(document, text.replace(FIELD, NULLABLE)).unwrap();
    let report = run(1);
    assert!(report.contains("turned optional"), "{report}");
}

/// Git's hooks have variables with the paths of another repository.
#[test]
fn the_workspace_has_its_own_repository() {
    let (repository, other) = (Repository::new(), Repository::new());
    other.edit(DOCUMENT, FIELD, NULLABLE);
    other.commit();
    repository.edit(DOCUMENT, FIELD, NULLABLE);
    let mut command = repository.command(&["changes"]);
    command.env("GIT_DIR", other.path(".git"));
    command.env("GIT_INDEX_FILE", other.path(".git/index"));
    command.env("GIT_OBJECT_DIRECTORY", other.path(".git/refs"));
    let report = Run::of(command.output().unwrap()).ends(1);
    assert!(report.contains("turned optional"), "{report}");
}

#[test]
fn a_workspace_below_the_top_of_its_repository() {
    let repository = Repository::unversioned("top/path/to/workspace");
    let top = repository.outside("top");
    let git = |args: &[&str]| {
        let mut command = Command::new("git");
        assert!(
            command
                .args(args)
                .current_dir(&top)
                .status()
                .unwrap()
                .success()
        );
    };
    git(&["init", "--quiet", "--initial-branch=main"]);
    repository.commit();
    repository.changes(&[]).ends(0);
    repository.edit(DOCUMENT, FIELD, NULLABLE);
    let report = repository.changes(&[]).ends(1);
    assert!(report.contains("turned optional"), "{report}");
    assert!(!report.contains("Beside the description"), "{report}");
    repository.edit(FRONT_DOOR, "pub use", "pub struct Added;\npub use");
    let report = repository.changes(&[]).ends(1);
    let expected = "\nBeside the description\n  compatible Added added\n";
    assert!(report.contains(expected), "{report}");
}
