//! Where the workspace's files are, whatever directory the command is run from.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::bail;

/// The document that the client is generated from, relative to the workspace's root.
pub(crate) const DOCUMENT: &str = "spec/artifacts.yaml";
/// The intended differences from official descriptions, relative to the workspace's root.
pub(crate) const DRIFT: &str = "spec/drift.yaml";
/// The directory owned by codegen, relative to the workspace's root.
pub(crate) const GENERATED: &str = "generated-client/src/generated";
/// The client's package, relative to the workspace's root.
pub(crate) const CLIENT: &str = "generated-client";
/// The client's changelog, relative to the workspace's root.
pub(crate) const CHANGELOG: &str = "generated-client/CHANGELOG.md";
/// The client's hand-written root module, relative to the workspace's root.
pub(crate) const FRONT_DOOR: &str = "generated-client/src/lib.rs";
/// The manifest that stand-alone crates are given, relative to the workspace's root.
pub(crate) const MANIFEST: &str = "generated-client/Cargo.toml";
/// The hand-written part of the client, relative to the workspace's root.
pub(crate) const RUNTIME: &str = "generated-client/src/runtime";

/// The workspace's root: the parent of this package's directory.
///
/// `cargo run` sets the package's directory at run time. It is preferred to the one known at compile time, which is
/// another checkout's if two of them share a target directory; it is useless if another package's build starts this.
///
/// # Errors
///
/// When neither is in a workspace.
pub(crate) fn root() -> anyhow::Result<PathBuf> {
    let current = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let compiled = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let packages = current.into_iter().chain([compiled]);
    let mut tried = Vec::new();
    for package in packages {
        let root = package.parent().unwrap_or(&package);
        if is_root(root) {
            return Ok(root.to_owned());
        }
        tried.push(format!("`{}`", root.display()));
    }
    bail!(
        "no workspace with the directories `spec` and `generated-client` at {}: run `cargo xtask` inside it",
        tried.join(" or at ")
    )
}

/// Where a path from the document's directory leads, as a path from the workspace's root; none if it leads out of that.
pub(crate) fn beside_document(path: &str) -> Option<String> {
    let (directory, _) = DOCUMENT.rsplit_once('/')?;
    let mut segments = vec![directory];
    for segment in path.split('/') {
        match segment {
            ".." => drop(segments.pop()?),
            _ => segments.push(segment),
        }
    }
    Some(segments.join("/"))
}

fn is_root(directory: &Path) -> bool {
    ["spec", CLIENT]
        .iter()
        .all(|name| directory.join(name).is_dir())
}
