//! Percent-encoding.

use std::fmt::Write;

/// The characters that are not encoded.
#[derive(Clone, Copy, Debug)]
pub(in crate::runtime) enum Encoding {
    /// The unreserved ones of RFC 3986.
    Unreserved,
    /// The reserved ones too, and escapes that are already there.
    ///
    /// A `#` is encoded nevertheless: the text after it would not be sent.
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
                Self::Reserved if decoded_triple(&bytes[index..]).is_some() => encoded.push('%'),
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
    let [b'%', high, low, rest @ ..] = text else {
        return None;
    };
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let byte = u8::try_from(digit(high)? << 4 | digit(low)?).ok()?;
    Some((byte, rest))
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
    fn decoding() {
        assert_eq!(decoded_triple(b"%4aB"), Some((b'J', &b"B"[..])));
        assert_eq!(decoded_triple(b"%FF"), Some((0xFF, &b""[..])));
        for none in ["", "%", "%4", "4A", "%4G", "%+4", "%-4", "%\u{e9}"] {
            assert_eq!(decoded_triple(none.as_bytes()), None, "{none}");
        }
    }

    #[test]
    fn encoded_text() {
        assert_eq!(Encoding::Unreserved.encode("%2F"), "%252F");
        let kept = Encoding::Reserved.encode("%2f%C3%A9%%2%2G%é%+2");
        assert_eq!(kept, "%2f%C3%A9%25%252%252G%25%C3%A9%25+2");
    }
}
