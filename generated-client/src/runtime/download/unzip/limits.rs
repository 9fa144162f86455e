//! Limits for extracted archives.

use super::Refusal;

/// Limits for extracting a zip archive. An archive beyond them is refused.
#[derive(Clone, Debug)]
#[must_use = "limits do nothing until they are given to a download"]
pub struct ExtractLimits {
    pub(super) total_bytes: u64,
    pub(super) entries: u64,
}

impl ExtractLimits {
    /// Maximum bytes of all files together; by default 10 GiB.
    ///
    /// The written bytes count, whatever the archive announces.
    pub fn total_bytes(mut self, bytes: u64) -> Self {
        self.total_bytes = bytes;
        self
    }

    /// Maximum number of files and directories, with or without entries of their own; by default
    /// 100,000.
    ///
    /// It limits memory too: the list of entries may have 256 bytes for each of them, plus 1 MiB.
    pub fn entries(mut self, entries: u64) -> Self {
        self.entries = entries;
        self
    }

    pub(super) fn allow(&self, bytes: u64) -> Result<(), Refusal> {
        if bytes > self.total_bytes {
            let reason = format!("the archive becomes more than {} bytes", self.total_bytes);
            return Err(Refusal::Archive(reason));
        }
        Ok(())
    }
}

impl Default for ExtractLimits {
    fn default() -> Self {
        Self {
            total_bytes: 10 << 30,
            entries: 100_000,
        }
    }
}
