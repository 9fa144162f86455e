//! The body of a response as a stream.

use std::fmt;
use std::future::poll_fn;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use reqwest::Url;

use crate::runtime::Error;
use crate::runtime::download::{Labels, Saved, save};
use crate::runtime::head::Head;
use crate::runtime::request_line::RequestLine;
use crate::runtime::transport::ResponseBody;

/// The most bytes that are gathered in memory.
const BYTES_LIMIT: usize = 64 * 1024 * 1024;

/// The body of a response, piece by piece.
///
/// An error is the last item: the body is then incomplete. A truncated body is an error, and so is a
/// server that is silent for longer than the
/// [idle timeout](crate::ClientBuilder::idle_timeout). There are no retries: another request might have
/// another response.
///
/// It is a [`Stream`]; [`chunk`](Self::chunk) needs no crate for streams.
///
/// # Examples
///
/// ```
#[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::{ByteStream, Error, Response};")]
/// # async fn example(response: Response<ByteStream>) -> Result<(), Error> {
/// let saved = response.into_inner().to_file("photo.jpg").await?;
/// println!("{} bytes", saved.bytes);
/// # Ok(())
/// # }
/// ```
#[must_use = "a body is not read unless it is asked for"]
pub struct ByteStream {
    request: Arc<RequestLine>,
    body: ResponseBody,
    url: Url,
    labels: Labels,
    /// How many bytes have come.
    received: u64,
    /// The announced length, if any.
    length: Option<u64>,
    is_over: bool,
    overwrite: bool,
}

impl ByteStream {
    pub(in crate::runtime) fn new(
        request: Arc<RequestLine>,
        body: ResponseBody,
        head: &Head,
    ) -> Self {
        Self {
            request,
            url: head.url().clone(),
            labels: Labels::new(&head.headers),
            received: 0,
            length: body.length(),
            body,
            is_over: false,
            overwrite: false,
        }
    }

    /// Bytes in all, if the server announces them.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The file name that the server suggests, made safe like
    /// [`Saved::file_name`](crate::Saved::file_name).
    pub fn file_name(&self) -> Option<String> {
        self.labels.file_name()
    }

    /// Returns the next piece; none at the end, and after an error.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|context| self.poll(context)).await.transpose()
    }

    /// Collects the body in memory.
    ///
    /// # Errors
    ///
    /// Those of any response, and an [`Error`] with [`is_decode`](Error::is_decode), if there are more
    /// than 64 MiB.
    pub async fn bytes(self) -> Result<Bytes, Error> {
        self.bytes_up_to(BYTES_LIMIT).await
    }

    pub(super) async fn bytes_up_to(mut self, limit: usize) -> Result<Bytes, Error> {
        let mut bytes = BytesMut::new();
        while let Some(piece) = self.chunk().await? {
            if piece.len() > limit - bytes.len() {
                return Err(Error::too_long(limit).about(&self.request));
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes.freeze())
    }

    /// Lets [`to_file`](Self::to_file) replace an existing file, once the body is complete.
    pub fn overwrite(mut self) -> Self {
        self.overwrite = true;
        self
    }

    /// Saves the body to a file, which appears only when it is complete.
    ///
    /// Until then the body is in a hidden file in the same directory, which must exist and be writable. A
    /// failure leaves nothing. An existing file is an error, unless [`overwrite`](Self::overwrite) is
    /// called. Its replacement has the same permissions. A symbolic link is replaced, not followed.
    ///
    /// # Errors
    ///
    /// Those of any response, and an [`Error`] with [`is_file`](Error::is_file), if the path exists
    /// already or the file cannot be written.
    pub async fn to_file(self, path: impl AsRef<Path>) -> Result<Saved, Error> {
        let request = self.request.clone();
        let (url, labels, overwrite) = (self.url.clone(), self.labels.clone(), self.overwrite);
        let saved = save(self, url, labels, path.as_ref(), overwrite).await;
        saved.map_err(|error| error.about(&request))
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        while !self.is_over {
            let chunk = ready!(self.body.poll_chunk(context));
            match chunk.and_then(|chunk| self.take(chunk)) {
                Ok(bytes) if bytes.is_empty() => {}
                Ok(bytes) => return Poll::Ready(Some(Ok(bytes))),
                Err(error) => {
                    self.is_over = true;
                    return Poll::Ready(Some(Err(error.about(&self.request))));
                }
            }
        }
        Poll::Ready(None)
    }

    /// Counts the bytes of a chunk; the end has none.
    fn take(&mut self, chunk: Option<Bytes>) -> Result<Bytes, Error> {
        let Some(bytes) = chunk else {
            self.is_over = true;
            return match self.length {
                Some(length) if self.received < length => {
                    Err(Error::truncated(self.received, self.length))
                }
                _ => Ok(Bytes::new()),
            };
        };
        self.received += bytes.len() as u64;
        Ok(bytes)
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        self.get_mut().poll(context)
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream")
            .field("received", &self.received)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;
    use crate::runtime::tests::exchange::request_line;

    /// Over HTTP/2, the end of a stream is independent of the announced length.
    #[test]
    fn an_end_before_the_announced_length() {
        let body = |length| ByteStream {
            request: request_line(),
            body: ResponseBody::from("abc"),
            url: Url::parse("https://api.test/").unwrap(),
            labels: Labels::default(),
            received: 0,
            length,
            is_over: false,
            overwrite: false,
        };
        let gathered = |length| body(length).bytes().now_or_never().unwrap();
        assert_eq!(gathered(None).unwrap(), "abc");
        assert_eq!(gathered(Some(3)).unwrap(), "abc");
        let error = gathered(Some(4)).unwrap_err();
        assert!(error.is_interrupted());
        assert_eq!(
            error.to_string(),
            "GET /things/1: the body ended after 3 of 4 bytes"
        );
    }
}
