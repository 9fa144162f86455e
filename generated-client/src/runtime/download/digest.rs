//! The digest of content.

use std::fmt::{self, Display};

use sha2::{Digest as _, Sha256};

/// A SHA-256, written as in `sha256:e3b0c442…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digest([u8; 32]);

impl Digest {
    /// Reads `sha256:` and 64 hexadecimal digits, of either letter case.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix("sha256:")?;
        if digits.len() != 64 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let mut bytes = [0; 32];
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&digits[2 * index..][..2], 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// The digest of what was hashed so far.
    pub(super) fn of(hasher: &Sha256) -> Self {
        Self(hasher.clone().finalize().into())
    }
}

impl Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sha256:")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn digests() {
        let digest = Digest::parse(EMPTY).unwrap();
        assert_eq!(digest, Digest::of(&Sha256::new()));
        assert_eq!(digest.to_string(), EMPTY);
        let upper = format!("sha256:{}", EMPTY[7..].to_uppercase());
        assert_eq!(Digest::parse(&upper), Some(digest));
    }

    #[test]
    fn others() {
        let hex = &EMPTY[7..];
        for text in [
            "",
            "sha256:",
            hex,
            &format!("sha512:{hex}"),
            &format!("SHA256:{hex}"),
            &format!("sha256: {hex}"),
            &format!("sha256:{hex}0"),
            &format!("sha256:{}", &hex[1..]),
            &format!("sha256:+{}", &hex[1..]),
            &format!("sha256:é{}", &hex[2..]),
        ] {
            assert_eq!(Digest::parse(text), None, "{text}");
        }
    }
}
