//! Bodies of any length, in little memory.

use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

use sha2::{Digest, Sha256};

/// The most bytes that are sent at once.
const PIECE: usize = 64 * 1024;

/// A pattern is made at least this long, so that few pieces of it make a long body.
const PATTERN: usize = PIECE;

/// The length of a generated pattern: a prime number, so that positions that a client may confuse have
/// different bytes around them.
const GENERATED: usize = 65_521;

/// Bytes that a pattern repeats, from somewhere in it on.
#[derive(Clone, Debug)]
pub struct Body {
    pattern: Arc<[u8]>,
    start: usize,
    len: u64,
}

impl Body {
    /// Bytes repeated up to a length.
    pub fn repeating(pattern: impl Into<Vec<u8>>, len: u64) -> Self {
        let mut pattern = pattern.into();
        assert!(
            !pattern.is_empty() || len == 0,
            "there is nothing to repeat"
        );
        if !pattern.is_empty() && pattern.len() < PATTERN && len > pattern.len() as u64 {
            pattern = pattern.repeat(PATTERN.div_ceil(pattern.len()));
        }
        Self {
            pattern: pattern.into(),
            start: 0,
            len,
        }
    }

    /// Pseudorandom bytes, the same in every run with the same seed.
    pub fn generated(seed: u64, len: u64) -> Self {
        // Marsaglia's xorshift, which must not begin with zero.
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let noise = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_be_bytes()[0]
        };
        let pattern: Vec<u8> = std::iter::repeat_with(noise).take(GENERATED).collect();
        Self::repeating(pattern, len)
    }

    /// The length in bytes.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// A part of it.
    pub fn slice(&self, range: Range<u64>) -> Self {
        assert!(
            range.start <= range.end && range.end <= self.len,
            "{range:?}"
        );
        let period = self.pattern.len().max(1) as u64;
        let start = (self.start as u64 + range.start) % period;
        Self {
            pattern: self.pattern.clone(),
            start: usize::try_from(start).expect("within the pattern"),
            len: range.end - range.start,
        }
    }

    /// All of it, in pieces that are not longer than a number of bytes.
    pub(super) fn pieces(&self, most: usize) -> impl Iterator<Item = &[u8]> {
        let (mut start, mut left) = (self.start, self.len);
        std::iter::from_fn(move || {
            let room = usize::try_from(left).unwrap_or(usize::MAX);
            let piece = &self.pattern[start..];
            let piece = &piece[..piece.len().min(most).min(PIECE).min(room)];
            start = (start + piece.len()) % self.pattern.len().max(1);
            left -= piece.len() as u64;
            (!piece.is_empty()).then_some(piece)
        })
    }

    /// All of it.
    pub fn to_vec(&self) -> Vec<u8> {
        self.pieces(PIECE).collect::<Vec<_>>().concat()
    }

    /// Its digest in GitHub's form: `sha256:` and hexadecimal.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        self.pieces(PIECE).for_each(|piece| hash.update(piece));
        let mut text = "sha256:".to_owned();
        for byte in hash.finalize() {
            write!(text, "{byte:02x}").expect("a string takes everything");
        }
        text
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        let len = bytes.len() as u64;
        Self::repeating(bytes, len)
    }
}

impl From<&[u8]> for Body {
    fn from(bytes: &[u8]) -> Self {
        bytes.to_vec().into()
    }
}

impl<const N: usize> From<&[u8; N]> for Body {
    fn from(bytes: &[u8; N]) -> Self {
        bytes.to_vec().into()
    }
}

impl From<&str> for Body {
    fn from(text: &str) -> Self {
        text.as_bytes().into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        text.into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_equal_that_part_of_the_whole() {
        let body = Body::generated(1, 200_000);
        let whole = body.to_vec();
        assert_eq!(whole.len(), 200_000);
        for (start, end) in [
            (0, 0),
            (0, 1),
            (65_520, 65_523),
            (131_041, 200_000),
            (200_000, 200_000),
        ] {
            let part = body.slice(start as u64..end as u64);
            assert_eq!(part.to_vec(), whole[start..end], "{start}..{end}");
            let last = part.slice(part.len() / 2..part.len()).to_vec();
            assert!(whole[..end].ends_with(&last), "{start}..{end}");
        }
    }

    #[test]
    fn seeds_differ() {
        let [one, two] = [1, 2].map(|seed| Body::generated(seed, 100).to_vec());
        let same = one.iter().zip(&two).filter(|(one, two)| one == two).count();
        assert!(same < 10, "{same}");
    }

    #[test]
    fn few_pieces() {
        let body = Body::repeating(b"ab", 1_000_001);
        assert!(body.pieces(PIECE).count() < 20);
        assert_eq!(body.to_vec(), b"ab".repeat(500_001)[..1_000_001]);
        assert_eq!(
            Body::from("abc").pieces(2).collect::<Vec<_>>(),
            [&b"ab"[..], b"c"]
        );
    }

    #[test]
    fn digests() {
        let empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Body::from("").digest(), empty);
        let body = Body::repeating(b"a", 1_000_000);
        let million = "sha256:cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
        assert_eq!(body.digest(), million);
    }
}
