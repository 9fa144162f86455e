//! The code of all constructs, built and tested as a user would.
//!
//! The crates are modules of one, so that the runtime that is the same in all of them is built once. Crates that stand
//! alone are those of `tests/tests/generation/stand_alone.rs`.

use std::collections::BTreeSet;
use std::path::Path;

use generator::File;
use tests::crates::{self, Files, has_clippy};

use crate::emitted::CONSTRUCTS;

const NAME: &str = "constructs-client";

/// The folder of the tests of their mocks, relative to the workspace.
const MOCKS: &str = "tests/tests/constructs/mocks";

#[test]
fn constructs_compile_and_pass_their_tests() {
    let (files, namespaces) = one_crate();
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("constructs");
    crates::update(&directory, files);
    let features: Vec<_> = namespaces.into_iter().chain(["mock".to_owned()]).collect();
    let features = ["--features", &features.join(",")];
    let run = |command: &[&str]| cargo(&directory, &[command, &features].concat());
    let lints = if has_clippy() { "clippy" } else { "check" };
    run(&[lints, "--all-targets"]);
    run(&["test", "--no-fail-fast", "generated"]);
    run(&["test", "--no-fail-fast", "--test", "mocks"]);
}

/// A crate of all constructs, with the versions that the workspace has tried, and the features for their namespaces.
fn one_crate() -> (Files, BTreeSet<String>) {
    let mut files = Files::new();
    let mut namespaces = BTreeSet::new();
    let mut refusals = String::new();
    for construct in CONSTRUCTS {
        match crate_of(construct) {
            Ok(output) => {
                for file in output {
                    if file.path == "Cargo.toml" {
                        namespaces.extend(namespaces_of(&file.contents));
                    }
                    let (path, contents) = in_module(construct, file);
                    // The manifest is that of the first document, which has no namespaces.
                    files.entry(path).or_insert(contents);
                }
            }
            Err(refusal) => refusals.push_str(&refusal),
        }
    }
    assert!(refusals.is_empty(), "{refusals}");
    let manifest = files.get_mut("Cargo.toml").expect("a manifest");
    let features: String = namespaces
        .iter()
        .map(|name| format!("{name} = []\n"))
        .collect();
    *manifest = manifest.replacen("[features]\n", &format!("[features]\n{features}"), 1);
    let modules = CONSTRUCTS.iter().map(|name| format!("pub mod {name};\n"));
    let root = format!(
        "//! All constructs.\n\nmod runtime;\n{}",
        modules.collect::<String>()
    );
    files.insert("src/lib.rs".to_owned(), root);
    let mocks = tests::files(&tests::workspace().join(MOCKS)).into_iter();
    files.extend(mocks.map(|(path, contents)| (format!("tests/mocks/{path}"), contents)));
    files.insert("Cargo.lock".to_owned(), tests::read("Cargo.lock"));
    (files, namespaces)
}

fn crate_of(construct: &str) -> Result<Vec<File>, String> {
    let source = crate::source(construct);
    let parts = crates::parts(NAME);
    let output = generator::standalone(&source, &generator::Options::default(), &parts);
    let output = output.map_err(|found| found.render(&source, false))?;
    Ok(output.files)
}

/// The features of a manifest that are namespaces.
fn namespaces_of(manifest: &str) -> impl Iterator<Item = String> {
    let features = manifest.lines();
    let features = features.filter_map(|line| line.strip_suffix(" = []"));
    features.map(str::to_owned)
}

/// A file of a construct's crate, when that crate is a module of another one.
fn in_module(construct: &str, file: File) -> (String, String) {
    let File { path, contents } = file;
    if path == "Cargo.toml" || path.starts_with("src/runtime/") {
        return (path, contents);
    }
    let mut contents = contents;
    for root in ["crate::", "constructs_client::"] {
        contents = contents.replace(root, &format!("{root}{construct}::"));
    }
    // Each crate has its own constructors of the runtime's types, which are the same types here.
    for constructor in ["fn new(value: T,", "from_status("] {
        let apart = constructor.replace('(', &format!("_{construct}("));
        contents = contents.replace(constructor, &apart);
    }
    if path == "src/lib.rs" {
        let contents = contents
            .replace("\nmod runtime;\n", "\nuse crate::runtime;\n")
            .replace("../README.md", "README.md");
        return (format!("src/{construct}/mod.rs"), contents);
    }
    let path = path.strip_prefix("src/").unwrap_or(&path);
    (format!("src/{construct}/{path}"), contents)
}

fn cargo(directory: &Path, arguments: &[&str]) {
    crates::cargo(directory, env!("CARGO_TARGET_TMPDIR"), arguments);
}
