//! A request as the server has read it.

use std::borrow::Cow;

use bytes::Bytes;
use reqwest::header::HeaderMap;

use crate::runtime::parameter::decoded_triple;

/// A request.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) method: String,
    /// The path and the query.
    pub(super) target: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Received {
    pub(super) fn path(&self) -> &str {
        self.target
            .split_once('?')
            .map_or(&self.target, |(path, _)| path)
    }

    pub(super) fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The value of the first parameter of this name.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        let mut pairs = pairs(self.query());
        pairs.find_map(|(known, value)| (known == name).then_some(value))
    }
}

/// The names and values of a query, decoded.
pub(super) fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name).into_owned(), decoded(value).into_owned())
    })
}

/// Text without its percent-encoding.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let (byte, behind) = decoded_triple(rest).unwrap_or((*first, behind));
        bytes.push(byte);
        rest = behind;
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decoding() {
        for (text, expected) in [
            ("a", "a"),
            ("a%2Fb", "a/b"),
            ("%C3%a9", "é"),
            ("%", "%"),
            ("%2", "%2"),
            ("%zz%41", "%zzA"),
            ("%é", "%é"),
        ] {
            assert_eq!(decoded(text), expected);
        }
    }

    #[test]
    fn queries() {
        let found: Vec<_> = pairs("a=1&&b%5B%5D=%26&c").collect();
        let expected = [("a", "1"), ("b[]", "&"), ("c", "")];
        assert_eq!(
            found,
            expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
    }
}
