//! The pages of a list as a stream.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_util::stream::try_unfold;

use super::ahead::read_ahead;
use super::reading::Reading;
use crate::runtime::transport::require_runtime;
use crate::runtime::{Error, Request, Response};

pub(super) type Stream<P> =
    Pin<Box<dyn futures_core::Stream<Item = Result<Response<P>, Error>> + Send>>;

/// The pages of a list.
///
/// A page is fetched when it is asked for, or earlier with [`prefetch`](Self::prefetch).
///
/// The `Link` header of a page leads to the next one, and is followed word for word. It must lead to
/// the client's own origin, and not to a page that was fetched before. There are no pages after an
/// error.
///
/// A clone starts at the first page again.
///
/// It is a [`Stream`](futures_core::Stream); [`next`](Self::next) needs no crate for streams.
#[must_use = "a list is not read until its pages are asked for"]
pub struct Pages<P> {
    begin: Arc<dyn Fn() -> Reading<P> + Send + Sync>,
    ahead: usize,
    /// None before the first page is asked for.
    stream: Option<Stream<P>>,
}

impl<P: Send + 'static> Pages<P> {
    /// Fetches up to this number of pages ahead, in the background and in order; by default 0. Each of
    /// them is a request, even if its page is never used.
    ///
    /// It has no effect after the first call of [`next`](Self::next).
    pub fn prefetch(mut self, pages: usize) -> Self {
        self.ahead = pages;
        self
    }

    /// Returns the next page; none after the last one, and after an error.
    pub async fn next(&mut self) -> Option<Result<Response<P>, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    #[allow(dead_code, reason = "a document may have no lists")]
    pub(crate) fn new<R: Request<Output = P>>(request: R) -> Self {
        let request = Arc::new(request);
        Self {
            begin: Arc::new(move || Reading::new(request.clone())),
            ahead: 0,
            stream: None,
        }
    }

    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Response<P>, Error>>> {
        let begin = || started((self.begin)(), self.ahead);
        let stream = self.stream.get_or_insert_with(begin);
        stream.as_mut().poll_next(context)
    }
}

fn started<P: Send + 'static>(reading: Reading<P>, ahead: usize) -> Stream<P> {
    if ahead > 0 && require_runtime().is_ok() {
        return read_ahead(reading, ahead);
    }
    // Without a runtime, the request itself is the error.
    Box::pin(try_unfold(reading, async |mut reading| {
        let page = reading.page().await?;
        Ok(page.map(|page| (page, reading)))
    }))
}

impl<P: Send + 'static> futures_core::Stream for Pages<P> {
    type Item = Result<Response<P>, Error>;

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Response<P>, Error>>> {
        self.get_mut().poll(context)
    }
}

impl<P> Unpin for Pages<P> {}

impl<P> Clone for Pages<P> {
    fn clone(&self) -> Self {
        Self {
            begin: self.begin.clone(),
            ahead: self.ahead,
            stream: None,
        }
    }
}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}
