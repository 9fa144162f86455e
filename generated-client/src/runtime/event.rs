//! Events for the caller's own code.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use reqwest::{Method, StatusCode};
use tracing::Span;

use super::clock::Clock;
use super::credentials::Secrets;
use super::head::Head;
use super::request_line::RequestLine;
use super::{Error, RateLimit, trace};

/// An event of a client, for [`ClientBuilder::on_event`](crate::ClientBuilder::on_event).
///
/// It contains no query and no credentials. Only an error has headers and a body.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// An attempt begins.
    #[non_exhaustive]
    Attempt {
        /// The attempt.
        attempt: Attempt<'a>,
    },
    /// The status and the headers of a response have arrived. An attempt that follows a redirect has
    /// several responses.
    #[non_exhaustive]
    Answer {
        /// The attempt that it belongs to.
        attempt: Attempt<'a>,
        /// The status.
        status: StatusCode,
        /// The id that the server gave the request.
        request_id: Option<&'a str>,
        /// The rate limit as of this response, if the server sends it.
        rate_limit: Option<RateLimit>,
        /// The time since the attempt began, by the client's clock.
        elapsed: Duration,
    },
    /// A request waits for the end of a rate limit that another one has met.
    #[non_exhaustive]
    Hold {
        /// The attempt that waits.
        attempt: Attempt<'a>,
        /// The time to wait.
        wait: Duration,
    },
    /// An attempt has failed, and the request is sent again after a wait. The error of the last attempt
    /// is no event.
    #[non_exhaustive]
    Retry {
        /// The failed attempt.
        attempt: Attempt<'a>,
        /// Its error.
        error: &'a Error,
        /// The time until the next attempt.
        wait: Duration,
    },
}

/// One sending of a request.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    line: &'a RequestLine,
    number: u32,
    is_store: bool,
}

impl<'a> Attempt<'a> {
    pub(super) fn new(line: &'a RequestLine, number: u32, is_store: bool) -> Self {
        Self {
            line,
            number,
            is_store,
        }
    }

    /// The `operationId`; none for a request by method and path.
    pub fn operation(&self) -> Option<&'static str> {
        self.line.operation.name()
    }

    /// The method.
    pub fn method(&self) -> &'a Method {
        &self.line.method
    }

    /// The path of the request to the API, without its query.
    pub fn path(&self) -> &'a str {
        &self.line.path
    }

    /// Its number, from 1. A download counts from 1 again when content has arrived.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Whether it goes to the store of a download, rather than to the API.
    pub fn is_store(&self) -> bool {
        self.is_store
    }
}

impl fmt::Debug for Attempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("request", &format_args!("{}", self.line))
            .field("number", &self.number)
            .field("is_store", &self.is_store)
            .finish()
    }
}

/// The caller's code, if there is any.
#[derive(Clone, Default)]
pub(super) struct Listener(Option<Arc<Listen>>);

type Listen = dyn Fn(&Event<'_>) + Send + Sync;

impl Listener {
    pub(super) fn new(listen: impl Fn(&Event<'_>) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(listen)))
    }

    pub(super) fn notify(&self, event: &Event<'_>) {
        if let Some(listen) = &self.0 {
            listen(event);
        }
    }
}

/// An attempt in progress, and its observers: the caller's listener, and subscribers of `tracing`.
pub(super) struct Watched<'a> {
    attempt: Attempt<'a>,
    span: Span,
    listener: &'a Listener,
    clock: &'a Clock,
    began: SystemTime,
}

impl<'a> Watched<'a> {
    pub(super) fn begin(attempt: Attempt<'a>, listener: &'a Listener, clock: &'a Clock) -> Self {
        listener.notify(&Event::Attempt { attempt });
        Self {
            span: if attempt.is_store {
                trace::store(attempt.line, attempt.number)
            } else {
                trace::attempt(attempt.number)
            },
            began: clock.now(),
            attempt,
            listener,
            clock,
        }
    }

    pub(super) fn span(&self) -> &Span {
        &self.span
    }

    /// Tells what came.
    pub(super) fn answered(&self, head: &Head, secrets: impl FnOnce() -> Secrets) {
        if self.span.is_disabled() && self.listener.0.is_none() {
            return;
        }
        let secrets = secrets();
        let request_id = head.request_id().map(|id| secrets.redact(id));
        trace::answered(&self.span, head.status, request_id.as_deref());
        let mut rate_limit = head.rate_limit();
        if let Some(resource) = rate_limit
            .as_mut()
            .and_then(|limit| limit.resource.as_mut())
        {
            secrets.redact_in(resource);
        }
        let elapsed = self.clock.now().duration_since(self.began);
        self.listener.notify(&Event::Answer {
            attempt: self.attempt,
            status: head.status,
            request_id: request_id.as_deref(),
            rate_limit,
            elapsed: elapsed.unwrap_or_default(),
        });
    }
}
