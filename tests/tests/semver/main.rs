//! What changes of a document mean for callers: our verdicts on pairs of documents, and those of
//! cargo-semver-checks.

mod batch;
mod cases;
mod judge;
mod places;
mod verdicts;
