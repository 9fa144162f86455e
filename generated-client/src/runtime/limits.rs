//! Limits that the clones of a client share: rate limits, and the number of concurrent requests.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::api::Operation;

/// The rate limits in force.
#[derive(Debug, Default)]
pub(super) struct Limits(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// The end of each limit, by its name; the one without a name is for all requests.
    until: HashMap<Option<String>, SystemTime>,
    /// The name of the limit that the requests of an operation come under.
    names: HashMap<&'static str, String>,
}

impl Limits {
    /// Records the limit of an operation.
    pub(super) fn learn(&self, operation: &Operation, name: String) {
        // Requests by method and path may come under any.
        if let Some(operation) = operation.name() {
            self.state().names.insert(operation, name);
        }
    }

    /// Records that a request has met a limit.
    pub(super) fn met(&self, name: Option<String>, until: SystemTime) {
        let mut state = self.state();
        let known = state.until.entry(name).or_insert(until);
        *known = (*known).max(until);
    }

    /// The end of the limit that a request of the operation would meet.
    pub(super) fn until(&self, operation: &Operation, now: SystemTime) -> Option<SystemTime> {
        let mut state = self.state();
        if state.until.is_empty() {
            return None;
        }
        state.until.retain(|_, until| *until > now);
        let own = operation.name().and_then(|name| state.names.get(name));
        let own = own.and_then(|name| state.until.get(&Some(name.clone())));
        own.max(state.until.get(&None)).copied()
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The limit on concurrent requests.
#[derive(Clone, Debug, Default)]
pub(super) struct Gate(Option<Arc<Semaphore>>);

/// The permit of a request, until this and its clones are dropped.
pub(super) type Permit = Option<Arc<OwnedSemaphorePermit>>;

impl Gate {
    pub(super) fn new(requests: usize) -> Self {
        let permits = requests.min(Semaphore::MAX_PERMITS);
        Self(Some(Arc::new(Semaphore::new(permits))))
    }

    /// Waits for a permit.
    pub(super) async fn pass(&self) -> Permit {
        let semaphore = self.0.clone()?;
        semaphore.acquire_owned().await.ok().map(Arc::new)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::runtime::api::Security;

    const fn operation(id: &'static str) -> Operation {
        Operation {
            id,
            security: Security::Unspecified,
            server: None,
        }
    }

    const LIST: Operation = operation("things/list");
    const SEARCH: Operation = operation("things/search");
    const RAW: Operation = operation("");

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn by_name() {
        let limits = Limits::default();
        assert_eq!(limits.until(&LIST, at(0)), None);
        limits.learn(&SEARCH, "search".to_owned());
        limits.met(Some("search".to_owned()), at(9));
        assert_eq!(limits.until(&SEARCH, at(0)), Some(at(9)));
        assert_eq!(limits.until(&LIST, at(0)), None);
        limits.learn(&LIST, "search".to_owned());
        limits.met(Some("search".to_owned()), at(5));
        assert_eq!(limits.until(&LIST, at(0)), Some(at(9)));
        assert_eq!(limits.until(&LIST, at(9)), None);
    }

    #[test]
    fn of_all() {
        let limits = Limits::default();
        limits.learn(&SEARCH, "search".to_owned());
        limits.met(None, at(5));
        limits.met(Some("search".to_owned()), at(3));
        for operation in [&LIST, &SEARCH, &RAW] {
            assert_eq!(limits.until(operation, at(4)), Some(at(5)));
        }
    }

    #[test]
    fn without_an_id() {
        let limits = Limits::default();
        limits.learn(&RAW, "search".to_owned());
        limits.met(Some("search".to_owned()), at(5));
        assert_eq!(limits.until(&RAW, at(0)), None);
    }
}
