//! Percent-encoding.

use std::fmt::Write;

/// Which characters stay as they are.
#[derive(Clone, Copy, Debug)]
pub(in crate::runtime) enum Encoding {
    /// The unreserved ones of RFC 3986.
    Unreserved,
    /// The reserved ones too, and what is percent-encoded already.
    ///
    /// A `#` is encoded nevertheless: what comes after it would not be sent.
    Reserved,
    /// Those of `application/x-www-form-urlencoded`, where a space becomes a `+`.
    Form,
}

impl Encoding {
    pub(in crate::runtime) fn encode(self, text: &str) -> String {
        let bytes = text.as_bytes();
        let mut encoded = String::with_capacity(text.len());
        for (index, &byte) in bytes.iter().enumerate() {
            match self {
                Self::Form if byte == b' ' => encoded.push('+'),
                Self::Reserved if is_triple(&bytes[index..]) => encoded.push('%'),
                _ if self.keeps(byte) => encoded.push(char::from(byte)),
                _ => write!(encoded, "%{byte:02X}").expect("writing to a string does not fail"),
            }
        }
        encoded
    }

    fn keeps(self, byte: u8) -> bool {
        let others: &[u8] = match self {
            Self::Unreserved => b"-._~",
            Self::Reserved => b"-._~:/?[]@!$&'()*+,;=",
            Self::Form => b"*-._",
        };
        byte.is_ascii_alphanumeric() || others.contains(&byte)
    }
}

/// The percent-encoded byte at the beginning of a text, if there is one, and the rest of the text.
pub(in crate::runtime) fn decoded_triple(text: &[u8]) -> Option<(u8, &[u8])> {
    let (digits, rest) = text.strip_prefix(b"%")?.split_at_checked(2)?;
    let digits = str::from_utf8(digits).ok()?;
    Some((u8::from_str_radix(digits, 16).ok()?, rest))
}

/// Whether there is a percent-encoded byte.
fn is_triple(bytes: &[u8]) -> bool {
    matches!(bytes, [b'%', one, other, ..] if one.is_ascii_hexdigit() && other.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTABLE: &str = " !\"#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~";

    #[test]
    fn printable_characters() {
        for (encoding, expected) in [
            (
                Encoding::Unreserved,
                "%20%21%22%23%24%25%26%27%28%29%2A%2B%2C-.%2F09%3A%3B%3C%3D%3E%3F%40AZ%5B%5C%5D%5E_%60az%7B%7C%7D~",
            ),
            (
                Encoding::Reserved,
                "%20!%22%23$%25&'()*+,-./09:;%3C=%3E?@AZ[%5C]%5E_%60az%7B%7C%7D~",
            ),
            (
                Encoding::Form,
                "+%21%22%23%24%25%26%27%28%29*%2B%2C-.%2F09%3A%3B%3C%3D%3E%3F%40AZ%5B%5C%5D%5E_%60az%7B%7C%7D%7E",
            ),
        ] {
            assert_eq!(encoding.encode(PRINTABLE), expected);
        }
    }

    #[test]
    fn other_characters() {
        for encoding in [Encoding::Unreserved, Encoding::Reserved, Encoding::Form] {
            assert_eq!(encoding.encode("é\n\0"), "%C3%A9%0A%00");
        }
    }

    #[test]
    fn what_is_encoded_already() {
        assert_eq!(Encoding::Unreserved.encode("%2F"), "%252F");
        let kept = Encoding::Reserved.encode("%2f%C3%A9%%2%2G%é");
        assert_eq!(kept, "%2f%C3%A9%25%252%252G%25%C3%A9");
    }
}
