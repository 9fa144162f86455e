//! Whole crates for other documents, built as a user would.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use tests::crates::{self, has_clippy};

#[test]
fn hazards() {
    let name = "tests/tests/generation/hazards.yaml";
    let directory = write("hazards-client", &super::source(name));
    rustfmt(&directory);
    let lints = if has_clippy() { "clippy" } else { "check" };
    cargo(
        &directory,
        &[lints, "--all-targets", "--features", "mock,unzip"],
    );
    // The document's examples, and the examples of calls.
    cargo(&directory, &["test"]);
    cargo(&directory, &["doc", "--no-deps"]);
}

/// Texts that Markdown or rustdoc would take for something else.
#[test]
fn texts() {
    let name = "tests/tests/generation/texts.yaml";
    let directory = write("texts-client", &super::source(name));
    rustfmt(&directory);
    if has_clippy() {
        cargo(&directory, &["clippy", "--all-targets"]);
    }
    cargo(&directory, &["doc", "--no-deps"]);
    cargo(&directory, &["test", "--doc"]);
}

/// Each namespace is a feature that brings its types with it, and nothing else.
#[test]
fn namespaces() {
    let name = "tests/tests/generation/namespaces.yaml";
    let directory = write("namespaces-client", &super::source(name));
    rustfmt(&directory);
    for features in [
        "",
        "rustls-operations,mock",
        "zip",
        "1st,default-operations,mock",
    ] {
        let features = ["--no-default-features", "--features", features];
        let run = |command: &[&str]| cargo(&directory, &[command, &features].concat());
        run(&["check", "--all-targets"]);
        run(&["doc", "--no-deps"]);
        run(&["test", "generated"]);
    }
}

/// The items of one namespace, of several, and of the crate.
#[test]
fn features_of_namespaces() {
    let source = super::source("tests/tests/generation/namespaces.yaml");
    let files: BTreeMap<_, _> = emitted("namespaces-client", &source).collect();
    let manifest = &files["Cargo.toml"];
    let (_, features) = manifest.split_once("[features]\n").expect("features");
    let (features, _) = features.split_once("\n\n").expect("an end");
    let types = &files["src/generated/types/mod.rs"];
    let types: Vec<_> = types
        .lines()
        .skip_while(|line| !line.starts_with('#'))
        .collect();
    insta::assert_snapshot!(format!("{features}\n\n{}", types.join("\n")));
}

/// The methods of namespaces have conditions, and no method that client and mock have anyway.
#[test]
fn features_of_methods() {
    let ids = ["start/x", "url/x", "client/x", "verify/x"];
    let paths = ids.map(|id| {
        format!("  /{id}: {{ get: {{ operationId: {id}, responses: {{ '204': {{ description: Done. }} }} }} }}\n")
    });
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: A, version: '1' }}\n\
         servers: [{{ url: https://api.example.com }}]\npaths:\n{}",
        paths.concat()
    );
    let source = generator::Source::new("methods.yaml", text);
    let files: BTreeMap<_, _> = emitted("methods-client", &source).collect();
    let conditions = ["client.rs", "mock/mod.rs"].map(|path| {
        let mut condition = "always";
        let mut methods = String::new();
        for line in files[&format!("src/generated/{path}")].lines() {
            let line = line.trim();
            if line.starts_with("#[cfg(") {
                condition = line;
            } else if let Some(method) = line.strip_prefix("pub fn ") {
                let (name, _) = method.split_once('(').expect("arguments");
                methods.push_str(&format!("{name}: {condition}\n"));
            }
            if line.starts_with("pub") {
                condition = "always";
            }
        }
        format!("{path}\n{methods}")
    });
    insta::assert_snapshot!(conditions.join("\n"), @r#"
    client.rs
    builder: always
    with_options: always
    request: always
    client_operations: #[cfg(feature = "client-operations")]
    start: #[cfg(feature = "start")]
    url: #[cfg(feature = "url")]
    verify: #[cfg(feature = "verify")]
    new: always
    from_status: always

    mock/mod.rs
    start: always
    client_operations: #[cfg(feature = "client-operations")]
    start_: #[cfg(feature = "start")]
    url_: #[cfg(feature = "url")]
    verify_: #[cfg(feature = "verify")]
    "#);
}

/// The workspace's own client builds where no workspace is around it.
#[test]
fn the_client_itself() {
    let mut files = tests::files(&tests::workspace().join("generated-client"));
    let manifest = files.get_mut("Cargo.toml").expect("a manifest");
    // An empty workspace makes it independent of this one.
    manifest.push_str("\n[workspace]\n");
    let directory = write_files("generated-client", files);
    cargo(&directory, &["check"]);
}

/// Writes the crate for a document.
fn write(name: &str, source: &generator::Source) -> PathBuf {
    write_files(name, emitted(name, source))
}

/// The files of the crate for a document.
pub(super) fn emitted(
    name: &str,
    source: &generator::Source,
) -> impl Iterator<Item = (String, String)> {
    let parts = crates::parts(name);
    let output = generator::standalone(source, &generator::Options::strict(), &parts)
        .unwrap_or_else(|found| panic!("{}", found.render(source, false)));
    let files = output.files.into_iter();
    files.map(|file| (file.path, file.contents))
}

/// Writes a crate below the workspace's `target`, with the workspace's lock file, whose crates are
/// downloaded already.
pub(super) fn write_files(
    name: &str,
    files: impl IntoIterator<Item = (String, String)>,
) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let lock = ("Cargo.lock".to_owned(), tests::read("Cargo.lock"));
    crates::update(&directory, files.into_iter().chain([lock]).collect());
    directory
}

pub(super) fn cargo(directory: &Path, arguments: &[&str]) {
    crates::cargo(directory, env!("CARGO_TARGET_TMPDIR"), arguments);
}

/// rustfmt, if installed, changes nothing in the crate: it skips emitted code, and the rest is formatted.
fn rustfmt(directory: &Path) {
    let has_rustfmt = Command::new("rustfmt").arg("--version").output().is_ok();
    if has_rustfmt {
        let output = Command::new(env!("CARGO"))
            .args(["fmt", "--check"])
            .current_dir(directory)
            .output()
            .expect("cargo runs");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stdout)
        );
    }
}
