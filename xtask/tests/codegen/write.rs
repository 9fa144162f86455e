//! Outdated files are written, and no others are touched.

use std::fs;

use crate::program::Run;
use crate::workspace::{Workspace, document};

#[test]
fn a_first_run_writes_everything() {
    let workspace = Workspace::new();
    let report = workspace.codegen(&[]).succeeds();
    assert!(
        report.starts_with("generated-client/src/generated: 2 operations, "),
        "{report}"
    );
    assert!(
        report.contains(" written, 0 unchanged, 0 removed in [TIME] ms\n"),
        "{report}"
    );
    assert!(workspace.in_generated("things/get_thing.rs").is_file());
}

#[test]
fn a_second_run_touches_nothing() {
    let workspace = Workspace::generated();
    let before = workspace.stamps("workspace");
    let report = workspace.codegen(&[]).succeeds();
    assert!(report.contains("; up to date, "), "{report}");
    assert_eq!(workspace.stamps("workspace"), before);
}

#[test]
fn a_changed_document_changes_only_its_files() {
    let workspace = Workspace::generated();
    let before = workspace.stamps("workspace/generated-client");
    workspace.set_document(&document("Get one thing"));
    let report = workspace.codegen(&[]).succeeds();
    assert!(
        report.contains(": 2 operations, ") && report.contains(" 1 file written, "),
        "{report}"
    );
    assert!(
        report.ends_with(" 0 removed in [TIME] ms\n  changed things/get_thing.rs\n"),
        "{report}"
    );

    let after = workspace.stamps("workspace/generated-client");
    let touched: Vec<_> = after
        .iter()
        .filter(|(path, stamp)| before.get(*path) != Some(stamp))
        .collect();
    assert_eq!(touched.len(), 1, "{touched:?}");
    assert_eq!(touched[0].0, "things/get_thing.rs");
}

#[test]
fn extra_files_are_removed_and_listed() {
    let workspace = Workspace::generated();
    let clean = workspace.files();
    fs::write(workspace.in_generated("things/by_hand.rs"), "// mine").unwrap();
    fs::create_dir_all(workspace.in_generated("empty/deep")).unwrap();
    let report = workspace.codegen(&[]).succeeds();
    assert!(report.contains(" 0 files written, "), "{report}");
    let list = "2 removed in [TIME] ms\n  removed empty/deep (empty directory)\n  removed things/by_hand.rs\n";
    assert!(report.ends_with(list), "{report}");
    assert_eq!(workspace.files(), clean);
    assert!(!workspace.in_generated("empty").exists());
}

#[cfg(unix)]
#[test]
fn links_are_replaced_and_not_followed() {
    use std::os::unix::fs::symlink;

    let workspace = Workspace::generated();
    let clean = workspace.files();
    let file = workspace.in_generated("things/get_thing.rs");
    let kept = workspace.path("kept.rs");
    fs::rename(&file, &kept).unwrap();
    symlink(&kept, &file).unwrap();
    symlink(workspace.path(""), workspace.in_generated("outside")).unwrap();
    let report = workspace.codegen(&[]).succeeds();
    assert!(
        report.ends_with("  changed things/get_thing.rs\n  removed outside (symbolic link)\n"),
        "{report}"
    );
    assert!(file.symlink_metadata().unwrap().is_file());
    fs::remove_file(kept).unwrap();
    assert_eq!(workspace.files(), clean);
}

#[cfg(unix)]
#[test]
fn a_symlink_in_place_of_the_directory_is_refused() {
    let workspace = Workspace::generated();
    let moved = workspace.path("moved");
    fs::rename(workspace.in_generated(""), &moved).unwrap();
    std::os::unix::fs::symlink(
        &moved,
        workspace.path("workspace/generated-client/src/generated"),
    )
    .unwrap();
    let error = workspace.codegen(&[]).fails(1);
    assert!(
        error.starts_with("error: `")
            && error.ends_with("` is a symbolic link, not a directory: move it out of the way\n"),
        "{error}"
    );
}

#[test]
fn the_current_directory_does_not_matter() {
    let workspace = Workspace::generated();
    let mut command = workspace.command(&["codegen", "--check"]);
    let output = command
        .current_dir(workspace.in_generated("things"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_failed_report_has_the_outcome() {
    let workspace = Workspace::new();
    let run = || {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = workspace.command(&["codegen"]).stdout(full).output();
        Run::of(output.unwrap()).fails(1)
    };
    let error = run();
    assert!(
        error.starts_with("error: the files are written, but the report failed: "),
        "{error}"
    );
    let error = run();
    assert!(
        error.starts_with("error: the files are up to date, but the report failed"),
        "{error}"
    );
}

#[test]
fn another_package_is_not_the_workspace() {
    let workspace = Workspace::new();
    let mut command =
        workspace.command(&["codegen", "--check", "--spec", "none.yaml", "--out", "x"]);
    command.env("CARGO_MANIFEST_DIR", workspace.path("elsewhere/package"));
    let error = Run::of(command.output().unwrap()).fails(1);
    assert!(error.contains("the document does not exist"), "{error}");
}
