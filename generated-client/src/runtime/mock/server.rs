//! A mock: the server, its thread, and clients of it.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use tokio::runtime::Builder;
use tokio::sync::oneshot;

use super::connection;
use super::operation::MockOperation;
use super::request::Received;
use super::response::MockResponse;
use super::state::{Expected, State};
use super::times::Times;
use super::when::When;
use super::{Expectation, report, store};
use crate::runtime::ClientBuilder;
use crate::runtime::api::Api;
use crate::runtime::builder::{mocked, parts_of};

/// A server on loopback that speaks the API, until it is dropped.
///
/// Its responses come from expectations, which are added by namespaces and operations as a client has
/// them. A request fits an expectation if it has everything that this names. Of several that fit, the first
/// one is used, unless it is for no more requests.
///
/// When the mock is dropped, or by [`verify`](Self::verify), the test fails if there was a request that
/// fits no expectation, or if an expectation was not met. The message has the differences, without credentials.
///
/// It has a thread of its own, so that the test may block.
pub struct MockServer<C> {
    session: MockSession,
    builder: fn() -> ClientBuilder<C>,
    thread: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

/// What emitted code adds expectations to; a clone is the same mock.
#[derive(Clone)]
pub(crate) struct MockSession(Arc<Shared>);

pub(super) struct Shared {
    api: &'static Api,
    /// Encodes what requests are expected to have.
    http: reqwest::Client,
    /// `http://127.0.0.1:PORT`
    origin: String,
    store_origin: String,
    state: Mutex<State>,
}

impl<C> MockServer<C> {
    /// Starts a mock for clients that a builder builds.
    ///
    /// # Panics
    ///
    /// When there is no free port, or no HTTP client can be built here.
    #[track_caller]
    pub(crate) fn start_for(builder: fn() -> ClientBuilder<C>) -> Self {
        let (listener, origin) = listen().expect("there is a free port on loopback");
        let (store_listener, store_origin) = listen().expect("there is a free port on loopback");
        let (api, http) = parts_of(builder());
        let http = http.unwrap_or_else(|error| panic!("no client can be built: {error}"));
        let shared = Arc::new(Shared {
            api,
            http,
            origin,
            store_origin,
            state: Mutex::default(),
        });
        let served = shared.clone();
        let (stop, stopped) = oneshot::channel();
        let thread = thread::spawn(move || {
            let served = served.serve(listener, store_listener, stopped);
            served.expect("a runtime can be built");
        });
        Self {
            session: MockSession(shared),
            builder,
            thread: Some((stop, thread)),
        }
    }

    /// The URL of the mock, for code that builds its own client: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.session.0.origin
    }

    /// A client that talks to the mock, without credentials.
    ///
    /// It does not wait before it sends a request again.
    #[track_caller]
    pub fn client(&self) -> C {
        let built = self.builder().build();
        built.unwrap_or_else(|error| panic!("the client cannot be built: {error}"))
    }

    /// Starts a client that talks to the mock, to set more than [`client`](Self::client) does.
    ///
    /// Operations with servers of their own go to the mock as well, which is trusted with credentials.
    pub fn builder(&self) -> ClientBuilder<C> {
        mocked((self.builder)(), self.url())
    }

    /// Fails if a request came that fits no expectation, or if one was not met: what dropping the mock
    /// does at the latest.
    ///
    /// # Panics
    ///
    /// Then.
    #[track_caller]
    pub fn verify(&self) {
        let failures = report::failures(&self.session.state());
        if let Some(failures) = failures {
            panic!("{failures}");
        }
    }

    /// What emitted code adds expectations to.
    #[allow(dead_code, reason = "a document may have no operations")]
    pub(crate) fn session(&self) -> &MockSession {
        &self.session
    }
}

impl<C> Drop for MockServer<C> {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.thread.take() {
            drop(stop);
            let ended = thread.join();
            if ended.is_err() && !thread::panicking() {
                panic!("the mock's thread panicked");
            }
        }
        if !thread::panicking() {
            self.verify();
        }
    }
}

impl<C> fmt::Debug for MockServer<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockServer")
            .field("url", &self.url())
            .finish_non_exhaustive()
    }
}

impl MockSession {
    /// What is to be completed with what requests must have.
    #[allow(dead_code, reason = "a document may have no operations")]
    pub(crate) fn when(&self) -> When {
        When::new(self.0.api, self.0.http.clone())
    }

    /// Adds an expectation; `encode` makes an answer of a success.
    #[allow(dead_code, reason = "a document may have no operations")]
    pub(crate) fn expect<T, K>(
        &self,
        operation: &'static MockOperation,
        when: When,
        encode: fn(T) -> MockResponse,
    ) -> Expectation<T, K> {
        let mut state = self.state();
        state.expectations.push(Expected {
            operation,
            when,
            times: Times::ONCE_OR_MORE,
            answers: Default::default(),
            requests: 0,
        });
        let index = state.expectations.len() - 1;
        Expectation::new(self.clone(), index, encode)
    }

    pub(super) fn api(&self) -> &'static Api {
        self.0.api
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.0.state()
    }

    pub(super) fn store_origin(&self) -> &str {
        &self.0.store_origin
    }
}

impl fmt::Debug for MockSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockSession")
            .field("url", &self.0.origin)
            .finish_non_exhaustive()
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Serves the API and the store until it is stopped.
    fn serve(
        self: Arc<Self>,
        listener: TcpListener,
        store_listener: TcpListener,
        stopped: oneshot::Receiver<()>,
    ) -> io::Result<()> {
        let runtime = Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()?;
        runtime.block_on(async {
            let shared = self.clone();
            let api = accept(listener, move |request| shared.answer(request));
            let store = accept(store_listener, move |request| {
                store::answer(&mut self.state(), request)
            });
            tokio::spawn(api);
            tokio::spawn(store);
            let _ = stopped.await;
        });
        Ok(())
    }

    fn answer(&self, request: &Received) -> MockResponse {
        let line = report::request_line(request, self.api);
        self.state().answer(self.api, request, &line, &self.origin)
    }
}

/// A listener, and its URL.
fn listen() -> io::Result<(TcpListener, String)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    listener.set_nonblocking(true)?;
    let url = format!("http://{}", listener.local_addr()?);
    Ok((listener, url))
}

async fn accept(
    listener: TcpListener,
    answer: impl Fn(&Received) -> MockResponse + Clone + Send + Sync + 'static,
) {
    let listener = tokio::net::TcpListener::from_std(listener);
    let listener = listener.expect("the runtime has I/O enabled");
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            // A client may go away whenever it likes.
            tokio::spawn(connection::serve(stream, answer.clone()));
        }
    }
}
