//! One crate for each side of all pairs, with a module for each case: a crate of its own for each
//! document would take cargo-semver-checks an hour.
//!
//! The emitted code is the generator's but for paths that begin at the crate's root. What it imports
//! of the runtime is replaced by names alone: rustdoc looks into no function, and the runtime is the
//! same on both sides.

use std::fs;
use std::path::{Path, PathBuf};

use changes::Revision;

use crate::cases::{self, Case};

/// Stands for the runtime in each module: a server's method is added to its builder.
const RUNTIME: &str = include_str!("stub/runtime.rs");
/// Stands for reqwest in the whole crate.
const REQWEST: &str = include_str!("stub/reqwest.rs");
const MANIFEST: &str = include_str!("stub/Cargo.toml");

/// The name of the module for the case at an index.
pub(crate) fn module(index: usize) -> String {
    format!("case_{index:02}")
}

/// Writes the two crates; returns their directories.
pub(crate) fn write(directory: &Path, cases: &[Case]) -> (PathBuf, PathBuf) {
    let base = cases::base();
    let changed: Vec<_> = cases.iter().map(Case::changed).collect();
    let pairs = cases.iter().zip(&changed);
    let pairs: Vec<_> = pairs
        .map(|(case, changed)| case.sides(&base, changed))
        .collect();
    let (befores, afters) = (
        pairs.iter().map(|(before, _)| *before),
        pairs.iter().map(|(_, after)| *after),
    );
    (
        write_crate(&directory.join("before"), befores),
        write_crate(&directory.join("after"), afters),
    )
}

fn write_crate<'s>(directory: &Path, sides: impl Iterator<Item = &'s Revision>) -> PathBuf {
    let _ = fs::remove_dir_all(directory);
    let source = directory.join("src");
    let mut root = String::from("pub mod reqwest;\n");
    for (index, side) in sides.enumerate() {
        let module = module(index);
        root.push_str(&format!("pub mod {module};\n"));
        let generated = format!("{module}/generated");
        let front_door =
            "mod generated;\npub mod runtime;\npub use generated::*;\npub use runtime::*;\n";
        write_file(&source.join(format!("{module}/mod.rs")), front_door);
        write_file(&source.join(format!("{module}/runtime.rs")), RUNTIME);
        for file in &side.files {
            let text = file
                .contents
                .replace("crate::", &format!("crate::{module}::"));
            let text = text.replace("use reqwest::", "use crate::reqwest::");
            write_file(&source.join(&generated).join(&file.path), &text);
        }
    }
    write_file(&source.join("lib.rs"), &root);
    write_file(&source.join("reqwest.rs"), REQWEST);
    write_file(&directory.join("Cargo.toml"), MANIFEST);
    let lock = tests::workspace().join("Cargo.lock");
    fs::copy(lock, directory.join("Cargo.lock")).expect("a lock file");
    directory.to_owned()
}

fn write_file(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
    fs::write(path, text).expect("a file");
}
