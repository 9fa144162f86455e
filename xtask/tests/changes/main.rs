//! `cargo xtask changes` as its user meets it: the built program, run in repositories in miniature.

mod base;
mod before;
mod changelog;
mod code;
#[path = "../program/mod.rs"]
mod program;
mod report;
mod repository;
mod usage;
mod version;
