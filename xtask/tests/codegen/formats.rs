//! Reports for programs: `--format json` and `--format github`.

use serde_json::Value;

use crate::program::Run;
use crate::workspace::{Workspace, document};

const SUMMARY: &str = "      summary: List things\n";

/// A run on a document with a warning, which is denied if `deny`.
fn run(format: &str, deny: bool) -> Run {
    let workspace = Workspace::new();
    let text = document("Get a thing").replace(SUMMARY, &format!("{SUMMARY}      zzz: 1\n"));
    workspace.write("things.yaml", &text);
    let mut args = vec![
        "--spec",
        "things.yaml",
        "--out",
        "things",
        "--format",
        format,
    ];
    if deny {
        args.extend(["--deny", "unknown-field"]);
    }
    workspace.codegen(&args)
}

#[test]
fn json_of_a_rejected_document() {
    let run = run("json", true);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn json_of_written_files() {
    let run = run("json", false);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let account: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(account["result"], "written");
    assert_eq!(account["operations"], 2);
    assert_eq!(account["findings"][0]["level"], "warning");
    let files = account["files"].as_array().unwrap();
    assert!(
        files.iter().all(|file| file["state"] == "missing"),
        "{files:?}"
    );
}

#[test]
fn annotations_of_a_document() {
    let run = run("github", true);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn an_unreadable_document() {
    let workspace = Workspace::new();
    let args = ["--spec", "no.yaml", "--out", "things", "--format", "github"];
    let run = workspace.codegen(&args);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn outdated_files() {
    let workspace = Workspace::generated();
    workspace.write("workspace/generated-client/src/generated/more.rs", "");
    let run = workspace.codegen(&["--check", "--format", "github"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
    insta::assert_snapshot!(run.stdout);
    let run = workspace.codegen(&["--check", "--format", "json"]);
    let account: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(account["result"], "out-of-date");
    assert_eq!(account["files"][0]["state"], "extra");
}
