//! Bases with missing or odd parts.

use std::fs;

use crate::repository::{DOCUMENT, FIELD, MANIFEST, NULLABLE, Repository};

#[test]
fn a_base_without_a_document() {
    let repository = Repository::new();
    repository.git(&["rm", "--quiet", "-r", "spec", "generated-client"]);
    repository.git(&["commit", "--quiet", "--message", "None"]);
    repository.git(&["checkout", "HEAD^", "--", "."]);
    let report = repository.changes(&[]).ends(0);
    assert!(
        report.starts_with("generated-client: compatible, "),
        "{report}"
    );
    assert!(
        report.contains("things::GetThing added: Things::get_thing(thing_id)"),
        "{report}"
    );
    assert!(
        report.contains("note: the base has no client: no code, and no `spec/artifacts.yaml`\n"),
        "{report}"
    );
    assert!(!report.contains("version:"), "{report}");
}

/// The description was elsewhere, perhaps: nothing has come or gone for callers.
#[test]
fn a_base_with_code_and_no_document() {
    let repository = Repository::new();
    repository.git(&["rm", "--quiet", "--cached", DOCUMENT]);
    repository.git(&["commit", "--quiet", "--message", "No description"]);
    let report = repository.changes(&[]).ends(0);
    assert!(report.starts_with("generated-client: none, "), "{report}");
    let expected = "note: the base has no `spec/artifacts.yaml`: only its code is compared";
    assert!(report.contains(expected), "{report}");
    repository.edit(DOCUMENT, FIELD, NULLABLE);
    let report = repository.changes(&[]).ends(1);
    assert!(report.contains("turned optional"), "{report}");
}

#[test]
fn a_base_whose_document_is_rejected() {
    for rejected in [&b"openapi: 2.0.0\n"[..], b"{", b"\xff\xfe", b""] {
        let repository = Repository::new();
        let document = repository.read(DOCUMENT);
        fs::write(repository.path(DOCUMENT), rejected).unwrap();
        repository.git(&["commit", "--quiet", "--all", "--message", "Rejected"]);
        repository.write(DOCUMENT, &document.replace(FIELD, NULLABLE));
        let report = repository.changes(&[]).ends(1);
        assert!(
            report.contains("note: this generator rejects the base's"),
            "{report}"
        );
        assert!(
            report.contains("types::Thing::name turned optional"),
            "{report}"
        );
    }
}

/// The code alone does not show every change of the requests.
#[test]
fn a_verdict_without_the_base_document_is_uncertain() {
    let base = |is_there: bool| {
        let repository = Repository::new();
        let document = repository.read(DOCUMENT);
        if is_there {
            repository.write(DOCUMENT, "openapi: 2.0.0\n");
            repository.git(&["add", DOCUMENT]);
        } else {
            repository.git(&["rm", "--quiet", "--cached", DOCUMENT]);
        }
        repository.git(&["commit", "--quiet", "--message", "No description"]);
        repository.write(DOCUMENT, &document);
        repository
    };
    for (is_there, why) in [
        (
            true,
            "this generator rejects the base's `spec/artifacts.yaml`",
        ),
        (false, "the base has no `spec/artifacts.yaml`"),
    ] {
        let repository = base(is_there);
        let report = repository.changes(&[]).ends(0);
        assert!(report.starts_with("generated-client: none, "), "{report}");

        repository.edit(DOCUMENT, "name: depth,", "name: Depth,");
        repository.set_version("0.1.1");
        let run = repository.changes(&[]);
        let expected = format!(
            "error: version 0.2.0 is due after 0.1.0, but `{MANIFEST}` has 0.1.1\n\
             note: {why}, so the change counts as breaking\n"
        );
        assert!(run.stderr.starts_with(&expected), "{}", run.stderr);
        let report = run.ends(1);
        let expected = format!("generated-client: unknown, at least compatible ({why}), ");
        assert!(report.starts_with(&expected), "{report}");
        let expected = "must be 0.2.0 or later after 0.1.0, as after a breaking change, is";
        assert!(report.contains(expected), "{report}");
        let markdown = repository.changes(&["--format", "markdown"]).ends(1);
        let expected = format!("unknown, at least compatible ({why})\n\n❌ After 0.1.0, **0.2.0**");
        assert!(markdown.contains(&expected), "{markdown}");
        repository.set_version("0.2.0");
        repository.changes(&[]).ends(0);
    }
}

/// Names that no module can have are no reason to fail.
#[cfg(unix)]
#[test]
fn a_base_with_odd_names() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let repository = Repository::new();
    let sources = repository.path("generated-client/src");
    for name in [&b"a\nb.rs"[..], b"c\xff.rs", b"d e.rs"] {
        fs::write(sources.join(OsStr::from_bytes(name)), "fn").unwrap();
    }
    repository.commit();
    for name in [&b"a\nb.rs"[..], b"c\xff.rs", b"d e.rs"] {
        fs::remove_file(sources.join(OsStr::from_bytes(name))).unwrap();
    }
    let report = repository.changes(&[]).ends(0);
    assert!(report.starts_with("generated-client: none, "), "{report}");
}

#[test]
fn a_manifest_without_a_version() {
    let repository = Repository::new();
    repository.write(MANIFEST, "[package]\nname = \"generated-client\"\n");
    let output = repository.changes(&[]).fails(1);
    assert!(
        output.contains("`generated-client/Cargo.toml` states no version"),
        "{output}"
    );
}
