//! What requests of one operation are answered.

use std::fmt;
use std::marker::PhantomData;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Serialize;

use super::response::MockResponse;
use super::server::MockSession;
use super::state::{Answer, Expected};
use super::store::MockContent;
use super::times::Times;
use crate::runtime::Redirect;

/// An expectation of requests of one operation, whose success is a `T`.
///
/// Each `respond…` adds an answer. The first one is for the first request, and so on; the last one is
/// for all that follow. What is set after one of them changes it: [`header`](Self::header),
/// [`delay`](Self::delay), [`cut_after`](Self::cut_after).
///
/// At least one request is expected, unless [`times`](Self::times) says something else.
pub struct Expectation<T, K = Single> {
    session: MockSession,
    index: usize,
    encode: fn(T) -> MockResponse,
    kind: PhantomData<fn() -> K>,
}

/// An [`Expectation`] of an operation that has one answer.
#[derive(Debug)]
pub enum Single {}

/// An [`Expectation`] of an operation that answers the pages of a list.
#[derive(Debug)]
pub enum Paged {}

/// An [`Expectation`] of an operation that leads to content.
#[derive(Debug)]
pub enum Downloaded {}

impl<T, K> Expectation<T, K> {
    pub(super) fn new(session: MockSession, index: usize, encode: fn(T) -> MockResponse) -> Self {
        Self {
            session,
            index,
            encode,
            kind: PhantomData,
        }
    }

    /// Answers with a success.
    #[track_caller]
    pub fn respond(self, value: impl Into<T>) -> Self {
        let response = (self.encode)(value.into());
        self.respond_with(response)
    }

    /// Answers with one of the errors that the API documents for the operation, with this body.
    ///
    /// # Panics
    ///
    /// When no error of this status is documented, or only with a body of another type:
    /// [`respond_with`](Self::respond_with) gives any answer.
    #[track_caller]
    pub fn respond_error(self, status: u16, body: impl Serialize) -> Self {
        let response = MockResponse::new(status).json(&body);
        let operation = self.with(|expected| expected.operation);
        if let Err(reason) = operation.check_error(status, &response.body) {
            panic!("{reason}; `respond_with` gives any answer");
        }
        self.respond_with(response)
    }

    /// Answers with anything, whatever the API documents.
    pub fn respond_with(self, response: MockResponse) -> Self {
        self.add(Answer::One(response))
    }

    /// Answers that the rate limit is used up, and reset after this time: a 429 with `x-ratelimit-…`
    /// headers.
    pub fn respond_rate_limit(self, reset: Duration) -> Self {
        let reset = SystemTime::now() + reset;
        let since_epoch = reset.duration_since(UNIX_EPOCH).unwrap_or_default();
        // A reset is in whole seconds, rounded up.
        let reset = since_epoch.as_secs() + u64::from(since_epoch.subsec_nanos() > 0);
        let response = MockResponse::error(self.session.api(), 429, "The rate limit is exceeded")
            .header("x-ratelimit-limit", "5000")
            .header("x-ratelimit-remaining", "0")
            .header("x-ratelimit-used", "5000")
            .header("x-ratelimit-reset", &reset.to_string());
        self.respond_with(response)
    }

    /// Answers that requests come too fast, and may come again after this time, in whole seconds: a 429
    /// with `retry-after`.
    pub fn respond_retry_after(self, wait: Duration) -> Self {
        let response = MockResponse::error(self.session.api(), 429, "Requests come too fast")
            .header("retry-after", &wait.as_secs().to_string());
        self.respond_with(response)
    }

    /// Closes the connection in place of an answer.
    pub fn disconnect(self) -> Self {
        self.respond_with(MockResponse::unanswered())
    }

    /// Sets a header of the answer.
    ///
    /// # Panics
    ///
    /// When there is no answer yet, or no header can have this name or this value.
    #[track_caller]
    pub fn header(self, name: &str, value: &str) -> Self {
        self.change(|response| response.header(name, value))
    }

    /// Waits before the answer is sent.
    ///
    /// # Panics
    ///
    /// When there is no answer yet.
    #[track_caller]
    pub fn delay(self, delay: Duration) -> Self {
        self.change(|response| response.delay(delay))
    }

    /// Closes the connection after so many bytes of the answer's body.
    ///
    /// # Panics
    ///
    /// When there is no answer yet.
    #[track_caller]
    pub fn cut_after(self, bytes: usize) -> Self {
        self.change(|response| response.cut_after(bytes))
    }

    /// Says how many requests are expected. Those beyond are for other expectations, or unexpected.
    pub fn times(self, times: impl Into<Times>) -> Self {
        self.with(|expected| expected.times = times.into());
        self
    }

    /// How many requests have come.
    pub fn requests(&self) -> usize {
        self.with(|expected| expected.requests)
    }

    fn add(self, answer: Answer) -> Self {
        self.with(|expected| expected.answers.push_back(answer));
        self
    }

    /// Changes the answer that was added last.
    #[track_caller]
    fn change(self, change: impl Fn(MockResponse) -> MockResponse) -> Self {
        let last = self.with(|expected| expected.answers.pop_back());
        let changed = match last.expect("there is an answer to change") {
            Answer::One(response) => Answer::One(change(response)),
            Answer::Pages(pages) => Answer::Pages(pages.into_iter().map(change).collect()),
        };
        self.add(changed)
    }

    fn with<R>(&self, act: impl FnOnce(&mut Expected) -> R) -> R {
        act(&mut self.session.state().expectations[self.index])
    }
}

impl<T> Expectation<T, Paged> {
    /// Answers with the pages of a list: each request with the one that its `page` asks for, or else
    /// with the first. `Link` headers lead from one to the others.
    #[track_caller]
    pub fn respond_pages(self, pages: impl IntoIterator<Item = impl Into<T>>) -> Self {
        let pages = pages.into_iter().map(|page| (self.encode)(page.into()));
        let pages = pages.collect();
        self.add(Answer::Pages(pages))
    }
}

impl Expectation<Redirect, Downloaded> {
    /// Answers with a redirect to content, which a store at another origin has: in parts as well, by
    /// ranges.
    pub fn respond_content(self, content: impl Into<MockContent>) -> Self {
        let path = content.into().add_to(&mut self.session.state());
        let redirect = Redirect::new(format!("{}{path}", self.session.store_origin()));
        let redirect = redirect.expect("the store has a URL");
        self.respond(redirect)
    }
}

impl<T, K> fmt::Debug for Expectation<T, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.with(|expected| expected.operation.id);
        f.debug_struct("Expectation")
            .field("operation", &operation)
            .finish_non_exhaustive()
    }
}
