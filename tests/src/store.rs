//! A store for downloads: it serves one object by signed URLs, with the faults of a test.

mod fault;
mod object;
mod range;
mod refusal;
mod signer;
mod state;

use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use fault::Fault;
pub use object::Etag;
pub use refusal::Refusal;
pub use signer::{SIGNATURE, Signer};
use state::State;

use crate::server::{Body, Request, Server, Tls};

/// Headers of the API, which must not reach a store.
const FOREIGN: [&str; 3] = ["authorization", "x-github-api-version", "cookie"];

/// A store with one object. It is a [`Server`], which records its requests.
///
/// By default, it has a strong `ETag` and `Last-Modified`, supports ranges and `If-Match`, and sends
/// `Content-Length`. It never accepts a request with a header of the API.
pub struct Store {
    server: Server,
    state: Arc<Mutex<State>>,
}

/// The configuration.
impl Store {
    /// A store with an object.
    pub fn new(body: impl Into<Body>) -> Self {
        Self::start(None, body.into())
    }

    /// The same, over TLS.
    pub fn tls(tls: impl Into<Tls>, body: impl Into<Body>) -> Self {
        Self::start(Some(tls.into()), body.into())
    }

    fn start(tls: Option<Tls>, body: Body) -> Self {
        let state = Arc::new(Mutex::new(State::new(body)));
        let shared = state.clone();
        let server = Server::start(tls, move |request| lock(&shared).answer(request));
        Self { server, state }
    }

    /// Sets the object's `ETag`, or leaves it out.
    pub fn etag(self, etag: Etag) -> Self {
        self.with(|state| state.object.etag = etag)
    }

    /// Sets another header of the object, whatever it was.
    pub fn header(self, name: &str, value: &str) -> Self {
        self.with(|state| state.object.set_header(name, value))
    }

    /// Sends the whole object, whatever range is requested.
    pub fn without_ranges(self) -> Self {
        self.with(|state| state.ranges = false)
    }

    /// Gives a part of another object than the client began with.
    pub fn ignoring_if_match(self) -> Self {
        self.with(|state| state.if_match = false)
    }

    /// Sends the object in chunks, without telling its length.
    pub fn chunked(self) -> Self {
        self.with(|state| state.object.framed = |answer| answer.chunked())
    }

    /// Ends the object by closing the connection, without telling its length.
    pub fn until_close(self) -> Self {
        self.with(|state| state.object.framed = |answer| answer.until_close())
    }

    /// Limits the bytes per second of each connection.
    pub fn throttled(self, bytes_per_second: u32) -> Self {
        self.with(|state| state.object.throttle(bytes_per_second))
    }

    /// Refuses all connections but the first.
    pub fn with_one_connection(self) -> Self {
        self.server.accept_one();
        self
    }

    /// Does this with the next request that has no other fault in store.
    pub fn fault(self, fault: Fault) -> Self {
        self.faults([fault])
    }

    /// Does this with the next requests, one fault each. Requests that are refused use none up.
    pub fn faults(self, faults: impl IntoIterator<Item = Fault>) -> Self {
        self.with(|state| state.faults.extend(faults))
    }

    /// Adds faults for the next requests of a range from `start`, one each. These requests use up no other
    /// faults, since concurrent ones come in any order.
    pub fn faults_from(self, start: u64, faults: impl IntoIterator<Item = Fault>) -> Self {
        let faults = faults.into_iter().map(|fault| (start, fault));
        self.with(|state| state.ranged.extend(faults))
    }

    /// Shows each request to a function before it is answered.
    pub fn watched(self, watch: impl FnMut(&Request) + Send + 'static) -> Self {
        self.with(|state| state.watch = Box::new(watch))
    }

    fn with(self, set: impl FnOnce(&mut State)) -> Self {
        set(&mut self.state());
        self
    }
}

/// Methods for the running test.
impl Store {
    /// Returns the signer of URLs, for a server that redirects to the store.
    pub fn signer(&self) -> Signer {
        Signer::new(self.server.url(), self.state.clone())
    }

    /// A new signed URL, which expires with the existing ones.
    pub fn sign(&self) -> String {
        self.signer().sign()
    }

    /// Ends the validity of all URLs that were signed so far.
    pub fn expire(&self, refusal: Refusal) {
        self.state().expire(refusal);
    }

    /// Puts another version of the object in the place of the one that is there.
    pub fn replace(&self, body: impl Into<Body>) {
        self.state().object.replace(body.into());
    }

    /// The object that is there.
    pub fn body(&self) -> Body {
        self.state().object.body.clone()
    }

    /// Fails where a header of the API's reached the store.
    #[track_caller]
    pub fn assert_clean(&self) {
        for request in self.server.requests() {
            assert_eq!(foreign(&request), None, "{request}");
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl Deref for Store {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}

/// The first header that has no business here.
fn foreign(request: &Request) -> Option<&'static str> {
    let sent = |name: &&&str| request.header(name).is_some();
    FOREIGN.iter().find(sent).copied()
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
