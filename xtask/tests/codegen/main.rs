//! `cargo xtask codegen` as its user meets it: the built program, run in copies of the workspace.

mod check;
mod document;
mod formats;
mod interrupted;
mod neighbours;
#[path = "../program/mod.rs"]
mod program;
mod stand_alone;
mod usage;
mod warnings;
mod workspace;
mod write;
