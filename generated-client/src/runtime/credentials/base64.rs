//! Base64 (RFC 4648), in which HTTP's basic scheme sends a user name and a password.

use zeroize::Zeroizing;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The length of the encoding of so many bytes.
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

/// The part of an encoding that depends on these bytes alone, so many bytes after a group of three.
pub(super) fn within(bytes: &[u8], before: usize) -> Zeroizing<Vec<u8>> {
    let padded = Zeroizing::new([&[0; 2][..before], bytes].concat());
    let mut encoded = Zeroizing::new(Vec::with_capacity(length(padded.len())));
    encode(&padded, &mut encoded);
    // A digit has six bits, and the first and last digit include bits of the bytes around.
    encoded.truncate(padded.len() * 8 / 6);
    encoded.drain(..(before * 8).div_ceil(6));
    encoded
}

/// Decodes a text, with or without padding.
pub(super) fn decode(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let digits = text.trim_ascii_end();
    let end = digits.iter().rposition(|byte| *byte != b'=');
    let digits = &digits[..end.map_or(0, |end| end + 1)];
    let mut decoded = Zeroizing::new(Vec::with_capacity(digits.len() * 6 / 8));
    let mut bits = 0_usize;
    for (index, digit) in digits.iter().enumerate() {
        bits = bits << 6 | DIGITS.iter().position(|known| known == digit)?;
        if index % 4 > 0 {
            let byte = bits >> (6 - 2 * (index % 4)) & 0xff;
            decoded.extend(u8::try_from(byte));
        }
    }
    Some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 4648, and the digits that these lack.
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
            let decoded = decode(&encoded).unwrap();
            assert_eq!(decoded.as_slice(), bytes.as_bytes());
            // A vector that grows would leave parts of it behind.
            assert_eq!(decoded.capacity(), bytes.len());
        }
    }
}
