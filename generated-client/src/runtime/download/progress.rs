//! The progress of a download.

use std::sync::{Arc, Mutex, PoisonError};

/// The progress of a download.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Bytes so far, those of an interrupted earlier download included. The number falls when the
    /// content has changed and the download starts over.
    pub bytes: u64,
    /// Bytes in all, if the store announces them.
    pub total: Option<u64>,
}

/// The caller's function, which clones of a download share.
#[derive(Clone)]
pub(super) struct OnProgress(Arc<Mutex<dyn FnMut(Progress) + Send>>);

impl OnProgress {
    pub(super) fn new(callback: impl FnMut(Progress) + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(callback)))
    }

    pub(super) fn report(&self, progress: Progress) {
        let mut callback = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        callback(progress);
    }
}
