//! Manifests, and what lies between them.

use crate::File;
use crate::changes::compare_code;

const MANIFEST: &str = "\
[package]
rust-version = \"1.88\" # the oldest

[features]
default = [
    \"tls\", # not \"zip\"
]
tls = [\"http/tls\"]
zip = [\"dep:zip\"]

[dependencies]
hidden = \"1\"
http = { features = [], version = \"0.13\" }
time = \"1.2\"
";

/// What is found after an edit, a line each.
fn found(old: &str, new: &str) -> Vec<String> {
    assert_eq!(MANIFEST.matches(old).count(), 1, "{old}");
    let files = |manifest: String| {
        [
            ("lib.rs", "pub use {http, time};".to_owned()),
            ("Cargo.toml", manifest),
        ]
        .map(|(path, contents)| File {
            path: path.to_owned(),
            contents,
        })
    };
    let (before, after) = (
        files(MANIFEST.to_owned()),
        files(MANIFEST.replace(old, new)),
    );
    let changes = compare_code(&before, &after).expect("it is Rust");
    let told = changes.iter();
    told.map(|change| format!("{} {}", change.rule.name(), change.subjects.join(" ")))
        .collect()
}

#[test]
fn what_a_manifest_promises() {
    for (old, new, expect) in [
        ("zip = [\"dep:zip\"]\n", "", "feature-removed zip"),
        (
            "zip = [\"dep:zip\"]\n",
            "zip = [\"dep:zip\"]\nlog = []\n",
            "feature-added log",
        ),
        (
            "    \"tls\", # not \"zip\"\n",
            "",
            "feature-narrowed default",
        ),
        (
            "version = \"0.13\"",
            "version = \"0.14\"",
            "dependency-changed http",
        ),
        (
            "time = \"1.2\"",
            "time = { version = \"2\" }",
            "dependency-changed time",
        ),
        ("\"1.88\"", "\"1.90\"", "rust-version-raised rust-version"),
    ] {
        assert_eq!(found(old, new), [expect], "{new}");
    }
}

#[test]
fn what_it_does_not() {
    for (old, new) in [
        ("hidden = \"1\"", "hidden = \"2\""),
        ("version = \"0.13\"", "version = \"0.13.9\""),
        ("time = \"1.2\"", "time = \"1.9\""),
        ("\"1.88\"", "\"1.85\""),
        ("[\"http/tls\"]", "[\"http/rustls\"]"),
        ("\"tls\", # not", "\"tls\", \"zip\", # and"),
    ] {
        assert!(found(old, new).is_empty(), "{new}");
    }
}
