//! How much an archive may become.

use super::Refusal;

/// What a zip archive may become when it is extracted, at the most. One that would become more is
/// refused.
#[derive(Clone, Debug)]
#[must_use = "limits do nothing until they are given to a download"]
pub struct ExtractLimits {
    pub(super) total_bytes: u64,
    pub(super) entries: u64,
}

impl ExtractLimits {
    /// The most bytes that all files have together; 10 GiB unless it is set.
    ///
    /// What counts is what is written, whatever the archive says of itself.
    pub fn total_bytes(mut self, bytes: u64) -> Self {
        self.total_bytes = bytes;
        self
    }

    /// The most files and directories that are made, also those that have no entry of their own;
    /// 100,000 unless it is set.
    ///
    /// It is a limit on memory, too: an archive whose list of entries takes more than 256 bytes for
    /// each of them, and 1 MiB beside, is refused.
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
