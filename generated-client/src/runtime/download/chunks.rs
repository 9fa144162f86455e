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
/// Nothing is sent before the first piece is asked for, and nothing more once this is dropped. A
/// piece is as long as it comes, so that memory is taken by a few of them at a time. It is the bytes
/// as they are stored: nothing is decompressed.
///
/// An error is the last item, and what came before it is not all of the content. With
/// [`verify`](super::Download::verify) or [`expect_digest`](super::Download::expect_digest), what was
/// expected is compared when all else has been given: the bytes are right only if none of the items
/// is an error.
///
/// It is a [`Stream`]; [`next`](Self::next) does without a crate for streams.
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

    /// The next piece; none after the last one, and after an error.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// How many bytes have been given so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// How many bytes there are in all, when the store tells; not known before the first piece has
    /// come.
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
