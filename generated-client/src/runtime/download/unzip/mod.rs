//! Zip archives from anywhere, as directories.
//!
//! An archive is trusted with nothing. It goes through these files in this order: `directory` reads
//! what it says of its entries, `plan` decides on all of them before anything is written (`path` on
//! their paths, `tree` on how these fit together), and `unpack` writes, links last (`symlink` decides
//! on what they lead to). The format itself is the `zip` crate's.

mod directory;
mod limits;
mod path;
mod plan;
mod refusal;
mod symlink;
mod tree;
mod unpack;

#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

pub use limits::ExtractLimits;
pub use symlink::Symlinks;

pub(super) use refusal::Refusal;
pub(super) use unpack::Unpacked;

/// Makes the files of an archive within a directory that is empty and that nobody else writes to.
///
/// A refusal leaves there what has been made until then.
pub(super) fn extract(
    archive: File,
    into: &Path,
    limits: &ExtractLimits,
    symlinks: Symlinks,
) -> Result<Unpacked, Refusal> {
    let mut archive = BufReader::new(archive);
    let directory = directory::read(&mut archive, limits)?;
    let plan = plan::plan(&directory, limits)?;
    unpack::unpack(&mut archive, &directory, plan, into, limits, symlinks)
}
