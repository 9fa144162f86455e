//! The incomplete file of an earlier download.

use sha2::Sha256;

use super::version::{Route, Version};

/// The first bytes of a version of the content, in a file.
pub(super) struct Earlier {
    /// Their number.
    pub(super) length: u64,
    /// Their hash so far.
    pub(super) hasher: Sha256,
    /// What stands for the version of what goes this way.
    pub(super) key: String,
    pub(super) route: Route,
}

impl Earlier {
    /// Whether it is the beginning of this version.
    pub(super) fn is_of(&self, version: &Version) -> bool {
        version.key(&self.route).as_ref() == Some(&self.key)
    }
}
