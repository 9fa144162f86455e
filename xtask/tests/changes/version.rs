//! The required version, and errors of others.

use crate::repository::{CHANGELOG, DOCUMENT, FIELD, NULLABLE, Repository};

const WIDER: &str = "maximum: 99";

fn breaking() -> Repository {
    let repository = Repository::new();
    repository.edit(DOCUMENT, FIELD, NULLABLE);
    repository
}

#[test]
fn a_version_that_is_too_low_is_an_error() {
    let repository = breaking();
    let run = repository.changes(&[]);
    assert_eq!(
        run.stderr,
        "error: version 0.2.0 is due after 0.1.0, but `generated-client/Cargo.toml` has 0.1.0\n\
         help: set `version = \"0.2.0\"` there\n"
    );
    run.ends(1);
    repository.set_version("0.1.1");
    repository.changes(&[]).ends(1);
}

#[test]
fn a_sufficient_version_is_no_error() {
    let repository = breaking();
    for version in ["0.2.0", "0.2.0-rc.1", "0.3.7", "1.0.0"] {
        repository.set_version(version);
        assert_eq!(repository.changes(&[]).stderr, "", "{version}");
        repository.changes(&[]).ends(0);
    }
}

#[test]
fn a_compatible_change_requires_a_patch_release() {
    let repository = Repository::new();
    repository.edit(DOCUMENT, "maximum: 9", WIDER);
    repository.changes(&[]).ends(1);
    repository.set_version("0.1.1");
    repository.changes(&[]).ends(0);
}

#[test]
fn versions_do_not_go_back() {
    let repository = Repository::new();
    repository.set_version("0.0.9");
    let run = repository.changes(&[]);
    assert_eq!(
        run.stderr,
        "error: `generated-client/Cargo.toml` lowers the version from 0.1.0 to 0.0.9\n\
         help: set `version = \"0.1.0\"` there\n"
    );
    let report = run.ends(1);
    let expected = "\nversion: must stay 0.1.0 or later, is 0.0.9\n";
    assert!(report.ends_with(expected), "{report}");
    let report = repository.changes(&["--format", "markdown"]).ends(1);
    let expected = "❌ Version **0.1.0** or later must stay; the manifest has 0.0.9. ";
    assert!(report.contains(expected), "{report}");
}

#[test]
fn one_raise_is_enough_for_a_release() {
    let repository = Repository::new();
    repository.write(CHANGELOG, "# Changelog\n\n## [0.1.0] - 2026-01-02\n");
    repository.edit(DOCUMENT, FIELD, NULLABLE);
    repository.set_version("0.2.0");
    repository.commit();
    // 0.2.0 is not released yet.
    repository.edit(DOCUMENT, NULLABLE, FIELD);
    repository.changes(&[]).ends(0);
    repository.set_version("0.1.5");
    repository.changes(&[]).ends(1);
}
