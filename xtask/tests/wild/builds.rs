//! Crates that are built: by a cargo of straw, which takes no time.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::folder::{Folder, right};
use crate::program::Run;

/// Refuses to compile one crate, and to pass the tests of another; logs its calls.
const CARGO: &str = r#"#!/bin/sh
echo "$1 in ${PWD##*/}, RUSTFLAGS=$RUSTFLAGS" >>"$CALLS"
case "$1 in $PWD" in
    "check in "*/b-yaml)
        echo 'warning: first' >&2
        echo 'error[E0425]: no such thing' >&2
        echo '  --> src/generated/client.rs:1:2' >&2
        exit 101 ;;
    "test in "*/c-yaml)
        echo 'test generated::examples::one ... ok'
        echo 'test generated::examples::two ... FAILED'
        echo 'error: test failed' >&2
        exit 101 ;;
esac
"#;

fn run(args: &[&str]) -> (Run, String) {
    let right = right();
    let documents = ["a.yaml", "b.yaml", "c.yaml", "d.yaml"].map(|name| (name, right.as_str()));
    let folder = Folder::with(&documents);
    let cargo = folder.path("cargo");
    fs::write(&cargo, CARGO).unwrap();
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
    let args = [&["documents", "--out", "crates"], args].concat();
    let calls = folder.path("calls");
    let mut command = folder.command(&args);
    command.env("CARGO", cargo).env("CALLS", &calls);
    let output = command.output().unwrap();
    let calls = fs::read_to_string(calls).unwrap_or_default();
    (Run::of(output), calls)
}

#[test]
fn crates_that_fail_to_compile_are_reported() {
    let (run, calls) = run(&["--check", "2"]);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (Some(0), ""),
        "a and c compile"
    );
    assert!(
        run.stdout
            .contains("compiled with warnings denied: 2 of 2\n")
    );
    assert_eq!(
        calls,
        "check in dependencies, RUSTFLAGS=--deny warnings\n\
         check in a-yaml, RUSTFLAGS=--deny warnings\n\
         check in c-yaml, RUSTFLAGS=--deny warnings\n"
    );
    let (run, calls) = self::run(&["--check", "all"]);
    assert_eq!((run.code, calls.lines().count()), (Some(1), 5));
    let expect = "compiled with warnings denied: 3 of 4\n  \
                  not so: b.yaml: error[E0425]: no such thing (src/generated/client.rs:1:2)\n";
    assert!(run.stdout.contains(expect), "{}", run.stdout);
}

#[test]
fn failing_tests_are_reported() {
    let (run, calls) = run(&["--test", "all"]);
    assert_eq!((run.code, calls.lines().count()), (Some(1), 5));
    let expect = "passed their tests: 3 of 4\n  \
                  not so: c.yaml: test generated::examples::two ... FAILED\n";
    assert!(run.stdout.contains(expect), "{}", run.stdout);
}

#[test]
fn costs_are_reported() {
    let (run, _) = run(&["--check", "2", "--test", "1"]);
    let table = |what| {
        let lines = run.stdout.lines();
        let mut lines = lines.skip_while(move |line| !line.starts_with(what));
        let head = lines.next().unwrap().split_whitespace().collect::<Vec<_>>();
        let rows = lines.take_while(|line| !line.is_empty());
        (
            head,
            rows.map(|row| row[..6].to_owned()).collect::<Vec<_>>(),
        )
    };
    let (head, mut rows) = table("compiling");
    rows.sort_unstable();
    assert_eq!(head, ["compiling", "s", "MB"]);
    assert_eq!(rows, ["a.yaml", "c.yaml"]);
    let (head, rows) = table("testing");
    assert_eq!(head, ["testing", "s", "MB"]);
    assert_eq!(rows, ["a.yaml"]);
}
