//! Work with files, which may take long, away from the threads that others share.

use std::io;
use std::panic::resume_unwind;

use tokio::task::{JoinError, spawn_blocking};

use crate::runtime::Error;
use crate::runtime::transport::require_runtime;

/// Does something on a thread where it may take long.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    require_runtime()?;
    spawn_blocking(work)
        .await
        .map_err(|error| Error::file("work with files was cancelled", cancelled(error)))?
}

/// What becomes of work that was not done, since the runtime shuts down.
pub(super) fn cancelled(error: JoinError) -> io::Error {
    match error.try_into_panic() {
        Ok(panic) => resume_unwind(panic),
        Err(error) => io::Error::other(error),
    }
}
