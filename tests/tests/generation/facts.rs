//! The emitted code has every fact of the document.

use generator::{File, facts};
use openapi::Document;

#[test]
fn nothing_is_missing() {
    let (document, files) = emitted();
    let missing = missing_facts(&document, &files);
    assert_eq!(missing, [""; 0]);
}

/// A fact removed from the emitted text is found to be missing, and no other.
#[test]
fn removed_facts_are_found() {
    let (document, files) = emitted();
    let cases = [
        (
            "types/artifact.rs",
            "size_in_bytes",
            "size",
            "property `size_in_bytes`",
        ),
        ("types/direction.rs", "\"asc\"", "\"up\"", "value `asc`"),
        (
            "actions/list_workflow_run_artifacts.rs",
            "\"per_page\"",
            "\"page_size\"",
            "query parameter `per_page`",
        ),
        (
            "actions/get_artifact.rs",
            "{}/repos/",
            "{}/repositories/",
            "GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}",
        ),
        (
            "actions/delete_artifact.rs",
            ".delete(url)",
            ".get(url)",
            "DELETE /repos/{owner}/{repo}/actions/artifacts/{artifact_id}",
        ),
        (
            "actions/download_artifact.rs",
            "- 410:",
            "- :",
            "status `410`",
        ),
        (
            "actions/download_artifact.rs",
            "302 =>",
            "303 =>",
            "status `302`",
        ),
    ];
    for (path, old, new, expect) in cases {
        let mut files = files.clone();
        let file = files.iter_mut().find(|file| file.path == path);
        let contents = &mut file.expect(path).contents;
        assert!(contents.contains(old), "{path}: {old}");
        *contents = contents.replace(old, new).replace("`asc`", "");
        match missing_facts(&document, &files).as_slice() {
            [one] => assert!(one.starts_with(expect), "{path}: {one}"),
            others => panic!("{path}: {old}: {others:?}"),
        }
    }
}

/// Without any files, every fact is missing.
#[test]
fn every_kind_of_fact_is_covered() {
    let (document, files) = emitted();
    let nothing = facts::missing(&document, &[], &[]);
    let kinds = |kind| nothing.iter().filter(|fact| fact.kind == kind).count();
    assert_eq!(kinds(facts::FactKind::Operation), 5);
    assert_eq!(kinds(facts::FactKind::Property), 28);
    assert_eq!(kinds(facts::FactKind::EnumValue), 3);
    // The facts of an operation are looked for where there is one.
    let operations = files
        .into_iter()
        .filter(|file| file.path.starts_with("actions/"));
    let hollow: Vec<_> = operations.filter_map(hollow).collect();
    let missing = facts::missing(&document, &hollow, &[]);
    let kinds = |kind| missing.iter().filter(|fact| fact.kind == kind).count();
    assert!(kinds(facts::FactKind::Parameter) > 15);
    assert!(kinds(facts::FactKind::Status) > 30);
}

/// Only the method and the path of an operation's file.
fn hollow(file: File) -> Option<File> {
    let methods = ["get(url)", "get(query.append_to(url))", "delete(url)"];
    let method = methods
        .into_iter()
        .find(|call| file.contents.contains(call))?;
    let url = file.contents.lines().find(|line| line.contains("\"{}/"))?;
    let contents = format!("{url} {method}");
    Some(File { contents, ..file })
}

fn emitted() -> (Document, Vec<File>) {
    let document = openapi::load(&super::spec()).expect("the document can be read");
    (document, super::output().files.clone())
}

fn missing_facts(document: &Document, files: &[File]) -> Vec<String> {
    let missing = facts::missing(document, files, &[]);
    missing.iter().map(ToString::to_string).collect()
}
