//! Extracts zip archives from untrusted sources.
//!
//! An archive goes through these files in this order: `directory` reads its headers, `plan` decides
//! on all entries before anything is written (`path` on their paths, `tree` on how these fit
//! together), and `unpack` writes, links last (`symlink` decides on their targets). The `zip` crate
//! reads the format itself.

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

/// Extracts an archive into an empty directory that nobody else writes to.
///
/// After a refusal, the files created until then remain.
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
