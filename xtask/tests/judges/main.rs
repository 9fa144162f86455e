//! `cargo xtask e2e` as its user meets it: the built program, among programs that only look like those it needs.
#![cfg(unix)]

mod install;
mod machine;
#[path = "../program/mod.rs"]
mod program;
mod run;
mod stop;
