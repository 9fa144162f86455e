//! What a client tells the caller's own code of its work, as it goes.

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

/// Something that a client does, for [`ClientBuilder::on_event`](crate::ClientBuilder::on_event).
///
/// None of it holds a query or a credential, and nothing but an error has headers or a body.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// An attempt begins.
    #[non_exhaustive]
    Attempt {
        /// Which one it is.
        attempt: Attempt<'a>,
    },
    /// An answer has come, as far as its status and its headers go. An attempt that is sent on to
    /// where a resource has moved has several.
    #[non_exhaustive]
    Answer {
        /// Which one it answers.
        attempt: Attempt<'a>,
        /// The status.
        status: StatusCode,
        /// The id that the server gave the request.
        request_id: Option<&'a str>,
        /// The rate limit as of this answer, when the server tells it.
        rate_limit: Option<RateLimit>,
        /// The time since the attempt began, by the client's clock.
        elapsed: Duration,
    },
    /// A request waits for the end of a rate limit that another one has met, before it is sent.
    #[non_exhaustive]
    Hold {
        /// Which attempt is to come.
        attempt: Attempt<'a>,
        /// How long it is until then.
        wait: Duration,
    },
    /// An attempt has failed, and there is another one after a wait. An error that is given to the
    /// caller is no event.
    #[non_exhaustive]
    Retry {
        /// Which one failed.
        attempt: Attempt<'a>,
        /// Why.
        error: &'a Error,
        /// How long it is until the next one.
        wait: Duration,
    },
}

/// One time that a request is sent.
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

    /// The `operationId`; absent for a request by method and path.
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

    /// Which attempt it is, counted from 1. A download counts anew whenever content has come.
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

    pub(super) fn tell(&self, event: &Event<'_>) {
        if let Some(listen) = &self.0 {
            listen(event);
        }
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listener")
    }
}

/// An attempt that is under way, and those who are told of it: the caller's code, and subscribers of
/// `tracing`.
pub(super) struct Watched<'a> {
    attempt: Attempt<'a>,
    span: Span,
    listener: &'a Listener,
    clock: &'a Clock,
    began: SystemTime,
}

impl<'a> Watched<'a> {
    pub(super) fn begin(attempt: Attempt<'a>, listener: &'a Listener, clock: &'a Clock) -> Self {
        listener.tell(&Event::Attempt { attempt });
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
        self.listener.tell(&Event::Answer {
            attempt: self.attempt,
            status: head.status,
            request_id: request_id.as_deref(),
            rate_limit,
            elapsed: elapsed.unwrap_or_default(),
        });
    }
}
