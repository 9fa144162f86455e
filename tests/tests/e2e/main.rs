//! The client against independent servers. `cargo xtask e2e` starts them and runs this.

mod nginx;
#[path = "../common/operations.rs"]
mod operations;
mod prism;

use std::env;

/// The servers' settings from `cargo xtask e2e`.
#[track_caller]
fn setting(variable: &str) -> String {
    env::var(variable).unwrap_or_else(|_| panic!("`{variable}` is not set: use `cargo xtask e2e`"))
}
