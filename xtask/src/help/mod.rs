//! The output of `--help`, one file per command; and the list of the rules, from their table.

mod rules;

pub(crate) use rules::rules;

/// `xtask 0.1.0`.
pub(crate) const VERSION: &str = concat!("xtask ", env!("CARGO_PKG_VERSION"), "\n");
/// Of `cargo xtask` itself.
pub(crate) const XTASK: &str = include_str!("xtask.txt");
/// Of `cargo xtask codegen`.
pub(crate) const CODEGEN: &str = include_str!("codegen.txt");
/// Of `cargo xtask drift`.
pub(crate) const DRIFT: &str = include_str!("drift.txt");
/// Of `cargo xtask changes`.
pub(crate) const CHANGES: &str = include_str!("changes.txt");
/// Of `cargo xtask e2e`.
pub(crate) const E2E: &str = include_str!("e2e.txt");
/// Of `cargo xtask explain`.
pub(crate) const EXPLAIN: &str = include_str!("explain.txt");
/// Of `cargo xtask wild`.
pub(crate) const WILD: &str = include_str!("wild.txt");
