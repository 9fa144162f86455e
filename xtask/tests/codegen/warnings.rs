//! Warnings: how they are reported, allowed and denied.

use crate::program::Run;
use crate::workspace::{Workspace, document};

const ARGS: [&str; 4] = ["--spec", "things.yaml", "--out", "things"];
const SUMMARY: &str = "      summary: List things\n";

/// A workspace beside whose client is a document with three mistakes that right code survives.
fn workspace() -> Workspace {
    let workspace = Workspace::new();
    let mistakes = format!("{SUMMARY}      tags: [a, b]\n      zzz: 1\n");
    let text = document("Get a thing").replace(SUMMARY, &mistakes);
    workspace.write("things.yaml", &format!("tags: []\n{text}"));
    workspace
}

fn codegen(workspace: &Workspace, args: &[&str]) -> Run {
    workspace.codegen(&[&ARGS, args].concat())
}

/// The standard error of a successful run.
#[track_caller]
fn warnings(args: &[&str]) -> String {
    let run = codegen(&workspace(), args);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(
        run.stdout.starts_with("things: 2 operations, "),
        "{}",
        run.stdout
    );
    run.stderr
}

/// The error of a run that fails with this code and writes nothing.
#[track_caller]
fn refused(args: &[&str], code: i32) -> String {
    let workspace = workspace();
    let before = workspace.stamps("");
    let error = codegen(&workspace, args).fails(code);
    assert_eq!(workspace.stamps(""), before, "something was written");
    error
}

#[test]
fn warnings_are_grouped_by_rule() {
    insta::assert_snapshot!(warnings(&[]), @r"
    warning[unknown-field]: at things.yaml:14:7: unknown field of an operation: `zzz`
      note: The field is ignored.
    warning[undeclared-tag]: 2 times, first at things.yaml:13:14: tag is not declared: `a`

    3 warnings in things.yaml
    `--warnings all` shows each warning; `cargo xtask explain RULE` explains
    ");
    assert_eq!(warnings(&["--warnings", "by-rule"]), warnings(&[]));
}

#[test]
fn all_warnings_have_positions() {
    insta::assert_snapshot!(warnings(&["--warnings", "all"]), @r"
    warning[undeclared-tag]: tag is not declared: `a`
      --> things.yaml:13:14
       |
    13 |       tags: [a, b]
       |              ^
       |
       = help: there are none yet

    warning[undeclared-tag]: tag is not declared: `b`
      --> things.yaml:13:17
       |
    13 |       tags: [a, b]
       |                 ^
       |
       = help: there are none yet

    warning[unknown-field]: unknown field of an operation: `zzz`
      --> things.yaml:14:7
       |
    14 |       zzz: 1
       |       ^^^
       |
       = help: expected one of: `tags`, `summary`, `description`, `externalDocs`, `operationId`, `parameters`, `requestBody`, `responses`, `callbacks`, `deprecated`, `security`, `servers`

    3 warnings in things.yaml
    ");
}

#[test]
fn warnings_are_denied() {
    let one = refused(&["--deny", "unknown-field"], 1);
    insta::assert_snapshot!(one, @r"
    error[unknown-field]: unknown field of an operation: `zzz`
      --> things.yaml:14:7
       |
    14 |       zzz: 1
       |       ^^^
       |
       = help: expected one of: `tags`, `summary`, `description`, `externalDocs`, `operationId`, `parameters`, `requestBody`, `responses`, `callbacks`, `deprecated`, `security`, `servers`

    warning[undeclared-tag]: 2 times, first at things.yaml:13:14: tag is not declared: `a`

    1 error, 2 warnings in things.yaml
    `--warnings all` shows each warning; `cargo xtask explain RULE` explains
    nothing is written
    ");
    let all = refused(&["--deny=warnings"], 1);
    assert!(
        all.contains("3 errors in things.yaml\nnothing is written\n"),
        "{all}"
    );
}

#[test]
fn warnings_are_allowed() {
    let some = warnings(&["--allow", "undeclared-tag"]);
    assert!(some.contains("1 warning in things.yaml\n"), "{some}");
    let both = ["--allow", "undeclared-tag", "--allow", "unknown-field"];
    assert_eq!(warnings(&both), "");
    assert_eq!(warnings(&[&both[..], &["--deny", "warnings"]].concat()), "");
    let unused = refused(&["--allow", "duplicate-tag"], 1);
    assert!(unused.starts_with("error[unused-allowance]: "), "{unused}");
}

#[test]
fn check_applies_the_policy_and_prints_the_full_command() {
    let workspace = workspace();
    let args = [
        "--allow",
        "undeclared-tag",
        "--only",
        "things/*",
        "--partial",
        "--check",
    ];
    let run = codegen(&workspace, &args);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(
        run.stderr.contains("1 warning in things.yaml\n"),
        "{}",
        run.stderr
    );
    let command = "\ncargo xtask codegen --spec things.yaml --out things --only 'things/*' \
                   --allow undeclared-tag --partial\n";
    assert!(run.stdout.ends_with(command), "{}", run.stdout);
    refused(&["--check", "--deny", "warnings"], 1);
}

#[test]
fn the_options_apply_to_the_workspace_too() {
    let workspace = Workspace::generated();
    workspace
        .codegen(&["--check", "--deny", "warnings"])
        .succeeds();
    let error = workspace
        .codegen(&["--check", "--allow", "duplicate-tag"])
        .fails(1);
    assert!(error.starts_with("error[unused-allowance]: "), "{error}");
    let error = workspace
        .codegen(&["--check", "--only", "nothing"])
        .fails(1);
    assert!(error.starts_with("error[unmatched-pattern]: "), "{error}");
}
