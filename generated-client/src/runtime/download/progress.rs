//! How far a download has come.

use std::sync::{Arc, Mutex, PoisonError};

/// How far a download has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many bytes there are so far, those included that an earlier download had left. They are
    /// fewer than before when a file or a directory is begun anew, since the content has changed.
    pub bytes: u64,
    /// How many bytes there are to come in all, when the store tells.
    pub total: Option<u64>,
}

/// The caller's function, which clones of a download share.
#[derive(Clone)]
pub(super) struct OnProgress(Arc<Mutex<dyn FnMut(Progress) + Send>>);

impl OnProgress {
    pub(super) fn new(tell: impl FnMut(Progress) + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(tell)))
    }

    pub(super) fn tell(&self, progress: Progress) {
        let mut tell = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tell(progress);
    }
}
