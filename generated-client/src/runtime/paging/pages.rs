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

/// The pages of a list, one after the other.
///
/// Nothing is sent before the first page is asked for, and no page is asked for before the one
/// before it has been taken, unless [`prefetch`](Self::prefetch) allows it.
///
/// A page leads to the next one by its `Link` header, which is followed word for word; it must
/// lead to the client's own origin, and not to a page that was there before. After an error there
/// are no more pages.
///
/// A clone is the same list from its first page on, however far this one has been read.
///
/// It is a [`Stream`](futures_core::Stream); [`next`](Self::next) does without a crate for streams.
#[must_use = "a list is not read until its pages are asked for"]
pub struct Pages<P> {
    begin: Arc<dyn Fn() -> Reading<P> + Send + Sync>,
    ahead: usize,
    /// None before the first page is asked for.
    stream: Option<Stream<P>>,
}

impl<P: Send + 'static> Pages<P> {
    /// Asks for up to that many pages before they are needed, in the background and in order: 0
    /// when this is not called. Each of them is a request, whether or not its page is taken in the
    /// end.
    ///
    /// More than 0 needs a tokio runtime when the first page is asked for. Once that has happened,
    /// this changes nothing.
    pub fn prefetch(mut self, pages: usize) -> Self {
        self.ahead = pages;
        self
    }

    /// The next page; none after the last one, and after an error.
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
