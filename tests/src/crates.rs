//! Emitted crates, built as a user would.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use generator::{CrateParts, File};

use crate::{files, read, workspace};

/// Files by their paths.
pub type Files = BTreeMap<String, String>;

/// The parts of a crate of this name from the workspace's own client.
pub fn parts(name: &str) -> CrateParts {
    let runtime = files(&workspace().join("generated-client/src/runtime"));
    let runtime = runtime
        .into_iter()
        .map(|(path, contents)| File { path, contents });
    CrateParts {
        name: name.to_owned(),
        manifest: read("generated-client/Cargo.toml"),
        front_door: read("generated-client/src/lib.rs"),
        runtime: runtime.collect(),
    }
}

/// Writes changed files and removes old ones, so that nothing is built twice.
pub fn update(directory: &Path, files: Files) {
    fs::create_dir_all(directory).expect("a directory");
    let existing = crate::files(directory);
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

/// Whether the toolchain has clippy.
pub fn has_clippy() -> bool {
    let output = Command::new(env!("CARGO"))
        .args(["clippy", "--version"])
        .output();
    output.is_ok_and(|output| output.status.success())
}

/// Runs cargo with warnings as errors, in a target directory below `scratch` that stays for the next time.
pub fn cargo(directory: &Path, scratch: &str, arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args(["--offline", "--quiet"])
        .args(arguments)
        .current_dir(directory)
        .env("CARGO_TARGET_DIR", Path::new(scratch).join("target"))
        // One profile for all, so that no dependency is built twice; these crates need no debugging.
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .env("CARGO_PROFILE_DEV_INCREMENTAL", "false")
        .env("RUSTFLAGS", "--deny warnings")
        .env("RUSTDOCFLAGS", "--deny warnings")
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "cargo {}\n{}",
        arguments.join(" "),
        text(&output)
    );
}

/// The output of a program.
pub fn text(output: &Output) -> String {
    let [stdout, stderr] =
        [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    format!("{stdout}{stderr}")
}
