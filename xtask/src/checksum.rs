//! A checksum that is the same on every system and in every version.

/// FNV-1a: enough to notice an edit, and to recognise names that codegen has made.
pub(crate) fn checksum(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::checksum;

    /// Files that are sealed, and names of what is left by a run, outlast this program.
    #[test]
    fn never_changes() {
        assert_eq!(checksum(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(checksum("generated"), 0xe062_a974_3d7b_3b62);
    }
}
