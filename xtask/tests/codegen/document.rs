//! Documents that are rejected, or cannot be read at all: nothing is written.

use std::fs;

use crate::workspace::Workspace;

/// Runs on a workspace with an unusable document; returns the error.
#[track_caller]
fn rejected(prepare: impl FnOnce(&Workspace)) -> String {
    let workspace = Workspace::generated();
    prepare(&workspace);
    let before = workspace.stamps("");
    let error = workspace.codegen(&["--check"]).fails(1);
    assert_eq!(
        workspace.codegen(&[]).fails(1),
        error,
        "the same is said with and without `--check`"
    );
    assert_eq!(workspace.stamps(""), before, "something was written");
    error
}

#[test]
fn a_missing_document() {
    let error = rejected(|workspace| {
        fs::remove_file(workspace.path("workspace/spec/artifacts.yaml")).unwrap()
    });
    insta::assert_snapshot!(error, @r"
    error[document-unreadable]: the document does not exist
     --> spec/artifacts.yaml
    help: check the path, or restore the file
    ");
}

#[test]
fn a_directory_in_its_place() {
    let error = rejected(|workspace| {
        let path = workspace.path("workspace/spec/artifacts.yaml");
        fs::remove_file(&path).unwrap();
        fs::create_dir(path).unwrap();
    });
    insta::assert_snapshot!(error, @r"
    error[document-unreadable]: the document is a directory
     --> spec/artifacts.yaml
    help: pass the path of a YAML or JSON file
    ");
}

#[test]
fn a_document_that_is_not_utf8() {
    let error = rejected(|workspace| {
        fs::write(
            workspace.path("workspace/spec/artifacts.yaml"),
            b"openapi: 3.0.3\ninfo: {title: \xe4}\n",
        )
        .unwrap();
    });
    insta::assert_snapshot!(error, @r"
    error[document-encoding]: the document is not UTF-8: byte 0xe4
     --> spec/artifacts.yaml:2:15
    help: save the document as UTF-8
    ");
}

#[test]
fn a_document_of_another_kind() {
    let error = rejected(|workspace| workspace.set_document("swagger: '2.0'\n"));
    assert!(error.starts_with("error["), "{error}");
    assert!(error.contains("--> spec/artifacts.yaml:1:"), "{error}");
    assert!(error.ends_with("\nnothing is written\n"), "{error}");
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    let workspace = Workspace::generated();
    let text = fs::read_to_string(workspace.path("workspace/spec/artifacts.yaml")).unwrap();
    workspace.set_document(&format!("\u{feff}{text}"));
    workspace.codegen(&["--check"]).succeeds();
}
