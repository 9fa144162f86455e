//! A download as something to read from.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};

use super::chunks::Chunks;
use crate::runtime::Error;

/// The content of a download, as an asynchronous reader.
///
/// It reads the bytes of [`Chunks`]. An error is a [`std::io::Error`] with the [`Error`] of the download
/// in it: see its `get_ref` and `into_inner`. Every later read fails too, so truncated content never
/// looks complete.
///
/// # Examples
///
/// ```
#[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::Download;")]
/// use tokio::io::AsyncReadExt;
///
/// # async fn example(download: Download) -> std::io::Result<()> {
/// let mut text = String::new();
/// download.into_async_read().read_to_string(&mut text).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "a download does nothing until its content is asked for"]
pub struct ChunkReader {
    chunks: Chunks,
    current: Bytes,
    failed: bool,
}

impl ChunkReader {
    pub(super) fn new(chunks: Chunks) -> Self {
        Self {
            chunks,
            current: Bytes::new(),
            failed: false,
        }
    }

    /// Makes sure that there are bytes to take, unless there are no more.
    fn fill(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while self.current.is_empty() {
            if self.failed {
                return Poll::Ready(Err(io::Error::other("the download has failed")));
            }
            match ready!(self.chunks.poll(context)) {
                Some(Ok(bytes)) => self.current = bytes,
                Some(Err(error)) => {
                    self.failed = true;
                    return Poll::Ready(Err(wrapped(error)));
                }
                None => break,
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncBufRead for ChunkReader {
    fn poll_fill_buf(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let reader = self.get_mut();
        ready!(reader.fill(context))?;
        Poll::Ready(Ok(&reader.current))
    }

    fn consume(self: Pin<&mut Self>, count: usize) {
        self.get_mut().current.advance(count);
    }
}

impl AsyncRead for ChunkReader {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let reader = self.get_mut();
        ready!(reader.fill(context))?;
        let count = reader.current.len().min(buffer.remaining());
        buffer.put_slice(&reader.current.split_to(count));
        Poll::Ready(Ok(()))
    }
}

fn wrapped(error: Error) -> io::Error {
    let kind = if error.is_timeout() {
        io::ErrorKind::TimedOut
    } else {
        io::ErrorKind::Other
    };
    io::Error::new(kind, error)
}
