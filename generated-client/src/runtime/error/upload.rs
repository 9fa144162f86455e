//! What can go wrong with a body while it is read to be sent.

use std::io;

use super::Error;
use super::kind::Kind;
use crate::runtime::body::Unread;

impl Error {
    /// The body of the request could not be read.
    pub(super) fn unread(unread: &Unread) -> Self {
        let source = match unread {
            Unread::File(reason, error) => {
                return Self::file(reason, io::Error::new(error.kind(), error.clone()));
            }
            Unread::Sent => return Self::unrepeatable(),
            Unread::Stream(error) => Some(error.clone()),
            Unread::Length => None,
        };
        Self::new(Kind::Upload(unread.to_string(), source))
    }

    /// Whether the stream of an [`Upload`](crate::Upload) failed, or has another length than announced.
    /// Its error is the [`source`](std::error::Error::source).
    ///
    /// The server may have received a part of it.
    pub fn is_upload(&self) -> bool {
        matches!(self.0.kind, Kind::Upload(..))
    }
}
