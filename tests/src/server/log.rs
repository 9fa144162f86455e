//! The log of a server.

use std::any::Any;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use super::Request;

/// Maximum time that a test waits for pending responses.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Default)]
pub(super) struct Log {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    exchanges: Vec<Exchange>,
    connections: Vec<Weak<TcpStream>>,
    /// The number of connections so far.
    connected: usize,
    stopped: bool,
    panic: Option<String>,
}

struct Exchange {
    request: Request,
    sent: u64,
    over: bool,
}

/// A response that is being sent.
pub(super) struct UnderWay<'a> {
    log: &'a Log,
    index: usize,
}

/// For the server's threads.
impl Log {
    /// Gives the number of the new connection; none if it is not to be served.
    pub(super) fn connected(&self, stream: &Arc<TcpStream>) -> Option<usize> {
        let mut state = self.lock();
        state.connections.retain(|known| known.strong_count() > 0);
        state.connections.push(Arc::downgrade(stream));
        state.connected += 1;
        (!state.stopped).then_some(state.connected - 1)
    }

    pub(super) fn begin(&self, request: &Request) -> UnderWay<'_> {
        let mut state = self.lock();
        state.exchanges.push(Exchange {
            request: request.clone(),
            sent: 0,
            over: false,
        });
        UnderWay {
            log: self,
            index: state.exchanges.len() - 1,
        }
    }

    pub(super) fn panicked(&self, panic: &(dyn Any + Send)) {
        let text = panic
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned());
        self.lock().panic = Some(text.unwrap_or_default());
    }
}

/// For the test.
impl Log {
    pub(super) fn requests(&self) -> Vec<Request> {
        self.check();
        let state = self.lock();
        let requests = state.exchanges.iter().map(|exchange| &exchange.request);
        requests.cloned().collect()
    }

    pub(super) fn sent(&self) -> Vec<u64> {
        let under_way = |state: &mut State| state.exchanges.iter().any(|exchange| !exchange.over);
        let (state, waited) = self
            .changed
            .wait_timeout_while(self.lock(), PATIENCE, under_way)
            .unwrap_or_else(PoisonError::into_inner);
        assert!(!waited.timed_out(), "an answer is still under way");
        state
            .exchanges
            .iter()
            .map(|exchange| exchange.sent)
            .collect()
    }

    /// Panics where the server did.
    pub(super) fn check(&self) {
        let panic = self.lock().panic.clone();
        if let Some(panic) = panic {
            panic!("the server panicked: {panic}");
        }
    }

    /// Closes all connections, and lets in no more.
    pub(super) fn stop(&self) {
        let mut state = self.lock();
        state.stopped = true;
        for stream in state
            .connections
            .drain(..)
            .filter_map(|known| known.upgrade())
        {
            // It may be closed already.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl UnderWay<'_> {
    pub(super) fn add(&self, bytes: usize) {
        self.log.lock().exchanges[self.index].sent += bytes as u64;
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.log.lock().exchanges[self.index].over = true;
        self.log.changed.notify_all();
    }
}
