//! Where the bytes of a body come from.

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};

use super::file::SourceFile;
use super::once::Once;
use super::unread::Unread;

/// Where the bytes of a body come from, or those of a part of it. A clone is the same bytes.
#[derive(Clone)]
pub(super) enum Source {
    Bytes(Bytes),
    File(SourceFile),
    /// A stream, with its announced length if there is one.
    Once(Once, Option<u64>),
}

impl Source {
    /// Length in bytes, if known.
    pub(super) fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Self::File(file) => Some(file.length),
            Self::Once(_, length) => *length,
        }
    }

    /// Whether it was sent, and cannot be sent again.
    pub(super) fn is_spent(&self) -> bool {
        matches!(self, Self::Once(once, _) if once.is_taken())
    }

    /// Reads it. Nothing is opened before the first bytes are asked for.
    pub(super) fn read(self) -> BoxStream<'static, Result<Bytes, Unread>> {
        match self {
            Self::Bytes(bytes) => stream::iter([Ok(bytes)]).boxed(),
            Self::File(file) => file.read(),
            Self::Once(once, None) => once.read(),
            Self::Once(once, Some(length)) => measured(once.read(), length),
        }
    }
}

/// Fails if a stream does not have its announced length.
fn measured(
    stream: BoxStream<'static, Result<Bytes, Unread>>,
    length: u64,
) -> BoxStream<'static, Result<Bytes, Unread>> {
    let end = stream::iter([None]);
    stream
        .map(Some)
        .chain(end)
        .scan(length, |left, item| {
            let item = match item {
                Some(Ok(bytes)) => match left.checked_sub(bytes.len() as u64) {
                    Some(rest) => {
                        *left = rest;
                        Ok(bytes)
                    }
                    None => Err(Unread::Length),
                },
                Some(Err(error)) => Err(error),
                None if *left > 0 => Err(Unread::Length),
                None => return std::future::ready(None),
            };
            std::future::ready(Some(item))
        })
        .boxed()
}

impl From<String> for Source {
    fn from(text: String) -> Self {
        Self::Bytes(text.into())
    }
}
