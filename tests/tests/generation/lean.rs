//! Dependencies of downstream crates.

use std::collections::BTreeSet;
use std::process::Command;

/// The client has none of the generator's dependencies, except in macros: `serde_derive` needs syn.
#[test]
fn the_tree_is_lean() {
    let tree = tree(&[]);
    assert!(
        tree.iter().any(|line| line.starts_with("reqwest ")),
        "{tree:?}"
    );
    for name in [
        "openapiv3",
        "prettyplease",
        "progenitor",
        "quote",
        "serde_yaml",
        "syn",
        "typify",
    ] {
        let found = tree.iter().any(|line| line.split(' ').next() == Some(name));
        assert!(!found, "`{name}` is in the client's tree: {tree:?}");
    }
}

/// The mock uses existing dependencies.
#[test]
fn the_mock_adds_no_crate() {
    assert_eq!(tree(&["--features", "mock"]), tree(&[]));
}

/// The crates that the client is built of, each once.
fn tree(features: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--package", "generated-client"])
        .args(["--edges", "normal,no-proc-macro", "--prefix", "none"])
        .args(features)
        .current_dir(tests::workspace())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let tree = String::from_utf8_lossy(&output.stdout);
    let lines = tree.lines().map(|line| line.trim_end_matches(" (*)"));
    lines.map(str::to_owned).collect()
}
