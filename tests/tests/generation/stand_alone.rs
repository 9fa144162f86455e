//! Whole crates for other documents, built as a user would.

use std::path::{Path, PathBuf};
use std::process::Command;

use generator::{CrateParts, File};

#[test]
fn hazards() {
    let name = "tests/tests/generation/hazards.yaml";
    let directory = write("hazards-client", &super::source(name));
    cargo(&directory, &["check", "--all-targets"]);
    rustfmt(&directory);
}

/// The workspace's own client builds where no workspace is around it.
#[test]
fn the_client_itself() {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("generated-client");
    let _ = std::fs::remove_dir_all(&directory);
    copy(&tests::workspace().join("generated-client"), &directory);
    let manifest = std::fs::read_to_string(directory.join("Cargo.toml")).expect("a manifest");
    // An empty workspace of its own stands for a place outside of this one.
    std::fs::write(
        directory.join("Cargo.toml"),
        format!("{manifest}\n[workspace]\n"),
    )
    .expect("a file");
    lock(&directory);
    cargo(&directory, &["check"]);
}

/// Writes a stand-alone crate below the workspace's `target`.
fn write(name: &str, source: &generator::Source) -> PathBuf {
    let parts = CrateParts {
        name: name.to_owned(),
        manifest: super::read("generated-client/Cargo.toml"),
        front_door: super::read("generated-client/src/lib.rs"),
        runtime: runtime(&tests::workspace().join("generated-client/src/runtime"), ""),
    };
    let output = generator::standalone(source, &parts)
        .unwrap_or_else(|found| panic!("{}", found.render(source, false)));
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&directory);
    for file in output.files {
        let path = directory.join(file.path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
        std::fs::write(path, file.contents).expect("a file");
    }
    lock(&directory);
    directory
}

/// The versions that the workspace has tried, all of which have been downloaded.
fn lock(directory: &Path) {
    let lock = tests::workspace().join("Cargo.lock");
    std::fs::copy(lock, directory.join("Cargo.lock")).expect("a lock file");
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a directory");
    for entry in std::fs::read_dir(from).expect("a directory") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a file");
        }
    }
}

fn runtime(directory: &Path, prefix: &str) -> Vec<File> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(directory).expect("the runtime is there") {
        let path = entry.expect("an entry").path();
        let name = format!(
            "{prefix}{}",
            path.file_name().expect("a name").to_string_lossy()
        );
        if path.is_dir() {
            files.extend(runtime(&path, &format!("{name}/")));
        } else {
            let contents = std::fs::read_to_string(&path).expect("text");
            files.push(File {
                path: name,
                contents,
            });
        }
    }
    files
}

/// Runs cargo with warnings as errors, in a target directory that stays for the next time.
fn cargo(directory: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline", "--quiet"])
        .current_dir(directory)
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("target"),
        )
        .env("RUSTFLAGS", "--deny warnings")
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Emitted code is as rustfmt leaves it, where there is one.
fn rustfmt(directory: &Path) {
    let output = Command::new("rustfmt")
        .args(["--edition", "2024", "--check", "src/lib.rs"])
        .current_dir(directory)
        .output();
    if let Ok(output) = output {
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stdout)
        );
    }
}
