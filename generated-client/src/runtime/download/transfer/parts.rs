//! The rest of the content in parts, fetched concurrently and returned in order.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use futures_util::stream::try_unfold;
use reqwest::Url;

use super::fetch::{Fetch, Interruption, Source};
use crate::runtime::Error;
use crate::runtime::download::body::{Body, length};
use crate::runtime::retry::Retries;

/// Length of a part in bytes; the last one may be shorter.
///
/// A part stays in memory until those before it have been returned. It is long enough for the time
/// between two requests of a connection not to matter.
pub(super) const PART: u64 = 8 * 1024 * 1024;

/// Maximum bytes returned at once.
const PIECE: usize = 256 * 1024;

/// The rest of the content. Dropping it cancels all requests.
pub(super) struct Parts {
    source: Arc<Source>,
    /// The signed URL, until it expires.
    url: Option<Url>,
    /// Number of URLs that have expired.
    expired: u32,
    /// Maximum number of parts at a time. It is lowered when the store refuses requests.
    connections: usize,
    /// The parts that are fetched, or not yet returned, in order.
    parts: VecDeque<Part>,
    /// Position of the part after them.
    next: u64,
}

/// The next step of a download in parts.
pub(super) enum Step {
    /// The next bytes.
    Bytes(Bytes),
    /// A new signed URL is needed.
    Expired,
    /// There are no more parts: the content is complete, or the rest needs a request for all of it.
    End,
}

struct Part {
    /// Bytes that were received and not yet returned.
    received: BytesMut,
    /// Position of the next byte to receive.
    position: u64,
    end: u64,
    state: State,
    retries: Retries,
    /// Whether any bytes have been received since it was last requested.
    is_served: bool,
    /// Whether the last response was that the URL has expired.
    is_expired: bool,
}

enum State {
    /// To be requested as soon as the limit allows, after a wait if there is an error.
    Waiting(Option<Error>),
    /// Refused while others were served: not requested before another part is complete.
    Held,
    /// Being fetched, from the signed URL of this number.
    Fetching(Pieces, u32),
    /// Completely received.
    Whole,
    /// Not fetched any further. The error, if any, is for the caller.
    Stopped(Option<Error>),
}

type Pieces = Pin<Box<dyn Stream<Item = Result<Bytes, Interruption>> + Send>>;

impl Parts {
    /// Continues with a response, whose body may extend beyond the first part.
    pub(super) fn new(
        source: Source,
        url: Url,
        connections: usize,
        position: u64,
        body: Body,
    ) -> Self {
        let mut parts = Self {
            source: Arc::new(source),
            url: Some(url),
            expired: 0,
            connections,
            parts: VecDeque::new(),
            next: position,
        };
        parts.add(Some(body));
        parts
    }

    /// Returns the next step. Bytes of other parts are received meanwhile.
    pub(super) async fn next(&mut self) -> Result<Step, Error> {
        poll_fn(|context| self.poll_next(context)).await
    }

    /// Receives bytes while waiting for another future.
    pub(super) async fn receive_during<T>(&mut self, other: impl Future<Output = T>) -> T {
        let mut other = pin!(other);
        poll_fn(|context| {
            while self.receive(context) {}
            other.as_mut().poll(context)
        })
        .await
    }

    /// Sets a new signed URL.
    pub(super) fn resume_at(&mut self, url: Url) {
        self.url = Some(url);
        self.expired += 1;
    }

    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Result<Step, Error>> {
        loop {
            self.begin();
            let came_further = self.receive(context);
            if self.url.is_none() {
                return Poll::Ready(Ok(Step::Expired));
            }
            let Some(first) = self.parts.front_mut() else {
                return Poll::Ready(Ok(Step::End));
            };
            if !first.received.is_empty() {
                return Poll::Ready(Ok(Step::Bytes(first.take())));
            }
            match &mut first.state {
                State::Whole => drop(self.parts.pop_front()),
                State::Stopped(error) => {
                    return Poll::Ready(error.take().map_or(Ok(Step::End), Err));
                }
                _ if came_further => {}
                _ => return Poll::Pending,
            }
        }
    }

    /// Requests as many parts as the limit allows, in order.
    fn begin(&mut self) {
        let Some(url) = self.url.clone() else {
            return;
        };
        let mut fetching = self.fetching();
        for part in &mut self.parts {
            let may_begin = match part.state {
                State::Waiting(_) => fetching < self.connections,
                State::Held => fetching == 0,
                _ => false,
            };
            if may_begin {
                part.begin(&self.source, url.clone(), self.expired, None);
                fetching += 1;
            }
        }
        let is_stopped = |part: &Part| matches!(part.state, State::Stopped(_));
        while self.parts.len() < self.connections
            && self.next < self.source.total
            && !self.parts.iter().any(is_stopped)
        {
            self.add(None);
        }
    }

    /// Adds the next part, and requests it unless there is a response already.
    fn add(&mut self, body: Option<Body>) {
        let end = self.source.total.min(self.next.saturating_add(PART));
        let mut part = Part {
            received: BytesMut::new(),
            position: self.next,
            end,
            state: State::Waiting(None),
            retries: self.source.session.retries(),
            is_served: false,
            is_expired: false,
        };
        if let Some(url) = self.url.clone() {
            part.begin(&self.source, url, self.expired, body);
        }
        self.parts.push_back(part);
        self.next = end;
    }

    /// Receives bytes of each part. Returns whether any part has changed.
    fn receive(&mut self, context: &mut Context<'_>) -> bool {
        let mut came_further = false;
        let mut index = 0;
        while let Some(part) = self.parts.get_mut(index) {
            if let Poll::Ready(came) = part.receive(context) {
                came_further = true;
                match came {
                    Ok(()) if matches!(part.state, State::Whole) => self.release(),
                    Ok(()) => {}
                    Err(interruption) => self.interrupted(index, interruption),
                }
            }
            index += 1;
        }
        came_further
    }

    /// Allows requests for the parts that were held back.
    fn release(&mut self) {
        for part in &mut self.parts {
            if let State::Held = part.state {
                part.state = State::Waiting(None);
            }
        }
    }

    fn interrupted(&mut self, index: usize, interruption: Interruption) {
        let mut others = self.parts.iter().enumerate();
        let serves_others = others.any(|(other, part)| other != index && part.is_being_served());
        let part = &mut self.parts[index];
        let is_current =
            matches!(part.state, State::Fetching(_, expired) if expired == self.expired);
        part.state = match interruption {
            Interruption::Expired if !is_current => State::Waiting(None),
            Interruption::Expired if !part.is_expired => {
                part.is_expired = true;
                self.url = None;
                State::Waiting(None)
            }
            Interruption::Refused(error, retries) if !retries.allows_another() => {
                State::Stopped(Some(error))
            }
            Interruption::Refused(..) if serves_others => {
                self.connections = self.connections.saturating_sub(1).max(1);
                State::Held
            }
            // The store may allow a single connection, which is in the pool of the other HTTP client.
            Interruption::Refused(error, _) if error.is_connect() => State::Stopped(None),
            Interruption::Refused(error, retries) => {
                part.retries = retries;
                State::Waiting(Some(error))
            }
            Interruption::Expired | Interruption::Unfit => State::Stopped(None),
            Interruption::Failed(error) => State::Stopped(Some(error)),
        };
        if let State::Stopped(_) = part.state {
            self.parts.truncate(index + 1);
        }
    }

    /// Number of parts that are being fetched, or wait for a connection.
    fn fetching(&self) -> usize {
        let fetching = |part: &&Part| matches!(part.state, State::Fetching(..));
        self.parts.iter().filter(fetching).count()
    }
}

impl Part {
    fn begin(&mut self, source: &Arc<Source>, url: Url, expired: u32, body: Option<Body>) {
        let failure = match &mut self.state {
            State::Waiting(failure) => failure.take(),
            _ => None,
        };
        self.is_served = body.is_some();
        let fetch = Fetch {
            url,
            position: self.position,
            end: self.end,
            body,
            has_come: false,
            retries: self.retries.clone(),
            failure,
        };
        let pieces = try_unfold((fetch, source.clone()), async |(mut fetch, source)| {
            let bytes = fetch.next(&source).await?;
            Ok(bytes.map(|bytes| (bytes, (fetch, source))))
        });
        self.state = State::Fetching(Box::pin(pieces), expired);
    }

    /// Whether the store has a part of its response to send. A part that has no connection yet, or no
    /// response, says nothing of the store.
    fn is_being_served(&self) -> bool {
        self.is_served && matches!(self.state, State::Fetching(..))
    }

    /// Receives some bytes, if there are any.
    fn receive(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Interruption>> {
        let State::Fetching(pieces, _) = &mut self.state else {
            return Poll::Pending;
        };
        match ready!(pieces.as_mut().poll_next(context)).transpose()? {
            Some(bytes) => {
                self.keep(&bytes);
                self.is_served = true;
                self.is_expired = false;
            }
            None => self.state = State::Whole,
        }
        Poll::Ready(Ok(()))
    }

    /// Copies the bytes: if a store sends short pieces, keeping each would take far more memory.
    fn keep(&mut self, bytes: &Bytes) {
        if self.received.capacity() == 0 {
            let left = self.end - self.position;
            self.received
                .reserve(usize::try_from(left).unwrap_or_default());
        }
        self.received.extend_from_slice(bytes);
        self.position += length(bytes);
    }

    /// Takes some of the received bytes.
    fn take(&mut self) -> Bytes {
        let piece = self.received.len().min(PIECE);
        self.received.split_to(piece).freeze()
    }
}
