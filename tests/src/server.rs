//! A server on the loopback interface that sends the responses of a test, and records requests: over
//! HTTP/1.1, or over HTTP/2 if its [`Tls`] says so.
//!
//! Two servers are two origins: one for the API, another for the store.
//! A server has a thread for each connection; dropping it closes them all.

mod answer;
mod body;
mod connection;
mod http2;
mod log;
mod request;
mod tls;
mod wire;

use std::io::{self, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

pub use answer::{Answer, GoAway};
pub use body::Body;
use connection::Connection;
use log::Log;
pub use request::Request;
pub use tls::{Authority, Tls};
use wire::Next;

/// A server, until it is dropped.
///
/// A panic of the answering function fails the test: at the next call of a method, or else when the server
/// is dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

type Handler = dyn FnMut(&Request) -> Answer + Send;

struct Shared {
    handler: Mutex<Box<Handler>>,
    tls: Option<Tls>,
    /// Whether connections after the first one are refused.
    accepts_one: AtomicBool,
    log: Log,
}

impl Server {
    /// Sends one response after the other, and 599 when there are none left.
    pub fn scripted(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self::answering(script(answers))
    }

    /// Sends the responses of a function.
    pub fn answering(handler: impl FnMut(&Request) -> Answer + Send + 'static) -> Self {
        Self::start(None, handler)
    }

    /// Sends the responses of a function, over TLS.
    pub fn tls(
        tls: impl Into<Tls>,
        handler: impl FnMut(&Request) -> Answer + Send + 'static,
    ) -> Self {
        Self::start(Some(tls.into()), handler)
    }

    pub(crate) fn start(
        tls: Option<Tls>,
        handler: impl FnMut(&Request) -> Answer + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener
            .local_addr()
            .expect("a bound listener has an address");
        let shared = Arc::new(Shared {
            handler: Mutex::new(Box::new(handler)),
            tls,
            accepts_one: AtomicBool::new(false),
            log: Log::default(),
        });
        let server = Self {
            address,
            shared: shared.clone(),
        };
        thread::spawn(move || shared.listen(listener));
        server
    }

    /// `http://127.0.0.1:PORT`, or `https`, without a slash at its end.
    pub fn url(&self) -> String {
        let scheme = if self.shared.tls.is_some() {
            "https"
        } else {
            "http"
        };
        format!("{scheme}://{}", self.address)
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.log.requests()
    }

    /// The only request that came.
    #[track_caller]
    pub fn request(&self) -> Request {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests.remove(0)
    }

    /// The bytes sent in response to each request, including status and headers.
    ///
    /// This waits until no more are sent, so the client must not depend on the test's own thread to
    /// disconnect. Bytes in buffers that the client did not read are counted, too.
    pub fn sent(&self) -> Vec<u64> {
        self.shared.log.sent()
    }

    /// Refuses connections after the next one, which must be the first.
    pub(crate) fn accept_one(&self) {
        self.shared.accepts_one.store(true, Ordering::SeqCst);
    }

    pub(crate) fn transport(&self) -> Option<Tls> {
        self.shared.tls.clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.log.stop();
        // Wakes the thread that waits for connections.
        let _ = TcpStream::connect(self.address);
        if !thread::panicking() {
            self.shared.log.check();
        }
    }
}

/// One response after the other, and 599 when there are none left.
pub fn script(
    answers: impl IntoIterator<Item = Answer>,
) -> impl FnMut(&Request) -> Answer + Send + 'static {
    let mut answers = answers.into_iter().collect::<Vec<_>>().into_iter();
    move |_| {
        let none = || Answer::status(599).body("the script has no more answers");
        answers.next().unwrap_or_else(none)
    }
}

impl Shared {
    fn listen(self: Arc<Self>, listener: TcpListener) {
        for stream in listener.incoming() {
            let Ok(stream) = stream.map(Arc::new) else {
                continue;
            };
            let Some(number) = self.log.connected(&stream) else {
                return;
            };
            if self.accepts_one.load(Ordering::SeqCst) {
                // From before the first response on.
                drop(listener);
                return self.serve(stream, number);
            }
            let shared = self.clone();
            thread::spawn(move || shared.serve(stream, number));
        }
    }

    fn serve(self: &Arc<Self>, stream: Arc<TcpStream>, number: usize) {
        // Small pieces go out as they are, instead of being gathered.
        let _ = stream.set_nodelay(true);
        if let Some(tls) = self.tls.as_ref().filter(|tls| tls.is_http2(&stream)) {
            let _ = http2::serve(self, &stream, number, tls);
            return;
        }
        let mut reader = BufReader::new(Connection::new(stream, self.tls.as_ref()));
        // A client may disconnect at any time, which is not a failure. A panic is reported before the
        // connection ends, so that a test cannot miss it.
        self.watched(|| self.exchange(&mut reader, number));
    }

    /// Runs `act`; if it panics, reports that and returns `None`.
    fn watched<T>(&self, act: impl FnOnce() -> T) -> Option<T> {
        let done = catch_unwind(AssertUnwindSafe(act));
        done.map_err(|panic| self.log.panicked(panic.as_ref())).ok()
    }

    fn answer(&self, request: &Request) -> Answer {
        let mut handler = self.handler.lock().unwrap_or_else(PoisonError::into_inner);
        handler(request)
    }

    fn exchange(&self, reader: &mut BufReader<Connection>, number: usize) -> io::Result<()> {
        while let Some(request) = Request::read(reader, number)? {
            let under_way = self.log.begin(&request);
            let answer = self.answer(&request);
            let next = answer.write(reader.get_mut(), &mut |bytes| under_way.add(bytes))?;
            drop(under_way);
            if next == Next::Close {
                break;
            }
            if request.header("connection") == Some("close") {
                return reader.get_mut().finish();
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
