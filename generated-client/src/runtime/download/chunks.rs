//! A download as a stream of bytes.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use futures_util::stream::try_unfold;

use super::transfer::Transfer;
use crate::runtime::Error;

/// The content of a download, piece by piece.
///
/// The download begins with the first call of [`next`](Self::next), and ends when this is dropped. Only
/// a few pieces are in memory at a time. They are the bytes of the store: nothing is decompressed.
///
/// An error is the last item: the content is then incomplete. With
/// [`verify`](super::Download::verify) or [`expect_digest`](super::Download::expect_digest), a mismatch
/// is found at the end, so trust the bytes only if no item is an error.
///
/// It is a [`Stream`]; [`next`](Self::next) needs no crate for streams.
///
/// # Examples
///
/// ```
#[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::{Download, Error};")]
/// # async fn example(download: Download) -> Result<(), Error> {
/// let mut chunks = download.stream();
/// while let Some(bytes) = chunks.next().await {
///     println!("{} bytes", bytes?.len());
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a download does nothing until its content is asked for"]
pub struct Chunks {
    stream: Pin<Box<dyn Stream<Item = Result<Chunk, Error>> + Send>>,
    bytes: u64,
    total: Option<u64>,
}

/// A piece, and what is known after it.
struct Chunk {
    data: Bytes,
    position: u64,
    total: Option<u64>,
}

impl Chunks {
    pub(super) fn new(transfer: Result<Transfer, Error>) -> Self {
        let chunks = try_unfold(transfer.map(Box::new), async |transfer| {
            let mut transfer = transfer?;
            let data = transfer.next().await?;
            Ok(data.map(|data| (Chunk::new(data, &transfer), Ok(transfer))))
        });
        Self {
            stream: Box::pin(chunks),
            bytes: 0,
            total: None,
        }
    }

    /// Returns the next piece; none after the last one, and after an error.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Bytes returned so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Bytes in all, if the store announces them; unknown before the first piece.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        let item = ready!(self.stream.as_mut().poll_next(context));
        Poll::Ready(item.map(|chunk| {
            let chunk = chunk?;
            (self.bytes, self.total) = (chunk.position, chunk.total);
            Ok(chunk.data)
        }))
    }
}

impl Chunk {
    fn new(data: Bytes, transfer: &Transfer) -> Self {
        Self {
            data,
            position: transfer.position(),
            total: transfer.version().total,
        }
    }
}

impl Stream for Chunks {
    type Item = Result<Bytes, Error>;

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        self.get_mut().poll(context)
    }
}

impl fmt::Debug for Chunks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chunks")
            .field("bytes", &self.bytes)
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}
