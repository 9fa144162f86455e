//! Where the workspace's files are, whatever directory the command is run from.

use std::env;
use std::path::{Path, PathBuf};

/// The document that the client is generated from, relative to the workspace's root.
pub(crate) const DOCUMENT: &str = "spec/artifacts.yaml";
/// The directory owned by codegen, relative to the workspace's root.
pub(crate) const GENERATED: &str = "generated-client/src/generated";
/// The client's package, relative to the workspace's root.
pub(crate) const CLIENT: &str = "generated-client";
/// The client's hand-written root module, relative to the workspace's root.
pub(crate) const FRONT_DOOR: &str = "generated-client/src/lib.rs";
/// The manifest that stand-alone crates are given, relative to the workspace's root.
pub(crate) const MANIFEST: &str = "generated-client/Cargo.toml";
/// The hand-written part of the client, relative to the workspace's root.
pub(crate) const RUNTIME: &str = "generated-client/src/runtime";

/// The workspace's root: the parent of this package's directory.
///
/// `cargo run` tells the package's directory at run time; it counts for more than the one known at compile time, which is
/// another checkout's when two of them share a target directory.
pub(crate) fn root() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.parent().map_or(package.clone(), Path::to_path_buf)
}
