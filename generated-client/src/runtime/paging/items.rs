//! The items of a list as a stream, across its pages.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use super::Pages;
use crate::runtime::{Error, Response};

/// The items of a list, across all of its pages.
///
/// A page is fetched when all items before it are used up. The list ends with the last of its
/// [`Pages`]; an empty page does not end it.
///
/// A clone starts at the first item again.
///
/// It is a [`Stream`](futures_core::Stream); [`next`](Self::next) needs no crate for streams.
#[must_use = "a list is not read until its items are asked for"]
pub struct Items<P, T> {
    pages: Pages<P>,
    /// Takes the items out of a page.
    take: fn(&mut P) -> Vec<T>,
    page: Option<Response<P>>,
    items: vec::IntoIter<T>,
}

impl<P: Send + 'static, T> Items<P, T> {
    /// Fetches up to this number of pages ahead: see [`Pages::prefetch`].
    pub fn prefetch(mut self, pages: usize) -> Self {
        self.pages = self.pages.prefetch(pages);
        self
    }

    /// Returns the next item; none after the last one, and after an error.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Collects all remaining items in memory.
    ///
    /// Each page is another request. For a list that may be long, use [`next`](Self::next).
    ///
    /// # Errors
    ///
    /// The first error of the list; the items before it are lost.
    pub async fn collect_all(mut self) -> Result<Vec<T>, Error> {
        let mut items = Vec::new();
        while let Some(item) = self.next().await {
            items.push(item?);
        }
        Ok(items)
    }

    /// The page of the latest item, without its items: other fields, such as the number of all items,
    /// the status, headers and rate limit.
    ///
    /// None before the first call of [`next`](Self::next).
    pub fn page(&self) -> Option<&Response<P>> {
        self.page.as_ref()
    }

    #[allow(dead_code, reason = "a document may have no lists")]
    pub(crate) fn new(pages: Pages<P>, take: fn(&mut P) -> Vec<T>) -> Self {
        Self {
            pages,
            take,
            page: None,
            items: Vec::new().into_iter(),
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(context)) {
                Some(Ok(mut page)) => {
                    self.items = (self.take)(page.value_mut()).into_iter();
                    self.page = Some(page);
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<P: Send + 'static, T> futures_core::Stream for Items<P, T> {
    type Item = Result<T, Error>;

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<T, Error>>> {
        self.get_mut().poll(context)
    }
}

impl<P, T> Unpin for Items<P, T> {}

impl<P, T> Clone for Items<P, T> {
    fn clone(&self) -> Self {
        Self {
            pages: self.pages.clone(),
            take: self.take,
            page: None,
            items: Vec::new().into_iter(),
        }
    }
}

impl<P, T> fmt::Debug for Items<P, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").finish_non_exhaustive()
    }
}
