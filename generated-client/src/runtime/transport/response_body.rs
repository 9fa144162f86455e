//! The body of a response, with an idle timeout.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame};
use reqwest::Version;
use tokio::time::Instant;

use super::IdleTimeout;
use super::idle::IdleTimer;
use crate::runtime::Error;
use crate::runtime::limits::Permit;

/// The body of a response, with an idle timeout.
pub(in crate::runtime) struct ResponseBody {
    body: reqwest::Body,
    /// Length in bytes, if the server announces it.
    length: Option<u64>,
    version: Version,
    timer: IdleTimer,
    /// The beginning of the current wait.
    waiting: Option<Instant>,
    /// The permit that is held until the body has been read.
    permit: Permit,
}

impl ResponseBody {
    pub(in crate::runtime) fn new(
        response: reqwest::Response,
        limit: IdleTimeout,
        permit: Permit,
    ) -> Self {
        Self {
            length: response.content_length(),
            version: response.version(),
            body: response.into(),
            timer: IdleTimer::new(limit),
            waiting: None,
            permit,
        }
    }

    /// The same for a response to `HEAD`, whose length is that of another body.
    pub(in crate::runtime) fn of_head(self) -> Self {
        Self {
            length: Some(0),
            ..self
        }
    }

    /// Length in bytes, if the server announces it.
    pub(in crate::runtime) fn length(&self) -> Option<u64> {
        self.length
    }

    /// Whether the end of the body may be a reset of the stream: over HTTP/2, the HTTP client takes one
    /// that comes without an error for the end, and only a length tells it from a cut.
    pub(in crate::runtime) fn ends_by_any_reset(&self) -> bool {
        self.version == Version::HTTP_2 && self.length.is_none()
    }

    /// The next bytes; none at the end.
    pub(in crate::runtime) async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    /// The same for what is polled itself.
    pub(in crate::runtime) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, Error>> {
        loop {
            let frame = ready!(self.poll_frame(context))?;
            // Trailers are no part of the body.
            match frame.map(Frame::into_data) {
                Some(Ok(bytes)) => return Poll::Ready(Ok(Some(bytes))),
                Some(Err(_)) => {}
                None => return Poll::Ready(Ok(None)),
            }
        }
    }

    fn poll_frame(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Frame<Bytes>>, Error>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.waiting = None;
            if !matches!(frame, Some(Ok(_))) {
                self.permit = None;
            }
            return Poll::Ready(frame.transpose().map_err(Error::transport));
        }
        let since = *self.waiting.get_or_insert_with(Instant::now);
        self.timer.poll(context, since).map(Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::tests::exchange::block_on;

    /// What comes ends a silence, however long that was.
    #[test]
    fn the_end_of_a_silence() {
        let mut body = ResponseBody::from("abc");
        body.waiting = Some(Instant::now());
        assert_eq!(block_on(body.chunk()).unwrap().unwrap(), "abc");
        assert!(body.waiting.is_none());
    }

    impl From<&'static str> for ResponseBody {
        fn from(text: &'static str) -> Self {
            Self {
                body: text.into(),
                length: Some(text.len() as u64),
                version: Version::HTTP_11,
                timer: IdleTimer::new(IdleTimeout::new(std::time::Duration::MAX)),
                waiting: None,
                permit: None,
            }
        }
    }
}
