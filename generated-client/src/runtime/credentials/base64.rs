//! Base64 (RFC 4648), in which HTTP's basic scheme sends a user name and a password.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// How many bytes the encoding of so many bytes has.
pub(super) fn length(bytes: usize) -> usize {
    bytes.div_ceil(3) * 4
}

/// Appends the encoding of some bytes.
pub(super) fn encode(bytes: &[u8], encoded: &mut Vec<u8>) {
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, place| {
            bits << 8 | usize::from(group.get(place).copied().unwrap_or_default())
        });
        for place in 0..4 {
            let is_padding = place > group.len();
            let digit = DIGITS[bits >> (18 - 6 * place) & 63];
            encoded.push(if is_padding { b'=' } else { digit });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 4648, and the digits that they do not have.
    #[test]
    fn encodes() {
        for (bytes, expected) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("~~\u{7f}???", "fn5/Pz8/"),
            ("\u{3e}\u{3e}\u{3e}~", "Pj4+fg=="),
        ] {
            let mut encoded = Vec::new();
            encode(bytes.as_bytes(), &mut encoded);
            assert_eq!(encoded, expected.as_bytes(), "{bytes}");
            assert_eq!(encoded.len(), length(bytes.len()));
        }
    }
}
