//! `--check` reports outdated files, and writes nothing.

use std::fs;
use std::process::Stdio;

use crate::program::Run;
use crate::workspace::{Workspace, document};

/// Runs `--check` on a workspace that is out of date.
#[track_caller]
fn out_of_date(workspace: &Workspace) -> String {
    let before = workspace.stamps("");
    let run = workspace.codegen(&["--check"]);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (Some(1), ""),
        "{}",
        run.stdout
    );
    assert_eq!(workspace.stamps(""), before, "`--check` wrote something");
    assert!(
        run.stdout
            .ends_with("\nto bring it up to date, run:\ncargo xtask codegen\n"),
        "{}",
        run.stdout
    );
    run.stdout
}

#[test]
fn up_to_date() {
    let workspace = Workspace::generated();
    let before = workspace.stamps("");
    let report = workspace.codegen(&["--check"]).succeeds();
    assert!(report.contains("; up to date, "), "{report}");
    assert_eq!(workspace.stamps(""), before);
}

#[test]
fn a_changed_file() {
    let workspace = Workspace::generated();
    workspace.set_document(&document("Get one thing"));
    let report = out_of_date(&workspace);
    let head = "generated-client/src/generated: out of date with spec/artifacts.yaml: 1 changed, 0 missing, 0 extra, ";
    assert!(report.starts_with(head), "{report}");
    let path = "generated-client/src/generated/things/get_thing.rs";
    assert!(
        report.contains(&format!(
            "\nchanged: {path}\n--- a/{path}\n+++ b/{path}\n@@ "
        )),
        "{report}"
    );
    assert!(
        report
            .lines()
            .any(|line| line.starts_with('-') && line.contains("Get a thing")),
        "{report}"
    );
    assert!(
        report
            .lines()
            .any(|line| line.starts_with('+') && line.contains("Get one thing")),
        "{report}"
    );
}

#[test]
fn a_missing_and_an_extra_file() {
    let workspace = Workspace::generated();
    fs::rename(
        workspace.in_generated("things/get_thing.rs"),
        workspace.in_generated("things/old.rs"),
    )
    .unwrap();
    let report = out_of_date(&workspace);
    assert!(
        report.contains(": 0 changed, 1 missing, 1 extra, "),
        "{report}"
    );
    let path = "generated-client/src/generated/things";
    assert!(
        report.contains(&format!(
            "\nmissing: {path}/get_thing.rs\n--- /dev/null\n+++ b/{path}/get_thing.rs\n"
        )),
        "{report}"
    );
    assert!(
        report.contains(&format!(
            "\nextra: {path}/old.rs\n--- a/{path}/old.rs\n+++ /dev/null\n"
        )),
        "{report}"
    );
}

#[test]
fn nothing_generated_yet() {
    let report = out_of_date(&Workspace::new());
    assert!(
        report.contains(": 0 changed, ") && report.contains(" 0 extra, 0 up to date\n"),
        "{report}"
    );
}

#[test]
fn the_difference_can_be_applied() {
    let workspace = Workspace::generated();
    fs::write(workspace.in_generated("things/mine.rs"), "// by hand\n").unwrap();
    let mut text = fs::read_to_string(workspace.in_generated("mod.rs")).unwrap();
    text.push_str("// by hand");
    fs::write(workspace.in_generated("mod.rs"), text).unwrap();
    workspace.write("patch", &workspace.codegen(&["--check"]).stdout);
    let mut git = std::process::Command::new("git");
    git.args(["apply", "../patch"])
        .current_dir(workspace.path("workspace"));
    match git.output() {
        Ok(output) => assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        ),
        Err(_) => return, // No git here: nothing to learn.
    }
    workspace.codegen(&["--check"]).succeeds();
}

#[test]
fn colours_follow_the_environment() {
    let workspace = Workspace::new();
    let run = |variable: &str| {
        Run::of(
            workspace
                .command(&["codegen", "--check"])
                .env(variable, "1")
                .output()
                .unwrap(),
        )
    };
    assert!(run("CLICOLOR_FORCE").stdout.contains("\x1b[32m+"));
    assert!(!run("NO_COLOR").stdout.contains('\x1b'));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let workspace = Workspace::new();
    let mut child = workspace
        .command(&["codegen", "--check"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let run = Run::of(child.wait_with_output().unwrap());
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
}

/// Linux is where such names can be had.
#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf8() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let workspace = Workspace::generated();
    let strange = workspace
        .in_generated("")
        .join(OsStr::from_bytes(b"\xff.rs"));
    fs::write(&strange, "strange\n").unwrap();
    let report = out_of_date(&workspace);
    assert!(
        report.contains("\nextra: generated-client/src/generated/\u{fffd}.rs\n"),
        "{report}"
    );
    workspace.codegen(&[]).succeeds();
    assert!(!strange.exists());
}
