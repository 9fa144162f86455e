//! `cargo xtask wild` as its user meets it: the built program, run on a folder of documents.

mod builds;
mod folder;
#[path = "../program/mod.rs"]
mod program;
mod report;
mod usage;
