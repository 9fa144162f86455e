//! The requests for one part of the content.

use bytes::Bytes;
use reqwest::header::{ETAG, HeaderValue};
use reqwest::{StatusCode, Url};
use tracing::Instrument;

use super::answers::part;
use crate::runtime::download::body::{Body, length};
use crate::runtime::download::store::{self, Range, Reply};
use crate::runtime::error::RetryClass;
use crate::runtime::event::Attempt;
use crate::runtime::request_line::RequestLine;
use crate::runtime::retry::Retries;
use crate::runtime::{Error, Session};

/// What the requests for all parts have in common.
pub(super) struct Source {
    pub(super) session: Session,
    /// The URL of the request to the API.
    pub(super) api: Url,
    pub(super) line: RequestLine,
    pub(super) etag: HeaderValue,
    /// Length of the content in bytes.
    pub(super) total: u64,
}

/// A part that is being fetched.
pub(super) struct Fetch {
    /// The signed URL.
    pub(super) url: Url,
    /// Position of the next byte in the content.
    pub(super) position: u64,
    /// Position after the last byte of the part.
    pub(super) end: u64,
    /// The response that is being read.
    pub(super) body: Option<Body>,
    /// Whether any bytes of this response have been received.
    pub(super) has_come: bool,
    pub(super) retries: Retries,
    /// The error of the previous attempt, if there has to be a wait before the next one.
    pub(super) failure: Option<Error>,
}

/// Why a part cannot be fetched any further.
pub(super) enum Interruption {
    /// The signed URL has expired.
    Expired,
    /// A transient failure, before any bytes were received.
    Refused(Error, Retries),
    /// The response is not the requested part. A request for all of the rest has to tell what it means.
    Unfit,
    /// An error for the caller.
    Failed(Error),
}

impl Fetch {
    /// Returns the next bytes; none at the end of the part.
    pub(super) async fn next(&mut self, source: &Source) -> Result<Option<Bytes>, Interruption> {
        while self.position < self.end {
            let body = match &mut self.body {
                Some(body) => body,
                None => {
                    let body = self.ask(source).await?;
                    self.has_come = false;
                    self.body.insert(body)
                }
            };
            match body.next().await {
                Ok(Some(mut bytes)) => {
                    let left = usize::try_from(self.end - self.position).unwrap_or(usize::MAX);
                    bytes.truncate(left);
                    self.position += length(&bytes);
                    self.has_come = true;
                    self.retries.progressed();
                    return Ok(Some(bytes));
                }
                // A response may have less than was requested.
                Ok(None) => self.body = None,
                Err(error) if self.has_come => {
                    self.body = None;
                    self.wait(error, source).await?;
                }
                Err(error) => return Err(self.refused(error)),
            }
        }
        Ok(None)
    }

    /// Requests the rest of the part.
    async fn ask(&mut self, source: &Source) -> Result<Body, Interruption> {
        if let Some(error) = self.failure.take() {
            self.wait(error, source).await?;
        }
        let range = Range {
            start: self.position,
            end: Some(self.end),
            of: Some(source.etag.clone()),
        };
        let Source { session, line, .. } = source;
        let watched = session.watch(Attempt::new(line, self.retries.attempt(), true));
        let answered = store::get(
            session,
            &source.api,
            self.url.clone(),
            Some(&range),
            &watched,
        )
        .instrument(watched.span().clone())
        .await;
        let reply = answered.map_err(|error| self.refused(error))?;
        match reply.status() {
            StatusCode::PARTIAL_CONTENT => match source.end_of(&reply, &range) {
                Some(end) => Ok(Body::new(reply.body, self.position, Some(end))),
                None => Err(Interruption::Unfit),
            },
            status if store::may_be_expiry(status) => Err(Interruption::Expired),
            _ => Err(self.refused(reply.into_error().await)),
        }
    }

    /// Waits before the next attempt.
    async fn wait(&mut self, error: Error, source: &Source) -> Result<(), Interruption> {
        let again = self.retries.after(error, true, &source.line).await;
        again.map_err(Interruption::Failed)
    }

    fn refused(&mut self, error: Error) -> Interruption {
        if error.retry_class(true) == RetryClass::Never {
            return Interruption::Unfit;
        }
        Interruption::Refused(error, self.retries.clone())
    }
}

impl Source {
    /// Position after the last byte of a response; none if it is not the requested part, or of another
    /// version.
    fn end_of(&self, reply: &Reply, requested: &Range) -> Option<u64> {
        let part = part(reply, requested).ok()?;
        let is_same = reply.head.headers.get(ETAG) == Some(&self.etag);
        (is_same && part.total == self.total).then_some(part.end)
    }
}
