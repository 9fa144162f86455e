//! Reports on documents.

use std::fs;

use crate::folder::{Folder, document, right};

/// Without the seconds.
fn timeless(text: &str) -> String {
    let lines = text.lines().map(|line| match line.rsplit_once(" (") {
        Some((before, after)) if after.ends_with(" s)") => before,
        _ if line.starts_with("processor: ") => "processor: [TIME]",
        _ => line,
    });
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn accepted_refused_and_not_found() {
    let right = right();
    let nothing = document("{}");
    let lossy = document(
        "{ '200': { description: OK, content: { application/json: { schema: { type: array, items: {}, anyOf: [{ enum: [lost, 1.5] }] } } } } }",
    );
    let folder = Folder::with(&[
        ("right.yaml", &right),
        ("right.json", "{}"),
        ("lossy.yml", &lossy),
        ("nothing.yaml", &nothing),
        ("not a document.txt", "{}"),
    ]);
    fs::write(folder.path("documents/utf-16.json"), b"\xff\xfea\0").unwrap();
    let run = folder.run(&["documents", "--list"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    insta::assert_snapshot!("table", timeless(&run.stdout));
}

#[test]
fn only_some() {
    let right = right();
    let folder = Folder::with(&[("one.yaml", &right), ("other.yaml", "{}")]);
    let run = folder.run(&["documents", "--only-name", "on", "--jobs", "1"]);
    assert_eq!(run.code, Some(0));
    assert!(
        run.stdout.contains("accepted 1 of 1 (100.0 %"),
        "{}",
        run.stdout
    );
}

#[test]
fn crates_are_written_to_their_directories() {
    let right = right();
    let folder = Folder::with(&[("right.yaml", &right), ("right.json", "{}")]);
    for _ in 0..2 {
        let run = folder.run(&["documents", "--out", "crates"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
    }
    let crates: Vec<_> = fs::read_dir(folder.path("crates")).unwrap().collect();
    assert_eq!(crates.len(), 1);
    for path in [
        "Cargo.toml",
        "Cargo.lock",
        "src/lib.rs",
        "src/generated/things/get.rs",
    ] {
        assert!(
            folder.path("crates/right-yaml").join(path).is_file(),
            "{path}"
        );
    }
}

#[test]
fn foreign_files_are_kept() {
    let right = right();
    let folder = Folder::with(&[("right.yaml", &right)]);
    let theirs = folder.path("crates/right-yaml/notes.txt");
    fs::create_dir_all(theirs.parent().unwrap()).unwrap();
    fs::write(&theirs, "mine").unwrap();
    let error = folder.run(&["documents", "--out", "crates"]).fails(1);
    assert!(error.contains("was not written by this command"), "{error}");
    assert_eq!(fs::read_to_string(theirs).unwrap(), "mine");
}
