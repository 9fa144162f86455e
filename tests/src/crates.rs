//! Emitted crates, built as a user would.

use std::path::Path;
use std::process::{Command, Output};

use generator::{CrateParts, File};

use crate::{files, read, workspace};

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

/// All that a program has written.
pub fn text(output: &Output) -> String {
    let [stdout, stderr] =
        [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    format!("{stdout}{stderr}")
}
