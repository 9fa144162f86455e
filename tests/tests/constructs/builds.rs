//! The crates of all constructs, built as a user would, and all in one build.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use generator::File;
use tests::crates::{self, has_clippy, text};

use crate::emitted::CONSTRUCTS;

/// Files by their paths.
pub(crate) type Files = BTreeMap<String, String>;

#[test]
fn constructs_compile_and_pass_their_tests() {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("constructs");
    update(&directory, workspace());
    rustfmt(&directory);
    let lints = if has_clippy() { "clippy" } else { "check" };
    cargo(
        &directory,
        &[
            lints,
            "--workspace",
            "--all-targets",
            "--features",
            "mock",
            "--keep-going",
        ],
    );
    // What is by hand in these crates is tested elsewhere.
    cargo(
        &directory,
        &["test", "--workspace", "--no-fail-fast", "--", "generated"],
    );
}

/// A workspace of all crates, with the versions that this one has tried.
fn workspace() -> Files {
    let mut files = Files::new();
    let mut refusals = String::new();
    for construct in CONSTRUCTS {
        match crate_of(construct) {
            Ok(output) => files.extend(output.into_iter().map(|file| {
                let contents = match file.path.as_str() {
                    "Cargo.toml" => member(&file.contents),
                    _ => file.contents,
                };
                (format!("{construct}/{}", file.path), contents)
            })),
            Err(refusal) => refusals.push_str(&refusal),
        }
    }
    assert!(refusals.is_empty(), "{refusals}");
    let lock = tests::read("Cargo.lock");
    files.insert("Cargo.lock".to_owned(), lock);
    let members = CONSTRUCTS.join("\", \"");
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\"{members}\"]\n");
    files.insert("Cargo.toml".to_owned(), manifest);
    files
}

fn crate_of(construct: &str) -> Result<Vec<File>, String> {
    let parts = crates::parts(&format!("{}-client", construct.replace('_', "-")));
    let source = crate::source(construct);
    let output = generator::standalone(&source, &generator::Options::default(), &parts);
    let output = output.map_err(|found| found.render(&source, false))?;
    Ok(output.files)
}

/// The manifest without the workspace that a crate is of its own.
fn member(manifest: &str) -> String {
    let (before, after) = manifest
        .split_once("[workspace]\n\n")
        .expect("a workspace of its own");
    format!("{before}{after}")
}

/// Writes what has changed and removes what is no longer there, so that nothing is built twice.
pub(crate) fn update(directory: &Path, files: Files) {
    fs::create_dir_all(directory).expect("a directory");
    let existing = tests::files(directory);
    for path in existing.keys().filter(|path| !files.contains_key(*path)) {
        fs::remove_file(directory.join(path)).expect("a file that can be removed");
    }
    for (path, contents) in files {
        if existing.get(&path) != Some(&contents) {
            let path = directory.join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
            fs::write(path, contents).expect("a file");
        }
    }
}

fn cargo(directory: &Path, arguments: &[&str]) {
    crates::cargo(directory, env!("CARGO_TARGET_TMPDIR"), arguments);
}

/// Emitted code is as rustfmt leaves it, where there is one.
fn rustfmt(directory: &Path) {
    let roots: Vec<PathBuf> = CONSTRUCTS
        .iter()
        .map(|construct| Path::new(construct).join("src/lib.rs"))
        .collect();
    let output = Command::new("rustfmt")
        .args(["--edition", "2024", "--check"])
        .args(roots)
        .current_dir(directory)
        .output();
    match output {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        output => {
            let output = output.expect("rustfmt runs");
            assert!(output.status.success(), "{}", text(&output));
        }
    }
}
