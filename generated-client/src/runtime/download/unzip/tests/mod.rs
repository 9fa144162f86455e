//! Archives of all kinds, and the results of extracting them.

mod damaged;
mod entries;
mod fixture;
mod forms;
mod limits;
mod names;
mod symlinks;
#[cfg(unix)]
mod unix;
