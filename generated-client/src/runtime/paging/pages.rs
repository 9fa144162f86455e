//! The pages of a list as a stream.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
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
/// It is a [`Stream`](futures_core::Stream); [`next`](Self::next) does without a crate for streams.
#[must_use = "a list is not read until its pages are asked for"]
pub struct Pages<P>(State<P>);

enum State<P> {
    Ready {
        reading: Reading<P>,
        ahead: usize,
    },
    Running(Stream<P>),
    /// While it changes from the one to the other.
    Between,
}

impl<P: Send + 'static> Pages<P> {
    /// Asks for up to that many pages before they are needed, in the background and in order: 0
    /// when this is not called. Each of them is a request, whether or not its page is taken in the
    /// end.
    ///
    /// More than 0 needs a tokio runtime when the first page is asked for. Once that has happened,
    /// this changes nothing.
    pub fn prefetch(mut self, pages: usize) -> Self {
        if let State::Ready { ahead, .. } = &mut self.0 {
            *ahead = pages;
        }
        self
    }

    /// The next page; none after the last one, and after an error.
    pub async fn next(&mut self) -> Option<Result<Response<P>, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    #[allow(dead_code, reason = "a document may have no lists")]
    pub(crate) fn new<R: Request<Output = P>>(request: R) -> Self {
        Self(State::Ready {
            reading: Reading::new(request),
            ahead: 0,
        })
    }

    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Response<P>, Error>>> {
        if let State::Ready { .. } = self.0
            && let State::Ready { reading, ahead } = std::mem::replace(&mut self.0, State::Between)
        {
            self.0 = State::Running(started(reading, ahead));
        }
        match &mut self.0 {
            State::Running(stream) => stream.as_mut().poll_next(context),
            State::Ready { .. } | State::Between => Poll::Ready(None),
        }
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

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}
