//! Manifests, and what lies between them.

use generator::File;

use crate::compare_code;

const MANIFEST: &str = "\
[package]
name = \"client\"
rust-version = \"1.88\" # the oldest

[features]
default = [
    \"tls\", # not \"zip\"
]
tls = [\"http/tls\"]
zip = [\"dep:zip\"]

[dependencies]
futures-core = \"0.3\"
hidden = \"1\"
http = { features = [], version = \"0.13\" }
time = \"1.2\"

[dependencies.all]
version = \"1\"

[target.'cfg(unix)'.dependencies]
tokio = \"1\"
serde = { version = \"1\", features = [] }
bound = \"1\"
given = \"1\"

[dev-dependencies]
tests = \"1\"
";

/// Names `hidden` where callers do not see it.
const CODE: &str = "\
use {all::*, bound::Bound, given::Given, serde::Serialize};
pub use http;
pub mod time { pub use ::time::Time; }
#[derive(Serialize)]
pub struct Pages { hidden: hidden::Hidden }
impl futures_core::Stream for Pages {}
impl Pages { pub fn read<T>(&self) where T: tokio::AsyncRead { hidden::read() } }
pub fn free(hidden: impl Bound) -> Given { hidden::free(hidden) }
";

/// What is found after an edit, a line each.
fn found(old: &str, new: &str) -> Vec<String> {
    assert_eq!(MANIFEST.matches(old).count(), 1, "{old}");
    let files = |manifest: String| {
        [("lib.rs", CODE.to_owned()), ("Cargo.toml", manifest)].map(|(path, contents)| File {
            path: path.to_owned(),
            contents,
        })
    };
    let (before, after) = (
        files(MANIFEST.to_owned()),
        files(MANIFEST.replace(old, new)),
    );
    let changes = compare_code(&before, &after).expect("it is Rust");
    let changes = changes.iter();
    changes
        .map(|change| format!("{} {}", change.rule.name(), change.subjects.join(" ")))
        .collect()
}

#[test]
fn changes_that_callers_see() {
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
        (
            "futures-core = \"0.3\"",
            "futures-core = \"0.4\"",
            "dependency-changed futures_core",
        ),
        (
            "tokio = \"1\"",
            "tokio.version = \"2\"",
            "dependency-changed tokio",
        ),
        (
            "serde = { version = \"1\"",
            "serde = { version = \"2\"",
            "dependency-changed serde",
        ),
        ("bound = \"1\"", "bound = \"2\"", "dependency-changed bound"),
        ("given = \"1\"", "given = \"2\"", "dependency-changed given"),
        // What is behind a `*` may be anything.
        (
            "all]\nversion = \"1\"",
            "all]\nversion = \"2\"",
            "dependency-changed all",
        ),
        ("[\"http/tls\"]", "[]", "feature-narrowed tls"),
        ("[\"dep:zip\"]", "[]", "feature-narrowed zip"),
        (
            "\"tls\", # not",
            "\"tls\", \"zip\", # and",
            "feature-widened default",
        ),
        (
            "name = \"client\"",
            "name = \"other\"",
            "crate-renamed client",
        ),
        (
            "[features]",
            "[lib]\nname = \"other\"\n\n[features]",
            "crate-renamed client",
        ),
        ("\"1.88\"", "\"1.90\"", "rust-version-raised rust-version"),
    ] {
        assert_eq!(found(old, new), [expect], "{new}");
    }
}

#[test]
fn changes_that_callers_do_not_see() {
    for (old, new) in [
        ("hidden = \"1\"", "hidden = \"2\""),
        ("version = \"0.13\"", "version = \"0.13.9\""),
        ("time = \"1.2\"", "time = \"1.9\""),
        ("\"1.88\"", "\"1.85\""),
        ("tests = \"1\"", "tests = \"2\""),
        ("[features]", "[lib]\nname = \"client\"\n\n[features]"),
    ] {
        assert!(found(old, new).is_empty(), "{new}");
    }
}

#[test]
fn other_entries_of_a_feature() {
    assert_eq!(
        found("[\"http/tls\"]", "[\"http/rustls\"]"),
        ["feature-narrowed tls", "feature-widened tls"]
    );
}
