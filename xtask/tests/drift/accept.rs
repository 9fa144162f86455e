//! `--accept` pins what is upstream now.

use std::fs;

use crate::workspace::Workspace;

const FILE: &str = "workspace/spec/drift.yaml";

#[test]
fn what_is_accepted_is_no_drift_any_more() {
    let workspace = Workspace::waived();
    let told = workspace.drift(&[]).ends(1);
    assert!(
        told.contains("operation-not-accepted") && !told.contains("or waive"),
        "{told}"
    );
    let told = workspace.drift(&["--accept"]).ends(0);
    assert!(
        told.ends_with("\npinned things 1.2.3 in spec/drift.yaml\n"),
        "{told}"
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
fn what_is_accepted_already_is_not_written_again() {
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
fn what_differs_is_told_all_the_same() {
    let workspace = Workspace::new();
    take_out_what_breaks(&workspace);
    let told = workspace.drift(&["--accept"]).ends(1);
    assert!(
        told.contains("response-property-added") && !told.contains("not-accepted"),
        "{told}"
    );
    assert!(
        workspace.read(FILE).contains("\npins:\n  things:\n"),
        "a file is made where there is none"
    );
}

#[test]
fn what_breaks_callers_is_not_pinned() {
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
fn changes_under_waivers_and_in_words_are_told_until_they_are_accepted() {
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
    let told = workspace.drift(&[]).ends(0);
    assert!(
        told.ends_with("the accepted version is 1.2.3; `--accept` pins this one\n"),
        "{told}"
    );
    let told = workspace.drift(&["--accept"]).ends(0);
    assert!(!told.contains("1.2.3"), "{told}");
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
fn pins_that_cannot_be_written_are_no_drift() {
    let workspace = Workspace::waived();
    take_out_what_breaks(&workspace);
    fs::remove_file(workspace.path(FILE)).unwrap();
    workspace.write(
        FILE,
        "{ waivers: [], pins: { a.b: { version: '1', operations: {} } } }",
    );
    let told = workspace.drift(&["--accept"]).fails(2);
    assert!(told.starts_with("error[pins-layout]: "), "{told}");
}

/// Leaves only differences that break no callers.
fn take_out_what_breaks(workspace: &Workspace) {
    workspace.edit("things.yaml", ", nullable: true", "");
    workspace.edit(
        "things.yaml",
        "required: true, schema: { type: string, enum: [a, b] }",
        "schema: { type: string }",
    );
}
