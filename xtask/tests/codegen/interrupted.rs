//! Runs that are killed, and runs at the same time.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::workspace::{Workspace, document};

/// The name of the replacement beside `generated`.
const LEFT: &str = ".generated.codegen-e062a9743d7b3b62";

/// The tree as a reader of `src/generated` sees it.
fn generated(workspace: &Workspace) -> BTreeMap<PathBuf, String> {
    let paths = workspace
        .stamps("workspace/generated-client/src/generated")
        .into_keys();
    let read = |path: String| {
        (
            path.clone().into(),
            fs::read_to_string(workspace.in_generated(&path)).unwrap(),
        )
    };
    paths.map(read).collect()
}

fn left_over(workspace: &Workspace) -> Vec<String> {
    let source = fs::read_dir(workspace.path("workspace/generated-client/src")).unwrap();
    let names = source.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with('.')).collect()
}

/// Kills runs after ever longer times, until well after their end. `src/disk/tests.rs` stops at each critical step.
#[test]
fn a_killed_run_leaves_the_old_or_the_new_tree() {
    let workspace = Workspace::generated();
    let documents = [document("Get a thing"), document("Get another thing")];
    let trees = documents.each_ref().map(|text| {
        workspace.set_document(text);
        workspace.codegen(&[]).succeeds();
        generated(&workspace)
    });
    assert_ne!(trees[0], trees[1]);

    let started = Instant::now();
    workspace.codegen(&[]).succeeds();
    let step = started.elapsed().max(Duration::from_millis(2)) / 20;
    for round in 0..30 {
        let before = generated(&workspace);
        workspace.set_document(&documents[round as usize % 2]);
        let mut child = workspace
            .command(&["codegen"])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(step * round);
        child.kill().unwrap();
        child.wait().unwrap();
        let after = generated(&workspace);
        assert!(
            after == before || after == trees[round as usize % 2],
            "killed after {:?}: {after:#?}",
            step * round
        );
    }

    workspace.codegen(&[]).succeeds();
    assert_eq!(generated(&workspace), trees[1]);
    assert_eq!(left_over(&workspace), [""; 0]);
}

#[test]
fn the_next_run_removes_leftovers_of_a_killed_one() {
    let workspace = Workspace::generated();
    let clean = workspace.files();
    workspace.write(
        &format!("workspace/generated-client/src/{LEFT}/half"),
        "a half-writ",
    );
    workspace.codegen(&["--check"]).succeeds();
    assert_eq!(left_over(&workspace), [LEFT], "`--check` writes nothing");
    workspace.codegen(&[]).succeeds();
    assert_eq!(workspace.files(), clean);
}

#[test]
fn concurrent_runs_take_turns() {
    let workspace = Workspace::generated();
    workspace.set_document(&document("Get any thing"));
    let start = |_| {
        workspace
            .command(&["codegen"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let children: Vec<_> = (0..6).map(start).collect();
    let reports: Vec<_> = children
        .into_iter()
        .map(|child| child.wait_with_output().unwrap())
        .collect();
    assert!(
        reports.iter().all(|output| output.status.success()),
        "{reports:#?}"
    );
    let wrote = reports
        .iter()
        .filter(|output| String::from_utf8_lossy(&output.stdout).contains(" 1 file written"));
    assert_eq!(wrote.count(), 1, "{reports:#?}");
    assert_eq!(left_over(&workspace), [""; 0]);
    workspace.codegen(&["--check"]).succeeds();
}

/// Each of them makes the directories that are missing, or finds them made.
#[test]
fn concurrent_runs_into_missing_directories() {
    let workspace = Workspace::new();
    workspace.write("things.yaml", &document("Get a thing"));
    for round in 0..8 {
        let directory = format!("round-{round}/deep/things");
        let args = ["codegen", "--spec", "things.yaml", "--out", &directory];
        let start = |_| {
            let mut command = workspace.command(&args);
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().unwrap()
        };
        let children: Vec<_> = (0..4).map(start).collect();
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{output:#?}");
        }
        let beside = fs::read_dir(workspace.path(&format!("round-{round}/deep"))).unwrap();
        assert_eq!(beside.count(), 1);
        workspace
            .run(&[&args[..], &["--check"]].concat())
            .succeeds();
    }
}
