//! `cargo xtask drift` as its user meets it: the built program, run in a workspace in miniature.

mod accept;
mod inputs;
#[path = "../program/mod.rs"]
mod program;
mod report;
mod usage;
mod workspace;
