//! The expected content of a download.

use super::digest::Digest;
use crate::runtime::{Error, Response};

/// The expected content of a download, for [`Download::verify`](super::Download::verify).
///
/// # Examples
///
/// ```
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::Content;")]
///
/// let digest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
/// let nothing = Content::new(Some(digest), 0_u64);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    digest: Option<String>,
    /// None when it is none that content can have.
    length: Option<u64>,
}

impl Content {
    /// Content with a digest, `sha256:` and 64 hexadecimal digits, and a length in bytes.
    ///
    /// Without a digest nothing is compared, as the length may be that of other bytes than those at the
    /// store. With a digest, a negative or too large length fits no download.
    pub fn new(digest: Option<&str>, length: impl TryInto<u64>) -> Self {
        Self {
            digest: digest.map(str::to_owned),
            length: length.try_into().ok(),
        }
    }
}

impl From<&Content> for Content {
    fn from(content: &Content) -> Self {
        content.clone()
    }
}

/// An answer stands for its value here as well.
impl<'a, T> From<&'a Response<T>> for Content
where
    Self: From<&'a T>,
{
    fn from(response: &'a Response<T>) -> Self {
        let value: &'a T = response;
        value.into()
    }
}

/// The same, parsed and checked.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Expected {
    digest: Option<Digest>,
    length: Option<u64>,
}

impl Expected {
    pub(super) fn new(digest: Option<&str>, content: Option<&Content>) -> Result<Self, Error> {
        let mut expected = Self::default();
        let digests = [
            digest,
            content.and_then(|content| content.digest.as_deref()),
        ];
        for text in digests.into_iter().flatten() {
            let reason = "is not `sha256:` and 64 hexadecimal digits";
            let digest = Digest::parse(text).ok_or_else(|| Error::argument("digest", reason))?;
            if expected
                .digest
                .replace(digest)
                .is_some_and(|other| other != digest)
            {
                let reason = "no content has both of the expected digests";
                return Err(Error::mismatch(reason));
            }
        }
        // A length without a digest need not be that of what is stored.
        if let Some(content) = content.filter(|content| content.digest.is_some()) {
            let impossible = || Error::mismatch("no content has the expected length");
            expected.length = Some(content.length.ok_or_else(impossible)?);
        }
        Ok(expected)
    }

    /// Compares the length that the store announces.
    pub(super) fn check_total(&self, total: Option<u64>) -> Result<(), Error> {
        match (self.length, total) {
            (Some(length), Some(total)) if length != total => Err(Error::mismatch(format_args!(
                "the content has {total} bytes, not the expected {length}"
            ))),
            _ => Ok(()),
        }
    }

    /// Compares the length of what has come so far.
    pub(super) fn check_progress(&self, received: u64) -> Result<(), Error> {
        match self.length {
            Some(length) if received > length => Err(Error::mismatch(format_args!(
                "the content has more than the expected {length} bytes"
            ))),
            _ => Ok(()),
        }
    }

    /// Compares all that has come.
    pub(super) fn check_whole(&self, received: u64, digest: Digest) -> Result<(), Error> {
        self.check_total(Some(received))?;
        match self.digest {
            Some(expected) if expected != digest => Err(Error::mismatch(format_args!(
                "the content has the digest `{digest}`, not the expected `{expected}`"
            ))),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        assert_eq!(Content::new(None, 5_i64).length, Some(5));
        assert_eq!(Content::new(None, -5_i64).length, None);
        assert_eq!(Content::new(None, u128::MAX).length, None);
    }

    #[test]
    fn lengths_count_with_a_digest() {
        let zeros = format!("sha256:{}", "0".repeat(64));
        let expected = |digest, content| Expected::new(digest, Some(&content));
        let with_digest = expected(None, Content::new(Some(&zeros), 5_i64)).unwrap();
        assert_eq!(with_digest.length, Some(5));
        let impossible = expected(None, Content::new(Some(&zeros), -5_i64));
        assert!(impossible.unwrap_err().is_mismatch());
        for length in [5_i64, -5] {
            for digest in [None, Some(&*zeros)] {
                let without = expected(digest, Content::new(None, length)).unwrap();
                assert_eq!(without.length, None);
            }
        }
    }

    #[test]
    fn two_digests() {
        let [zeros, ones] = ["0", "1"].map(|digit| format!("sha256:{}", digit.repeat(64)));
        let content = Content::new(Some(&zeros), 5_u64);
        assert!(Expected::new(Some(&zeros), Some(&content)).is_ok());
        let error = Expected::new(Some(&ones), Some(&content)).unwrap_err();
        assert!(error.is_mismatch());
    }

    #[test]
    fn odd_digests() {
        let error = Expected::new(Some("md5:"), None).unwrap_err();
        assert!(error.is_invalid_request());
        assert_eq!(
            error.to_string(),
            "argument `digest` is not `sha256:` and 64 hexadecimal digits"
        );
    }
}
