//! Snapshots for reviewers: the outline of the API, and every emitted file.

use insta::{Settings, assert_snapshot};

/// The name comes before `emitted`, so that reviews show it first.
#[test]
fn outline() {
    let output = super::output();
    let mut settings = Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| assert_snapshot!("api", generator::outline(&output.files)));
}

#[test]
fn files() {
    let output = super::output();
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("snapshots/emitted");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for file in &output.files {
            assert_snapshot!(file.path.replace('/', "."), file.contents.as_str());
        }
    });
}

/// No snapshot is left of a file that is no longer emitted.
#[test]
fn no_stale_snapshots() {
    let output = super::output();
    let expected: Vec<_> = output
        .files
        .iter()
        .map(|file| format!("{}.snap", file.path.replace('/', ".")))
        .collect();
    let directory = tests::workspace().join("tests/tests/generation/snapshots/emitted");
    for entry in std::fs::read_dir(directory).expect("the snapshots are there") {
        let name = entry.expect("an entry").file_name();
        let name = name.to_string_lossy().into_owned();
        let is_pending = name.ends_with(".snap.new");
        assert!(
            is_pending || expected.contains(&name),
            "remove the stale snapshot `{name}`"
        );
    }
}
