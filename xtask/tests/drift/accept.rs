//! `--accept` pins the present upstream description.

use std::fs;

use crate::workspace::Workspace;

const FILE: &str = "workspace/spec/drift.yaml";

#[test]
fn accepted_differences_are_no_drift() {
    let workspace = Workspace::waived();
    let output = workspace.drift(&[]).ends(1);
    assert!(
        output.contains("operation-not-accepted") && !output.contains("or waive"),
        "{output}"
    );
    let output = workspace.drift(&["--accept"]).ends(0);
    assert!(
        output.ends_with("\npinned things 1.2.3 in spec/drift.yaml\n"),
        "{output}"
    );
    workspace.drift(&[]).ends(0);
}

#[test]
fn only_pins_are_written() {
    let workspace = Workspace::waived();
    let before = workspace.read(FILE);
    workspace.drift(&["--accept"]).ends(0);
    let after = workspace.read(FILE);
    assert!(after.starts_with(&before), "{after}");
    insta::assert_snapshot!(after[before.len()..].trim_start(), @r#"
    pins:
      things:
        version: "1.2.3"
        operations:
          things/get-thing: { structure: "f0b74cd71dc76484", docs: "a469f1e002c170ac", waived: "8a7e854cda1ffe6d" }
    "#);
    let files: Vec<_> = fs::read_dir(workspace.path("workspace/spec"))
        .unwrap()
        .collect();
    assert_eq!(files.len(), 2, "{files:?}");
}

#[test]
fn unchanged_pins_are_not_rewritten() {
    let workspace = Workspace::accepted();
    let stamp = || {
        fs::metadata(workspace.path(FILE))
            .unwrap()
            .modified()
            .unwrap()
    };
    let before = stamp();
    workspace.drift(&["--accept"]).ends(0);
    assert_eq!(stamp(), before);
}

#[test]
fn open_differences_are_reported_despite_accept() {
    let workspace = Workspace::new();
    remove_breaking_differences(&workspace);
    let output = workspace.drift(&["--accept"]).ends(1);
    assert!(
        output.contains("response-property-added") && !output.contains("not-accepted"),
        "{output}"
    );
    assert!(
        workspace.read(FILE).contains("\npins:\n  things:\n"),
        "a file is made where there is none"
    );
}

#[test]
fn breaking_differences_are_not_pinned() {
    let workspace = Workspace::accepted();
    workspace.edit("things.yaml", "id: { type: integer,", "id: { type: string,");
    let before = workspace.read(FILE);
    let run = workspace.drift(&["--accept"]);
    assert!(run.stdout.contains("response-retyped"), "{}", run.stdout);
    assert_eq!(run.code, Some(1));
    insta::assert_snapshot!(run.stderr, @r"
    error: nothing is pinned while 1 difference breaks callers
    help: fix the fragment, or waive intended differences in spec/drift.yaml
    ");
    assert_eq!(workspace.read(FILE), before);
}

#[test]
fn changes_under_waivers_and_of_docs_are_drift_until_accepted() {
    for (from, to, rule) in [
        (
            "enum: [a, b]",
            "enum: [a, b, c]",
            "news[operation-changed-upstream]",
        ),
        (
            "summary: A",
            "summary: Another",
            "docs[operation-docs-changed]",
        ),
    ] {
        let workspace = Workspace::accepted();
        workspace.edit("things.yaml", from, to);
        assert!(workspace.drift(&[]).ends(1).starts_with(rule));
        workspace.drift(&["--accept"]).ends(0);
    }
}

#[test]
fn a_new_version_alone_is_no_drift() {
    let workspace = Workspace::accepted();
    workspace.edit("things.yaml", "version: 1.2.3", "version: 1.2.4");
    let output = workspace.drift(&[]).ends(0);
    assert!(
        output.ends_with("the accepted version is 1.2.3; `--accept` pins this one\n"),
        "{output}"
    );
    let output = workspace.drift(&["--accept"]).ends(0);
    assert!(!output.contains("1.2.3"), "{output}");
}

#[test]
fn every_description_has_pins_of_its_own() {
    let workspace = Workspace::accepted();
    let args = ["drift", "--upstream", "things.yaml", "--name", "others"];
    assert!(
        workspace
            .run(&args)
            .ends(1)
            .contains("operation-not-accepted")
    );
    workspace.run(&[&args[..], &["--accept"]].concat()).ends(0);
    workspace.drift(&[]).ends(0);
}

#[test]
fn unwritable_pins_are_no_drift() {
    let workspace = Workspace::waived();
    remove_breaking_differences(&workspace);
    fs::remove_file(workspace.path(FILE)).unwrap();
    workspace.write(
        FILE,
        "{ waivers: [], pins: { a.b: { version: '1', operations: {} } } }",
    );
    let output = workspace.drift(&["--accept"]).fails(2);
    assert!(output.starts_with("error[pins-layout]: "), "{output}");
}

/// Leaves only differences that break no callers.
fn remove_breaking_differences(workspace: &Workspace) {
    workspace.edit("things.yaml", ", nullable: true", "");
    workspace.edit(
        "things.yaml",
        "required: true, schema: { type: string, enum: [a, b] }",
        "schema: { type: string }",
    );
}
