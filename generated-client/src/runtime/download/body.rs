//! The body of one response of the store.

use bytes::Bytes;
use sha2::{Digest as _, Sha256};

use super::digest::Digest;
use crate::runtime::Error;
use crate::runtime::transport::ResponseBody;

/// A body that is being read.
pub(super) struct Body {
    body: ResponseBody,
    /// Position of the next byte in the content.
    position: u64,
    /// End of the body, if the response announces it.
    end: Option<u64>,
    /// Bytes that were read and not yet taken.
    rest: Bytes,
}

impl Body {
    pub(super) fn new(body: ResponseBody, position: u64, end: Option<u64>) -> Self {
        Self {
            body,
            position,
            end,
            rest: Bytes::new(),
        }
    }

    /// The next bytes, at least one; none at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, Error> {
        if !self.rest.is_empty() {
            return Ok(Some(std::mem::take(&mut self.rest)));
        }
        while let Some(bytes) = self.body.chunk().await.map_err(Error::at_store)? {
            self.position += length(&bytes);
            if self.end.is_some_and(|end| self.position > end) {
                let reason = "the store sends more bytes than it announces";
                return Err(Error::unusable(reason).at_store());
            }
            if !bytes.is_empty() {
                return Ok(Some(bytes));
            }
        }
        match self.end {
            Some(end) if self.position < end => {
                Err(Error::truncated(self.position, self.end).at_store())
            }
            _ => Ok(None),
        }
    }

    /// Skips the first bytes, which must have this digest.
    pub(super) async fn skip(&mut self, count: u64, digest: Digest) -> Result<(), Error> {
        let mut left = count;
        let mut hasher = Sha256::new();
        while left > 0 {
            let mut bytes = self.next().await?.ok_or_else(Error::changed)?;
            let skipped = usize::try_from(left).map_or(bytes.len(), |left| left.min(bytes.len()));
            self.rest = bytes.split_off(skipped);
            hasher.update(&bytes);
            left -= length(&bytes);
        }
        if Digest::of(&hasher) == digest {
            Ok(())
        } else {
            Err(Error::changed())
        }
    }
}

pub(super) fn length(bytes: &Bytes) -> u64 {
    bytes.len().try_into().unwrap_or(u64::MAX)
}
