//! The generator's output: for the workspace's own document, and for hostile ones.

mod described;
mod emitted;
mod error_fields;
mod expressed;
mod facts;
mod fresh;
mod lean;
mod oracle;
mod panics;
mod partial;
mod recognised;
mod reserved;
mod reviews;
mod runtime;
mod same_bytes;
mod stand_alone;
mod unsupported;

use std::sync::LazyLock;

use generator::{Options, Output, Source};
use tests::read;

/// The workspace's own document.
fn spec() -> Source {
    source("spec/artifacts.yaml")
}

/// The generator's output for it, which many tests look at.
fn output() -> &'static Output {
    static OUTPUT: LazyLock<Output> = LazyLock::new(|| {
        generator::generate(&spec(), &Options::strict()).expect("the document is right")
    });
    &OUTPUT
}

/// A document of the workspace.
fn source(name: &str) -> Source {
    Source::new(name, read(name))
}
