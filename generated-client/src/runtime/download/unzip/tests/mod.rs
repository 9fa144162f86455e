//! Archives of all kinds, and what becomes of them.

mod damaged;
mod entries;
mod fixture;
mod forms;
mod limits;
mod names;
mod symlinks;
#[cfg(unix)]
mod unix;
